"""Resources by their tags, and who is asking."""

import time

import boto3

from acm import proofs, put, request, validation_of, wait_issued, zone_of
from estate import Estate, refused, until
from witness import check, equal, holds


def run(urls):
    estate = Estate(urls["fast"], "100000000013")
    caller(estate)
    by_tags(estate)
    estate.check_answers("tagging and sts")


def caller(estate):
    sts = estate.client("sts")
    holds("GetCallerIdentity names the account of the access key", sts.get_caller_identity(), Account=estate.account)
    role = "arn:aws:iam::100000000099:role/witness"
    taken = sts.assume_role(RoleArn=role, RoleSessionName="session")
    check("AssumeRole gives credentials that expire", taken["Credentials"]["Expiration"].tzinfo is not None, taken)
    keys = taken["Credentials"]
    as_role = boto3.client(
        "sts",
        endpoint_url=estate.url,
        region_name="us-east-1",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )
    equal("who signs with them asks in the role's account", as_role.get_caller_identity()["Account"], "100000000099")
    check("and says who one is then", taken["AssumedRoleUser"]["Arn"].endswith(":assumed-role/witness/session"), taken)


def by_tags(estate):
    acm, tagging = estate.client("acm"), estate.client("resourcegroupstaggingapi")
    tagged = {}
    for index in range(7):
        arn = request(
            acm, f"t{index}.tags.example", Tags=[{"Key": "number", "Value": str(index)}, {"Key": "all", "Value": "yes"}]
        )
        tagged[arn] = str(index)
    request(acm, "untagged.tags.example")
    until(
        "tags are seen some time after they were given",
        lambda: len(tagging.get_resources()["ResourceTagMappingList"]) == 7,
    )
    pages = list(
        tagging.get_paginator("get_resources").paginate(TagFilters=[{"Key": "all"}], PaginationConfig={"PageSize": 3})
    )
    shown = [each for page in pages for each in page["ResourceTagMappingList"]]
    equal(
        "botocore's paginator sees every resource once", sorted(each["ResourceARN"] for each in shown), sorted(tagged)
    )
    numbers = {
        each["ResourceARN"]: next(tag["Value"] for tag in each["Tags"] if tag["Key"] == "number") for each in shown
    }
    equal("with their tags", numbers, tagged)
    part = tagging.get_resources(ResourcesPerPage=3)["PaginationToken"]
    time.sleep(2)  # twenty minutes
    refused(
        "a page that is asked for too late",
        tagging,
        "GetResources",
        "PaginationTokenExpiredException",
        ResourcesPerPage=3,
        PaginationToken=part,
    )
    some = tagging.get_resources(
        TagFilters=[{"Key": "number", "Values": ["2", "3", "9"]}], ResourceTypeFilters=["acm:certificate"]
    )
    equal("of several values any is enough", len(some["ResourceTagMappingList"]), 2)
    both = tagging.get_resources(TagFilters=[{"Key": "number", "Values": ["2"]}, {"Key": "all", "Values": ["no"]}])
    equal("of several filters all must hold", both["ResourceTagMappingList"], [])
    domains_too(estate, acm, tagging)
    refused(
        "a list of ARNs goes with no filter",
        tagging,
        "GetResources",
        "InvalidParameterException",
        ResourceARNList=[next(iter(tagged))],
        TagFilters=[{"Key": "all"}],
    )


def domains_too(estate, acm, tagging):
    zone = zone_of(estate, "tags.example")
    arn = request(acm, "api.tags.example")
    put(estate, zone, *proofs(validation_of(acm, arn)))
    wait_issued(acm, arn)
    estate.client("apigateway").create_domain_name(
        domainName="api.tags.example",
        regionalCertificateArn=arn,
        endpointConfiguration={"types": ["REGIONAL"]},
        tags={"only": "this"},
    )

    def find():
        return tagging.get_resources(TagFilters=[{"Key": "only"}])["ResourceTagMappingList"]

    found = until("those of domains too", find)
    equal(
        "domains are found by their tags",
        found,
        [
            {
                "ResourceARN": "arn:aws:apigateway:us-east-1::/domainnames/api.tags.example",
                "Tags": [{"Key": "only", "Value": "this"}],
            }
        ],
    )
    elsewhere = estate.client(
        "resourcegroupstaggingapi", region="eu-west-1"
    ).get_resources(TagFilters=[{"Key": "only"}])
    equal("in their own Region only", elsewhere["ResourceTagMappingList"], [])

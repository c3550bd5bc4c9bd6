"""CloudFront: functions through their stages, distributions with their certificates, tags."""

import copy
import json

from acm import proofs, put, request, validation_of, wait_issued, zone_of
from estate import Estate, refused, until
from witness import check, equal, holds

ACCOUNT = "100000000030"
CODE = b"function handler(event) { event.request.uri += 'index.html'; return event.request; }\n"
OTHER = b"function handler(event) { return { statusCode: 301, headers: { location: { value: '/' } } }; }\n"
CONFIG = {"Comment": "a <b> & c", "Runtime": "cloudfront-js-2.0"}
EVENT = {
    "version": "1.0",
    "context": {"eventType": "viewer-request"},
    "viewer": {"ip": "198.51.100.11"},
    "request": {"method": "GET", "uri": "/docs/", "querystring": {}, "headers": {}, "cookies": {}},
}


def run(urls):
    estate = Estate(urls["fast"], ACCOUNT)
    cloudfront = estate.client("cloudfront")
    arn = functions(cloudfront)
    tested(cloudfront)
    function_refusals(cloudfront)
    certificate = certificate_for(estate)
    made = distributions(estate, cloudfront, arn, certificate)
    distribution_refusals(cloudfront, made, arn, certificate)
    listings(estate, cloudfront)
    aliases(cloudfront, made)
    tags(cloudfront, made, arn)
    taken_down(estate, cloudfront, made, certificate)
    quota(Estate(urls["fast"], "100000000031"))
    estate.check_answers("cloudfront")


def etag(cloudfront, name="rewrite", stage="DEVELOPMENT"):
    return cloudfront.describe_function(Name=name, Stage=stage)["ETag"]


def functions(cloudfront):
    """Makes one, changes it, publishes it. Gives its ARN."""
    made = cloudfront.create_function(Name="rewrite", FunctionConfig=CONFIG, FunctionCode=CODE)
    equal("a function is made", made["ResponseMetadata"]["HTTPStatusCode"], 201)
    holds("it is not published", made["FunctionSummary"], Name="rewrite", Status="UNPUBLISHED", FunctionConfig=CONFIG)
    got = cloudfront.get_function(Name="rewrite")
    equal("its code comes back as it is", got["FunctionCode"].read(), CODE)
    equal("with its version", (got["ETag"], got["ContentType"]), (made["ETag"], "application/octet-stream"))
    other = {"Name": "rewrite", "FunctionConfig": CONFIG, "FunctionCode": OTHER}
    updated = cloudfront.update_function(**other, IfMatch=made["ETag"])
    headers = updated["ResponseMetadata"]["HTTPHeaders"]
    check("the version after an update stands in AWS's own header", headers["ettag"] == etag(cloudfront), headers)
    stale = {"Name": "rewrite", "IfMatch": made["ETag"], "FunctionConfig": CONFIG, "FunctionCode": CODE}
    refused("an update by an old version", cloudfront, "UpdateFunction", "PreconditionFailed", **stale)
    again = {**stale, "IfMatch": etag(cloudfront)}
    cloudfront.update_function(**again)
    published = cloudfront.publish_function(Name="rewrite", IfMatch=etag(cloudfront))["FunctionSummary"]
    equal("it is published", (published["FunctionMetadata"]["Stage"], published["Status"]), ("LIVE", "UNASSOCIATED"))
    check("the stages have versions of their own", etag(cloudfront) != etag(cloudfront, stage="LIVE"))
    return published["FunctionMetadata"]["FunctionARN"]


def tested(cloudfront):
    def result(event, **more):
        test = {"Name": "rewrite", "IfMatch": etag(cloudfront), "EventObject": json.dumps(event).encode(), **more}
        return cloudfront.test_function(**test)["TestResult"]

    told = result(EVENT)
    request_then = json.loads(told["FunctionOutput"])["request"]
    ran = (request_then["uri"], told["FunctionErrorMessage"])
    equal("a function that is tested runs", ran, ("/docs/index.html", ""))
    check("it tells how much it took", 0 <= int(told["ComputeUtilization"]) <= 100, told)
    cloudfront.create_function(
        Name="failing",
        FunctionConfig=CONFIG,
        FunctionCode=b"function handler(event) { console.log('here'); return event.no.such; }",
    )
    failed = result(EVENT, Name="failing", IfMatch=etag(cloudfront, "failing"))
    equal("its log is told", failed["FunctionExecutionLogs"], ["here"])
    check("and its error", "TypeError" in failed["FunctionErrorMessage"], failed)
    live = {"Stage": "LIVE", "IfMatch": etag(cloudfront, stage="LIVE")}
    equal("the published version too", json.loads(result(EVENT, **live)["FunctionOutput"])["request"], request_then)
    wrong = {"Name": "rewrite", "EventObject": b"{}", "IfMatch": etag(cloudfront)}
    refused("an event that is none", cloudfront, "TestFunction", "InvalidArgument", **wrong)
    refused(
        "an old version", cloudfront, "TestFunction", "InvalidIfMatchVersion", **{**wrong, "IfMatch": "E1"}
    )
    refused(
        "a function that is not there", cloudfront, "TestFunction", "NoSuchFunctionExists", **{**wrong, "Name": "none"}
    )


def function_refusals(cloudfront):
    new = {"Name": "rewrite", "FunctionConfig": CONFIG, "FunctionCode": CODE}
    refused("a name that is taken", cloudfront, "CreateFunction", "FunctionAlreadyExists", **new)
    large = {**new, "Name": "large", "FunctionCode": b" " * 10_241}
    refused("too much code", cloudfront, "CreateFunction", "FunctionSizeLimitExceeded", **large)
    refused("a name of other characters", cloudfront, "CreateFunction", "InvalidArgument", **{**new, "Name": "a b"})
    gone = {"Name": "none", "IfMatch": "E1"}
    refused("to publish nothing", cloudfront, "PublishFunction", "NoSuchFunctionExists", **gone)
    refused("to update nothing", cloudfront, "UpdateFunction", "NoSuchFunctionExists", **{**new, **gone})
    refused("to delete nothing", cloudfront, "DeleteFunction", "NoSuchFunctionExists", **gone)
    refused("to describe nothing", cloudfront, "DescribeFunction", "NoSuchFunctionExists", Name="none")
    live = {"Name": "failing", "Stage": "LIVE"}
    refused("what is not published is not LIVE", cloudfront, "GetFunction", "NoSuchFunctionExists", **live)
    old = {"Name": "rewrite", "IfMatch": "E1"}
    refused("to publish an old version", cloudfront, "PublishFunction", "PreconditionFailed", **old)
    refused("to delete an old version", cloudfront, "DeleteFunction", "PreconditionFailed", **old)
    none = {"Name": "rewrite", "IfMatch": ""}
    refused("to delete without a version", cloudfront, "DeleteFunction", "InvalidIfMatchVersion", **none)
    refused("to publish without a version", cloudfront, "PublishFunction", "InvalidIfMatchVersion", **none)


def certificate_for(estate):
    acm = estate.client("acm")
    arn = request(acm, "*.site.example", SubjectAlternativeNames=["site.example"])
    put(estate, zone_of(estate, "site.example"), *proofs(validation_of(acm, arn)))
    wait_issued(acm, arn)
    return arn


def config(reference, arn=None, certificate=None, names=()):
    behavior = {
        "TargetOriginId": "site",
        "ViewerProtocolPolicy": "redirect-to-https",
        "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
        "AllowedMethods": {
            "Quantity": 2, "Items": ["HEAD", "GET"], "CachedMethods": {"Quantity": 2, "Items": ["HEAD", "GET"]}
        },
    }
    if arn is not None:
        behavior["FunctionAssociations"] = {
            "Quantity": 1, "Items": [{"FunctionARN": arn, "EventType": "viewer-request"}]
        }
    made = {
        "CallerReference": reference,
        "Comment": 'a "b" & <c>',
        "Enabled": True,
        "Origins": {
            "Quantity": 1,
            "Items": [
                {
                    "Id": "site",
                    "DomainName": "origin.example.net",
                    "CustomHeaders": {"Quantity": 1, "Items": [{"HeaderName": "x-a", "HeaderValue": "1"}]},
                    "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"},
                }
            ],
        },
        "DefaultCacheBehavior": behavior,
        "Restrictions": {"GeoRestriction": {"RestrictionType": "whitelist", "Quantity": 2, "Items": ["DE", "AT"]}},
    }
    if certificate is not None:
        made["Aliases"] = {"Quantity": len(names), "Items": list(names)}
        made["ViewerCertificate"] = {
            "ACMCertificateArn": certificate, "SSLSupportMethod": "sni-only", "MinimumProtocolVersion": "TLSv1.2_2021"
        }
    return made


def distributions(estate, cloudfront, arn, certificate):
    """Makes one with a name, a certificate and a function, and changes it. Gives its id and ARN."""
    given = config("one", arn, certificate, ["www.site.example"])
    answer = cloudfront.create_distribution(DistributionConfig=given)
    made = answer["Distribution"]
    seen = (answer["ResponseMetadata"]["HTTPStatusCode"], made["Status"])
    equal("a distribution is made", seen, (201, "InProgress"))
    check("it has a name of AWS's", made["DomainName"].endswith(".cloudfront.net"), made)
    described = estate.client("acm").describe_certificate(CertificateArn=certificate)["Certificate"]
    equal("ACM knows who uses the certificate", described["InUseBy"], [made["ARN"]])
    cloudfront.get_waiter("distribution_deployed").wait(Id=made["Id"], WaiterConfig={"Delay": 1, "MaxAttempts": 20})
    check("botocore's waiter sees it deployed", True)
    read = cloudfront.get_distribution_config(Id=made["Id"])
    for name in ("Comment", "Restrictions", "Aliases"):
        equal(f"{name} is as it was given", read["DistributionConfig"][name], given[name])
    equal(
        "an origin is as it was given, with its defaults",
        {**read["DistributionConfig"]["Origins"]["Items"][0], **given["Origins"]["Items"][0]}["CustomHeaders"],
        given["Origins"]["Items"][0]["CustomHeaders"],
    )
    cloudfront.update_distribution(Id=made["Id"], IfMatch=read["ETag"], DistributionConfig=read["DistributionConfig"])
    again = cloudfront.get_distribution_config(Id=made["Id"])
    equal("what is read and written back is the same", again["DistributionConfig"], read["DistributionConfig"])
    check("under another version", again["ETag"] != read["ETag"])
    refused(
        "a function that is in use",
        cloudfront,
        "DeleteFunction",
        "FunctionInUse",
        Name="rewrite",
        IfMatch=etag(cloudfront),
    )
    refused(
        "a certificate that is in use",
        estate.client("acm"),
        "DeleteCertificate",
        "ResourceInUseException",
        CertificateArn=certificate,
    )
    return made


def distribution_refusals(cloudfront, made, arn, certificate):
    new = config("two")
    edge = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:edge"

    def named(name, by=certificate):
        return config("two", None, by, [name])

    def behaving(given, **behavior):
        return {**given, "DefaultCacheBehavior": {**given["DefaultCacheBehavior"], **behavior}}

    def lambdas(function):
        return {"Quantity": 1, "Items": [{"LambdaFunctionARN": function, "EventType": "viewer-response"}]}

    elsewhere = certificate.replace("us-east-1", "eu-west-1")
    both = behaving(config("two", arn), LambdaFunctionAssociations=lambdas(f"{edge}:1"))
    latest = behaving(new, LambdaFunctionAssociations=lambdas(f"{edge}:$LATEST"))
    draft = config("two", arn.replace("rewrite", "failing"))
    for name, code, given in (
        ("a caller reference that is taken", "DistributionAlreadyExists", config("one")),
        ("an alias that is taken", "CNAMEAlreadyExists", named("www.site.example")),
        (
            "an alias without a certificate",
            "InvalidViewerCertificate",
            {**new, "Aliases": {"Quantity": 1, "Items": ["b.site.example"]}},
        ),
        ("a name that is not covered", "InvalidViewerCertificate", named("a.b.site.example")),
        ("a certificate of another Region", "InvalidViewerCertificate", named("b.site.example", elsewhere)),
        ("a behavior that leads nowhere", "NoSuchOrigin", behaving(new, TargetOriginId="other")),
        ("a list of another length", "InconsistentQuantities", {**new, "CacheBehaviors": {"Quantity": 1, "Items": []}}),
        ("a function that is not published", "InvalidFunctionAssociation", draft),
        ("both sorts of functions", "InvalidFunctionAssociation", both),
        ("a Lambda function without a version", "InvalidLambdaFunctionAssociation", latest),
    ):
        refused(name, cloudfront, "CreateDistribution", code, DistributionConfig=given)
    update_refusals(cloudfront, made["Id"])
    deletion_refusals(cloudfront, made["Id"])


def update_refusals(cloudfront, found):
    current = cloudfront.get_distribution_config(Id=found)
    read = current["DistributionConfig"]

    def update(name, code, given=read, **which):
        by = {"Id": found, "IfMatch": current["ETag"], **which}
        by = {member: value for member, value in by.items() if value is not None}
        refused(name, cloudfront, "UpdateDistribution", code, **by, DistributionConfig=given)

    part = {name: value for name, value in read.items() if name != "Aliases"}
    update("an update that leaves something out", "IllegalUpdate", part)
    update("another caller reference", "IllegalUpdate", {**read, "CallerReference": "other"})
    update("an update by an old version", "PreconditionFailed", IfMatch="E1")
    update("an update without a version", "InvalidIfMatchVersion", IfMatch=None)
    update("an update of nothing", "NoSuchDistribution", Id="E1")
    refused("to read nothing", cloudfront, "GetDistribution", "NoSuchDistribution", Id="E1")
    refused("to read no config", cloudfront, "GetDistributionConfig", "NoSuchDistribution", Id="E1")


def deletion_refusals(cloudfront, found):
    version = cloudfront.get_distribution_config(Id=found)["ETag"]
    for name, code, which in (
        ("to delete what is enabled", "DistributionNotDisabled", {"Id": found, "IfMatch": version}),
        ("to delete nothing", "NoSuchDistribution", {"Id": "E1", "IfMatch": "E1"}),
        ("to delete an old version", "PreconditionFailed", {"Id": found, "IfMatch": "E1"}),
        ("to delete without a version", "InvalidIfMatchVersion", {"Id": found}),
    ):
        refused(name, cloudfront, "DeleteDistribution", code, **which)


def listings(estate, cloudfront):
    for index in range(4):
        cloudfront.create_distribution(DistributionConfig=config(f"listed {index}"))
    pages = list(cloudfront.get_paginator("list_distributions").paginate(PaginationConfig={"PageSize": 2}))
    ids = [each["Id"] for page in pages for each in page["DistributionList"]["Items"]]
    equal("botocore's paginator sees every distribution once", (len(pages), len(ids), len(set(ids))), (3, 5, 5))
    first = cloudfront.list_functions(MaxItems="2")["FunctionList"]
    rest = cloudfront.list_functions(MaxItems="2", Marker=first["NextMarker"])["FunctionList"]
    shown = [(each["Name"], each["FunctionMetadata"]["Stage"]) for each in first["Items"] + rest["Items"]]
    equal(
        "every stage of every function",
        shown,
        [("failing", "DEVELOPMENT"), ("rewrite", "DEVELOPMENT"), ("rewrite", "LIVE")],
    )
    live = cloudfront.list_functions(Stage="LIVE")["FunctionList"]
    equal("or one stage", [each["Name"] for each in live["Items"]], ["rewrite"])
    refused("a page of none", cloudfront, "ListDistributions", "InvalidArgument", MaxItems="0")
    loose = estate.client("cloudfront", validate=False)
    refused("functions of another stage", loose, "ListFunctions", "InvalidArgument", Stage="TEST")


def aliases(cloudfront, made):
    told = cloudfront.list_conflicting_aliases(DistributionId=made["Id"], Alias="*.site.example")
    found = told["ConflictingAliasesList"]
    equal("an alias below a wildcard is told", [each["Alias"] for each in found["Items"]], ["www.site.example"])
    check("ids are partly hidden", found["Items"][0]["DistributionId"].startswith("***"), found)
    of = {"DistributionId": made["Id"], "Alias": "other.example"}
    refused("an alias that is not covered", cloudfront, "ListConflictingAliases", "InvalidArgument", **of)
    other = {**of, "DistributionId": "E1"}
    refused("another distribution", cloudfront, "ListConflictingAliases", "NoSuchDistribution", **other)


def tags(cloudfront, made, function):
    for arn in (made["ARN"], function):
        both = {"Items": [{"Key": "team", "Value": "web"}, {"Key": "gone", "Value": ""}]}
        cloudfront.tag_resource(Resource=arn, Tags=both)
        cloudfront.untag_resource(Resource=arn, TagKeys={"Items": ["gone"]})
        told = cloudfront.list_tags_for_resource(Resource=arn)["Tags"]["Items"]
        equal(f"tags of {arn.split(':')[-1].split('/')[0]}s come back", told, [{"Key": "team", "Value": "web"}])
    reserved = {"Items": [{"Key": "aws:x", "Value": ""}]}
    refused("a reserved tag", cloudfront, "TagResource", "InvalidTagging", Resource=function, Tags=reserved)
    gone = {"Resource": f"arn:aws:cloudfront::{ACCOUNT}:distribution/E1"}
    refused("tags of nothing", cloudfront, "ListTagsForResource", "NoSuchResource", **gone)
    refused("to tag nothing", cloudfront, "TagResource", "NoSuchResource", **gone, Tags={"Items": []})
    refused("to untag nothing", cloudfront, "UntagResource", "NoSuchResource", **gone, TagKeys={"Items": ["a"]})
    tagged = config("tagged")
    answer = cloudfront.create_distribution_with_tags(
        DistributionConfigWithTags={"DistributionConfig": tagged, "Tags": {"Items": [{"Key": "a", "Value": "b"}]}}
    )
    told = cloudfront.list_tags_for_resource(Resource=answer["Distribution"]["ARN"])["Tags"]["Items"]
    equal("a distribution can be made with tags", told, [{"Key": "a", "Value": "b"}])


def taken_down(estate, cloudfront, made, certificate):
    current = cloudfront.get_distribution_config(Id=made["Id"])
    off = copy.deepcopy(current["DistributionConfig"])
    off["Enabled"] = False
    version = cloudfront.update_distribution(Id=made["Id"], IfMatch=current["ETag"], DistributionConfig=off)["ETag"]
    until(
        "disabling it is deployed",
        lambda: cloudfront.get_distribution(Id=made["Id"])["Distribution"]["Status"] == "Deployed",
    )
    cloudfront.delete_distribution(Id=made["Id"], IfMatch=version)
    refused("then it is gone", cloudfront, "GetDistribution", "NoSuchDistribution", Id=made["Id"])
    cloudfront.delete_function(Name="rewrite", IfMatch=etag(cloudfront))
    refused("and its function", cloudfront, "DescribeFunction", "NoSuchFunctionExists", Name="rewrite")
    estate.client("acm").delete_certificate(CertificateArn=certificate)


def quota(estate):
    cloudfront = estate.client("cloudfront")
    for index in range(100):
        cloudfront.create_function(Name=f"f{index}", FunctionConfig=CONFIG, FunctionCode=CODE)
    one_more = {"Name": "f100", "FunctionConfig": CONFIG, "FunctionCode": CODE}
    refused("the 101st function", cloudfront, "CreateFunction", "TooManyFunctions", **one_more)

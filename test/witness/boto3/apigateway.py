"""Custom domain names, their mappings and tags, and what of REST APIs a domain needs."""

from acm import proofs, put, request, validation_of, wait_issued, zone_of
from estate import Estate, fault_of, refused, until
from witness import check, equal, holds

REGION = "eu-west-1"
ACCOUNT = "100000000012"


def run(urls):
    estate = Estate(urls["fast"], ACCOUNT)
    gateway, acm = estate.client("apigateway", region=REGION), estate.client("acm", region=REGION)
    zone = zone_of(estate, "gateway.example")
    arn = request(acm, "*.gateway.example", SubjectAlternativeNames=["gateway.example"])
    refused(
        "a certificate that is not issued", gateway, "CreateDomainName", "BadRequestException", **domain("api", arn)
    )
    put(estate, zone, *proofs(validation_of(acm, arn)))
    wait_issued(acm, arn)
    life_of_a_domain(estate, gateway, acm, arn)
    refused_domains(estate, gateway, acm, arn)
    rest_apis(gateway)
    mappings(gateway, arn)
    tags(gateway, arn)
    nothing_there(gateway)
    listings(gateway, arn)
    changes(gateway, acm, zone, estate, arn)
    estate.check_answers("apigateway")


def domain(label, arn, **more):
    return {
        "domainName": f"{label}.gateway.example",
        "regionalCertificateArn": arn,
        "securityPolicy": "TLS_1_2",
        "endpointConfiguration": {"types": ["REGIONAL"]},
        **more,
    }


def life_of_a_domain(estate, gateway, acm, arn):
    made = gateway.create_domain_name(**domain("api", arn, tags={"team": "a b"}))
    equal("CreateDomainName answers 201", made["ResponseMetadata"]["HTTPStatusCode"], 201)
    holds(
        "a domain comes back as given",
        made,
        domainName="api.gateway.example",
        regionalCertificateArn=arn,
        securityPolicy="TLS_1_2",
        tags={"team": "a b"},
    )
    holds("its endpoint", made["endpointConfiguration"], types=["REGIONAL"], ipAddressType="ipv4")
    host = made["regionalDomainName"]
    check(
        "its host is of its Region",
        host.startswith("d-") and host.endswith(f".execute-api.{REGION}.amazonaws.com"),
        host,
    )
    check("its zone has an id", made["regionalHostedZoneId"].startswith("Z"), made)
    seen = until("it is AVAILABLE", lambda: available(gateway, "api.gateway.example"))
    holds(
        "GetDomainName answers the same",
        seen,
        **{name: made[name] for name in ("regionalDomainName", "regionalHostedZoneId", "tags")},
    )
    until(
        "its certificate is seen in use", lambda: acm.describe_certificate(CertificateArn=arn)["Certificate"]["InUseBy"]
    )
    refused(
        "a certificate in use is not deleted", acm, "DeleteCertificate", "ResourceInUseException", CertificateArn=arn
    )
    elsewhere = estate.client("apigateway", region="us-west-2")
    refused(
        "a domain of another Region is not to be seen",
        elsewhere,
        "GetDomainName",
        "NotFoundException",
        domainName="api.gateway.example",
    )
    alias = {
        "Name": "api.gateway.example",
        "Type": "A",
        "SetIdentifier": REGION,
        "Region": REGION,
        "AliasTarget": {"HostedZoneId": made["regionalHostedZoneId"], "DNSName": host, "EvaluateTargetHealth": True},
    }
    zone = estate.client("route53").list_hosted_zones_by_name(DNSName="gateway.example")["HostedZones"][0]["Id"]
    put(estate, zone, alias)
    listed = estate.client("route53").list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    found = next(each for each in listed if "AliasTarget" in each)
    equal("an alias leads to it", found["AliasTarget"]["DNSName"], f"{host}.")


def available(gateway, name):
    seen = gateway.get_domain_name(domainName=name)
    return seen if seen["domainNameStatus"] == "AVAILABLE" else None


def refused_domains(estate, gateway, acm, arn):
    error, _ = fault_of(lambda: gateway.create_domain_name(**domain("api", arn)))
    seen = error and (error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"])
    check("a domain is made once", seen in [("BadRequestException", 400), ("ConflictException", 409)], seen)
    unknown = f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/11111111-2222-3333-4444-555555555555"
    wrong = {
        "an unknown certificate": domain("other", unknown),
        "a certificate of another Region": domain("other", arn.replace(REGION, "us-east-1")),
        "a certificate that does not cover it": {**domain("other", arn), "domainName": "api.elsewhere.example"},
        "an enhanced policy without access mode": domain(
            "other", arn, securityPolicy="SecurityPolicy_TLS13_1_3_2025_09"
        ),
        "an access mode without enhanced policy": domain("other", arn, endpointAccessMode="STRICT"),
        "a policy that is none": domain("other", arn, securityPolicy="TLS_9"),
        "a reserved tag": domain("other", arn, tags={"aws:x": "1"}),
    }
    for name, arguments in wrong.items():
        refused(name, gateway, "CreateDomainName", "BadRequestException", **arguments)
    nobody = "nobody.gateway.example"
    refused("GetDomainName of none", gateway, "GetDomainName", "NotFoundException", domainName=nobody)
    refused("DeleteDomainName of none", gateway, "DeleteDomainName", "NotFoundException", domainName=nobody)
    refused(
        "UpdateDomainName of none",
        gateway,
        "UpdateDomainName",
        "NotFoundException",
        domainName=nobody,
        patchOperations=[{"op": "replace", "path": "/securityPolicy", "value": "TLS_1_2"}],
    )
    refused(
        "a host that is no name",
        estate.client("apigateway", region=REGION),
        "CreateDomainName",
        "BadRequestException",
        **{**domain("x", arn), "domainName": "not a name"},
    )


API = {}


def rest_apis(gateway):
    made = gateway.create_rest_api(name="first <api>", endpointConfiguration={"types": ["REGIONAL"]})
    equal("CreateRestApi answers 201", made["ResponseMetadata"]["HTTPStatusCode"], 201)
    API["id"] = made["id"]
    holds("GetRestApi answers it", gateway.get_rest_api(restApiId=made["id"]), id=made["id"], name="first <api>")
    others = [
        gateway.create_rest_api(name=f"api {index}", endpointConfiguration={"types": ["REGIONAL"]})["id"]
        for index in range(12)
    ]
    pages = list(gateway.get_paginator("get_rest_apis").paginate(PaginationConfig={"PageSize": 5}))
    equal(
        "botocore's paginator sees every API once",
        sorted(each["id"] for page in pages for each in page["items"]),
        sorted([made["id"], *others]),
    )
    equal(
        "an API has its root",
        [
            each["path"]
            for page in gateway.get_paginator("get_resources").paginate(restApiId=made["id"])
            for each in page["items"]
        ],
        ["/"],
    )
    renamed = gateway.update_rest_api(
        restApiId=made["id"],
        patchOperations=[
            {"op": "replace", "path": "/name", "value": "second"},
            {"op": "replace", "path": "/disableExecuteApiEndpoint", "value": "true"},
        ],
    )
    holds("UpdateRestApi changes it", renamed, name="second", disableExecuteApiEndpoint=True)
    deployment = gateway.create_deployment(restApiId=made["id"], stageName="prod")
    check("a deployment was made at an instant with a zone", deployment["createdDate"].tzinfo is not None, deployment)
    gateway.create_stage(restApiId=made["id"], stageName="beta", deploymentId=deployment["id"])
    equal(
        "GetStages lists stages under `item`",
        sorted(each["stageName"] for each in gateway.get_stages(restApiId=made["id"])["item"]),
        ["beta", "prod"],
    )
    holds(
        "GetStage answers one",
        gateway.get_stage(restApiId=made["id"], stageName="beta"),
        stageName="beta",
        deploymentId=deployment["id"],
    )
    refused(
        "a stage is made once",
        gateway,
        "CreateStage",
        "ConflictException",
        restApiId=made["id"],
        stageName="beta",
        deploymentId=deployment["id"],
    )
    gateway.delete_stage(restApiId=made["id"], stageName="beta")
    gone = gateway.delete_rest_api(restApiId=others.pop())
    equal("DeleteRestApi answers 202", gone["ResponseMetadata"]["HTTPStatusCode"], 202)
    refused("GetRestApi of none", gateway, "GetRestApi", "NotFoundException", restApiId="nothere")
    refused("GetStages of none", gateway, "GetStages", "NotFoundException", restApiId="nothere")
    refused("GetStage of none", gateway, "GetStage", "NotFoundException", restApiId=made["id"], stageName="nothere")


def mappings(gateway, arn):
    name, api = "api.gateway.example", API["id"]
    made = gateway.create_base_path_mapping(domainName=name, restApiId=api)
    holds("a mapping without path", made, basePath="(none)", restApiId=api)
    gateway.create_base_path_mapping(domainName=name, restApiId=api, basePath="v1")
    holds(
        "GetBasePathMapping of the empty path",
        gateway.get_base_path_mapping(domainName=name, basePath="(none)"),
        restApiId=api,
    )
    refused(
        "a path is mapped once",
        gateway,
        "CreateBasePathMapping",
        "ConflictException",
        domainName=name,
        restApiId=api,
        basePath="v1",
    )
    refused(
        "a path of two segments",
        gateway,
        "CreateBasePathMapping",
        "BadRequestException",
        domainName=name,
        restApiId=api,
        basePath="a/b",
    )
    refused(
        "an API that is none",
        gateway,
        "CreateBasePathMapping",
        "BadRequestException",
        domainName=name,
        restApiId="nothere",
        basePath="x",
    )
    refused(
        "a stage that is none",
        gateway,
        "CreateBasePathMapping",
        "BadRequestException",
        domainName=name,
        restApiId=api,
        stage="nothere",
        basePath="x",
    )
    refused(
        "a mapping of no domain",
        gateway,
        "CreateBasePathMapping",
        "NotFoundException",
        domainName="no.gateway.example",
        restApiId=api,
    )
    refused("an API that is mapped is not deleted", gateway, "DeleteRestApi", "BadRequestException", restApiId=api)
    gateway.create_base_path_mapping(domainName=name, restApiId=api, basePath="staged", stage="prod")
    refused("nor a stage", gateway, "DeleteStage", "BadRequestException", restApiId=api, stageName="prod")
    gateway.delete_base_path_mapping(domainName=name, basePath="staged")
    moved = gateway.update_base_path_mapping(
        domainName=name, basePath="v1", patchOperations=[{"op": "replace", "path": "/basePath", "value": "v2"}]
    )
    holds("a mapping moves to another path", moved, basePath="v2", restApiId=api)
    refused(
        "and leaves the old one", gateway, "GetBasePathMapping", "NotFoundException", domainName=name, basePath="v1"
    )
    refused(
        "a patch of nothing there is",
        gateway,
        "UpdateBasePathMapping",
        "BadRequestException",
        domainName=name,
        basePath="v2",
        patchOperations=[{"op": "replace", "path": "/nothing", "value": "x"}],
    )
    for index in range(8):
        gateway.create_base_path_mapping(domainName=name, restApiId=api, basePath=f"p{index}")
    pages = list(
        gateway.get_paginator("get_base_path_mappings").paginate(domainName=name, PaginationConfig={"PageSize": 3})
    )
    equal(
        "botocore's paginator sees every mapping once",
        sorted(each["basePath"] for page in pages for each in page["items"]),
        sorted(["(none)", "v2", *[f"p{index}" for index in range(8)]]),
    )
    for each in [each["basePath"] for page in pages for each in page["items"]]:
        gone = gateway.delete_base_path_mapping(domainName=name, basePath=each)
    equal("DeleteBasePathMapping answers 202", gone["ResponseMetadata"]["HTTPStatusCode"], 202)
    check("a domain without mappings lists none", not gateway.get_base_path_mappings(domainName=name).get("items"))
    refused(
        "deleting a mapping that is none",
        gateway,
        "DeleteBasePathMapping",
        "NotFoundException",
        domainName=name,
        basePath="v2",
    )


def tags(gateway, arn):
    resource = f"arn:aws:apigateway:{REGION}::/domainnames/api.gateway.example"
    equal("tags of CreateDomainName", gateway.get_tags(resourceArn=resource)["tags"], {"team": "a b"})
    gateway.tag_resource(resourceArn=resource, tags={"team": "é+b", "k:1/2": "v=1"})
    equal(
        "tags are replaced and added", gateway.get_tags(resourceArn=resource)["tags"], {"team": "é+b", "k:1/2": "v=1"}
    )
    gateway.untag_resource(resourceArn=resource, tagKeys=["team", "absent"])
    equal("and taken away by key", gateway.get_tags(resourceArn=resource)["tags"], {"k:1/2": "v=1"})
    refused(
        "a reserved tag on a domain",
        gateway,
        "TagResource",
        "BadRequestException",
        resourceArn=resource,
        tags={"aws:x": "1"},
    )
    refused("tags of no domain", gateway, "GetTags", "NotFoundException", resourceArn=resource.replace("api.", "no."))


def nothing_there(gateway):
    api, domain, patch = {"restApiId": "nothere"}, {"domainName": "nothere.gateway.example"}, {"patchOperations": []}
    resource = {"resourceArn": f"arn:aws:apigateway:{REGION}::/domainnames/nothere.gateway.example"}
    asked = {
        "DeleteRestApi": api,
        "UpdateRestApi": {**api, **patch},
        "GetResources": api,
        "CreateDeployment": api,
        "CreateStage": {**api, "stageName": "s", "deploymentId": "d"},
        "DeleteStage": {**api, "stageName": "s"},
        "GetBasePathMapping": {**domain, "basePath": "(none)"},
        "GetBasePathMappings": domain,
        "UpdateBasePathMapping": {**domain, **patch, "basePath": "(none)"},
        "DeleteBasePathMapping": {**domain, "basePath": "(none)"},
        "TagResource": {**resource, "tags": {"a": "b"}},
        "UntagResource": {**resource, "tagKeys": ["a"]},
    }
    for operation, arguments in asked.items():
        refused(f"{operation} of what is not there", gateway, operation, "NotFoundException", **arguments)


def listings(gateway, arn):
    for index in range(29):
        gateway.create_domain_name(**domain(f"n{index:02}", arn))
    first = gateway.get_domain_names()
    equal("25 domains at once", (len(first["items"]), "position" in first), (25, True))
    for size in (None, 4):
        pages = list(
            gateway.get_paginator("get_domain_names").paginate(
                PaginationConfig={} if size is None else {"PageSize": size}
            )
        )
        names = [each["domainName"] for page in pages for each in page["items"]]
        equal(
            f"botocore's paginator sees every domain once, {size or 'as many as come'} at a time",
            sorted(names),
            sorted(["api.gateway.example", *[f"n{index:02}.gateway.example" for index in range(29)]]),
        )


def changes(gateway, acm, zone, estate, arn):
    name = "api.gateway.example"
    refused(
        "a patch without value",
        gateway,
        "UpdateDomainName",
        "BadRequestException",
        domainName=name,
        patchOperations=[{"op": "replace", "path": "/regionalCertificateArn", "value": ""}],
    )
    both = [("/securityPolicy", "SecurityPolicy_TLS13_1_3_2025_09"), ("/endpointAccessMode", "BASIC")]
    begun = gateway.update_domain_name(
        domainName=name, patchOperations=[{"op": "replace", "path": path, "value": value} for path, value in both]
    )
    holds("an update takes its time", begun, domainNameStatus="UPDATING")
    holds(
        "two patches go together",
        until("an update ends", lambda: available(gateway, name)),
        securityPolicy="SecurityPolicy_TLS13_1_3_2025_09",
        endpointAccessMode="BASIC",
    )
    other = request(acm, name)
    put(estate, zone, *proofs(validation_of(acm, other)))
    wait_issued(acm, other)
    gateway.update_domain_name(
        domainName=name, patchOperations=[{"op": "replace", "path": "/regionalCertificateArn", "value": other}]
    )
    holds(
        "a certificate is changed in place",
        until("that update ends", lambda: available(gateway, name)),
        regionalCertificateArn=other,
    )
    gone = gateway.delete_domain_name(domainName=name)
    equal("DeleteDomainName answers 202", gone["ResponseMetadata"]["HTTPStatusCode"], 202)
    refused("a deleted domain is gone", gateway, "GetDomainName", "NotFoundException", domainName=name)
    until(
        "its certificate is free again",
        lambda: fault_of(lambda: acm.delete_certificate(CertificateArn=other))[0] is None,
    )

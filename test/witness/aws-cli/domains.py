"""Custom domain names and REST APIs in the AWS CLI's words."""

from certificates import UNKNOWN
from witness import check, equal

REGIONAL = ("--endpoint-configuration", "types=REGIONAL")


def available(seen):
    return seen["domainNameStatus"] == "AVAILABLE"


def domains(aws, arn):
    """A REST API behind a custom domain name with this certificate, changed and taken down."""
    api = aws.ok("apigateway:CreateRestApi", "--name", "mapped", *REGIONAL)["id"]
    name, certificate = ("--domain-name", "api.cli.example"), (*REGIONAL, "--regional-certificate-arn")
    aws.refused("apigateway:CreateDomainName", "BadRequestException", *name, *certificate, UNKNOWN)
    made = aws.ok(
        "apigateway:CreateDomainName", *name, *certificate, arn, "--security-policy", "TLS_1_2", "--tags", "team=cli"
    )
    check(
        "a domain leads to a host of its Region",
        made["regionalDomainName"].endswith(".execute-api.us-east-1.amazonaws.com"),
        made,
    )
    aws.until(available, "apigateway:GetDomainName", *name)
    aws.ok("apigateway:CreateDomainName", "--domain-name", "second.api.cli.example", *certificate, arn)
    equal(
        "all domains are listed, page by page", len(aws.ok("apigateway:GetDomainNames", "--page-size", "1")["items"]), 2
    )
    aws.refused("acm:DeleteCertificate", "ResourceInUseException", "--certificate-arn", arn)
    mappings(aws, name, api)
    tags(aws)
    patch = {"op": "replace", "path": "/endpointConfiguration/ipAddressType", "value": "dualstack"}
    aws.ok("apigateway:UpdateDomainName", *name, "--patch-operations", [patch])
    changed = aws.until(available, "apigateway:GetDomainName", *name)
    equal("a patch is kept", changed["endpointConfiguration"]["ipAddressType"], "dualstack")
    aws.ok("apigateway:DeleteDomainName", *name)
    aws.refused("apigateway:GetDomainName", "NotFoundException", *name)


def mappings(aws, name, api):
    to_api = (*name, "--rest-api-id", api)
    aws.ok("apigateway:CreateBasePathMapping", *to_api)
    aws.ok("apigateway:CreateBasePathMapping", *to_api, "--base-path", "v1")
    aws.refused("apigateway:CreateBasePathMapping", "ConflictException", *to_api, "--base-path", "v1")
    empty = aws.ok("apigateway:GetBasePathMapping", *name, "--base-path", "(none)")
    equal("the empty path is (none)", empty["basePath"], "(none)")
    patch = {"op": "replace", "path": "/basePath", "value": "v2"}
    aws.ok("apigateway:UpdateBasePathMapping", *name, "--base-path", "v1", "--patch-operations", [patch])
    equal(
        "all mappings are listed, page by page",
        len(aws.ok("apigateway:GetBasePathMappings", *name, "--page-size", "1")["items"]),
        2,
    )
    for path in ("(none)", "v2"):
        aws.ok("apigateway:DeleteBasePathMapping", *name, "--base-path", path)
    aws.refused("apigateway:GetBasePathMapping", "NotFoundException", *name, "--base-path", "v2")


def tags(aws):
    arn = "arn:aws:apigateway:us-east-1::/domainnames/api.cli.example"
    this = ("--resource-arn", arn)
    aws.ok("apigateway:TagResource", *this, "--tags", "more=1,team=other")
    aws.ok("apigateway:UntagResource", *this, "--tag-keys", "more")
    equal("a domain's tags come back", aws.ok("apigateway:GetTags", *this)["tags"], {"team": "other"})
    found = aws.until(
        lambda seen: seen["ResourceTagMappingList"], "tagging:GetResources", "--tag-filters", "Key=team,Values=other"
    )
    equal("and the domain is found by them", [each["ResourceARN"] for each in found["ResourceTagMappingList"]], [arn])


def rest_apis(aws):
    """REST APIs: made, listed, changed. Gives the id of one that stays."""
    made = aws.ok("apigateway:CreateRestApi", "--name", "cli", *REGIONAL)["id"]
    second = aws.ok("apigateway:CreateRestApi", "--name", "second", *REGIONAL)["id"]
    equal("all APIs are listed, page by page", len(aws.ok("apigateway:GetRestApis", "--page-size", "1")["items"]), 2)
    aws.ok(
        "apigateway:UpdateRestApi", "--rest-api-id", made, "--patch-operations", "op=replace,path=/name,value=renamed"
    )
    equal("a new name is kept", aws.ok("apigateway:GetRestApi", "--rest-api-id", made)["name"], "renamed")
    equal("an API has its root", aws.ok("apigateway:GetResources", "--rest-api-id", made)["items"][0]["path"], "/")
    aws.ok("apigateway:DeleteRestApi", "--rest-api-id", second)
    aws.refused("apigateway:GetRestApi", "NotFoundException", "--rest-api-id", second)
    return made


def stages(aws, api):
    this = ("--rest-api-id", api)
    deployment = aws.ok("apigateway:CreateDeployment", *this)["id"]
    aws.ok("apigateway:CreateStage", *this, "--stage-name", "beta", "--deployment-id", deployment)
    equal("stages are listed", [each["stageName"] for each in aws.ok("apigateway:GetStages", *this)["item"]], ["beta"])
    equal(
        "a stage shows its deployment",
        aws.ok("apigateway:GetStage", *this, "--stage-name", "beta")["deploymentId"],
        deployment,
    )
    aws.ok("apigateway:DeleteStage", *this, "--stage-name", "beta")
    aws.refused("apigateway:GetStage", "NotFoundException", *this, "--stage-name", "beta")

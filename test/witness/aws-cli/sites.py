"""CloudFront's functions and distributions in the AWS CLI's words."""

import json
import os
import tempfile
import time

from witness import check, equal

CODE = "function handler(event) { event.request.uri += 'index.html'; return event.request; }\n"
CONFIG = {"Comment": "", "Runtime": "cloudfront-js-2.0"}
EVENT = {"version": "1.0", "context": {"eventType": "viewer-request"}, "request": {"method": "GET", "uri": "/docs/"}}


def sites(aws, certificate):
    """A function through its stages, and a distribution that runs it. Gives the certificate."""
    with tempfile.TemporaryDirectory() as folder:
        arn = functions(aws, folder)
    made = distribution(aws, arn)
    listings(aws)
    tags(aws, arn)
    certified(aws, made, certificate)
    taken_down(aws, made)
    return certificate


def blob(folder, name, text):
    """A file, as both versions of the CLI take bytes."""
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf8") as file:
        file.write(text)
    return f"fileb://{path}"


def functions(aws, folder):
    code, event = blob(folder, "code.js", CODE), blob(folder, "event.json", json.dumps(EVENT))
    new = ("--name", "rewrite", "--function-config", CONFIG, "--function-code", code)
    made = aws.ok("cloudfront:CreateFunction", *new)
    aws.refused("cloudfront:CreateFunction", "FunctionAlreadyExists", *new)
    updated = aws.ok("cloudfront:UpdateFunction", *new, "--if-match", made["ETag"])
    check("an update tells the new version", updated.get("ETag") not in (None, made["ETag"]), updated)
    aws.refused("cloudfront:UpdateFunction", "PreconditionFailed", *new, "--if-match", made["ETag"])
    this = ("--name", "rewrite", "--if-match", updated["ETag"])
    told = aws.ok("cloudfront:TestFunction", *this, "--event-object", event)["TestResult"]
    equal("it is run", json.loads(told["FunctionOutput"])["request"]["uri"], "/docs/index.html")
    published = aws.ok("cloudfront:PublishFunction", *this)["FunctionSummary"]
    described = aws.ok("cloudfront:DescribeFunction", "--name", "rewrite", "--stage", "LIVE")["FunctionSummary"]
    equal("it is published", described, published)
    path = os.path.join(folder, "got.js")
    aws.ok("cloudfront:GetFunction", "--name", "rewrite", "--stage", "LIVE", path)
    with open(path, encoding="utf8") as file:
        equal("its code comes back as it is", file.read(), CODE)
    return published["FunctionMetadata"]["FunctionARN"]


def config(reference, **more):
    return {
        "CallerReference": reference,
        "Comment": "",
        "Enabled": True,
        "Origins": {
            "Quantity": 1,
            "Items": [
                {
                    "Id": "site",
                    "DomainName": "origin.example.net",
                    "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"},
                }
            ],
        },
        "DefaultCacheBehavior": {
            "TargetOriginId": "site", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "policy", **more
        },
    }


def running(arn):
    return {"FunctionAssociations": {"Quantity": 1, "Items": [{"FunctionARN": arn, "EventType": "viewer-request"}]}}


def distribution(aws, arn):
    given = ("--distribution-config", config("one", **running(arn)))
    made = aws.ok("cloudfront:CreateDistribution", *given)["Distribution"]
    aws.refused("cloudfront:CreateDistribution", "DistributionAlreadyExists", *given)
    this = ("--id", made["Id"])
    time.sleep(1)  # the waiter asks at once, and then a minute later
    aws.waits("cloudfront", "distribution-deployed", *this)
    equal("it is deployed", aws.ok("cloudfront:GetDistribution", *this)["Distribution"]["Status"], "Deployed")
    read = aws.ok("cloudfront:GetDistributionConfig", *this)
    off = {**read["DistributionConfig"], "Enabled": False}
    change = (*this, "--distribution-config", off)
    aws.refused("cloudfront:UpdateDistribution", "InvalidIfMatchVersion", *change)
    aws.refused("cloudfront:DeleteDistribution", "DistributionNotDisabled", *this, "--if-match", read["ETag"])
    aws.ok("cloudfront:UpdateDistribution", *change, "--if-match", read["ETag"])
    again = aws.ok("cloudfront:GetDistributionConfig", *this)
    equal("what was read is written back", again["DistributionConfig"], off)
    return made


def listings(aws):
    tagged = {"DistributionConfig": config("two"), "Tags": {"Items": [{"Key": "team", "Value": "cli"}]}}
    made = aws.ok("cloudfront:CreateDistributionWithTags", "--distribution-config-with-tags", tagged)
    arn = made["Distribution"]["ARN"]
    told = aws.ok("cloudfront:ListTagsForResource", "--resource", arn)["Tags"]["Items"]
    equal("it is made with its tags", told, [{"Key": "team", "Value": "cli"}])
    listed = aws.ok("cloudfront:ListDistributions", "--page-size", "1")["DistributionList"]["Items"]
    equal("all are told, page by page", len(listed), 2)
    functions = aws.ok("cloudfront:ListFunctions", "--max-items", "10")["FunctionList"]["Items"]
    stages = [each["FunctionMetadata"]["Stage"] for each in functions]
    equal("a function is told by its stages", stages, ["DEVELOPMENT", "LIVE"])


def tags(aws, arn):
    both = {"Items": [{"Key": "team", "Value": "cli"}, {"Key": "gone", "Value": ""}]}
    aws.ok("cloudfront:TagResource", "--resource", arn, "--tags", both)
    aws.ok("cloudfront:UntagResource", "--resource", arn, "--tag-keys", {"Items": ["gone"]})
    told = aws.ok("cloudfront:ListTagsForResource", "--resource", arn)["Tags"]["Items"]
    equal("tags come back", told, [{"Key": "team", "Value": "cli"}])


def certified(aws, made, certificate):
    of = ("--distribution-id", made["Id"], "--alias", "www.cli.example")
    aws.refused("cloudfront:ListConflictingAliases", "InvalidArgument", *of, contains="does not cover")
    here = aws.ok("cloudfront:GetDistributionConfig", "--id", made["Id"])
    viewer = {
        "ACMCertificateArn": certificate, "SSLSupportMethod": "sni-only", "MinimumProtocolVersion": "TLSv1.2_2021"
    }
    named = {
        **here["DistributionConfig"],
        "Aliases": {"Quantity": 1, "Items": ["edge.api.cli.example"]},
        "ViewerCertificate": viewer,
    }
    this = ("--id", made["Id"], "--if-match", here["ETag"], "--distribution-config")
    changed = aws.ok("cloudfront:UpdateDistribution", *this, named)
    of = ("--distribution-id", made["Id"], "--alias", "*.api.cli.example")
    found = aws.ok("cloudfront:ListConflictingAliases", *of)["ConflictingAliasesList"]["Items"]
    equal("an alias of its own is told", [each["Alias"] for each in found], ["edge.api.cli.example"])
    this = ("--id", made["Id"], "--if-match", changed["ETag"], "--distribution-config")
    aws.ok("cloudfront:UpdateDistribution", *this, here["DistributionConfig"])


def taken_down(aws, made):
    this = ("--id", made["Id"])
    seen = aws.until(lambda each: each["Distribution"]["Status"] == "Deployed", "cloudfront:GetDistribution", *this)
    aws.ok("cloudfront:DeleteDistribution", *this, "--if-match", seen["ETag"])
    aws.refused("cloudfront:GetDistribution", "NoSuchDistribution", *this)
    version = aws.ok("cloudfront:DescribeFunction", "--name", "rewrite")["ETag"]
    aws.ok("cloudfront:DeleteFunction", "--name", "rewrite", "--if-match", version)
    aws.refused("cloudfront:DescribeFunction", "NoSuchFunctionExists", "--name", "rewrite")

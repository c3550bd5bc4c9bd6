"""Certificates in the AWS CLI's words."""

import time

from cli import instant
from witness import check, equal

UNKNOWN = "arn:aws:acm:us-east-1:200000000000:certificate/11111111-2222-3333-4444-555555555555"


def certificates(aws):
    """Requests a certificate, proves its name, waits for it. Gives its ARN."""
    arn = aws.ok(
        "acm:RequestCertificate",
        "--domain-name",
        "api.cli.example",
        "--validation-method",
        "DNS",
        "--subject-alternative-names",
        "*.api.cli.example",
        "--tags",
        "Key=team,Value=cli",
        "--idempotency-token",
        "cli1",
    )["CertificateArn"]
    this = ("--certificate-arn", arn)

    def proved(seen):
        return all("ResourceRecord" in each for each in seen["Certificate"]["DomainValidationOptions"])

    waiting = aws.until(proved, "acm:DescribeCertificate", *this)
    for operation in ("GetCertificate", "RenewCertificate"):
        aws.refused(f"acm:{operation}", "RequestInProgressException", *this)
    prove(aws, waiting["Certificate"]["DomainValidationOptions"][0]["ResourceRecord"])
    time.sleep(1)  # the waiter asks at once, and then a minute later
    aws.waits("acm", "certificate-validated", *this)
    issued = aws.ok("acm:DescribeCertificate", *this)["Certificate"]
    check(
        "a certificate is issued, with its dates",
        issued["Status"] == "ISSUED" and instant(issued["NotAfter"]) > instant(issued["NotBefore"]),
        issued,
    )

    aws.ok("acm:AddTagsToCertificate", *this, "--tags", "Key=more,Value=1")
    aws.ok("acm:RemoveTagsFromCertificate", *this, "--tags", "Key=more")
    equal(
        "a certificate's tags come back",
        aws.ok("acm:ListTagsForCertificate", *this)["Tags"],
        [{"Key": "team", "Value": "cli"}],
    )
    aws.ok("acm:UpdateCertificateOptions", *this, "--options", "CertificateTransparencyLoggingPreference=ENABLED")
    aws.ok("acm:PutAccountConfiguration", "--expiry-events", "DaysBeforeExpiry=20", "--idempotency-token", "cli")
    equal(
        "the account's configuration is kept",
        aws.ok("acm:GetAccountConfiguration")["ExpiryEvents"],
        {"DaysBeforeExpiry": 20},
    )
    listings(aws)
    aws.refused("acm:DescribeCertificate", "ResourceNotFoundException", "--certificate-arn", UNKNOWN)
    aws.refused(
        "acm:DeleteCertificate", "InvalidArnException", "--certificate-arn", UNKNOWN.replace("certificate", "user")
    )
    aws.refused(
        "acm:RequestCertificate",
        "ValidationException",
        "--domain-name",
        "a.example",
        "--validation-method",
        "DNS",
        "--key-algorithm",
        "ROT13",
    )
    return arn


def prove(aws, record):
    zone = aws.ok(
        "route53:CreateHostedZone", "--name", "cli.example", "--caller-reference", "certificates"
    )["HostedZone"]["Id"]
    put = {
        "Action": "UPSERT",
        "ResourceRecordSet": {
            "Name": record["Name"],
            "Type": record["Type"],
            "TTL": 60,
            "ResourceRecords": [{"Value": record["Value"]}],
        },
    }
    aws.ok("route53:ChangeResourceRecordSets", "--hosted-zone-id", zone, "--change-batch", {"Changes": [put]})


def listings(aws):
    ask = ("acm:RequestCertificate", "--validation-method", "DNS", "--domain-name")
    made = [aws.ok(*ask, "other.cli.example"), aws.ok(*ask, "ec.cli.example", "--key-algorithm", "EC_prime256v1")]

    def listed(*arguments):
        return aws.ok("acm:ListCertificates", *arguments)

    equal("only RSA keys are listed, page by page", len(listed("--page-size", "1")["CertificateSummaryList"]), 2)
    both = ("--includes", "keyTypes=RSA_2048,EC_prime256v1", "--max-items", "2")
    first = listed(*both)
    then = listed(*both, "--starting-token", first["NextToken"])
    equal("asked for more, all are", len(first["CertificateSummaryList"] + then["CertificateSummaryList"]), 3)
    for each in made:
        aws.ok("acm:DeleteCertificate", "--certificate-arn", each["CertificateArn"])

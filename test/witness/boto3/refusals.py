"""What the front ends refuse before a service looks: missing members, wrong forms; and what is not modelled."""

from estate import Estate, fault_of, refused
from witness import check

UNMODELLED = [
    ("route53", "ListTrafficPolicies", {}),
    ("route53", "ListCidrCollections", {}),
    ("acm", "ImportCertificate", {"Certificate": b"x", "PrivateKey": b"y"}),
    ("apigateway", "GetVpcLinks", {}),
    ("resourcegroupstaggingapi", "GetComplianceSummary", {}),
    ("elbv2", "DescribeTrustStores", {}),
    ("cloudfront", "ListCachePolicies", {}),
    ("sts", "GetSessionToken", {}),
]


def run(urls):
    estate = Estate(urls["fast"], "100000000014")
    loose = {
        name: estate.client(name, validate=False)
        for name in ("route53", "acm", "apigateway", "resourcegroupstaggingapi", "elbv2", "cloudfront", "sts")
    }
    missing_members(loose)
    wrong_forms(loose)
    not_modelled(loose)
    other_services(estate)


def missing_members(loose):
    null = "Member must not be null"
    refused(
        "a zone without name", loose["route53"], "CreateHostedZone", "InvalidInput", contains=null, CallerReference="x"
    )
    refused("a certificate without name", loose["acm"], "RequestCertificate", "ValidationException", contains=null)
    refused("no certificate", loose["acm"], "DescribeCertificate", "ValidationException", contains=null)
    refused("a domain without name", loose["apigateway"], "CreateDomainName", "BadRequestException", contains=null)
    refused("no listener", loose["elbv2"], "AddListenerCertificates", "ValidationError", contains=null, Certificates=[])
    nameless = {"contains": null, "FunctionCode": b"x"}
    refused("a function without name", loose["cloudfront"], "CreateFunction", "InvalidArgument", **nameless)
    refused("a batch without changes", loose["route53"], "ChangeResourceRecordSets", "InvalidInput", HostedZoneId="Z1")


def wrong_forms(loose):
    name = {"DomainName": "a.example.com", "ValidationMethod": "DNS"}
    refused(
        "a token with a blank",
        loose["acm"],
        "RequestCertificate",
        "ValidationException",
        contains="idempotencyToken",
        **name,
        IdempotencyToken="a b",
    )
    refused(
        "a token of 33 characters",
        loose["acm"],
        "RequestCertificate",
        "ValidationException",
        **name,
        IdempotencyToken="x" * 33,
    )
    refused(
        "a key algorithm that is none",
        loose["acm"],
        "RequestCertificate",
        "ValidationException",
        contains="keyAlgorithm",
        **name,
        KeyAlgorithm="ROT13",
    )
    refused("a page of 1001 certificates", loose["acm"], "ListCertificates", "ValidationException", MaxItems=1_001)
    refused(
        "a status that is none", loose["acm"], "ListCertificates", "ValidationException", CertificateStatuses=["NICE"]
    )
    refused(
        "a caller reference of 129 characters",
        loose["route53"],
        "CreateHostedZone",
        "InvalidInput",
        Name="a.example.com",
        CallerReference="x" * 129,
    )
    refused(
        "a type of record that is none",
        loose["route53"],
        "ChangeResourceRecordSets",
        "InvalidInput",
        HostedZoneId=zone(loose["route53"]),
        ChangeBatch={
            "Changes": [
                {
                    "Action": "CREATE",
                    "ResourceRecordSet": {
                        "Name": "a.form.example",
                        "Type": "AX",
                        "TTL": 1,
                        "ResourceRecords": [{"Value": "x"}],
                    },
                }
            ]
        },
    )
    refused(
        "an action that is none",
        loose["route53"],
        "ChangeResourceRecordSets",
        "InvalidInput",
        HostedZoneId=zone(loose["route53"]),
        ChangeBatch={
            "Changes": [
                {
                    "Action": "REPLACE",
                    "ResourceRecordSet": {
                        "Name": "a.form.example",
                        "Type": "A",
                        "TTL": 1,
                        "ResourceRecords": [{"Value": "192.0.2.1"}],
                    },
                }
            ]
        },
    )
    refused(
        "101 resources in a page",
        loose["resourcegroupstaggingapi"],
        "GetResources",
        "InvalidParameterException",
        ResourcesPerPage=101,
    )


ZONES = {}


def zone(route53):
    if "id" not in ZONES:
        ZONES["id"] = route53.create_hosted_zone(Name="form.example", CallerReference="form")["HostedZone"]["Id"]
    return ZONES["id"]


def not_modelled(loose):
    for service, operation, arguments in UNMODELLED:
        refused(
            f"{service} {operation} is not modelled, and says so by name",
            loose[service],
            operation,
            "NotEmulated",
            contains="is not modelled",
            status=501,
            **arguments,
        )


def other_services(estate):
    """What is signed for a service that is not there is refused by name too, in XML or JSON as the client expects."""
    for service, call in {
        "s3": lambda c: c.list_buckets(),
        "dynamodb": lambda c: c.list_tables(),
        "elb": lambda c: c.describe_load_balancers(),
        "lambda": lambda c: c.list_functions(),
    }.items():
        client = estate.client(service)
        client.meta.events.unregister("after-call", estate.look_at)
        error, answer = fault_of(lambda call=call, client=client: call(client))
        check(
            f"{service} is no service here, and that is said",
            error is not None and error.response[
                "ResponseMetadata"
            ]["HTTPStatusCode"] == 501 and "is not modelled" in str(error),
            error or answer,
        )

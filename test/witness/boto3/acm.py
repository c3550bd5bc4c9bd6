"""Certificates: requested, proved by a record, issued, in use, deleted."""

import time

from estate import Estate, fault_of, refused, until
from witness import check, equal, holds

ACCOUNT = "100000000006"
UNKNOWN = f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/11111111-2222-3333-4444-555555555555"
ALL_KEYS = ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"]


def run(urls):
    estate = Estate(urls["fast"], ACCOUNT)
    acm = estate.client("acm")
    just_requested(Estate(urls["real"], "100000000007"))
    arn = issued_by_its_record(estate, acm)
    shared_records(estate, acm)
    tags(acm, arn)
    options(estate, acm, arn)
    unknown_and_malformed(acm)
    tokens(Estate(urls["real"], "100000000008"))
    key_types(Estate(urls["fast"], "100000000009"))
    listings(Estate(urls["fast"], "100000000010"))
    denied_by_caa(Estate(urls["fast"], "100000000011"))
    account_configuration(estate, acm)
    bodies(acm, arn)
    deletion(acm, arn)
    estate.check_answers("acm")


def request(acm, name, **more):
    return acm.request_certificate(DomainName=name, ValidationMethod="DNS", **more)["CertificateArn"]


def describe(acm, arn):
    return acm.describe_certificate(CertificateArn=arn)["Certificate"]


def just_requested(estate):
    acm = estate.client("acm")
    arn = request(acm, "new.example.com")
    check(
        "an ARN names its account and Region",
        arn.startswith(f"arn:aws:acm:us-east-1:{estate.account}:certificate/"),
        arn,
    )
    certificate = describe(acm, arn)
    holds(
        "a certificate waits for its validation",
        certificate,
        Status="PENDING_VALIDATION",
        Type="AMAZON_ISSUED",
        DomainName="new.example.com",
        InUseBy=[],
        RenewalEligibility="INELIGIBLE",
    )
    check(
        "its record is not told at once", "ResourceRecord" not in certificate["DomainValidationOptions"][0], certificate
    )
    check("it was made at an instant with a zone", certificate["CreatedAt"].tzinfo is not None)
    check("and was not issued", "IssuedAt" not in certificate and "NotAfter" not in certificate, certificate)
    for operation in ("RenewCertificate", "GetCertificate"):
        refused(f"{operation} before it is issued", acm, operation, "RequestInProgressException", CertificateArn=arn)
    until(
        "its record is told some seconds later",
        lambda: "ResourceRecord" in describe(acm, arn)["DomainValidationOptions"][0],
        seconds=15,
    )
    estate.check_answers("new certificates")


def validation_of(acm, arn):
    """The records that prove every name of a certificate, once it tells them."""
    ends = time.monotonic() + 10
    while time.monotonic() < ends:
        options = describe(acm, arn)["DomainValidationOptions"]
        if all("ResourceRecord" in option for option in options):
            return {option["DomainName"]: option["ResourceRecord"] for option in options}
        time.sleep(0.05)
    raise TimeoutError(arn)


def zone_of(estate, name):
    route53 = estate.client("route53")
    return route53.create_hosted_zone(Name=name, CallerReference=estate.reference())["HostedZone"]["Id"]


def put(estate, zone, *records):
    changes = [{"Action": "UPSERT", "ResourceRecordSet": record} for record in records]
    estate.client("route53").change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})


def proofs(validation):
    distinct = {record["Name"]: record for record in validation.values()}
    return [
        {"Name": each["Name"], "Type": each["Type"], "TTL": 300, "ResourceRecords": [{"Value": each["Value"]}]}
        for each in distinct.values()
    ]


def wait_issued(acm, arn):
    acm.get_waiter("certificate_validated").wait(CertificateArn=arn, WaiterConfig={"Delay": 0.2, "MaxAttempts": 100})


def issued_by_its_record(estate, acm):
    arn = request(
        acm,
        "api.example.com",
        SubjectAlternativeNames=["*.api.example.com", "www.example.com"],
        KeyAlgorithm="EC_prime256v1",
    )
    validation = validation_of(acm, arn)
    equal("every name has its record", sorted(validation), ["*.api.example.com", "api.example.com", "www.example.com"])
    equal("a wildcard shares its parent's record", validation["*.api.example.com"], validation["api.example.com"])
    record = validation["api.example.com"]
    equal("a record is a CNAME", record["Type"], "CNAME")
    name, value = record["Name"], record["Value"]
    check("below its name", name.startswith("_") and name.endswith(".api.example.com."), name)
    check("and leads to ACM", value.startswith("_") and value.endswith(".acm-validations.aws."), value)
    elsewhere = estate.client("acm", region="eu-west-1")
    twin = request(elsewhere, "api.example.com")
    equal("another Region asks for the same record", validation_of(elsewhere, twin)["api.example.com"], record)
    time.sleep(1.5)
    holds("without records nothing is issued, however long it takes", describe(acm, arn), Status="PENDING_VALIDATION")
    put(estate, zone_of(estate, "example.com"), *proofs(validation))
    wait_issued(acm, arn)
    issued = describe(acm, arn)
    holds(
        "with them it is issued",
        issued,
        Status="ISSUED",
        KeyAlgorithm="EC-prime256v1",
        SubjectAlternativeNames=["api.example.com", "*.api.example.com", "www.example.com"],
    )
    equal("every name is proved", {each["ValidationStatus"] for each in issued["DomainValidationOptions"]}, {"SUCCESS"})
    equal("it is valid for 198 days", (issued["NotAfter"] - issued["NotBefore"]).days, 198)
    check("from when it was issued", issued["CreatedAt"] < issued["IssuedAt"] <= issued["NotBefore"], issued)
    wait_issued(elsewhere, twin)
    check("the other Region's certificate is issued by the same record", True)
    return arn


def shared_records(estate, acm):
    again = request(acm, "api.example.com")
    wait_issued(acm, again)
    check("a name that is proved already is issued without a new record", True)
    acm.delete_certificate(CertificateArn=again)


def tags(acm, arn):
    acm.add_tags_to_certificate(CertificateArn=arn, Tags=[{"Key": "team", "Value": "a"}, {"Key": "empty"}])
    acm.add_tags_to_certificate(CertificateArn=arn, Tags=[{"Key": "team", "Value": "é +b"}])
    listed = acm.list_tags_for_certificate(CertificateArn=arn)["Tags"]
    equal(
        "tags come back, the last value of each",
        {each["Key"]: each.get("Value", "") for each in listed},
        {"team": "é +b", "empty": ""},
    )
    acm.remove_tags_from_certificate(CertificateArn=arn, Tags=[{"Key": "team", "Value": "another"}])
    equal("a tag with another value is not removed", len(acm.list_tags_for_certificate(CertificateArn=arn)["Tags"]), 2)
    acm.remove_tags_from_certificate(CertificateArn=arn, Tags=[{"Key": "team", "Value": "é +b"}, {"Key": "empty"}])
    equal("with its value, or with none, it is", acm.list_tags_for_certificate(CertificateArn=arn)["Tags"], [])
    refused(
        "a reserved tag",
        acm,
        "AddTagsToCertificate",
        "InvalidTagException",
        CertificateArn=arn,
        Tags=[{"Key": "aws:x", "Value": "1"}],
    )
    acm.add_tags_to_certificate(CertificateArn=arn, Tags=[{"Key": f"k{index}", "Value": "v"} for index in range(50)])
    refused(
        "the 51st tag",
        acm,
        "AddTagsToCertificate",
        "TooManyTagsException",
        CertificateArn=arn,
        Tags=[{"Key": "k50", "Value": "v"}],
    )
    acm.remove_tags_from_certificate(CertificateArn=arn, Tags=[{"Key": f"k{index}"} for index in range(50)])


def options(estate, acm, arn):
    acm.update_certificate_options(CertificateArn=arn, Options={"CertificateTransparencyLoggingPreference": "DISABLED"})
    equal(
        "the transparency log can be left",
        describe(acm, arn)["Options"]["CertificateTransparencyLoggingPreference"],
        "DISABLED",
    )
    acm.update_certificate_options(CertificateArn=arn, Options={"CertificateTransparencyLoggingPreference": "ENABLED"})
    refused(
        "eleven names",
        acm,
        "RequestCertificate",
        "LimitExceededException",
        DomainName="n0.example.com",
        ValidationMethod="DNS",
        SubjectAlternativeNames=[f"n{index}.example.com" for index in range(1, 11)],
    )
    refused(
        "a key that ACM does not make",
        acm,
        "RequestCertificate",
        "InvalidParameterException",
        DomainName="k.example.com",
        ValidationMethod="DNS",
        KeyAlgorithm="EC_secp521r1",
    )


def unknown_and_malformed(acm):
    by_arn = {
        "DescribeCertificate": {},
        "DeleteCertificate": {},
        "ListTagsForCertificate": {},
        "RenewCertificate": {},
        "GetCertificate": {},
        "AddTagsToCertificate": {"Tags": [{"Key": "a", "Value": "b"}]},
        "RemoveTagsFromCertificate": {"Tags": [{"Key": "a"}]},
        "UpdateCertificateOptions": {"Options": {"CertificateTransparencyLoggingPreference": "ENABLED"}},
    }
    for operation, more in by_arn.items():
        refused(
            f"{operation} of an unknown certificate",
            acm,
            operation,
            "ResourceNotFoundException",
            CertificateArn=UNKNOWN,
            **more,
        )
        refused(
            f"{operation} of what is no certificate",
            acm,
            operation,
            "InvalidArnException",
            CertificateArn=UNKNOWN.replace("certificate", "user"),
            **more,
        )
        refused(
            f"{operation} of another service's ARN",
            acm,
            operation,
            "ValidationException",
            contains="certificateArn",
            CertificateArn="arn:aws:iam::123456789012:user/some-user-name",
            **more,
        )
    elsewhere = UNKNOWN.replace("us-east-1", "eu-west-1")
    error, _ = fault_of(lambda: acm.describe_certificate(CertificateArn=elsewhere))
    check("another Region's certificate is not to be seen", error is not None, "it was")


def tokens(estate):
    acm = estate.client("acm")
    first = request(acm, "token.example.com", IdempotencyToken="once")
    equal("a token asks for one certificate", request(acm, "token.example.com", IdempotencyToken="once"), first)
    check("another token for another", request(acm, "token.example.com", IdempotencyToken="twice") != first)
    check("and no token for another each time", request(acm, "token.example.com") != request(acm, "token.example.com"))


def arns(acm, **asked):
    pages = acm.get_paginator("list_certificates").paginate(**asked)
    return [each["CertificateArn"] for page in pages for each in page["CertificateSummaryList"]]


def key_types(estate):
    acm = estate.client("acm")
    made = {
        key: request(acm, "keys.example.com", KeyAlgorithm=key) for key in ("RSA_2048", "EC_prime256v1", "EC_secp384r1")
    }
    equal("ListCertificates shows RSA keys only, unless it is asked for more", arns(acm), [made["RSA_2048"]])
    equal("asked for all, it shows all", set(arns(acm, Includes={"keyTypes": ALL_KEYS})), set(made.values()))
    equal("asked for one, that one", arns(acm, Includes={"keyTypes": ["EC_secp384r1"]}), [made["EC_secp384r1"]])
    summary = acm.list_certificates(Includes={"keyTypes": ["EC_prime256v1"]})["CertificateSummaryList"][0]
    holds(
        "a summary says what it is of",
        summary,
        DomainName="keys.example.com",
        Status="PENDING_VALIDATION",
        Type="AMAZON_ISSUED",
        InUse=False,
    )
    equal("filters by status", arns(acm, CertificateStatuses=["ISSUED"]), [])
    estate.check_answers("key types")


def listings(estate):
    acm = estate.client("acm")
    made = [request(acm, f"c{index}.example.com") for index in range(23)]
    small = list(acm.get_paginator("list_certificates").paginate(PaginationConfig={"PageSize": 5}))
    equal(
        "pages of ListCertificates have the size asked for",
        [len(page["CertificateSummaryList"]) for page in small],
        [5, 5, 5, 5, 3],
    )
    equal(
        "botocore's paginator sees every certificate once",
        sorted(each["CertificateArn"] for page in small for each in page["CertificateSummaryList"]),
        sorted(made),
    )
    newest = acm.list_certificates(SortBy="CREATED_AT", SortOrder="DESCENDING", MaxItems=23)["CertificateSummaryList"]
    times = [each["CreatedAt"] for each in newest]
    equal("sorted by when they were made, the newest first", times, sorted(times, reverse=True))
    refused("an order without what to sort by", acm, "ListCertificates", "ValidationException", SortOrder="DESCENDING")
    estate.check_answers("listings of certificates")


def denied_by_caa(estate):
    acm = estate.client("acm")
    zone = zone_of(estate, "caa.example")
    put(
        estate,
        zone,
        {"Name": "caa.example", "Type": "CAA", "TTL": 60, "ResourceRecords": [{"Value": '0 issue "letsencrypt.org"'}]},
    )
    arn = request(acm, "caa.example")
    put(estate, zone, *proofs(validation_of(acm, arn)))
    until("a CAA record for others makes it fail", lambda: describe(acm, arn)["Status"] == "FAILED")
    holds("and that is said", describe(acm, arn), FailureReason="CAA_ERROR")
    estate.check_answers("caa")


def account_configuration(estate, acm):
    acm.put_account_configuration(ExpiryEvents={"DaysBeforeExpiry": 30}, IdempotencyToken="configure")
    equal(
        "the account's configuration is kept",
        acm.get_account_configuration().get("ExpiryEvents"),
        {"DaysBeforeExpiry": 30},
    )


def bodies(acm, arn):
    refused(
        "a certificate that ACM renews by itself is not renewed by hand",
        acm,
        "RenewCertificate",
        "ValidationException",
        CertificateArn=arn,
    )
    refused(
        "a certificate has no body here, and that is said",
        acm,
        "GetCertificate",
        "NotEmulated",
        status=501,
        CertificateArn=arn,
    )


def deletion(acm, arn):
    acm.delete_certificate(CertificateArn=arn)
    refused(
        "a deleted certificate is gone", acm, "DescribeCertificate", "ResourceNotFoundException", CertificateArn=arn
    )
    check("and not listed", arn not in arns(acm, Includes={"keyTypes": ALL_KEYS}))

"""Tags, counts and limits of Route 53, and what its name servers and checkers would say."""

from estate import Estate, refused, until
from witness import check, equal, holds
from route53_records import Zone, latency, simple


def run(urls):
    estate = Estate(urls["fast"], "100000000018")
    route53 = estate.client("route53")
    zone = Zone(estate, "account.example.")
    health = route53.create_health_check(
        CallerReference=estate.reference(), HealthCheckConfig={"Type": "TCP", "IPAddress": "192.0.2.1", "Port": 443}
    )["HealthCheck"]["Id"]
    tags(estate, route53, zone, health)
    counts(route53, zone)
    comment(route53, zone)
    answers(route53, zone)
    checkers(estate, route53, health)
    estate.check_answers("the account's Route 53")


def tags(estate, route53, zone, health):
    zone_id = zone.id.split("/")[-1]
    for kind, resource in (("hostedzone", zone_id), ("healthcheck", health)):

        def change(**what):
            return route53.change_tags_for_resource(ResourceType=kind, ResourceId=resource, **what)

        change(AddTags=[{"Key": "team", "Value": "a"}, {"Key": "empty", "Value": ""}])
        change(AddTags=[{"Key": "team", "Value": "é+b"}])
        seen = route53.list_tags_for_resource(ResourceType=kind, ResourceId=resource)["ResourceTagSet"]
        holds(f"tags of a {kind} come back", seen, ResourceType=kind, ResourceId=resource)
        equal(
            f"the last value of each, on a {kind}",
            {each["Key"]: each["Value"] for each in seen["Tags"]},
            {"team": "é+b", "empty": ""},
        )
        change(RemoveTagKeys=["empty", "absent"])
        several = route53.list_tags_for_resources(ResourceType=kind, ResourceIds=[resource])["ResourceTagSets"]
        equal(f"tags of a {kind} are removed by key", several[0]["Tags"], [{"Key": "team", "Value": "é+b"}])
        change(AddTags=[{"Key": f"k{index}", "Value": "v"} for index in range(9)])
        refused(
            f"the 11th tag of a {kind}",
            route53,
            "ChangeTagsForResource",
            "InvalidInput",
            ResourceType=kind,
            ResourceId=resource,
            AddTags=[{"Key": "k10", "Value": "v"}],
        )
    unknown = {
        "hostedzone": ("ZNOTTHERE", "NoSuchHostedZone"),
        "healthcheck": ("11111111-2222-3333-4444-555555555555", "NoSuchHealthCheck"),
    }
    for kind, (resource, code) in unknown.items():
        refused(f"tags of no {kind}", route53, "ListTagsForResource", code, ResourceType=kind, ResourceId=resource)
        refused(
            f"tags of several, one of them no {kind}",
            route53,
            "ListTagsForResources",
            code,
            ResourceType=kind,
            ResourceIds=[resource],
        )
        refused(
            f"tagging no {kind}",
            route53,
            "ChangeTagsForResource",
            code,
            ResourceType=kind,
            ResourceId=resource,
            AddTags=[{"Key": "a", "Value": "b"}],
        )
    tagging = estate.client("resourcegroupstaggingapi")
    found = until("the tagging service finds them", lambda: (lambda page: page if len(page) == 2 else None)(
        tagging.get_resources(TagFilters=[{"Key": "team", "Values": ["é+b"]}])["ResourceTagMappingList"]))
    equal(
        "by their ARNs",
        sorted(each["ResourceARN"] for each in found or []),
        sorted([f"arn:aws:route53:::hostedzone/{zone_id}", f"arn:aws:route53:::healthcheck/{health}"]),
    )


def counts(route53, zone):
    equal("GetHostedZoneCount", route53.get_hosted_zone_count()["HostedZoneCount"], 1)
    equal("GetHealthCheckCount", route53.get_health_check_count()["HealthCheckCount"], 1)
    zones = route53.get_account_limit(Type="MAX_HOSTED_ZONES_BY_OWNER")
    holds(
        "an account's limit and what is used of it",
        zones,
        Count=1,
        Limit={"Type": "MAX_HOSTED_ZONES_BY_OWNER", "Value": 500},
    )
    holds(
        "the same of health checks",
        route53.get_account_limit(Type="MAX_HEALTH_CHECKS_BY_OWNER"),
        Count=1,
        Limit={"Type": "MAX_HEALTH_CHECKS_BY_OWNER", "Value": 200},
    )
    records = route53.get_hosted_zone_limit(Type="MAX_RRSETS_BY_ZONE", HostedZoneId=zone.id)
    holds("the same of a zone's records", records, Count=2, Limit={"Type": "MAX_RRSETS_BY_ZONE", "Value": 10_000})
    refused(
        "a limit of no zone",
        route53,
        "GetHostedZoneLimit",
        "NoSuchHostedZone",
        Type="MAX_RRSETS_BY_ZONE",
        HostedZoneId="ZNOTTHERE",
    )
    refused(
        "networks of a public zone",
        route53,
        "GetHostedZoneLimit",
        "HostedZoneNotPrivate",
        Type="MAX_VPCS_ASSOCIATED_BY_ZONE",
        HostedZoneId=zone.id,
    )


def comment(route53, zone):
    said = route53.update_hosted_zone_comment(Id=zone.id, Comment="changed & <kept>")["HostedZone"]
    equal("a zone's comment can be changed", said["Config"]["Comment"], "changed & <kept>")
    equal("and is kept", route53.get_hosted_zone(Id=zone.id)["HostedZone"], said)
    without = route53.update_hosted_zone_comment(Id=zone.id)["HostedZone"]
    check("and taken away", not without["Config"].get("Comment"), without)
    refused("a comment of no zone", route53, "UpdateHostedZoneComment", "NoSuchHostedZone", Id="ZNOTTHERE", Comment="x")
    holds("no zone is signed", route53.get_dnssec(HostedZoneId=zone.id)["Status"], ServeSignature="NOT_SIGNING")
    refused("signatures of no zone", route53, "GetDNSSEC", "NoSuchHostedZone", HostedZoneId="ZNOTTHERE")


def answers(route53, zone):
    name = f"near.{zone.name}"
    zone.change(
        ("CREATE", latency(name, "us-east-1", "192.0.2.1")),
        ("CREATE", latency(name, "eu-west-1", "192.0.2.2")),
        ("CREATE", simple(f"*.{zone.name}", "TXT", '"wild"')),
    )

    def ask(record, kind, **who):
        return route53.test_dns_answer(HostedZoneId=zone.id, RecordName=record, RecordType=kind, **who)

    here = ask(name, "A")
    holds(
        "an answer is that of the nearest Region",
        here,
        RecordData=["192.0.2.1"],
        ResponseCode="NOERROR",
        Protocol="UDP",
        RecordType="A",
    )
    check("it comes from a name server of the zone", here["Nameserver"].startswith("ns-"), here)
    holds(
        "another client is answered otherwise",
        ask(name, "A", EDNS0ClientSubnetIP="34.240.0.1", EDNS0ClientSubnetMask="24"),
        RecordData=["192.0.2.2"],
    )
    holds("so is another resolver", ask(name, "A", ResolverIP="34.240.0.1"), RecordData=["192.0.2.2"])
    holds("a wildcard answers for what is not there", ask(f"anything.{zone.name}", "TXT"), RecordData=['"wild"'])
    holds("no data is no error", ask(name, "MX"), RecordData=[], ResponseCode="NOERROR")
    refused(
        "an answer of no zone",
        route53,
        "TestDNSAnswer",
        "NoSuchHostedZone",
        HostedZoneId="ZNOTTHERE",
        RecordName="a.example.com",
        RecordType="A",
    )
    refused(
        "a mask without a client",
        route53,
        "TestDNSAnswer",
        "InvalidInput",
        HostedZoneId=zone.id,
        RecordName=name,
        RecordType="A",
        EDNS0ClientSubnetMask="24",
    )


def checkers(estate, route53, health):
    ranges = route53.get_checker_ip_ranges()["CheckerIpRanges"]
    check("checkers come from address ranges", len(ranges) >= 8 and all("/" in each for each in ranges), ranges)

    def look():
        return route53.get_health_check_status(HealthCheckId=health)["HealthCheckObservations"]

    seen = until("checkers tell what they saw", look)
    if seen:
        check(
            "each with its Region, its address and its time",
            all(each["Region"] and each["IPAddress"] and each["StatusReport"]["CheckedTime"].tzinfo for each in seen),
            seen,
        )
        equal("from every Region of checkers", len({each["Region"] for each in seen}), 8)
    failures = route53.get_health_check_last_failure_reason(HealthCheckId=health)["HealthCheckObservations"]
    check("and what failed", all(each["StatusReport"]["Status"].startswith("Failure") for each in failures), failures)
    parent = route53.create_health_check(
        CallerReference=estate.reference(),
        HealthCheckConfig={"Type": "CALCULATED", "HealthThreshold": 1, "ChildHealthChecks": [health]},
    )["HealthCheck"]["Id"]
    for operation in ("GetHealthCheckStatus", "GetHealthCheckLastFailureReason"):
        refused(f"{operation} of a calculated check", route53, operation, "InvalidInput", HealthCheckId=parent)
        refused(
            f"{operation} of none",
            route53,
            operation,
            "NoSuchHealthCheck",
            HealthCheckId="11111111-2222-3333-4444-555555555555",
        )

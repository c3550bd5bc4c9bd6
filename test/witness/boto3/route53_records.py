"""Change batches, what may stand beside what, and listings of records."""

from estate import Estate, fault_of, refused
from witness import check, equal, holds


def run(urls):
    estate = Estate(urls["fast"], "100000000003")
    zone = Zone(estate, "records.example.com.")
    round_trip_of_every_type(zone)
    batches_are_atomic(Zone(estate, "atomic.example.com."))
    deletes_must_match(Zone(estate, "deletes.example.com."))
    what_stands_together(Zone(estate, "together.example.com."))
    policies(Zone(estate, "policies.example.com."))
    aliases(Zone(estate, "aliases.example.com."))
    names_and_order(Zone(estate, "order.example.com."))
    limits(Zone(estate, "limits.example.com."))
    paging(Zone(estate, "paging.example.com."))
    in_sync(zone)
    estate.check_answers("records")


class Zone:
    def __init__(self, estate, name):
        self.estate, self.name = estate, name
        self.route53 = estate.client("route53")
        self.id = self.route53.create_hosted_zone(Name=name, CallerReference=estate.reference())["HostedZone"]["Id"]

    def change(self, *changes, comment=None):
        return self.route53.change_resource_record_sets(HostedZoneId=self.id, ChangeBatch=batch(changes, comment))

    def refused(self, name, *changes, code="InvalidChangeBatch", contains=""):
        return refused(
            name,
            self.route53,
            "ChangeResourceRecordSets",
            code,
            contains=contains,
            HostedZoneId=self.id,
            ChangeBatch=batch(changes, None),
        )

    def records(self, **page):
        return self.route53.list_resource_record_sets(HostedZoneId=self.id, **page)["ResourceRecordSets"]

    def own(self):
        return [each for each in self.records() if each["Type"] not in ("NS", "SOA")]


def batch(changes, comment):
    listed = [{"Action": action, "ResourceRecordSet": record} for action, record in changes]
    return {"Changes": listed, **({} if comment is None else {"Comment": comment})}


def simple(name, kind, *values, ttl=60, **more):
    return {"Name": name, "Type": kind, "TTL": ttl, "ResourceRecords": [{"Value": value} for value in values], **more}


def latency(name, region, value, identifier=None, **more):
    return simple(name, "A", value, SetIdentifier=identifier or region, Region=region, **more)


def weighted(name, identifier, weight, value):
    return simple(name, "A", value, SetIdentifier=identifier, Weight=weight)


VALUES = {
    "A": ["192.0.2.1", "192.0.2.2"],
    "AAAA": ["2001:db8::1"],
    "CAA": ['0 issue "amazon.com"'],
    "CNAME": ["elsewhere.example.net"],
    "DS": ["123 4 5 38EC35D5B3A34B44C39B38EC35D5B3A34B44C39B"],
    "HTTPS": ["1 . alpn=h2"],
    "MX": ["10 mail.example.com", "20 mail2.example.com"],
    "NAPTR": ['100 50 "u" "E2U+sip" "!^.*$!sip:info@example.com!" .'],
    "PTR": ["host.example.com"],
    "SPF": ['"v=spf1 -all"'],
    "SRV": ["10 5 5060 sip.example.com"],
    "SSHFP": ["1 1 123456789abcdef67890123456789abcdef67890"],
    "SVCB": ["1 . port=8443"],
    "TLSA": ["3 1 1 aabbccddaabbccddaabbccddaabbccddaabbccddaabbccddaabbccddaabbccdd"],
    "TXT": ['"one" "two; <three> & \\"four\\""', '"\\303\\251 ~"'],
    "NS": ["ns1.example.net", "ns2.example.net"],
}


def round_trip_of_every_type(zone):
    records = [simple(f"{kind.lower()}.{zone.name}", kind, *values) for kind, values in VALUES.items()]
    answer = zone.change(*[("CREATE", record) for record in records], comment="every type")
    holds("ChangeResourceRecordSets answers its comment", answer["ChangeInfo"], Comment="every type", Status="PENDING")
    listed = {each["Type"]: each for each in zone.records() if each["Name"] != zone.name}
    for record in records:
        equal(f"a {record['Type']} record comes back as it was given", listed.get(record["Type"]), record)
    zone.change(*[("DELETE", record) for record in records])
    equal("all of them can be deleted", zone.own(), [])


def batches_are_atomic(zone):
    good, bad = simple(f"good.{zone.name}", "A", "192.0.2.1"), simple("a.elsewhere.org.", "A", "192.0.2.1")
    zone.refused(
        "a batch with one bad change is refused", ("CREATE", good), ("CREATE", bad), contains="not permitted in zone"
    )
    equal("and nothing of it is kept", zone.own(), [])
    error, _ = fault_of(lambda: zone.change(("CREATE", bad), ("DELETE", good)))
    words = error.response["Error"]["Message"]
    check(
        "every problem of a batch is told in one list",
        words.startswith(
            "["
        ) and words.endswith("]") and "not permitted in zone" in words and "but it was not found" in words,
        words,
    )
    zone.change(("CREATE", good))
    zone.refused("a record set is created once", ("CREATE", good), contains="but it already exists")
    zone.refused(
        "also with another value", ("CREATE", simple(good["Name"], "A", "192.0.2.9")), contains="but it already exists"
    )
    other = simple(good["Name"], "A", "192.0.2.3", ttl=30)
    zone.change(("DELETE", good), ("CREATE", other))
    equal("one batch may delete and create the same record set", zone.own(), [other])
    zone.change(("UPSERT", good))
    equal("UPSERT replaces", zone.own(), [good])
    zone.change(("UPSERT", simple(f"new.{zone.name}", "TXT", '"x"')))
    equal("and creates", len(zone.own()), 2)
    zone.refused("the same record set is not deleted twice", ("DELETE", good), ("DELETE", good))
    refused(
        "a batch for no zone",
        zone.route53,
        "ChangeResourceRecordSets",
        "NoSuchHostedZone",
        HostedZoneId="ZNOTTHERE",
        ChangeBatch=batch([("CREATE", good)], None),
    )


def deletes_must_match(zone):
    record = simple(f"a.{zone.name}", "A", "192.0.2.1", "192.0.2.2")
    zone.change(("CREATE", record))
    unlike = "values provided do not match the current values"
    zone.refused("a DELETE of another value", ("DELETE", simple(record["Name"], "A", "192.0.2.1")), contains=unlike)
    zone.refused("a DELETE of another TTL", ("DELETE", {**record, "TTL": 61}), contains=unlike)
    zone.refused(
        "a DELETE of what is not there", ("DELETE", simple(f"b.{zone.name}", "A", "192.0.2.1")), contains="not found"
    )
    zone.refused("a DELETE of another type", ("DELETE", simple(record["Name"], "TXT", '"x"')), contains="not found")
    zone.change(("DELETE", simple(record["Name"].upper(), "A", "192.0.2.2", "192.0.2.1")))
    equal("the order of values and the case of the name do not matter", zone.own(), [])
    both = [latency(f"{name}.{zone.name}", "us-east-1", "192.0.2.1", identifier="same") for name in ("x", "y")]
    zone.change(*[("CREATE", each) for each in both])
    zone.change(("DELETE", both[0]))
    equal("a DELETE with a set identifier removes that name's record only", zone.own(), [both[1]])
    ns = next(each for each in zone.records() if each["Type"] == "NS")
    zone.refused("the zone's own NS stays", ("DELETE", ns), contains="NS")


def what_stands_together(zone):
    host = f"host.{zone.name}"
    zone.change(("CREATE", simple(host, "A", "192.0.2.1")))
    zone.refused(
        "a CNAME beside an A",
        ("CREATE", simple(host, "CNAME", "x.example.net")),
        contains="conflicts with other records",
    )
    zone.change(("CREATE", simple(host, "TXT", '"x"')))
    zone.change(("CREATE", simple(f"alias.{zone.name}", "CNAME", "x.example.net")))
    zone.refused("an A beside a CNAME", ("CREATE", simple(f"alias.{zone.name}", "A", "192.0.2.1")), contains="CNAME")
    zone.refused(
        "a CNAME at the apex", ("CREATE", simple(zone.name, "CNAME", "x.example.net")), contains="not permitted at apex"
    )
    zone.refused(
        "a CNAME with two values", ("CREATE", simple(f"two.{zone.name}", "CNAME", "a.example.net", "b.example.net"))
    )
    zone.refused(
        "an A that is no address", ("CREATE", simple(f"bad.{zone.name}", "A", "192.0.2.256")), contains="192.0.2.256"
    )
    zone.refused("an AAAA that is no address", ("CREATE", simple(f"bad.{zone.name}", "AAAA", "192.0.2.1")))
    zone.refused(
        "a TXT without quotation marks",
        ("CREATE", simple(f"bad.{zone.name}", "TXT", "bare")),
        contains="quotation marks",
    )
    zone.refused("a value twice", ("CREATE", simple(f"bad.{zone.name}", "A", "192.0.2.1", "192.0.2.1")))
    zone.refused(
        "a record without TTL",
        ("CREATE", {"Name": host, "Type": "MX", "ResourceRecords": [{"Value": "1 m.example.com"}]}),
        code="InvalidInput",
    )


def policies(zone):
    name = f"many.{zone.name}"
    here, there = latency(name, "us-east-1", "192.0.2.1"), latency(name, "eu-west-1", "192.0.2.2")
    zone.change(("CREATE", here), ("CREATE", there))
    equal("latency records of one name come back in the order of their identifiers", zone.own(), [there, here])
    zone.refused(
        "one latency record a Region",
        ("CREATE", latency(name, "us-east-1", "192.0.2.3", identifier="again")),
        contains="already exists",
    )
    zone.refused(
        "a simple record beside latency ones", ("CREATE", simple(name, "A", "192.0.2.3")), contains="other RRSets exist"
    )
    zone.refused("a weighted record beside latency ones", ("CREATE", weighted(name, "w", 1, "192.0.2.3")))
    zone.refused(
        "an identifier without a policy",
        ("CREATE", simple(f"x.{zone.name}", "A", "192.0.2.1", SetIdentifier="x")),
        code="InvalidInput",
    )
    zone.refused(
        "two policies at once",
        ("CREATE", latency(f"x.{zone.name}", "us-east-1", "192.0.2.1", Weight=3)),
        code="InvalidInput",
    )
    zone.refused(
        "a health check that is none",
        (
            "CREATE",
            latency(f"x.{zone.name}", "us-east-1", "192.0.2.1", HealthCheckId="11111111-1111-1111-1111-111111111111"),
        ),
        code="NoSuchHealthCheck",
    )
    check_id = zone.route53.create_health_check(
        CallerReference=zone.estate.reference(),
        HealthCheckConfig={"Type": "TCP", "IPAddress": "192.0.2.44", "Port": 443},
    )["HealthCheck"]["Id"]
    sets = [
        simple(f"fail.{zone.name}", "A", "192.0.2.1", SetIdentifier="p", Failover="PRIMARY", HealthCheckId=check_id),
        simple(f"fail.{zone.name}", "A", "192.0.2.2", SetIdentifier="s", Failover="SECONDARY"),
        simple(f"geo.{zone.name}", "A", "192.0.2.1", SetIdentifier="de", GeoLocation={"CountryCode": "DE"}),
        simple(f"geo.{zone.name}", "A", "192.0.2.2", SetIdentifier="else", GeoLocation={"CountryCode": "*"}),
        simple(f"multi.{zone.name}", "A", "192.0.2.1", SetIdentifier="1", MultiValueAnswer=True),
        weighted(f"weight.{zone.name}", "none", 0, "192.0.2.1"),
        weighted(f"weight.{zone.name}", "some", 255, "192.0.2.2"),
    ]
    zone.change(*[("CREATE", each) for each in sets])
    listed = [each for each in zone.own() if each["Name"] != name]
    equal("failover, geolocation, multivalue and weighted records come back as given", listed, sets)


def aliases(zone):
    target = simple(f"target.{zone.name}", "A", "192.0.2.1")
    alias = {
        "Name": f"alias.{zone.name}",
        "Type": "A",
        "AliasTarget": {
            "HostedZoneId": zone.id.split("/")[-1],
            "DNSName": target["Name"],
            "EvaluateTargetHealth": True,
        },
    }
    zone.refused("an alias of what is not there", ("CREATE", alias), contains="not found")
    zone.change(("CREATE", target), ("CREATE", alias))
    equal("an alias comes back as given, without TTL", [each for each in zone.own() if "AliasTarget" in each], [alias])
    zone.refused("an alias with a TTL", ("UPSERT", {**alias, "TTL": 60}), code="InvalidInput")
    foreign = {
        **alias,
        "Name": f"other.{zone.name}",
        "AliasTarget": {
            **alias["AliasTarget"],
            "HostedZoneId": "Z2FDTNDATAQYW2",
            "DNSName": "d111111abcdef8.cloudfront.net.",
        },
    }
    zone.refused("an alias of CloudFront that asks for health", ("CREATE", foreign))
    foreign["AliasTarget"]["EvaluateTargetHealth"] = False
    zone.change(("CREATE", foreign))


def names_and_order(zone):
    given = ["*", "a", "A-B", "b.a", "z", "under_score", "\\052.deep"]
    zone.change(*[("CREATE", simple(f"{name}.{zone.name}", "A", "192.0.2.1")) for name in given])
    listed = [each["Name"].removesuffix(f".{zone.name}") for each in zone.own()]
    equal(
        "names are lower-case, escaped, and in the order of their reversed labels",
        listed,
        ["\\052", "a-b", "a", "b.a", "\\052.deep", "under_score", "z"],
    )
    from_a = [each["Name"] for each in zone.records(StartRecordName=f"a.{zone.name}", MaxItems="2")]
    equal("a listing starts at a name", from_a, [f"a.{zone.name}", f"b.a.{zone.name}"])
    refused(
        "a type without a name",
        zone.route53,
        "ListResourceRecordSets",
        "InvalidInput",
        HostedZoneId=zone.id,
        StartRecordType="A",
    )
    refused(
        "an identifier without a type",
        zone.route53,
        "ListResourceRecordSets",
        "InvalidInput",
        HostedZoneId=zone.id,
        StartRecordName="a.example.com",
        StartRecordIdentifier="x",
    )
    refused("records of no zone", zone.route53, "ListResourceRecordSets", "NoSuchHostedZone", HostedZoneId="ZNOTTHERE")


def limits(zone):
    def many(count, action):
        return [(action, simple(f"r{index}.{zone.name}", "A", "192.0.2.1")) for index in range(count)]

    zone.refused(
        "1001 records in one batch", *many(1_001, "CREATE"), contains="Number of records limit of 1000 exceeded."
    )
    zone.refused("501 UPSERTs count twice", *many(501, "UPSERT"), contains="Number of records limit of 1000 exceeded.")
    text = '"' + "x" * 253 + '"'
    long = [("CREATE", simple(f"t{index}.{zone.name}", "TXT", text)) for index in range(126)]
    zone.refused("more than 32000 characters in one batch", *long)
    zone.change(*long[:125])
    zone.change(*many(1_000, "CREATE"))
    equal("1000 records go at once", len(list(pages_of(zone, PageSize="300"))), 1_127)


def pages_of(zone, **config):
    paginator = zone.route53.get_paginator("list_resource_record_sets")
    for page in paginator.paginate(HostedZoneId=zone.id, PaginationConfig=config):
        yield from page["ResourceRecordSets"]


def paging(zone):
    changes = [
        ("CREATE", weighted(f"w{name:02}.{zone.name}", f"id{index:02}", index, f"192.0.2.{index}"))
        for name in range(7)
        for index in range(50)
    ]
    zone.change(*changes)
    first = zone.route53.list_resource_record_sets(HostedZoneId=zone.id)
    holds("300 record sets at once", first, IsTruncated=True, MaxItems="300")
    equal(
        "the border is told within a name",
        (first["NextRecordName"], first["NextRecordType"], first["NextRecordIdentifier"]),
        (f"w05.{zone.name}", "A", "id48"),
    )
    want = [(each["Name"], each["SetIdentifier"]) for _, each in changes]
    for size in ("300", "1000", "37", "1"):
        got = [(each["Name"], each["SetIdentifier"]) for each in pages_of(zone, PageSize=size) if each["Type"] == "A"]
        equal(f"botocore's paginator sees each record set once, {size} at a time", got, want)


def in_sync(zone):
    answer = zone.change(("UPSERT", simple(f"wait.{zone.name}", "A", "192.0.2.1")))
    waiter = zone.route53.get_waiter("resource_record_sets_changed")
    waiter.wait(Id=answer["ChangeInfo"]["Id"], WaiterConfig={"Delay": 0.1, "MaxAttempts": 50})
    holds(
        "botocore's waiter sees the change INSYNC",
        zone.route53.get_change(Id=answer["ChangeInfo"]["Id"])["ChangeInfo"],
        Id=answer["ChangeInfo"]["Id"],
        Status="INSYNC",
    )

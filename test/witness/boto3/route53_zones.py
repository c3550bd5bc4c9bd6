"""Hosted zones and changes."""

from botocore.exceptions import WaiterError

from estate import Estate, refused
from witness import check, equal, holds


def run(urls):
    estate = Estate(urls["fast"], "100000000001")
    route53 = estate.client("route53")
    life_of_a_zone(estate, route53)
    listings(Estate(urls["fast"], "100000000002"))
    zones_of_one_name(estate, route53)
    pending_changes(Estate(urls["real"], "100000000001"))
    estate.check_answers("zones")


def life_of_a_zone(estate, route53):
    reference = estate.reference()
    made = route53.create_hosted_zone(
        Name="Zone.Example.COM", CallerReference=reference, HostedZoneConfig={"Comment": "the <first> & 'only'"}
    )
    zone = made["HostedZone"]
    equal("CreateHostedZone answers 201", made["ResponseMetadata"]["HTTPStatusCode"], 201)
    holds(
        "CreateHostedZone answers the zone",
        zone,
        Name="zone.example.com.",
        CallerReference=reference,
        Config={"Comment": "the <first> & 'only'", "PrivateZone": False},
        ResourceRecordSetCount=2,
    )
    check("its id has its prefix", zone["Id"].startswith("/hostedzone/Z"), zone["Id"])
    check("its change's id has its prefix", made["ChangeInfo"]["Id"].startswith("/change/C"), made["ChangeInfo"])
    check("its Location ends in its id", made["Location"].endswith(zone["Id"]), made["Location"])
    equal("it has four name servers", len(set(made["DelegationSet"]["NameServers"])), 4)
    check("its change was submitted at an instant with a zone", made["ChangeInfo"]["SubmittedAt"].tzinfo is not None)

    seen = route53.get_hosted_zone(Id=zone["Id"])
    equal("GetHostedZone answers the same zone", seen["HostedZone"], zone)
    equal("GetHostedZone answers the same name servers", seen["DelegationSet"], made["DelegationSet"])
    equal("an id without prefix is the same", route53.get_hosted_zone(Id=zone["Id"].split("/")[-1])["HostedZone"], zone)

    own = route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]
    equal(
        "a new zone holds its NS and SOA",
        [(each["Name"], each["Type"], each["TTL"]) for each in own],
        [("zone.example.com.", "NS", 172800), ("zone.example.com.", "SOA", 900)],
    )
    equal(
        "its NS records are its name servers",
        sorted(value["Value"].rstrip(".") for value in own[0]["ResourceRecords"]),
        sorted(made["DelegationSet"]["NameServers"]),
    )

    refused(
        "a caller reference makes one zone only",
        route53,
        "CreateHostedZone",
        "HostedZoneAlreadyExists",
        Name="other.example.com",
        CallerReference=reference,
    )
    refused(
        "a name that is none",
        route53,
        "CreateHostedZone",
        "InvalidDomainName",
        Name="bad..name",
        CallerReference=estate.reference(),
    )
    refused("an unknown zone", route53, "GetHostedZone", "NoSuchHostedZone", contains="ZNOTTHERE", Id="ZNOTTHERE")
    refused("deleting an unknown zone", route53, "DeleteHostedZone", "NoSuchHostedZone", Id="ZNOTTHERE")
    refused("an unknown change", route53, "GetChange", "NoSuchChange", Id="CNOTTHERE")

    record = {"Name": "a.zone.example.com", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}

    def change(action):
        return route53.change_resource_record_sets(
            HostedZoneId=zone["Id"], ChangeBatch={"Changes": [{"Action": action, "ResourceRecordSet": record}]}
        )

    change("CREATE")
    equal("a record counts", route53.get_hosted_zone(Id=zone["Id"])["HostedZone"]["ResourceRecordSetCount"], 3)
    refused(
        "a zone that holds records is not deleted", route53, "DeleteHostedZone", "HostedZoneNotEmpty", Id=zone["Id"]
    )
    change("DELETE")
    gone = route53.delete_hosted_zone(Id=zone["Id"])
    holds("DeleteHostedZone answers a change", gone["ChangeInfo"], Status="PENDING")
    refused("a deleted zone is gone", route53, "GetHostedZone", "NoSuchHostedZone", Id=zone["Id"])


def listings(estate):
    route53 = estate.client("route53")
    names = [f"z{index:03}.example.net." for index in range(103)]
    ids = {
        route53.create_hosted_zone(Name=name, CallerReference=estate.reference())["HostedZone"]["Id"] for name in names
    }
    first = route53.list_hosted_zones()
    holds("ListHostedZones shows 100 at once", first, IsTruncated=True, MaxItems="100")
    pages = list(route53.get_paginator("list_hosted_zones").paginate())
    equal(
        "botocore's paginator follows ListHostedZones",
        {zone["Id"] for page in pages for zone in page["HostedZones"]},
        ids,
    )
    small = list(route53.get_paginator("list_hosted_zones").paginate(PaginationConfig={"PageSize": 7}))
    equal("pages of ListHostedZones have the size asked for", {len(page["HostedZones"]) for page in small[:-1]}, {7})
    equal(
        "and nothing is shown twice", sorted(zone["Id"] for page in small for zone in page["HostedZones"]), sorted(ids)
    )

    shown, start = [], {}
    while True:
        page = route53.list_hosted_zones_by_name(MaxItems="40", **start)
        shown += [zone["Name"] for zone in page["HostedZones"]]
        if not page["IsTruncated"]:
            break
        start = {"DNSName": page["NextDNSName"], "HostedZoneId": page["NextHostedZoneId"]}
    equal("ListHostedZonesByName goes on by name and id, in order", shown, names)
    page = route53.list_hosted_zones_by_name(DNSName="z100.example.net", MaxItems="2")
    equal("ListHostedZonesByName starts at a name", [zone["Name"] for zone in page["HostedZones"]], names[100:102])
    holds("and repeats what it was asked", page, DNSName="z100.example.net.", IsTruncated=True)
    refused("a page without size", route53, "ListHostedZones", "InvalidInput", MaxItems="0")
    refused("no name to start at", route53, "ListHostedZonesByName", "InvalidDomainName", DNSName="bad..name")
    refused("an id without a name", route53, "ListHostedZonesByName", "InvalidInput", HostedZoneId="Z1")
    estate.check_answers("listings of zones")


def zones_of_one_name(estate, route53):
    made = [route53.create_hosted_zone(Name="twin.example.org", CallerReference=estate.reference()) for _ in range(2)]
    check("two zones may have one name", made[0]["HostedZone"]["Id"] != made[1]["HostedZone"]["Id"])
    page = route53.list_hosted_zones_by_name(DNSName="twin.example.org", MaxItems="1")
    equal("the next of one name is told by its id", page["NextDNSName"], "twin.example.org.")
    nxt = route53.list_hosted_zones_by_name(
        DNSName=page["NextDNSName"], HostedZoneId=page["NextHostedZoneId"], MaxItems="1"
    )
    check("and found by it", nxt["HostedZones"][0]["Id"].endswith(page["NextHostedZoneId"]), nxt["HostedZones"])


def pending_changes(estate):
    route53 = estate.client("route53")
    made = route53.create_hosted_zone(Name="slow.example.com", CallerReference=estate.reference())
    holds("a change is PENDING at first", made["ChangeInfo"], Status="PENDING")
    holds("GetChange says so too", route53.get_change(Id=made["ChangeInfo"]["Id"])["ChangeInfo"], Status="PENDING")
    try:
        waiter = route53.get_waiter("resource_record_sets_changed")
        waiter.wait(Id=made["ChangeInfo"]["Id"], WaiterConfig={"Delay": 0, "MaxAttempts": 2})
        check("the waiter sees that it is not there yet", False, "it did not wait")
    except WaiterError as error:
        check("the waiter sees that it is not there yet", "Max attempts exceeded" in str(error), error)
    estate.check_answers("pending changes")

"""Route 53 in the AWS CLI's words."""

from witness import check, equal


def record(name, kind, value, **more):
    return {"Name": name, "Type": kind, "TTL": 60, "ResourceRecords": [{"Value": value}], **more}


def batch(*changes):
    return {"Changes": [{"Action": action, "ResourceRecordSet": each} for action, each in changes]}


def zones(aws):
    """Zones: made, found, told, deleted. Gives the id of one that stays."""
    names = ["cli.example.com", "second.example.com", "third.example.com"]
    ids = [
        aws.ok("route53:CreateHostedZone", "--name", name, "--caller-reference", f"ref-{name}")["HostedZone"]["Id"]
        for name in names
    ]
    aws.refused(
        "route53:CreateHostedZone",
        "HostedZoneAlreadyExists",
        "--name",
        "x.example",
        "--caller-reference",
        "ref-cli.example.com",
    )
    equal(
        "a zone has four name servers",
        len(aws.ok("route53:GetHostedZone", "--id", ids[0])["DelegationSet"]["NameServers"]),
        4,
    )
    equal("three zones are counted", aws.ok("route53:GetHostedZoneCount")["HostedZoneCount"], 3)

    def listed(*arguments):
        return aws.ok("route53:ListHostedZones", *arguments)

    equal("--page-size reads on to the end", len(listed("--page-size", "1")["HostedZones"]), 3)
    part = listed("--max-items", "2")
    equal("--max-items stops", len(part["HostedZones"]), 2)
    rest = listed("--max-items", "2", "--starting-token", part["NextToken"])
    equal(
        "--starting-token goes on there",
        sorted(each["Id"] for each in part["HostedZones"] + rest["HostedZones"]),
        sorted(ids),
    )
    by_name = aws.ok("route53:ListHostedZonesByName", "--dns-name", "second.example.com", "--max-items", "1")
    equal("a zone is found by its name", by_name["HostedZones"][0]["Name"], "second.example.com.")
    said = aws.ok("route53:UpdateHostedZoneComment", "--id", ids[0], "--comment", "by the CLI")
    equal("a comment is kept", said["HostedZone"]["Config"]["Comment"], "by the CLI")
    aws.ok("route53:GetDNSSEC", "--hosted-zone-id", ids[0])
    limit = aws.ok("route53:GetHostedZoneLimit", "--type", "MAX_RRSETS_BY_ZONE", "--hosted-zone-id", ids[0])
    equal("a zone's limit is told", (limit["Limit"]["Value"], limit["Count"]), (10_000, 2))
    aws.ok("route53:DeleteHostedZone", "--id", ids[2])
    aws.refused("route53:GetHostedZone", "NoSuchHostedZone", "--id", ids[2])
    return ids[0]


def records(aws, zone):
    """Record sets: changed, waited for, listed, asked for, refused."""
    change = ("route53:ChangeResourceRecordSets", "--hosted-zone-id", zone, "--change-batch")
    many = [
        record("many.cli.example.com.", "A", f"192.0.2.{index}", SetIdentifier=f"id{index}", Weight=index)
        for index in range(12)
    ]
    text = record("\\052.cli.example.com.", "TXT", '"a \\"quoted\\" <text>"')
    made = aws.ok(*change, batch(("CREATE", text), *[("CREATE", each) for each in many]))["ChangeInfo"]["Id"]
    aws.waits("route53", "resource-record-sets-changed", "--id", made)
    equal("the change is INSYNC", aws.ok("route53:GetChange", "--id", made)["ChangeInfo"]["Status"], "INSYNC")

    def listed(*arguments):
        return aws.ok("route53:ListResourceRecordSets", "--hosted-zone-id", zone, *arguments)

    whole = listed("--page-size", "5")["ResourceRecordSets"]
    equal("text and wildcards come back as given", [each for each in whole if each["Type"] == "TXT"], [text])
    equal(
        "pages end within one name and go on there",
        (len([each for each in whole if "Weight" in each]), len(whole)),
        (12, 15),
    )
    first = listed("--max-items", "7")
    then = listed("--starting-token", first["NextToken"])
    equal("--starting-token goes on within a name", first["ResourceRecordSets"] + then["ResourceRecordSets"], whole)
    told = aws.ok(
        "route53:TestDNSAnswer", "--hosted-zone-id", zone, "--record-name", "x.cli.example.com", "--record-type", "TXT"
    )
    equal("a name server's answer is told", (told["ResponseCode"], len(told["RecordData"])), ("NOERROR", 1))

    gone, foreign = record("nothing.cli.example.com", "A", "192.0.2.1"), record("x.elsewhere.org", "A", "192.0.2.1")
    aws.refused(change[0], "InvalidChangeBatch", *change[1:], batch(("DELETE", gone)), contains="but it was not found")
    aws.refused(
        change[0],
        "InvalidChangeBatch",
        *change[1:],
        batch(("CREATE", many[0]), ("CREATE", foreign)),
        contains="[Tried to create resource record set",
    )
    aws.refused(
        change[0], "InvalidInput", *change[1:], batch(("CREATE", {"Name": "x.cli.example.com", "Type": "A", "TTL": 1}))
    )
    aws.refused("route53:DeleteHostedZone", "HostedZoneNotEmpty", "--id", zone)
    aws.refused("route53:GetChange", "NoSuchChange", "--id", "CNOTTHERE")


def health_checks(aws):
    """Health checks: made, changed, looked at, deleted. Gives the id of one that stays."""
    config = {
        "Type": "HTTPS",
        "FullyQualifiedDomainName": "api.example.com",
        "ResourcePath": "/a?b=<c>&d",
        "RequestInterval": 10,
    }
    create = ("--caller-reference", "cli-1", "--health-check-config")
    made = aws.ok("route53:CreateHealthCheck", *create, config)["HealthCheck"]
    equal("its settings come back", {name: made["HealthCheckConfig"][name] for name in config}, config)
    aws.refused("route53:CreateHealthCheck", "HealthCheckAlreadyExists", *create, {**config, "Port": 8443})
    aws.refused(
        "route53:CreateHealthCheck",
        "InvalidInput",
        "--caller-reference",
        "cli-2",
        "--health-check-config",
        {"Type": "HTTP"},
    )
    this = ("--health-check-id", made["Id"])
    updated = aws.ok(
        "route53:UpdateHealthCheck", *this, "--health-check-version", "1", "--failure-threshold", "4", "--disabled"
    )
    equal("an update raises the version", updated["HealthCheck"]["HealthCheckVersion"], 2)
    aws.refused(
        "route53:UpdateHealthCheck", "HealthCheckVersionMismatch", *this, "--health-check-version", "1", "--no-disabled"
    )
    for operation in ("GetHealthCheck", "GetHealthCheckStatus", "GetHealthCheckLastFailureReason"):
        aws.ok(f"route53:{operation}", *this)
    tcp = {"Type": "TCP", "IPAddress": "192.0.2.1", "Port": 53}
    second = aws.ok(
        "route53:CreateHealthCheck", "--caller-reference", "cli-3", "--health-check-config", tcp
    )["HealthCheck"]["Id"]
    equal(
        "all checks are listed, page by page",
        len(aws.ok("route53:ListHealthChecks", "--page-size", "1")["HealthChecks"]),
        2,
    )
    equal("two checks are counted", aws.ok("route53:GetHealthCheckCount")["HealthCheckCount"], 2)
    aws.ok("route53:DeleteHealthCheck", "--health-check-id", second)
    aws.refused("route53:GetHealthCheck", "NoSuchHealthCheck", "--health-check-id", second)
    return made["Id"]


def account(aws, health_check):
    """Tags, limits and who is asking."""
    this = ("--resource-type", "healthcheck", "--resource-id", health_check)
    aws.ok("route53:ChangeTagsForResource", *this, "--add-tags", "Key=team,Value=cli", "Key=gone,Value=1")
    aws.ok("route53:ChangeTagsForResource", *this, "--remove-tag-keys", "gone")
    equal(
        "tags come back",
        aws.ok("route53:ListTagsForResource", *this)["ResourceTagSet"]["Tags"],
        [{"Key": "team", "Value": "cli"}],
    )
    several = aws.ok("route53:ListTagsForResources", "--resource-type", "healthcheck", "--resource-ids", health_check)
    equal("and those of several resources", len(several["ResourceTagSets"]), 1)
    limit = aws.ok("route53:GetAccountLimit", "--type", "MAX_HEALTH_CHECKS_BY_OWNER")
    equal("an account's limit is told", (limit["Limit"]["Value"], limit["Count"]), (200, 1))
    aws.ok("route53:GetCheckerIpRanges")
    equal("the access key is the account", aws.ok("sts:GetCallerIdentity")["Account"], aws.env["AWS_ACCESS_KEY_ID"])
    assume = ("sts:AssumeRole", "--role-session-name", "cli", "--role-arn")
    taken = aws.ok(*assume, "arn:aws:iam::200000000099:role/witness")
    check("a role gives credentials", taken["Credentials"]["SessionToken"], taken)
    aws.refused(assume[0], "ValidationError", *assume[1:], "arn:aws:iam::200000000099:user/witness")
    aws.refused("route53:ListTrafficPolicies", "NotEmulated", contains="is not modelled")

"""Health checks: caller references, versions, what can be changed, listings."""

from estate import Estate, refused
from witness import check, equal, holds

ENDPOINT = {
    "Type": "HTTPS_STR_MATCH",
    "FullyQualifiedDomainName": "api.example.com",
    "ResourcePath": "/health?a=1&b=<2>",
    "SearchString": "all 'well' & <good>",
    "RequestInterval": 10,
    "FailureThreshold": 2,
    "Regions": ["us-east-1", "eu-west-1", "ap-southeast-2"],
    "EnableSNI": True,
}


def run(urls):
    estate = Estate(urls["fast"], "100000000004")
    route53 = estate.client("route53")
    made = life_of_a_check(estate, route53)
    versions(estate, route53, made)
    refusals(estate, route53)
    calculated(estate, route53)
    listings(Estate(urls["fast"], "100000000005"))
    estate.check_answers("health checks")


def create(estate, route53, reference=None, **config):
    return route53.create_health_check(CallerReference=reference or estate.reference(), HealthCheckConfig=config)


def life_of_a_check(estate, route53):
    reference = estate.reference()
    answer = create(estate, route53, reference, **ENDPOINT)
    made = answer["HealthCheck"]
    equal("CreateHealthCheck answers 201", answer["ResponseMetadata"]["HTTPStatusCode"], 201)
    check("its Location ends in its id", answer["Location"].endswith(made["Id"]), answer["Location"])
    holds(
        "a check's settings come back",
        made["HealthCheckConfig"],
        **ENDPOINT,
        Port=443,
        Inverted=False,
        Disabled=False,
        MeasureLatency=False,
    )
    holds("with version 1", made, HealthCheckVersion=1, CallerReference=reference)
    equal("GetHealthCheck answers the same", route53.get_health_check(HealthCheckId=made["Id"])["HealthCheck"], made)
    again = create(estate, route53, reference, **ENDPOINT)
    equal("the same reference with the same settings gives the same check", again["HealthCheck"]["Id"], made["Id"])
    refused(
        "the same reference with other settings",
        route53,
        "CreateHealthCheck",
        "HealthCheckAlreadyExists",
        CallerReference=reference,
        HealthCheckConfig={**ENDPOINT, "FailureThreshold": 3},
    )
    gone = create(estate, route53, "burnt", Type="TCP", IPAddress="192.0.2.7", Port=25)["HealthCheck"]["Id"]
    route53.delete_health_check(HealthCheckId=gone)
    refused(
        "a deleted check is gone", route53, "GetHealthCheck", "NoSuchHealthCheck", contains=gone, HealthCheckId=gone
    )
    refused("deleting it again", route53, "DeleteHealthCheck", "NoSuchHealthCheck", HealthCheckId=gone)
    refused(
        "the reference of a deleted check is burnt",
        route53,
        "CreateHealthCheck",
        "HealthCheckAlreadyExists",
        CallerReference="burnt",
        HealthCheckConfig={"Type": "TCP", "IPAddress": "192.0.2.7", "Port": 25},
    )
    return made


def versions(estate, route53, made):
    updated = route53.update_health_check(
        HealthCheckId=made["Id"], HealthCheckVersion=1, FailureThreshold=5
    )["HealthCheck"]
    equal("an update raises the version", updated["HealthCheckVersion"], 2)
    equal(
        "and changes what is named only",
        updated["HealthCheckConfig"],
        {**made["HealthCheckConfig"], "FailureThreshold": 5},
    )
    refused(
        "an update of an old version",
        route53,
        "UpdateHealthCheck",
        "HealthCheckVersionMismatch",
        HealthCheckId=made["Id"],
        HealthCheckVersion=1,
        FailureThreshold=6,
    )
    equal("leaves all as it is", route53.get_health_check(HealthCheckId=made["Id"])["HealthCheck"], updated)
    reset = route53.update_health_check(HealthCheckId=made["Id"], ResetElements=["ResourcePath"])["HealthCheck"]
    check("ResetElements takes a member away", "ResourcePath" not in reset["HealthCheckConfig"], reset)
    disabled = route53.update_health_check(HealthCheckId=made["Id"], Disabled=True, Inverted=True)["HealthCheck"]
    holds("a check can be disabled and inverted", disabled["HealthCheckConfig"], Disabled=True, Inverted=True)
    refused(
        "updating an unknown check",
        route53,
        "UpdateHealthCheck",
        "NoSuchHealthCheck",
        HealthCheckId="11111111-2222-3333-4444-555555555555",
        Port=1,
    )
    refused(
        "adding an address to a check by name",
        route53,
        "UpdateHealthCheck",
        "InvalidInput",
        HealthCheckId=made["Id"],
        IPAddress="192.0.2.1",
    )


def refusals(estate, route53):
    loose = estate.client("route53", validate=False)
    wrong = {
        "a check without an endpoint": {"Type": "HTTP"},
        "a check of a private address": {"Type": "HTTP", "IPAddress": "10.0.0.1"},
        "TCP without a port": {"Type": "TCP", "IPAddress": "192.0.2.1"},
        "a search string that nothing searches": {"Type": "HTTP", "IPAddress": "192.0.2.1", "SearchString": "x"},
        "no search string to search": {"Type": "HTTP_STR_MATCH", "IPAddress": "192.0.2.1"},
        "an interval of 20 seconds": {"Type": "HTTP", "IPAddress": "192.0.2.1", "RequestInterval": 20},
        "a threshold of 11": {"Type": "HTTP", "IPAddress": "192.0.2.1", "FailureThreshold": 11},
        "port 70000": {"Type": "HTTP", "IPAddress": "192.0.2.1", "Port": 70_000},
        "two Regions only": {"Type": "HTTP", "IPAddress": "192.0.2.1", "Regions": ["us-east-1", "us-west-2"]},
        "a type that is none": {"Type": "SMTP", "IPAddress": "192.0.2.1"},
        "children that are none": {
            "Type": "CALCULATED",
            "HealthThreshold": 1,
            "ChildHealthChecks": ["11111111-2222-3333-4444-555555555555"],
        },
    }
    for name, config in wrong.items():
        refused(
            name,
            loose,
            "CreateHealthCheck",
            "InvalidInput",
            CallerReference=estate.reference(),
            HealthCheckConfig=config,
        )
    refused(
        "a reference of 65 characters",
        loose,
        "CreateHealthCheck",
        "InvalidInput",
        CallerReference="x" * 65,
        HealthCheckConfig={"Type": "TCP", "IPAddress": "192.0.2.1", "Port": 1},
    )


def calculated(estate, route53):
    children = [
        create(estate, route53, Type="HTTP", IPAddress=f"192.0.2.{index}")["HealthCheck"]["Id"] for index in (1, 2)
    ]
    parent = create(estate, route53, Type="CALCULATED", HealthThreshold=1, ChildHealthChecks=children)["HealthCheck"]
    holds(
        "a calculated check keeps its children",
        parent["HealthCheckConfig"],
        Type="CALCULATED",
        HealthThreshold=1,
        ChildHealthChecks=children,
    )
    empty = route53.update_health_check(
        HealthCheckId=parent["Id"], ResetElements=["ChildHealthChecks"], HealthThreshold=0
    )
    equal("they can be taken away", empty["HealthCheck"]["HealthCheckConfig"].get("ChildHealthChecks", []), [])
    alarm = create(
        estate,
        route53,
        Type="CLOUDWATCH_METRIC",
        AlarmIdentifier={"Region": "us-east-1", "Name": "an alarm"},
        InsufficientDataHealthStatus="LastKnownStatus",
    )["HealthCheck"]
    holds(
        "a check of an alarm keeps it",
        alarm["HealthCheckConfig"],
        AlarmIdentifier={"Region": "us-east-1", "Name": "an alarm"},
        InsufficientDataHealthStatus="LastKnownStatus",
    )


def listings(estate):
    route53 = estate.client("route53")
    made = {
        create(estate, route53, Type="TCP", IPAddress="192.0.2.1", Port=index + 1)["HealthCheck"]["Id"]
        for index in range(105)
    }
    for size in (None, 10):
        config = {} if size is None else {"PageSize": size}
        pages = list(route53.get_paginator("list_health_checks").paginate(PaginationConfig=config))
        shown = [each["Id"] for page in pages for each in page["HealthChecks"]]
        equal(
            f"botocore's paginator sees every check once, {size or 'as many as come'} at a time",
            sorted(shown),
            sorted(made),
        )
    page = route53.list_health_checks(MaxItems="3")
    holds("a page of ListHealthChecks", page, IsTruncated=True, MaxItems="3")
    after = route53.list_health_checks(Marker=page["NextMarker"], MaxItems="3")
    equal("the next page starts at its marker", after["Marker"], page["NextMarker"])
    estate.check_answers("listings of health checks")

"""How much an account may have, and many clients at once."""

from concurrent.futures import ThreadPoolExecutor

from acm import proofs, put, request, validation_of, wait_issued, zone_of
from estate import Estate, fault_of, refused
from witness import check, equal
from route53_records import Zone, simple


def run(urls):
    estate = Estate(urls["fast"], "100000000020")
    health_checks(estate)
    hosted_zones(estate)
    domains(Estate(urls["fast"], "100000000021"))
    many_at_once(Zone(Estate(urls["fast"], "100000000022"), "crowd.example."))
    estate.check_answers("quotas")


def health_checks(estate):
    route53 = estate.client("route53")
    config = {"Type": "TCP", "IPAddress": "192.0.2.1", "Port": 443}
    for _ in range(200):
        route53.create_health_check(CallerReference=estate.reference(), HealthCheckConfig=config)
    refused(
        "the 201st health check",
        route53,
        "CreateHealthCheck",
        "TooManyHealthChecks",
        CallerReference=estate.reference(),
        HealthCheckConfig=config,
    )
    equal("200 are told as in use", route53.get_account_limit(Type="MAX_HEALTH_CHECKS_BY_OWNER")["Count"], 200)


def hosted_zones(estate):
    route53 = estate.client("route53")
    for index in range(500):
        route53.create_hosted_zone(Name=f"z{index}.quota.example", CallerReference=estate.reference())
    refused(
        "the 501st hosted zone",
        route53,
        "CreateHostedZone",
        "TooManyHostedZones",
        Name="more.example",
        CallerReference=estate.reference(),
    )


def domains(estate):
    gateway, acm = estate.client("apigateway"), estate.client("acm")
    arn = request(acm, "*.quota.example")
    put(estate, zone_of(estate, "quota.example"), *proofs(validation_of(acm, arn)))
    wait_issued(acm, arn)

    def domain(index):
        return {
            "domainName": f"d{index}.quota.example",
            "regionalCertificateArn": arn,
            "endpointConfiguration": {"types": ["REGIONAL"]},
        }

    for index in range(120):
        gateway.create_domain_name(**domain(index))
    refused("the 121st domain name", gateway, "CreateDomainName", "LimitExceededException", **domain(120))
    error, _ = fault_of(lambda: gateway.create_domain_name(**domain(120)))
    headers = error.response["ResponseMetadata"]["HTTPHeaders"]
    check("it says when to ask again", headers.get("retry-after", "").isdigit(), headers)


def many_at_once(zone):
    def write(worker):
        for index in range(20):
            zone.change(("UPSERT", simple(f"w{worker}-{index}.{zone.name}", "A", "192.0.2.1")))

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(write, range(12)))
    equal("of 240 writes by twelve clients at once none is lost", len(zone.own()), 240)

"""What only time brings about: a second of this server is weeks."""

import datetime

from acm import describe, proofs, put, request, validation_of, wait_issued, zone_of
from estate import Estate, until
from witness import check, holds


def run(urls):
    estate = Estate(urls["years"], "100000000023")
    acm, gateway = estate.client("acm"), estate.client("apigateway")
    late = request(acm, "never.years.example")
    token = request(acm, "token.years.example", IdempotencyToken="hour")
    zone = zone_of(estate, "years.example")
    used, unused = request(acm, "used.years.example"), request(acm, "unused.years.example")
    put(estate, zone, *proofs({**validation_of(acm, used), **validation_of(acm, unused)}))
    for arn in (used, unused):
        wait_issued(acm, arn)
    gateway.create_domain_name(
        domainName="used.years.example", regionalCertificateArn=used, endpointConfiguration={"types": ["REGIONAL"]}
    )
    first = describe(acm, used)["NotAfter"]
    until(
        "after 72 hours without its record a request is dead",
        lambda: describe(acm, late)["Status"] == "VALIDATION_TIMED_OUT",
    )
    check(
        "after an hour a token asks for another certificate",
        request(acm, "token.years.example", IdempotencyToken="hour") != token,
    )
    until("a certificate in use is renewed before it ends", lambda: describe(acm, used)["NotAfter"] > first)
    renewed = describe(acm, used)
    holds("under its own ARN", renewed, Status="ISSUED", RenewalEligibility="ELIGIBLE")
    holds("and that is told", renewed.get("RenewalSummary"), RenewalStatus="SUCCESS")
    early = first - renewed["NotBefore"]
    check("some weeks before", datetime.timedelta(days=20) < early < datetime.timedelta(days=60), early)
    until("a certificate that nothing uses expires", lambda: describe(acm, unused)["Status"] == "EXPIRED")
    estate.check_answers("years")

"""Request rates, where they are kept."""

import boto3
from botocore.config import Config

from estate import Estate, fault_of
from witness import check, equal


def run(urls):
    estate = Estate(urls["throttled"], "100000000015")
    throttled("ACM", estate.client("acm").list_certificates, "ThrottlingException", 400, within=5)
    throttled("Route 53", estate.client("route53").list_hosted_zones, "Throttling", 400, within=200)
    throttled("API Gateway", estate.client("apigateway").get_rest_apis, "TooManyRequestsException", 429, within=200)
    throttled(
        "Elastic Load Balancing",
        estate.client("elbv2").describe_load_balancers,
        "ThrottlingException",
        400,
        within=200,
    )
    throttled("CloudFront", estate.client("cloudfront").list_functions, "Throttling", 400, within=200)
    other = Estate(urls["throttled"], "100000000016")
    check("another account has its own rate", other.client("acm").list_certificates() is not None)
    patient = boto3.client(
        "acm",
        endpoint_url=urls["throttled"],
        region_name="us-east-1",
        aws_access_key_id="100000000017",
        aws_secret_access_key="local",
        config=Config(retries={"mode": "standard", "total_max_attempts": 6}),
    )
    retried = [patient.list_certificates()["ResponseMetadata"]["RetryAttempts"] for _ in range(4)]
    check("botocore knows the refusal for what it is, and tries again", sum(retried) > 0, retried)


def throttled(name, call, code, status, within):
    for _ in range(within):
        error, _answer = fault_of(call)
        if error is not None:
            seen = (error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"])
            equal(f"{name} refuses what comes too fast", seen, (code, status))
            return
    check(f"{name} refuses what comes too fast", False, f"{within} calls went through")

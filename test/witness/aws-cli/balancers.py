"""Load balancers, listeners and their certificates in the AWS CLI's words.

`--page-size` is left out: it has the name of the service's own member here, and version 1 then reads one page only.
"""

import time

from witness import check, equal


def balancers(aws, certificate):
    """An HTTPS listener with two certificates: looked at, changed, taken down. Gives the certificate."""
    web = a_balancer(aws)
    group = a_group(aws)
    https = ("--load-balancer-arn", web, "--protocol", "HTTPS", "--port", "443")
    forward = ("--default-actions", f"Type=forward,TargetGroupArn={group}")
    with_certificate = ("--certificates", f"CertificateArn={certificate}")
    aws.refused("elbv2:CreateListener", "ValidationError", *https, *forward, contains="must be specified")
    listener = aws.ok("elbv2:CreateListener", *https, *forward, *with_certificate)["Listeners"][0]["ListenerArn"]
    aws.refused(
        "elbv2:CreateListener",
        "DuplicateListener",
        *https,
        *forward,
        *with_certificate,
        "--ssl-policy",
        "ELBSecurityPolicy-TLS13-1-2-2021-06",
    )
    told = aws.ok("elbv2:DescribeListeners", "--load-balancer-arn", web)["Listeners"]
    equal("a listener is told", [(each["Port"], each["Protocol"]) for each in told], [(443, "HTTPS")])
    certificates(aws, listener, certificate)
    changed = aws.ok(
        "elbv2:ModifyListener", "--listener-arn", listener, "--ssl-policy", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
    )["Listeners"][0]
    equal("another policy, the same certificate", changed["Certificates"], [{"CertificateArn": certificate}])
    rules = aws.ok("elbv2:DescribeRules", "--listener-arn", listener)["Rules"]
    equal("the default rule", [each["Priority"] for each in rules], ["default"])
    health(aws, group)
    tables(aws)
    tags_and_attributes(aws, web, listener, group)
    taken_down(aws, web, listener, group)
    return certificate


def a_balancer(aws):
    made = aws.ok("elbv2:CreateLoadBalancer", "--name", "web", "--subnets", "subnet-a", "subnet-b")
    web = made["LoadBalancers"][0]
    equal("it has the zone of its Region", web["CanonicalHostedZoneId"], "Z35SXDOTRQ7X7K")
    aws.ok("elbv2:CreateLoadBalancer", "--name", "second", "--type", "network", "--subnets", "subnet-a")
    time.sleep(0.5)  # the waiter asks at once, and then 15 seconds later
    aws.waits("elbv2", "load-balancer-available", "--names", "web")
    listed = aws.ok("elbv2:DescribeLoadBalancers")["LoadBalancers"]
    equal("all are told", sorted(each["LoadBalancerName"] for each in listed), ["second", "web"])
    part = aws.ok("elbv2:DescribeLoadBalancers", "--max-items", "1")
    rest = aws.ok("elbv2:DescribeLoadBalancers", "--starting-token", part["NextToken"])
    equal("--starting-token goes on there", part["LoadBalancers"] + rest["LoadBalancers"], listed)
    aws.refused("elbv2:DescribeLoadBalancers", "LoadBalancerNotFound", "--names", "nobody", contains="[nobody]")
    return web["LoadBalancerArn"]


def a_group(aws):
    made = aws.ok(
        "elbv2:CreateTargetGroup",
        "--name",
        "targets",
        "--protocol",
        "HTTP",
        "--port",
        "80",
        "--vpc-id",
        "vpc-1",
        "--target-type",
        "ip",
    )["TargetGroups"][0]
    [told] = aws.ok("elbv2:DescribeTargetGroups", "--names", "targets")["TargetGroups"]
    equal("a target group is told as it was made", told, made)
    return made["TargetGroupArn"]


def certificates(aws, listener, certificate):
    this = ("--listener-arn", listener)

    def listed():
        told = aws.ok("elbv2:DescribeListenerCertificates", *this)["Certificates"]
        return [each["IsDefault"] for each in told]

    named = ("--certificates", f"CertificateArn={certificate}")
    aws.ok("elbv2:AddListenerCertificates", *this, *named)
    equal("the default one, added, is there twice", listed(), [True, False])
    unknown = ("--certificates", f"CertificateArn={certificate[:-1]}z")
    aws.refused("elbv2:AddListenerCertificates", "CertificateNotFound", *this, *unknown)
    aws.refused("elbv2:AddListenerCertificates", "TooManyCertificates", *this, *named, unknown[1])
    aws.refused(
        "elbv2:RemoveListenerCertificates",
        "OperationNotPermitted",
        *this,
        *named,
        contains="Default certificate cannot be removed",
    )
    other = issued(aws)
    aws.ok("elbv2:AddListenerCertificates", *this, "--certificates", f"CertificateArn={other}")
    aws.ok("elbv2:ModifyListener", *this, "--certificates", f"CertificateArn={other}")
    aws.ok("elbv2:RemoveListenerCertificates", *this, *named)
    equal("the old default one can go once another is there", listed(), [True, False])
    this_one = ("--certificate-arn", other)
    aws.refused("acm:DeleteCertificate", "ResourceInUseException", *this_one, contains="loadbalancer/app")
    aws.ok("elbv2:ModifyListener", *this, *named)
    aws.ok("elbv2:RemoveListenerCertificates", *this, "--certificates", f"CertificateArn={other}")
    aws.until(lambda seen: not seen["Certificate"]["InUseBy"], "acm:DescribeCertificate", *this_one)
    aws.ok("acm:DeleteCertificate", *this_one)


def issued(aws):
    """Another certificate of the name that is proved already."""
    arn = aws.ok(
        "acm:RequestCertificate",
        "--domain-name",
        "api.cli.example",
        "--validation-method",
        "DNS",
        "--key-algorithm",
        "EC_prime256v1",
    )["CertificateArn"]

    def is_issued(seen):
        return seen["Certificate"]["Status"] == "ISSUED"

    aws.until(is_issued, "acm:DescribeCertificate", "--certificate-arn", arn)
    return arn


def health(aws, group):
    this = ("--target-group-arn", group)
    aws.ok("elbv2:RegisterTargets", *this, "--targets", "Id=192.0.2.1", "Id=192.0.2.2,Port=8080")
    aws.refused("elbv2:RegisterTargets", "InvalidTarget", *this, "--targets", "Id=nothing")
    time.sleep(0.2)
    aws.waits("elbv2", "target-in-service", *this)
    told = aws.ok("elbv2:DescribeTargetHealth", *this)["TargetHealthDescriptions"]
    equal("targets are healthy", [each["TargetHealth"]["State"] for each in told], ["healthy", "healthy"])
    aws.ok("elbv2:DeregisterTargets", *this, "--targets", "Id=192.0.2.1")


def tables(aws):
    limits = aws.ok("elbv2:DescribeAccountLimits")["Limits"]
    check(
        "25 certificates is a limit",
        {"Name": "certificates-per-application-load-balancer", "Max": "25"} in limits,
        limits,
    )
    policies = aws.ok("elbv2:DescribeSSLPolicies")["SslPolicies"]
    check("there are policies", "ELBSecurityPolicy-2016-08" in [each["Name"] for each in policies], policies)
    aws.refused("elbv2:DescribeSSLPolicies", "SSLPolicyNotFound", "--names", "Mine")


def tags_and_attributes(aws, web, listener, group):
    things = ("--resource-arns", web, listener, group)
    aws.ok("elbv2:AddTags", *things, "--tags", "Key=team,Value=cli", "Key=gone,Value=1")
    aws.ok("elbv2:RemoveTags", *things, "--tag-keys", "gone")
    told = aws.ok("elbv2:DescribeTags", *things)["TagDescriptions"]
    equal("tags come back", [each["Tags"] for each in told], [[{"Key": "team", "Value": "cli"}]] * 3)
    for kind, option, arn, key in (
        ("LoadBalancer", "--load-balancer-arn", web, "idle_timeout.timeout_seconds"),
        ("Listener", "--listener-arn", listener, "routing.http.response.server.enabled"),
        ("TargetGroup", "--target-group-arn", group, "deregistration_delay.timeout_seconds"),
    ):
        aws.ok(f"elbv2:Modify{kind}Attributes", option, arn, "--attributes", f"Key={key},Value=7")
        seen = aws.ok(f"elbv2:Describe{kind}Attributes", option, arn)["Attributes"]
        check(f"an attribute of a {kind} is kept", {"Key": key, "Value": "7"} in seen, seen)


def taken_down(aws, web, listener, group):
    aws.ok("elbv2:DescribeCapacityReservation", "--load-balancer-arn", web)
    aws.refused("elbv2:DeleteTargetGroup", "ResourceInUse", "--target-group-arn", group)
    aws.ok("elbv2:DeleteListener", "--listener-arn", listener)
    aws.refused("elbv2:DescribeListeners", "ListenerNotFound", "--listener-arns", listener)
    aws.ok("elbv2:DeleteTargetGroup", "--target-group-arn", group)
    aws.ok("elbv2:DeleteLoadBalancer", "--load-balancer-arn", web)
    aws.waits("elbv2", "load-balancers-deleted", "--load-balancer-arns", web)
    aws.refused("elbv2:CreateRule", "NotEmulated", *RULE, contains="is not modelled")


RULE = (
    "--listener-arn",
    "arn:aws:elasticloadbalancing:us-east-1:1:listener/app/a/0/0",
    "--priority",
    "1",
    "--conditions",
    "Field=path-pattern,Values=/a",
    "--actions",
    "Type=redirect,RedirectConfig={StatusCode=HTTP_301}",
)

"""Load balancers, their listeners and certificates, target groups and their health."""

from acm import describe, proofs, put, request, validation_of, wait_issued, zone_of
from estate import Estate, fault_of, refused, until
from witness import check, equal, holds

ACCOUNT = "100000000030"
REGION = "eu-west-1"
GONE = f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:loadbalancer/app/gone/0123456789abcdef"
UNKNOWN = f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/11111111-2222-3333-4444-555555555555"
SUBNETS = ["subnet-0a", "subnet-0b"]
QUICKLY = {"Delay": 1, "MaxAttempts": 20}


def run(urls):
    estate = Estate(urls["fast"], ACCOUNT)
    elb, acm = estate.client("elbv2", region=REGION), estate.client("acm", region=REGION)
    balancer = a_load_balancer(elb)
    group = a_target_group(elb)
    rsa, ec, pending = certificates(estate, acm)
    listener = a_listener(elb, balancer, group, rsa)
    certificate_list(estate, elb, acm, listener, rsa, ec, pending)
    default_certificate(elb, listener, rsa, ec)
    refused_listeners(elb, balancer, group, rsa, pending)
    policies(elb, listener)
    health(elb, group)
    tags(elb, [balancer["LoadBalancerArn"], listener, group])
    attributes(elb, balancer, listener, group)
    capacity(elb, balancer)
    listings(elb, balancer)
    an_alias(estate, balancer)
    twenty_five(Estate(urls["fast"], "100000000031"))
    a_network(elb, rsa)
    deletion(elb, acm, balancer, listener, group)
    estate.check_answers("elbv2")


def a_load_balancer(elb):
    made = elb.create_load_balancer(Name="web", Subnets=SUBNETS, Tags=[{"Key": "team", "Value": "a b"}])
    balancer = made["LoadBalancers"][0]
    holds(
        "a load balancer is on its way",
        balancer,
        LoadBalancerName="web",
        Type="application",
        Scheme="internet-facing",
        State={"Code": "provisioning"},
        CanonicalHostedZoneId="Z32O12XQLNTSW2",
    )
    check("it was made at an instant with a zone", balancer["CreatedTime"].tzinfo is not None, balancer)
    check(
        "its name is of its Region", balancer["DNSName"].endswith(f".{REGION}.elb.amazonaws.com"), balancer["DNSName"]
    )
    elb.get_waiter("load_balancer_available").wait(Names=["web"], WaiterConfig=QUICKLY)
    again = elb.create_load_balancer(Name="web", Subnets=SUBNETS, Tags=[{"Key": "team", "Value": "a b"}])
    equal(
        "made again it is the same", again["LoadBalancers"][0]["LoadBalancerArn"], balancer["LoadBalancerArn"]
    )
    wrong = {
        "another scheme": ("DuplicateLoadBalancerName", {"Scheme": "internal"}),
        "one subnet": ("ValidationError", {"Name": "other", "Subnets": SUBNETS[:1]}),
        "a subnet twice": ("InvalidConfigurationRequest", {"Name": "other", "Subnets": SUBNETS[:1] * 2}),
        "what is no subnet": ("SubnetNotFound", {"Name": "other", "Subnets": ["x", "y"]}),
        "a name with a dot": ("ValidationError", {"Name": "o.ther"}),
        "a tag twice": ("DuplicateTagKeys", {"Name": "other", "Tags": [{"Key": "a"}, {"Key": "a"}]}),
        "too many tags": ("TooManyTags", {"Name": "other", "Tags": [{"Key": f"k{each}"} for each in range(51)]}),
    }
    for name, (code, more) in wrong.items():
        refused(name, elb, "CreateLoadBalancer", code, **{"Name": "web", "Subnets": SUBNETS, **more})
    return balancer


def a_target_group(elb):
    arguments = {"Name": "targets", "Protocol": "HTTP", "Port": 80, "VpcId": "vpc-1", "TargetType": "ip"}
    made = elb.create_target_group(**arguments)["TargetGroups"][0]
    holds(
        "a target group has its defaults",
        made,
        HealthCheckProtocol="HTTP",
        HealthCheckPort="traffic-port",
        HealthCheckPath="/",
        HealthCheckIntervalSeconds=30,
        Matcher={"HttpCode": "200"},
        LoadBalancerArns=[],
    )
    refused("another port", elb, "CreateTargetGroup", "DuplicateTargetGroupName", **{**arguments, "Port": 81})
    refused(
        "a target group of none",
        elb,
        "DescribeTargetGroups",
        "TargetGroupNotFound",
        contains="One or more target groups not found",
        Names=["nobody"],
    )
    return made["TargetGroupArn"]


def certificates(estate, acm):
    """An RSA and an ECDSA certificate of one name, and one that is not issued."""
    rsa = request(acm, "shop.elb.example", SubjectAlternativeNames=["*.elb.example"])
    ec = request(acm, "shop.elb.example", KeyAlgorithm="EC_prime256v1")
    pending = request(acm, "never.example")
    put(estate, zone_of(estate, "elb.example"), *proofs({**validation_of(acm, rsa), **validation_of(acm, ec)}))
    for arn in (rsa, ec):
        wait_issued(acm, arn)
    return rsa, ec, pending


def https(balancer, group, certificate, **more):
    return {
        "LoadBalancerArn": balancer["LoadBalancerArn"],
        "Protocol": "HTTPS",
        "Port": 443,
        "Certificates": [{"CertificateArn": certificate}],
        "DefaultActions": [{"Type": "forward", "TargetGroupArn": group}],
        **more,
    }


def a_listener(elb, balancer, group, rsa):
    made = elb.create_listener(**https(balancer, group, rsa))["Listeners"][0]
    holds(
        "a listener shows its default certificate and its policy",
        made,
        Port=443,
        Protocol="HTTPS",
        Certificates=[{"CertificateArn": rsa}],
        SslPolicy="ELBSecurityPolicy-2016-08",
        LoadBalancerArn=balancer["LoadBalancerArn"],
    )
    arn = made["ListenerArn"]
    check(
        "its ARN is its load balancer's, and more",
        arn.startswith(balancer["LoadBalancerArn"].replace("loadbalancer", "listener") + "/"),
        arn,
    )
    told = elb.get_paginator("describe_listeners").paginate(LoadBalancerArn=balancer["LoadBalancerArn"])
    equal("it is told as it was made", [each for page in told for each in page["Listeners"]], [made])
    equal("by its ARN too", elb.describe_listeners(ListenerArns=[arn])["Listeners"], [made])
    forward = made["DefaultActions"][0]
    equal("it forwards", forward["ForwardConfig"]["TargetGroups"], [{"TargetGroupArn": group, "Weight": 1}])
    seen = elb.describe_target_groups(LoadBalancerArn=balancer["LoadBalancerArn"])["TargetGroups"]
    equal("its group is told to be used", [each["LoadBalancerArns"] for each in seen], [[balancer["LoadBalancerArn"]]])
    rules = elb.describe_rules(ListenerArn=arn)["Rules"]
    equal("it has its default rule", [(each["Priority"], each["IsDefault"]) for each in rules], [("default", True)])
    equal("which has an ARN", elb.describe_rules(RuleArns=[rules[0]["RuleArn"]])["Rules"], rules)
    refused("no such rule", elb, "DescribeRules", "RuleNotFound", RuleArns=[rules[0]["RuleArn"] + "0"])
    refused("the rules of no listener", elb, "DescribeRules", "ListenerNotFound", ListenerArn=arn + "0")
    return arn


def listed(elb, listener):
    pages = elb.get_paginator("describe_listener_certificates").paginate(
        ListenerArn=listener, PaginationConfig={"PageSize": 1}
    )
    return [(each["CertificateArn"], each["IsDefault"]) for page in pages for each in page["Certificates"]]


def named(listener, *arns):
    return {"ListenerArn": listener, "Certificates": [{"CertificateArn": arn} for arn in arns]}


def certificate_list(estate, elb, acm, listener, rsa, ec, pending):
    equal("the list is empty at first", listed(elb, listener), [(rsa, True)])
    answer = elb.add_listener_certificates(**named(listener, ec))
    equal("one is added", answer["Certificates"], [{"CertificateArn": ec, "IsDefault": False}])
    elb.add_listener_certificates(**named(listener, ec))
    equal("twice it is there once, page by page", listed(elb, listener), [(rsa, True), (ec, False)])
    elb.add_listener_certificates(**named(listener, rsa))
    equal(
        "the default one, added, is there twice",
        sorted(listed(elb, listener)),
        sorted([(rsa, True), (rsa, False), (ec, False)]),
    )
    add, remove = "AddListenerCertificates", "RemoveListenerCertificates"
    elsewhere = estate.client("elbv2", region="us-west-2")
    refused("two at once", elb, add, "TooManyCertificates", **named(listener, rsa, ec))
    refused("an unknown certificate", elb, add, "CertificateNotFound", contains=UNKNOWN, **named(listener, UNKNOWN))
    refused("an unknown listener", elb, add, "ListenerNotFound", **named(listener + "0", ec))
    refused("a listener of another Region", elsewhere, add, "ListenerNotFound", **named(listener, ec))
    no_listener = "is not a valid listener ARN"
    refused("what is no listener", elb, add, "ValidationError", contains=no_listener, **named(GONE, ec))
    refused("what is no certificate", elb, add, "ValidationError", contains="is not valid", **named(listener, "x"))
    refused(
        "one that is not issued", elb, add, "UnsupportedCertificate", status=400, **named(listener, pending)
    )
    refused(
        "IsDefault, set",
        elb,
        add,
        "ValidationError",
        contains="isDefault",
        ListenerArn=listener,
        Certificates=[{"CertificateArn": ec, "IsDefault": True}],
    )
    refused(
        "the default one is not removed",
        elb,
        remove,
        "OperationNotPermitted",
        contains="Default certificate cannot be removed",
        **named(listener, rsa),
    )
    absent = named(listener, UNKNOWN)
    refused("what is not in the list is not removed", elb, remove, "CertificateNotFound", status=400, **absent)
    until("ACM sees both in use", lambda: all(describe(acm, each)["InUseBy"] for each in (rsa, ec)))
    check(
        "by the load balancer",
        ":loadbalancer/app/web/" in describe(acm, ec)["InUseBy"][0],
        describe(acm, ec)["InUseBy"],
    )
    refused(
        "a certificate in use is not deleted", acm, "DeleteCertificate", "ResourceInUseException", CertificateArn=ec
    )
    describing = "DescribeListenerCertificates"
    refused("the certificates of no listener", elb, describing, "ListenerNotFound", ListenerArn=listener + "0")


def default_certificate(elb, listener, rsa, ec):
    changed = elb.modify_listener(ListenerArn=listener, Certificates=[{"CertificateArn": ec}])["Listeners"][0]
    equal("another default certificate", changed["Certificates"], [{"CertificateArn": ec}])
    equal("the list stays as it was", sorted(listed(elb, listener)), sorted([(ec, True), (ec, False), (rsa, False)]))
    elb.remove_listener_certificates(**named(listener, rsa))
    equal("the old one can go", sorted(listed(elb, listener)), sorted([(ec, True), (ec, False)]))
    elb.modify_listener(ListenerArn=listener, Certificates=[{"CertificateArn": rsa}])


def refused_listeners(elb, balancer, group, rsa, pending):
    create = "CreateListener"

    def attempt(name, code, status=None, **more):
        arguments = {**https(balancer, group, rsa), "Port": 8443, **more}
        refused(name, elb, create, code, status=status, **arguments)

    attempt("a port that is taken", "DuplicateListener", Port=443, SslPolicy="ELBSecurityPolicy-TLS13-1-2-2021-06")
    attempt("no certificate", "ValidationError", Certificates=[])
    attempt("an unknown certificate", "CertificateNotFound", Certificates=[{"CertificateArn": UNKNOWN}])
    attempt(
        "a certificate that is not issued",
        "UnsupportedCertificate",
        status=400,
        Certificates=[{"CertificateArn": pending}],
    )
    attempt("an unknown policy", "SSLPolicyNotFound", SslPolicy="Mine")
    attempt("an unknown load balancer", "LoadBalancerNotFound", LoadBalancerArn=GONE)
    attempt(
        "an unknown target group",
        "TargetGroupNotFound",
        DefaultActions=[{"Type": "forward", "TargetGroupArn": group + "0"}],
    )
    attempt("a protocol of another type", "ValidationError", Protocol="TLS")
    attempt(
        "two last actions",
        "InvalidLoadBalancerAction",
        DefaultActions=[{"Type": "forward", "TargetGroupArn": group}] * 2,
    )
    attempt(
        "FIPS beside others",
        "InvalidConfigurationRequest",
        SslPolicy="ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
    )
    error, _ = fault_of(
        lambda: elb.create_listener(
            **{
                **https(balancer, group, rsa),
                "Port": 8443,
                "DefaultActions": [
                    {
                        "Type": "authenticate-cognito",
                        "AuthenticateCognitoConfig": {
                            "UserPoolArn": "a",
                            "UserPoolClientId": "b",
                            "UserPoolDomain": "c",
                            "AuthenticationRequestExtraParams": {"prompt": "login"},
                        },
                    }
                ],
            }
        )
    )
    equal("an action that is not modelled says so", error and error.response["Error"]["Code"], "NotEmulated")


def policies(elb, listener):
    told = [each for page in pages_of(elb, "describe_ssl_policies", PageSize=7) for each in page["SslPolicies"]]
    names = [each["Name"] for each in told]
    check("policies are told page by page, each once", len(names) > 20 and len(set(names)) == len(names), names)
    [one] = elb.describe_ssl_policies(Names=["ELBSecurityPolicy-TLS13-1-2-2021-06"])["SslPolicies"]
    equal("with their protocols", one["SslProtocols"], ["TLSv1.2", "TLSv1.3"])
    equal("and their ciphers", [each["Priority"] for each in one["Ciphers"]], list(range(1, 12)))
    refused("a policy that is none", elb, "DescribeSSLPolicies", "SSLPolicyNotFound", Names=["Mine"])
    changed = elb.modify_listener(ListenerArn=listener, SslPolicy=one["Name"])["Listeners"][0]
    equal("a listener takes it, and keeps the rest", (changed["SslPolicy"], changed["Port"]), (one["Name"], 443))
    refused("no such policy", elb, "ModifyListener", "SSLPolicyNotFound", ListenerArn=listener, SslPolicy="Mine")
    refused("no such listener", elb, "ModifyListener", "ListenerNotFound", ListenerArn=listener + "0", Port=1)


def pages_of(elb, operation, **page):
    return elb.get_paginator(operation).paginate(PaginationConfig=page)


def health(elb, group):
    here = {"TargetGroupArn": group}
    elb.register_targets(**here, Targets=[{"Id": "192.0.2.1"}, {"Id": "192.0.2.2", "Port": 8080}])
    elb.get_waiter("target_in_service").wait(**here, WaiterConfig=QUICKLY)
    told = elb.describe_target_health(**here)["TargetHealthDescriptions"]
    equal(
        "targets are healthy after a check",
        [(each["Target"]["Port"], each["HealthCheckPort"], each["TargetHealth"]["State"]) for each in told],
        [(80, "80", "healthy"), (8080, "8080", "healthy")],
    )
    [other] = elb.describe_target_health(**here, Targets=[{"Id": "192.0.2.9"}])["TargetHealthDescriptions"]
    holds("one that is not there", other["TargetHealth"], State="unused", Reason="Target.NotRegistered")
    refused("a target of another type", elb, "RegisterTargets", "InvalidTarget", **here, Targets=[{"Id": "i-12"}])
    elb.deregister_targets(**here, Targets=[{"Id": "192.0.2.1"}])
    states = {
        each["Target"]["Id"]: each["TargetHealth"]["State"]
        for each in elb.describe_target_health(**here)["TargetHealthDescriptions"]
    }
    equal("a deregistered one drains", states["192.0.2.1"], "draining")
    until("and is gone then", lambda: len(elb.describe_target_health(**here)["TargetHealthDescriptions"]) == 1)
    for operation in ("RegisterTargets", "DeregisterTargets", "DescribeTargetHealth"):
        nowhere = {"TargetGroupArn": group + "0", "Targets": [{"Id": "192.0.2.1"}]}
        refused(f"{operation} of none", elb, operation, "TargetGroupNotFound", **nowhere)


def tags(elb, arns):
    elb.add_tags(ResourceArns=arns, Tags=[{"Key": "stage", "Value": "live"}, {"Key": "gone"}])
    elb.remove_tags(ResourceArns=arns, TagKeys=["gone", "team"])
    told = elb.describe_tags(ResourceArns=arns)["TagDescriptions"]
    equal(
        "tags of several things",
        [(each["ResourceArn"], each["Tags"]) for each in told],
        [(arn, [{"Key": "stage", "Value": "live"}]) for arn in arns],
    )
    key = [{"Key": "a", "Value": ""}]
    missing = ("LoadBalancerNotFound", "ListenerNotFound", "TargetGroupNotFound")
    for arn, code in zip(arns, missing):
        refused(f"AddTags: {code}", elb, "AddTags", code, ResourceArns=[arn + "0"], Tags=key)
        refused(f"RemoveTags: {code}", elb, "RemoveTags", code, ResourceArns=[arn + "0"], TagKeys=["a"])
        refused(f"DescribeTags: {code}", elb, "DescribeTags", code, ResourceArns=[arn + "0"])
    refused("a key twice", elb, "AddTags", "DuplicateTagKeys", ResourceArns=arns, Tags=key * 2)
    many = [{"Key": f"k{each}", "Value": ""} for each in range(50)]
    refused("51 tags", elb, "AddTags", "TooManyTags", ResourceArns=arns[:1], Tags=many)
    refused("21 things", elb, "DescribeTags", "ValidationError", ResourceArns=[arns[0]] * 21)


def attributes(elb, balancer, listener, group):
    things = [
        ("load_balancer", {"LoadBalancerArn": balancer["LoadBalancerArn"]}, "idle_timeout.timeout_seconds"),
        ("listener", {"ListenerArn": listener}, "routing.http.response.server.enabled"),
        ("target_group", {"TargetGroupArn": group}, "deregistration_delay.timeout_seconds"),
    ]
    for kind, of, key in things:
        told = getattr(elb, f"describe_{kind}_attributes")(**of)["Attributes"]
        check(f"a {kind} has attributes", any(each["Key"] == key for each in told), told)
        change = [{"Key": key, "Value": "5"}]
        kept = getattr(elb, f"modify_{kind}_attributes")(**of, Attributes=change)["Attributes"]
        check(f"a {kind}'s attribute is kept", change[0] in kept and len(kept) == len(told), kept)
        title = kind.title().replace("_", "")
        wrong = {name: arn + "0" for name, arn in of.items()}
        refused(f"attributes of no {kind}", elb, f"Describe{title}Attributes", f"{title}NotFound", **wrong)
        wrong["Attributes"] = change
        refused(f"changed of no {kind}", elb, f"Modify{title}Attributes", f"{title}NotFound", **wrong)


def capacity(elb, balancer):
    told = elb.describe_capacity_reservation(LoadBalancerArn=balancer["LoadBalancerArn"])
    equal("no capacity is reserved", "MinimumLoadBalancerCapacity" in told, False)
    refused("capacity of none", elb, "DescribeCapacityReservation", "LoadBalancerNotFound", LoadBalancerArn=GONE)


def listings(elb, balancer):
    names = ["a", "b", "c"]
    for name in names:
        elb.create_load_balancer(Name=name, Subnets=SUBNETS, Scheme="internal")
    told = [
        each["LoadBalancerName"]
        for page in pages_of(elb, "describe_load_balancers", PageSize=1)
        for each in page["LoadBalancers"]
    ]
    equal("load balancers are told page by page", sorted(told), ["a", "b", "c", "web"])
    by_name = elb.describe_load_balancers(Names=["b"])["LoadBalancers"]
    check("an internal one says so in its name", by_name[0]["DNSName"].startswith("internal-b-"), by_name)
    describe_all = "DescribeLoadBalancers"
    refused("an unknown name", elb, describe_all, "LoadBalancerNotFound", contains="[nobody]", Names=["nobody"])
    refused("an unknown ARN", elb, describe_all, "LoadBalancerNotFound", LoadBalancerArns=[GONE])
    refused("names and ARNs", elb, describe_all, "ValidationError", Names=["a"], LoadBalancerArns=[GONE])
    refused("neither", elb, "DescribeListeners", "ValidationError")
    refused("listeners of none", elb, "DescribeListeners", "LoadBalancerNotFound", LoadBalancerArn=GONE)
    refused(
        "an unknown listener",
        elb,
        "DescribeListeners",
        "ListenerNotFound",
        ListenerArns=[GONE.replace("loadbalancer", "listener") + "/0123456789abcdef"],
    )
    pages = pages_of(elb, "describe_account_limits", PageSize=5)
    limits = {each["Name"]: each["Max"] for page in pages for each in page["Limits"]}
    equal("25 certificates is a limit", limits["certificates-per-application-load-balancer"], "25")
    for name in names:
        [gone] = elb.describe_load_balancers(Names=[name])["LoadBalancers"]
        elb.delete_load_balancer(LoadBalancerArn=gone["LoadBalancerArn"])
    equal(
        "the others are gone",
        [each["LoadBalancerArn"] for each in elb.describe_load_balancers()["LoadBalancers"]],
        [balancer["LoadBalancerArn"]],
    )


def an_alias(estate, balancer):
    zone = estate.client("route53").list_hosted_zones_by_name(DNSName="elb.example")["HostedZones"][0]["Id"]
    for label, prefix in (("plain", ""), ("dual", "dualstack.")):
        put(
            estate,
            zone,
            {
                "Name": f"{label}.elb.example",
                "Type": "A",
                "SetIdentifier": REGION,
                "Region": REGION,
                "AliasTarget": {
                    "HostedZoneId": balancer["CanonicalHostedZoneId"],
                    "DNSName": prefix + balancer["DNSName"],
                    "EvaluateTargetHealth": True,
                },
            },
        )
    sets = estate.client("route53").list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    equal(
        "aliases lead to it",
        [each["AliasTarget"]["DNSName"] for each in sets if "AliasTarget" in each],
        [f"dualstack.{balancer['DNSName']}.", f"{balancer['DNSName']}."],
    )


def twenty_five(estate):
    elb, acm = estate.client("elbv2", region=REGION), estate.client("acm", region=REGION)
    arns = [request(acm, "many.example", KeyAlgorithm="EC_prime256v1") for _ in range(27)]
    put(estate, zone_of(estate, "many.example"), *proofs(validation_of(acm, arns[0])))
    for arn in arns:
        wait_issued(acm, arn)
    balancer = elb.create_load_balancer(Name="full", Subnets=SUBNETS)["LoadBalancers"][0]
    group = elb.create_target_group(Name="full", Protocol="HTTP", Port=80, VpcId="vpc-1")["TargetGroups"][0]
    made = elb.create_listener(**https(balancer, group["TargetGroupArn"], arns[0]))["Listeners"][0]
    for arn in arns[1:26]:
        elb.add_listener_certificates(**named(made["ListenerArn"], arn))
    refused(
        "the 26th beside the default one",
        elb,
        "AddListenerCertificates",
        "TooManyCertificates",
        **named(made["ListenerArn"], arns[26]),
    )
    equal("25 and the default one are told", len(listed(elb, made["ListenerArn"])), 26)
    estate.check_answers("elbv2: 25 certificates")


def a_network(elb, rsa):
    made = elb.create_load_balancer(Name="net", Type="network", Subnets=SUBNETS[:1])["LoadBalancers"][0]
    holds("a network has its own zone", made, Type="network", CanonicalHostedZoneId="Z2IFOLAFXWLO4F")
    check("and its own kind of name", f".elb.{REGION}.amazonaws.com" in made["DNSName"], made["DNSName"])
    group = elb.create_target_group(Name="tcp", Protocol="TCP", Port=443, VpcId="vpc-1")["TargetGroups"][0]
    wanted = https(made, group["TargetGroupArn"], rsa, Protocol="TLS", AlpnPolicy=["HTTP2Preferred"])
    listener = elb.create_listener(**wanted)["Listeners"][0]
    holds("TLS ends there", listener, Protocol="TLS", AlpnPolicy=["HTTP2Preferred"])
    own = {"ListenerArn": listener["ListenerArn"], "AlpnPolicy": ["Mine"]}
    refused("ALPN of its own", elb, "ModifyListener", "ALPNPolicyNotFound", **own)
    refused(
        "a group of the other type",
        elb,
        "CreateListener",
        "IncompatibleProtocols",
        **{**wanted, "Port": 1, "Protocol": "UDP", "Certificates": [], "AlpnPolicy": []},
    )
    elb.delete_load_balancer(LoadBalancerArn=made["LoadBalancerArn"])
    elb.delete_target_group(TargetGroupArn=group["TargetGroupArn"])


def deletion(elb, acm, balancer, listener, group):
    refused(
        "a target group in use is not deleted", elb, "DeleteTargetGroup", "ResourceInUse", TargetGroupArn=group
    )
    arn = balancer["LoadBalancerArn"]
    protect = [{"Key": "deletion_protection.enabled", "Value": "true"}]
    elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=protect)
    refused("a protected one is not deleted", elb, "DeleteLoadBalancer", "OperationNotPermitted", LoadBalancerArn=arn)
    elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=[{**protect[0], "Value": "false"}])
    elb.delete_listener(ListenerArn=listener)
    refused("a listener that is gone", elb, "DeleteListener", "ListenerNotFound", ListenerArn=listener)
    elb.delete_load_balancer(LoadBalancerArn=arn)
    elb.get_waiter("load_balancers_deleted").wait(LoadBalancerArns=[arn], WaiterConfig=QUICKLY)
    elb.delete_load_balancer(LoadBalancerArn=arn)
    elb.delete_target_group(TargetGroupArn=group)
    issued = acm.list_certificates(Includes={"keyTypes": ["RSA_2048", "EC_prime256v1"]}, CertificateStatuses=["ISSUED"])
    for each in issued["CertificateSummaryList"]:
        arn = each["CertificateArn"]
        until(f"{each['DomainName']} is free", lambda arn=arn: not describe(acm, arn)["InUseBy"])
        acm.delete_certificate(CertificateArn=arn)

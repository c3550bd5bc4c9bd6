import { describe, expect, test } from "vitest";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { withQuota } from "../../../src/cloud/quotas.ts";
import { withRegion } from "../../../src/cloud/edit.ts";
import { ACCOUNT, here, withCertificates } from "../world.ts";
import {
  GROUP,
  HTTPS,
  NOWHERE,
  SUBNETS,
  after,
  all,
  arnOf,
  balancerIn,
  certificates,
  does,
  elb,
  estate,
  fails,
  groupIn,
  issued,
  listenerIn,
  now,
} from "./estate.ts";
import type { Output } from "./estate.ts";

const { cloud, balancer, listener, group } = estate();
const create = (more: object) => HTTPS(balancer.arn, group, { Port: 8443, ...more });
const modify = (more: object) => elb("ModifyListener", { ListenerArn: listener.arn, ...more });
const shown = (output: Output) => (output["Listeners"] as readonly Output[])[0];

describe("a new listener", () => {
  test("has its default certificate, an empty list, the default policy and the completed action", () => {
    expect(shown(does(cloud, elb("DescribeListeners", { ListenerArns: [listener.arn] })).output)).toEqual({
      ListenerArn: listener.arn,
      LoadBalancerArn: balancer.arn,
      Port: 443,
      Protocol: "HTTPS",
      Certificates: [{ CertificateArn: arnOf(1) }],
      SslPolicy: "ELBSecurityPolicy-2016-08",
      DefaultActions: [
        {
          Type: "forward",
          TargetGroupArn: group,
          ForwardConfig: {
            TargetGroups: [{ TargetGroupArn: group, Weight: 1 }],
            TargetGroupStickinessConfig: { Enabled: false },
          },
        },
      ],
      MutualAuthentication: { Mode: "off" },
    });
    expect(listener.certificates).toEqual([]);
    expect(listener.arn.startsWith(`${balancer.arn.replace(":loadbalancer/", ":listener/")}/`)).toBe(true);
  });

  test("made again with the same settings it is the same one; else its port is taken", () => {
    expect(listenerIn(does(cloud, HTTPS(balancer.arn, group)).output)).toBe(listener.arn);
    expect(
      fails(cloud, HTTPS(balancer.arn, group, { SslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" })),
    ).toMatchObject({
      code: "DuplicateListener",
      message: `A listener already exists on this port for this load balancer '${balancer.arn}'`,
    });
  });

  test("without TLS it may redirect, and keeps what it does not change of the URL", () => {
    const action = { Type: "redirect", RedirectConfig: { Protocol: "HTTPS", Port: "443", StatusCode: "HTTP_301" } };
    const plain = create({ Protocol: "HTTP", Port: 80, Certificates: undefined, DefaultActions: [action] });
    expect(shown(does(cloud, plain).output)?.["DefaultActions"]).toEqual([
      {
        Type: "redirect",
        RedirectConfig: {
          Protocol: "HTTPS",
          Port: "443",
          Host: "#{host}",
          Path: "/#{path}",
          Query: "#{query}",
          StatusCode: "HTTP_301",
        },
      },
    ]);
  });

  const pending = withCertificates(cloud, issued(9, { status: "PENDING_VALIDATION" }));
  const elsewhere = arnOf(1, "eu-west-1");
  const server = `arn:aws:iam::${ACCOUNT}:server-certificate/old`;

  test.each<[string, Cloud, object, string, RegExp]>([
    ["an unknown load balancer", cloud, { LoadBalancerArn: NOWHERE }, "LoadBalancerNotFound", /gone/],
    ["a protocol of another type", cloud, { Protocol: "TLS" }, "ValidationError", /must be one of 'HTTP, HTTPS'/],
    ["no port", cloud, { Port: undefined }, "ValidationError", /port must be specified/],
    ["port 0", cloud, { Port: 0 }, "ValidationError", /greater than or equal to 1/],
    ["no certificate", cloud, { Certificates: [] }, "ValidationError", /must be specified for HTTPS listeners/],
    [
      "an unknown certificate",
      cloud,
      { Certificates: [{ CertificateArn: arnOf(8) }] },
      "CertificateNotFound",
      new RegExp(`^Certificate '${arnOf(8)}' not found$`),
    ],
    [
      "a certificate of another Region",
      cloud,
      { Certificates: [{ CertificateArn: elsewhere }] },
      "CertificateNotFound",
      /eu-west-1/,
    ],
    [
      "a certificate that is not issued",
      pending,
      { Certificates: [{ CertificateArn: arnOf(9) }] },
      "UnsupportedCertificate",
      /must have a fully-qualified domain name, a supported signature, and a supported key size\.$/,
    ],
    ["a certificate of IAM", cloud, { Certificates: [{ CertificateArn: server }] }, "NotEmulated", /IAM/],
    ["what is no certificate", cloud, { Certificates: [{ CertificateArn: group }] }, "ValidationError", /not valid/],
    [
      "two certificates",
      cloud,
      { Certificates: [{ CertificateArn: arnOf(1) }, { CertificateArn: arnOf(2) }] },
      "TooManyCertificates",
      /Up to '1' certificate ARNs can be specified, but '2' were specified/,
    ],
    [
      "IsDefault",
      cloud,
      { Certificates: [{ CertificateArn: arnOf(1), IsDefault: true }] },
      "ValidationError",
      /isDefault/,
    ],
    ["an unknown policy", cloud, { SslPolicy: "Mine" }, "SSLPolicyNotFound", /'Mine'/],
    [
      "a FIPS policy beside another",
      cloud,
      { SslPolicy: "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04" },
      "InvalidConfigurationRequest",
      /FIPS/,
    ],
    ["a certificate without TLS", cloud, { Protocol: "HTTP" }, "ValidationError", /cannot be specified for HTTP/],
    ["an ALPN policy", cloud, { AlpnPolicy: ["HTTP2Only"] }, "ValidationError", /ALPN/],
    ["no action", cloud, { DefaultActions: [] }, "ValidationError", /default action/],
    [
      "an unknown target group",
      cloud,
      { DefaultActions: [{ Type: "forward", TargetGroupArn: `${group}0` }] },
      "TargetGroupNotFound",
      /not found/,
    ],
    ["no target group", cloud, { DefaultActions: [{ Type: "forward" }] }, "ValidationError", /target group/],
    [
      "two final actions",
      cloud,
      { DefaultActions: [{ Type: "forward", TargetGroupArn: group }, { Type: "redirect" }] },
      "InvalidLoadBalancerAction",
      /exactly one/,
    ],
    ["authentication", cloud, { DefaultActions: [{ Type: "authenticate-oidc" }] }, "NotEmulated", /authenticate-oidc/],
    ["client certificates", cloud, { MutualAuthentication: { Mode: "verify" } }, "NotEmulated", /MutualAuthentication/],
  ])("%s is refused", (_, at, more, code, message) => {
    const fault = fails(at, create(more));
    expect(fault.code).toBe(code);
    expect(fault.message).toMatch(message);
  });

  test("a target group belongs to one load balancer, and must fit the protocol", () => {
    const other = does(cloud, elb("CreateLoadBalancer", { Name: "other", Subnets: SUBNETS }));
    expect(fails(other.cloud, HTTPS(balancerIn(other.output), group)).code).toBe("TargetGroupAssociationLimit");
    const tcp = does(cloud, GROUP("tcp", { Protocol: "TCP" }));
    expect(fails(tcp.cloud, HTTPS(balancer.arn, groupIn(tcp.output), { Port: 1 })).code).toBe("IncompatibleProtocols");
  });

  test("one more than the quota is refused", () => {
    expect(fails(withQuota(cloud, ACCOUNT, "elbv2.listeners", 1), create({})).code).toBe("TooManyListeners");
  });
});

describe("of a Network Load Balancer", () => {
  const made = does(cloud, elb("CreateLoadBalancer", { Name: "net", Type: "network", Subnets: ["subnet-a"] }));
  const tcp = does(made.cloud, GROUP("tcp", { Protocol: "TCP", Port: 443 }));
  const [arn, group443] = [balancerIn(made.output), groupIn(tcp.output)];
  const tls = (more: object) => HTTPS(arn, group443, { Protocol: "TLS", ...more });

  test("TLS has a certificate and an ALPN policy", () => {
    expect(shown(does(tcp.cloud, tls({ AlpnPolicy: ["HTTP2Preferred"] })).output)).toMatchObject({
      Certificates: [{ CertificateArn: arnOf(1) }],
      AlpnPolicy: ["HTTP2Preferred"],
    });
    expect(fails(tcp.cloud, tls({ AlpnPolicy: ["Mine"] })).code).toBe("ALPNPolicyNotFound");
    expect(fails(tcp.cloud, tls({ AlpnPolicy: ["None", "HTTP2Only"] })).code).toBe("ValidationError");
  });

  test("a long RSA key is refused, which an Application Load Balancer takes", () => {
    const long = withCertificates(tcp.cloud, issued(7, { keyAlgorithm: "RSA_4096" }));
    const wanted = { Certificates: [{ CertificateArn: arnOf(7) }] };
    expect(fails(long, tls(wanted)).code).toBe("UnsupportedCertificate");
    expect(shown(does(long, create(wanted)).output)).toMatchObject(wanted);
  });

  test("it only forwards", () => {
    const redirect = { Type: "redirect", RedirectConfig: { StatusCode: "HTTP_301" } };
    expect(fails(tcp.cloud, tls({ DefaultActions: [redirect] })).code).toBe("InvalidLoadBalancerAction");
  });
});

describe("modified", () => {
  test("another default certificate takes the place of the old one; the list stays as it is", () => {
    const listed = after(cloud, certificates("AddListenerCertificates", listener, arnOf(3)));
    const changed = after(listed, modify({ Certificates: [{ CertificateArn: arnOf(2) }] }));
    expect(now(changed, listener)).toEqual({ ...listener, defaultCertificate: arnOf(2), certificates: [arnOf(3)] });
  });

  test("a policy alone", () => {
    const SslPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";
    expect(now(after(cloud, modify({ SslPolicy })), listener)).toEqual({ ...listener, sslPolicy: SslPolicy });
    const fips = "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04";
    expect(now(after(cloud, modify({ SslPolicy: fips })), listener)?.sslPolicy).toBe(fips);
  });

  test("nothing is checked of what it does not name", () => {
    const odd = {
      ...listener,
      sslPolicy: "ELBSecurityPolicy-Of-2030",
      defaultCertificate: `arn:aws:iam::${ACCOUNT}:server-certificate/old`,
    };
    const loadBalancing = { ...all(cloud), listeners: all(cloud).listeners.set(listener.arn, odd) };
    const seen = withRegion(cloud, ACCOUNT, { ...here(cloud), loadBalancing });
    expect(now(after(seen, modify({ Port: 8443 })), listener)).toEqual({ ...odd, port: 8443 });
  });

  test("without TLS the certificate, the list and the policy are gone; back again they must be given", () => {
    const listed = after(cloud, certificates("AddListenerCertificates", listener, arnOf(3)));
    const plain = after(listed, modify({ Protocol: "HTTP", Port: 80 }));
    expect(now(plain, listener)).toMatchObject({
      protocol: "HTTP",
      port: 80,
      sslPolicy: undefined,
      defaultCertificate: undefined,
      certificates: [],
    });
    expect(fails(plain, modify({ Protocol: "HTTPS" })).code).toBe("ValidationError");
    const back = after(plain, modify({ Protocol: "HTTPS", Certificates: [{ CertificateArn: arnOf(2) }] }));
    expect(now(back, listener)).toMatchObject({ sslPolicy: "ELBSecurityPolicy-2016-08", defaultCertificate: arnOf(2) });
  });

  const two = does(cloud, create({}));
  test.each<[string, object, string]>([
    ["a port that is taken", { Port: 8443 }, "DuplicateListener"],
    ["an unknown policy", { SslPolicy: "Mine" }, "SSLPolicyNotFound"],
    ["an unknown certificate", { Certificates: [{ CertificateArn: arnOf(8) }] }, "CertificateNotFound"],
    ["FIPS for one of two", { SslPolicy: "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04" }, "InvalidConfigurationRequest"],
    ["another type's protocol", { Protocol: "TCP" }, "ValidationError"],
    ["an unknown listener", { ListenerArn: `${listener.arn}0` }, "ListenerNotFound"],
    ["what is no listener", { ListenerArn: balancer.arn }, "ValidationError"],
  ])("%s is refused", (_, more, code) => {
    expect(fails(two.cloud, modify(more)).code).toBe(code);
  });
});

describe("described and deleted", () => {
  const two = does(cloud, create({}));

  test("of a load balancer, page by page; or those that are named", () => {
    const first = does(two.cloud, elb("DescribeListeners", { LoadBalancerArn: balancer.arn, PageSize: 1 })).output;
    const rest = does(
      two.cloud,
      elb("DescribeListeners", { LoadBalancerArn: balancer.arn, Marker: first["NextMarker"] }),
    ).output;
    const arns = [shown(first), shown(rest)].map((each) => String(each?.["ListenerArn"]));
    expect(new Set(arns)).toEqual(new Set([listener.arn, listenerIn(two.output)]));
    expect(rest).not.toHaveProperty("NextMarker");
  });

  test.each<[string, object, string]>([
    ["neither", {}, "ValidationError"],
    ["both", { LoadBalancerArn: balancer.arn, ListenerArns: [listener.arn] }, "ValidationError"],
    ["an unknown listener", { ListenerArns: [`${listener.arn}0`] }, "ListenerNotFound"],
    ["an unknown load balancer", { LoadBalancerArn: NOWHERE }, "LoadBalancerNotFound"],
    ["what is no listener", { ListenerArns: ["x"] }, "ValidationError"],
  ])("%s is refused", (_, input, code) => {
    expect(fails(two.cloud, elb("DescribeListeners", input)).code).toBe(code);
  });

  test("deleted, it is gone", () => {
    const gone = elb("DeleteListener", { ListenerArn: listener.arn });
    const left = after(two.cloud, gone);
    expect([...all(left).listeners].map(({ arn }) => arn)).toEqual([listenerIn(two.output)]);
    expect(fails(left, gone).code).toBe("ListenerNotFound");
  });
});

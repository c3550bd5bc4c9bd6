import { expect, test } from "vitest";
import type { Service } from "../../src/cloud/call.ts";
import { deniedFault } from "../../src/cloud/denied-fault.ts";

const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/1";

const cases: readonly (readonly [Service, string, unknown, string, string])[] = [
  ["route53", "GetHostedZone", { Id: "/hostedzone/Z1" }, "route53:GetHostedZone", "arn:aws:route53:::hostedzone/Z1"],
  ["route53", "GetChange", { Id: "C1" }, "route53:GetChange", "arn:aws:route53:::change/C1"],
  [
    "route53",
    "ChangeResourceRecordSets",
    { HostedZoneId: "Z1" },
    "route53:ChangeResourceRecordSets",
    "arn:aws:route53:::hostedzone/Z1",
  ],
  [
    "route53",
    "DeleteHealthCheck",
    { HealthCheckId: "1" },
    "route53:DeleteHealthCheck",
    "arn:aws:route53:::healthcheck/1",
  ],
  ["route53", "ListHostedZones", {}, "route53:ListHostedZones", "*"],
  ["acm", "DescribeCertificate", { CertificateArn: CERTIFICATE }, "acm:DescribeCertificate", CERTIFICATE],
  ["acm", "RequestCertificate", {}, "acm:RequestCertificate", "arn:aws:acm:eu-west-1:111122223333:certificate/*"],
  [
    "apigateway",
    "CreateDomainName",
    { domainName: "a.b" },
    "apigateway:POST",
    "arn:aws:apigateway:eu-west-1::/domainnames/a.b",
  ],
  ["apigateway", "GetDomainNames", {}, "apigateway:GET", "arn:aws:apigateway:eu-west-1::/domainnames"],
  [
    "apigateway",
    "UpdateBasePathMapping",
    { domainName: "a.b" },
    "apigateway:PATCH",
    "arn:aws:apigateway:eu-west-1::/domainnames/a.b/basepathmappings",
  ],
  ["apigateway", "GetStages", { restApiId: "x" }, "apigateway:GET", "arn:aws:apigateway:eu-west-1::/restapis/x/stages"],
  ["apigateway", "GetRestApis", {}, "apigateway:GET", "arn:aws:apigateway:eu-west-1::/restapis"],
  [
    "apigateway",
    "TagResource",
    { resourceArn: "arn:x" },
    "apigateway:PUT",
    "arn:aws:apigateway:eu-west-1::/tags/arn%3Ax",
  ],
  [
    "apigateway",
    "UntagResource",
    { resourceArn: "arn:x" },
    "apigateway:DELETE",
    "arn:aws:apigateway:eu-west-1::/tags/arn%3Ax",
  ],
  [
    "cloudfront",
    "UpdateDistribution",
    { Id: "E1" },
    "cloudfront:UpdateDistribution",
    "arn:aws:cloudfront::111122223333:distribution/E1",
  ],
  [
    "cloudfront",
    "PublishFunction",
    { Name: "f" },
    "cloudfront:PublishFunction",
    "arn:aws:cloudfront::111122223333:function/f",
  ],
  ["cloudfront", "CreateFunction", { Name: "f" }, "cloudfront:CreateFunction", "*"],
  ["cloudfront", "ListDistributions", {}, "cloudfront:ListDistributions", "*"],
  ["cloudfront", "TagResource", { Resource: "arn:x" }, "cloudfront:TagResource", "arn:x"],
  ["elbv2", "DescribeListeners", { ListenerArns: ["arn:l"] }, "elasticloadbalancing:DescribeListeners", "*"],
  [
    "elbv2",
    "DescribeListenerCertificates",
    { ListenerArn: "arn:l" },
    "elasticloadbalancing:DescribeListenerCertificates",
    "*",
  ],
  [
    "elbv2",
    "AddListenerCertificates",
    { ListenerArn: "arn:l" },
    "elasticloadbalancing:AddListenerCertificates",
    "arn:l",
  ],
  ["tagging", "GetResources", {}, "tag:GetResources", "*"],
  ["sts", "GetCallerIdentity", {}, "sts:GetCallerIdentity", "*"],
];

test.each(cases)("%s %s %j names %s on %s", (service, operation, input, action, resource) => {
  const { message } = deniedFault({ account: "111122223333", region: "eu-west-1", service, operation, input });
  expect(message).toBe(
    `User: arn:aws:iam::111122223333:root is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  );
});

test("the code and the status are the service's own", () => {
  const told = (["route53", "sts", "elbv2", "apigateway", "acm", "tagging", "probe"] as const).map((service) => {
    const { code, status } = deniedFault({ account: "1", region: "eu-west-1", service, operation: "Any", input: {} });
    return `${service} ${code} ${status}`;
  });
  expect(told).toEqual([
    "route53 AccessDenied 403",
    "sts AccessDenied 403",
    "elbv2 AccessDenied 403",
    "apigateway AccessDeniedException 403",
    "acm AccessDeniedException 400",
    "tagging AccessDeniedException 400",
    "probe ProbeFailed 403",
  ]);
});

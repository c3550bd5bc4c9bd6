import {
  ACMClient,
  DescribeCertificateCommand,
  RequestCertificateCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-acm";
import {
  APIGatewayClient,
  CreateDomainNameCommand,
  GetDomainNameCommand,
  NotFoundException,
} from "@aws-sdk/client-api-gateway";
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  InvalidChangeBatch,
  ListResourceRecordSetsCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { handle } from "../../src/emulator/dispatch.ts";
import { createEmulator, type Emulator } from "../../src/emulator/emulator.ts";
import { sdkTransport } from "../../src/emulator/in-process.ts";
import { respondAs } from "../../src/emulator/respond.ts";
import { loadModel } from "../../src/emulator/sdk-models.ts";
import { utf8, type WireRequest } from "../../src/emulator/wire.ts";

const START = Date.UTC(2026, 0, 1);
const ACCOUNT = "111122223333";

const fresh = (): Emulator => createEmulator({ cloud: emptyCloud(START) });

const configFor = (emulator: Emulator) => ({
  region: "eu-west-1",
  credentials: { accessKeyId: ACCOUNT, secretAccessKey: "x" },
  requestHandler: sdkTransport(respondAs(emulator)),
  maxAttempts: 1,
});

const change = (Action: "CREATE" | "DELETE", Name: string, Value: string) => ({
  Action,
  ResourceRecordSet: { Name, Type: "TXT" as const, TTL: 60, ResourceRecords: [{ Value }] },
});

async function withZone(emulator: Emulator): Promise<{ route53: Route53Client; HostedZoneId: string }> {
  const route53 = new Route53Client(configFor(emulator));
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({ Name: "example.com", CallerReference: "one" }),
  );
  return { route53, HostedZoneId: HostedZone?.Id ?? "" };
}

describe("SDK clients in this process", () => {
  test("Route 53: a zone, a change batch, and the record sets that are there then", async () => {
    const emulator = fresh();
    const { route53, HostedZoneId } = await withZone(emulator);
    expect(HostedZoneId).toMatch(/^\/hostedzone\/Z[A-Z0-9]+$/);
    const changed = await route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId,
        ChangeBatch: { Changes: [change("CREATE", "a.example.com", '"<x> & y"')] },
      }),
    );
    expect(changed.ChangeInfo).toMatchObject({ Status: "PENDING", SubmittedAt: new Date(START + 2) });
    const { ResourceRecordSets } = await route53.send(
      new ListResourceRecordSetsCommand({ HostedZoneId, MaxItems: 100 }),
    );
    expect(ResourceRecordSets?.map((each) => [each.Name, each.Type])).toEqual([
      ["example.com.", "NS"],
      ["example.com.", "SOA"],
      ["a.example.com.", "TXT"],
    ]);
    expect(ResourceRecordSets?.[2]?.ResourceRecords).toEqual([{ Value: '"<x> & y"' }]);
    expect([...(emulator.cloud().accounts.get(ACCOUNT)?.zones ?? [])]).toHaveLength(1);
  });

  test("Route 53: a refused batch arrives as InvalidChangeBatch with its status and message, and changes nothing", async () => {
    const emulator = fresh();
    const { route53, HostedZoneId } = await withZone(emulator);
    const before = emulator.cloud();
    const Changes = [change("CREATE", "a.example.com", '"1"'), change("DELETE", "gone.example.com", '"2"')];
    const sent = route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
    const error = await sent.catch((reason: unknown) => reason as InvalidChangeBatch);
    expect(error).toBeInstanceOf(InvalidChangeBatch);
    expect(error).toMatchObject({ name: "InvalidChangeBatch", $metadata: { httpStatusCode: 400 } });
    expect((error as InvalidChangeBatch).message).toMatch(/^\[.*gone\.example\.com.*\]$/s);
    expect(emulator.cloud()).toBe(before);
  });

  test("ACM: a certificate that was asked for can be described; times arrive as times", async () => {
    const emulator = fresh();
    const acm = new ACMClient(configFor(emulator));
    const request = { DomainName: "shop.example.com", ValidationMethod: "DNS" as const };
    const { CertificateArn } = await acm.send(new RequestCertificateCommand(request));
    expect(CertificateArn).toMatch(/^arn:aws:acm:eu-west-1:111122223333:certificate\/[0-9a-f-]{36}$/);
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
    expect(Certificate).toMatchObject({
      DomainName: "shop.example.com",
      Status: "PENDING_VALIDATION",
      CreatedAt: new Date(START + 1),
    });
    const missing = acm.send(new DescribeCertificateCommand({ CertificateArn: `${CertificateArn?.slice(0, -1)}x` }));
    await expect(missing).rejects.toSatisfy(
      (error) => error instanceof Error && /ResourceNotFound|Validation/.test(error.name),
    );
    expect(ResourceNotFoundException.name).toBe("ResourceNotFoundException");
  });

  test("API Gateway: a domain is created in the Region that the request is signed for", async () => {
    const emulator = fresh();
    const acm = new ACMClient(configFor(emulator));
    const { CertificateArn } = await acm.send(
      new RequestCertificateCommand({ DomainName: "shop.example.com", ValidationMethod: "DNS" }),
    );
    const gateway = new APIGatewayClient(configFor(emulator));
    await expect(gateway.send(new GetDomainNameCommand({ domainName: "shop.example.com" }))).rejects.toBeInstanceOf(
      NotFoundException,
    );
    const input = {
      domainName: "shop.example.com",
      regionalCertificateArn: CertificateArn,
      endpointConfiguration: { types: ["REGIONAL" as const] },
      securityPolicy: "TLS_1_2" as const,
    };
    // The certificate is not issued yet, which API Gateway refuses.
    await expect(gateway.send(new CreateDomainNameCommand(input))).rejects.toMatchObject({
      name: "BadRequestException",
    });
  });

  test("STS tells the account that the access key names", async () => {
    const sts = new STSClient(configFor(fresh()));
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(ACCOUNT);
  });
});

const AUTHORIZATION = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=${ACCOUNT}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

const request = (part: Partial<WireRequest> & { service?: string; text?: string }): WireRequest => ({
  method: part.method ?? "POST",
  path: part.path ?? "/",
  query: part.query ?? new URLSearchParams(),
  headers: { ...(part.service === undefined ? {} : { authorization: AUTHORIZATION(part.service) }), ...part.headers },
  body: Buffer.from(part.text ?? ""),
});

interface Refusal {
  readonly name: string;
  readonly service: "route53" | "acm" | "apigateway" | "tagging" | "sts";
  readonly request: WireRequest;
  readonly status: number;
  readonly code: string;
}

const json = (service: string, target: string, text: string): WireRequest =>
  request({ service, text, headers: { "x-amz-target": target, "content-type": "application/x-amz-json-1.1" } });

const REFUSALS: readonly Refusal[] = [
  {
    name: "an operation of the API that is not modelled",
    service: "route53",
    request: request({ service: "route53", method: "GET", path: "/2013-04-01/geolocations" }),
    status: 501,
    code: "NotEmulated",
  },
  {
    name: "a path that is no operation",
    service: "apigateway",
    request: request({ service: "apigateway", method: "GET", path: "/v2/domainnames" }),
    status: 501,
    code: "apigateway:GET /v2/domainnames is not modelled",
  },
  {
    name: "an unsigned request",
    service: "acm",
    request: request({ headers: { "x-amz-target": "CertificateManager.ListCertificates" }, text: "{}" }),
    status: 403,
    code: "MissingAuthenticationToken",
  },
  {
    name: "a root element of another name",
    service: "route53",
    request: request({ service: "route53", path: "/2013-04-01/hostedzone", text: "<Create/>" }),
    status: 400,
    code: "MalformedInput",
  },
  {
    name: "XML that is none",
    service: "route53",
    request: request({ service: "route53", path: "/2013-04-01/hostedzone", text: "<CreateHostedZoneRequest>" }),
    status: 400,
    code: "MalformedInput",
  },
  {
    name: "Route 53 without a required member",
    service: "route53",
    request: request({
      service: "route53",
      path: "/2013-04-01/hostedzone",
      text: "<CreateHostedZoneRequest><Name>a.b</Name></CreateHostedZoneRequest>",
    }),
    status: 400,
    code: "InvalidInput",
  },
  {
    name: "ACM without a required member",
    service: "acm",
    request: json("acm", "CertificateManager.RequestCertificate", "{}"),
    status: 400,
    code: "ValidationException",
  },
  {
    name: "a list where AWS wants a string",
    service: "acm",
    request: json("acm", "CertificateManager.RequestCertificate", '{"DomainName":["a"]}'),
    status: 400,
    code: "Start of list can not be converted to a String",
  },
  {
    name: "JSON that is none",
    service: "acm",
    request: json("acm", "CertificateManager.RequestCertificate", "{"),
    status: 400,
    code: "SerializationException",
  },
  {
    name: "API Gateway without a required member",
    service: "apigateway",
    request: request({ service: "apigateway", path: "/domainnames", text: "{}" }),
    status: 400,
    code: "BadRequestException",
  },
  {
    name: "a query action that there is not",
    service: "sts",
    request: request({ service: "sts", text: "Action=GetCaller&Version=2011-06-15" }),
    status: 501,
    code: "sts:GetCaller is not modelled",
  },
];

describe("what is refused, and how", () => {
  test.each(REFUSALS)("$name: $code", async ({ service, request: sent, status, code }) => {
    const emulator = fresh();
    const response = handle(await loadModel(service), emulator, sent);
    expect(response.status).toBe(status);
    expect(`${JSON.stringify(response.headers)} ${utf8(response.body)}`).toContain(code);
    expect(emulator.cloud().accounts.size).toBe(0);
  });

  test("a service that the emulator does not speak is named", async () => {
    const response = await respondAs(fresh())(request({ service: "s3", method: "GET", path: "/bucket" }));
    expect(response.status).toBe(501);
    expect(utf8(response.body)).toContain("<Code>NotEmulated</Code>");
    expect(utf8(response.body)).toContain("s3:GET /bucket is not modelled");
  });

  test("a bug of ours answers 500 and does not throw", async () => {
    const broken = {
      ...fresh(),
      call: () => {
        throw new Error("a bug");
      },
    };
    const response = handle(
      await loadModel("sts"),
      broken,
      request({ service: "sts", text: "Action=GetCallerIdentity&Version=2011-06-15" }),
    );
    expect(response.status).toBe(500);
    expect(utf8(response.body)).toContain("InternalFailure");
  });

  test("the Date of an answer is the emulator's time, and twelve zeros are the account of any other access key", async () => {
    const sent = request({ text: "Action=GetCallerIdentity&Version=2011-06-15" });
    const response = await respondAs(fresh())({
      ...sent,
      headers: { authorization: AUTHORIZATION("sts").replace(ACCOUNT, "AKIAEXAMPLE") },
    });
    expect(response.headers["date"]).toBe("Thu, 01 Jan 2026 00:00:00 GMT");
    expect(utf8(response.body)).toContain("<Account>000000000000</Account>");
  });
});

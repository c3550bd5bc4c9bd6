import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Call, Send } from "../../src/cloud/call.ts";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import { sdkTransport } from "../../src/emulator/in-process.ts";
import { respondAs } from "../../src/emulator/respond.ts";
import { liveSend } from "../../src/live/send.ts";

const ACCOUNT = "111122223333";
const START = Date.UTC(2026, 0, 1);
const clock = { now: () => 42 };
const credentials = (account: string) => ({ accessKeyId: account, secretAccessKey: "x" });

const call = (service: Call["service"], operation: string, input: object = {}): Call => ({
  account: ACCOUNT,
  region: "eu-west-1",
  service,
  operation,
  input,
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function sendToModel(): Send {
  const requestHandler = sdkTransport(respondAs(createEmulator({ cloud: emptyCloud(START) })));
  return liveSend({ requestHandler, credentials, clock });
}

describe("a Call becomes the SDK command of its name", () => {
  test("outputs have instants as numbers and nothing of the SDK; `at` is the answer's Date", async () => {
    const send = sendToModel();
    const requested = await send(
      call("acm", "RequestCertificate", { DomainName: "shop.example.com", ValidationMethod: "DNS" }),
    );
    expect(requested).toEqual({
      ok: true,
      at: START,
      output: { CertificateArn: expect.stringContaining("arn:aws:acm:eu-west-1:") },
    });
    const { CertificateArn } = (requested.ok === true ? requested.output : {}) as { CertificateArn: string };
    const described = await send(call("acm", "DescribeCertificate", { CertificateArn }));
    expect(described).toMatchObject({
      ok: true,
      output: { Certificate: { CreatedAt: START + 1, Status: "PENDING_VALIDATION" } },
    });
  });

  test.each([
    ["route53", "ListHostedZones", { MaxItems: 10 }],
    ["acm", "ListCertificates", {}],
    ["apigateway", "GetDomainNames", {}],
    ["tagging", "GetResources", {}],
    ["sts", "GetCallerIdentity", {}],
  ] as const)("%s %s", async (service, operation, input) => {
    expect(await sendToModel()(call(service, operation, input))).toMatchObject({ ok: true, at: START });
  });

  test("Route 53 is asked in us-east-1, whatever Region the call has", async () => {
    let authorization = "";
    const endpoint = await listen((request, response) => {
      authorization = request.headers.authorization ?? "";
      response.end("<ListHostedZonesResponse/>");
    });
    await liveSend({ endpoint, credentials, clock })(call("route53", "ListHostedZones"));
    expect(authorization).toContain(`Credential=${ACCOUNT}/`);
    expect(authorization).toContain("/us-east-1/route53/aws4_request");
  });

  test("an operation that the SDK does not have is a bug of ours", async () => {
    await expect(sendToModel()(call("acm", "MakeCertificate"))).rejects.toThrow(
      "the SDK has no operation acm:MakeCertificate",
    );
  });

  test("a probe goes where it was told to", async () => {
    const probe: Send = async () => ({ ok: true, output: "probed", at: 7 });
    expect(await liveSend({ credentials, clock, probe })(call("probe", "Probe"))).toEqual({
      ok: true,
      output: "probed",
      at: 7,
    });
  });
});

describe("what goes wrong is data", () => {
  test("AWS's own code, message and status", async () => {
    const send = sendToModel();
    await send(call("route53", "CreateHostedZone", { Name: "example.com", CallerReference: "1" }));
    const again = await send(call("route53", "CreateHostedZone", { Name: "example.com", CallerReference: "1" }));
    expect(again).toMatchObject({ ok: false, at: START, fault: { code: "HostedZoneAlreadyExists", status: 409 } });
  });

  test("a throttled call says when to come back", async () => {
    const endpoint = await listen((_, response) => {
      response.writeHead(429, {
        "x-amzn-errortype": "TooManyRequestsException",
        "retry-after": "3",
        date: "Thu, 01 Jan 2026 00:00:05 GMT",
      });
      response.end('{"message":"slow down"}');
    });
    const answer = await liveSend({ endpoint, credentials, clock })(call("apigateway", "GetDomainNames"));
    const fault = { code: "TooManyRequestsException", message: "slow down", status: 429, retryAfterSeconds: 3 };
    expect(answer).toEqual({ ok: false, at: START + 5_000, fault });
  });

  test("a connection that breaks after the request leaves the effect unknown", async () => {
    const endpoint = await listen((request) => request.socket.destroy());
    const answer = await liveSend({ endpoint, credentials, clock })(
      call("acm", "RequestCertificate", { DomainName: "a.example.com" }),
    );
    expect(answer).toMatchObject({ ok: "unknown", at: 42, reason: expect.stringContaining("ECONNRESET") });
  });

  test("a success that cannot be read leaves the effect unknown", async () => {
    const endpoint = await listen((_, response) => response.end("<html>"));
    expect(await liveSend({ endpoint, credentials, clock })(call("acm", "ListCertificates"))).toMatchObject({
      ok: "unknown",
    });
  });

  test("nobody there: certainly no effect", async () => {
    const answer = await liveSend({ endpoint: "http://127.0.0.1:1", credentials, clock })(
      call("acm", "ListCertificates"),
    );
    expect(answer).toMatchObject({ ok: false, at: 42, fault: { code: "NetworkError", status: 0 } });
  });

  test("no credentials: a fault that says what to do", async () => {
    const profile = "there-is-no-such-profile";
    const answer = await liveSend({ endpoint: "http://127.0.0.1:1", profile, clock })(call("sts", "GetCallerIdentity"));
    expect(answer).toMatchObject({
      ok: false,
      fault: { code: "CredentialsError", status: 0, message: expect.stringContaining("AWS_PROFILE") },
    });
  });
});

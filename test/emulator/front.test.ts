import { ACMClient, ListCertificatesCommand } from "@aws-sdk/client-acm";
import { APIGatewayClient, DeleteDomainNameCommand, GetDomainNamesCommand } from "@aws-sdk/client-api-gateway";
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import {
  CreateHostedZoneCommand,
  GetHealthCheckCommand,
  ListHostedZonesCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterEach, describe, expect, test } from "vitest";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { createEmulator, type EmulatorOptions } from "../../src/emulator/emulator.ts";
import { sdkTransport, type SdkTransport } from "../../src/emulator/in-process.ts";
import { openLocal, type LocalEstate } from "../../src/emulator/local.ts";
import { respondAs } from "../../src/emulator/respond.ts";
import { answerOf } from "../../src/emulator/send.ts";
import { serve } from "../../src/emulator/serve.ts";
import type { Misbehaviour, Weather, WeatherRule } from "../../src/emulator/weather.ts";
import { ACCOUNT, createZone, listZones, START, temporaryDirectory } from "./world.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const always = (what: Misbehaviour, rule: Partial<WeatherRule> = {}): Weather => ({
  seed: "s",
  rules: [{ chance: 1, what, ...rule }],
});

const emulatorIn = (options: Partial<EmulatorOptions>) => createEmulator({ cloud: emptyCloud(START), ...options });

const config = (requestHandler: SdkTransport) => ({
  region: "eu-west-1",
  credentials: { accessKeyId: ACCOUNT, secretAccessKey: "x" },
  requestHandler,
  maxAttempts: 1,
});

/** One call of each service, through the real SDK. */
const oneOfEach = (requestHandler: SdkTransport): Readonly<Record<string, () => Promise<unknown>>> => {
  const all = config(requestHandler);
  return {
    route53: () => new Route53Client(all).send(new GetHealthCheckCommand({ HealthCheckId: "1234" })),
    acm: () => new ACMClient(all).send(new ListCertificatesCommand({})),
    apigateway: () => new APIGatewayClient(all).send(new GetDomainNamesCommand({})),
    tagging: () => new ResourceGroupsTaggingAPIClient(all).send(new GetResourcesCommand({})),
    sts: () => new STSClient(all).send(new GetCallerIdentityCommand({})),
  };
};

describe("a refusal is the service's own, as its SDK client reads it", () => {
  const throttled: readonly (readonly [string, string, number])[] = [
    ["route53", "Throttling", 400],
    ["acm", "ThrottlingException", 400],
    ["apigateway", "TooManyRequestsException", 429],
    ["tagging", "ThrottledException", 400],
    ["sts", "Throttling", 400],
  ];
  test.each(throttled)("throttled by %s: %s", async (service, name, httpStatusCode) => {
    const emulator = emulatorIn({ weather: always({ do: "throttle" }) });
    const call = oneOfEach(sdkTransport(respondAs(emulator)))[service];
    await expect(call?.()).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode, requestId: expect.any(String) },
    });
  });

  const denied: readonly (readonly [string, string, string])[] = [
    ["route53", "AccessDenied", "route53:GetHealthCheck on resource: arn:aws:route53:::healthcheck/1234 because"],
    [
      "acm",
      "AccessDeniedException",
      "acm:ListCertificates on resource: arn:aws:acm:eu-west-1:111122223333:certificate/*",
    ],
    ["apigateway", "AccessDeniedException", "apigateway:GET on resource: arn:aws:apigateway:eu-west-1::/domainnames"],
    ["tagging", "AccessDeniedException", "tag:GetResources on resource: *"],
    ["sts", "AccessDenied", "sts:GetCallerIdentity on resource: *"],
  ];
  test.each(denied)("denied by %s: %s", async (service, name, message) => {
    const emulator = emulatorIn({ weather: always({ do: "deny" }) });
    const call = oneOfEach(sdkTransport(respondAs(emulator)))[service];
    await expect(call?.()).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });
});

describe("AWS's rates", () => {
  test("a bucket that is empty refuses, and fills again with time", () => {
    const emulator = emulatorIn({ throttle: true });
    for (let call = 0; call < 50; call += 1) expect(emulator.call(listZones).ok).toBe(true);
    expect(emulator.call(listZones)).toMatchObject({
      ok: false,
      fault: { code: "Throttling", message: "Rate exceeded" },
    });
    emulator.advance(START + 100);
    expect(emulator.call(listZones).ok).toBe(true);
    expect(emulator.call(listZones).ok).toBe(false);
  });

  test("a call that is refused takes a token of no bucket", () => {
    const emulator = emulatorIn({ throttle: true });
    const refused = createZone("a..com");
    // The action's own 40 tokens are gone before the account's 50.
    for (let call = 0; call < 40; call += 1) emulator.call(refused);
    for (let call = 0; call < 5; call += 1)
      expect(emulator.call(refused)).toMatchObject({ fault: { code: "Throttling" } });
    for (let call = 0; call < 10; call += 1) expect(emulator.call(listZones).ok).toBe(true);
    expect(emulator.call(listZones)).toMatchObject({ fault: { code: "Throttling" } });
  });

  test("each account has its own", () => {
    const emulator = emulatorIn({ throttle: true });
    for (let call = 0; call < 50; call += 1) emulator.call(listZones);
    expect(emulator.call({ ...listZones, account: "444455556666" }).ok).toBe(true);
  });

  test("API Gateway says how long to wait", async () => {
    const { url, close } = await serve(respondAs(emulatorIn({ throttle: true })));
    closing.push(close);
    const client = new APIGatewayClient({
      ...config(sdkTransport(respondAs(emulatorIn({})))),
      requestHandler: {},
      endpoint: url,
    });
    const remove = () => client.send(new DeleteDomainNameCommand({ domainName: "a.example.com" }));
    await expect(remove()).rejects.toMatchObject({ name: "NotFoundException" });
    await expect(remove()).rejects.toMatchObject({
      name: "TooManyRequestsException",
      retryAfterSeconds: "30",
      $response: { headers: { "retry-after": "30" } },
    });
    client.destroy();
  });

  test("without `throttle` there are none", () => {
    const emulator = emulatorIn({});
    for (let call = 0; call < 200; call += 1) expect(emulator.call(listZones).ok).toBe(true);
  });
});

describe("weather", () => {
  test("a request that is lost has no effect, an answer that is lost has had it; both are unknown to the caller", () => {
    for (const [what, zones] of [
      ["lose-request", 0],
      ["lose-answer", 1],
    ] as const) {
      const emulator = emulatorIn({ weather: always({ do: what }) });
      expect(answerOf(emulator, createZone("a.com"))).toMatchObject({
        ok: "unknown",
        reason: expect.stringContaining("ECONNRESET"),
      });
      expect(emulator.cloud().accounts.get(ACCOUNT)?.zones.size ?? 0).toBe(zones);
    }
  });

  test("in process and over HTTP the connection is cut", async () => {
    const emulator = emulatorIn({ weather: always({ do: "lose-answer" }) });
    const { url, close } = await serve(respondAs(emulator));
    closing.push(close);
    const inProcess = new Route53Client(config(sdkTransport(respondAs(emulator))));
    const overHttp = new Route53Client({
      ...config(sdkTransport(respondAs(emulator))),
      requestHandler: {},
      endpoint: url,
    });
    for (const client of [inProcess, overHttp])
      await expect(client.send(new ListHostedZonesCommand({}))).rejects.toMatchObject({ code: "ECONNRESET" });
    overHttp.destroy();
  });

  test("who talks to the holder meets it too, and does not take the holder for dead", async () => {
    const directory = temporaryDirectory();
    const weather = always({ do: "lose-answer" }, { operations: ["CreateHostedZone", "ListHostedZones"], times: 2 });
    const open = async (options = {}): Promise<LocalEstate> => {
      const estate = await openLocal({ file: directory, ...options });
      closing.push(() => estate.close());
      return estate;
    };
    const [holder, other] = [await open({ weather }), await open()];
    const client = new Route53Client({ ...config(other.requestHandler), credentials: other.credentials(ACCOUNT) });
    const create = () => client.send(new CreateHostedZoneCommand({ Name: "a.com", CallerReference: "1" }));
    await expect(create()).rejects.toMatchObject({ code: "ECONNRESET" });
    // Nor is a read asked again behind the caller's back.
    await expect(client.send(new ListHostedZonesCommand({}))).rejects.toMatchObject({ code: "ECONNRESET" });
    expect([holder.holds(), other.holds()]).toEqual([true, false]);
    await expect(create()).rejects.toMatchObject({ name: "HostedZoneAlreadyExists" });
  });

  test("a probe is lost in the weather where it is named", () => {
    const probe = { account: ACCOUNT, region: "us-east-1", service: "probe", operation: "Probe", input: {} } as const;
    expect(answerOf(emulatorIn({ weather: always({ do: "lose-request" }, { services: ["probe"] }) }), probe).ok).toBe(
      "unknown",
    );
  });

  test("a stale read shows what was, and a write is let through", () => {
    const emulator = emulatorIn({ weather: always({ do: "stale", seconds: 10 }) });
    const names = (): unknown =>
      (emulator.call(listZones) as { output?: { HostedZones?: unknown[] } }).output?.HostedZones;
    expect(emulator.call(createZone("a.com")).ok).toBe(true);
    expect(names()).toEqual([]);
    emulator.advance(START + 5_000);
    emulator.call(createZone("b.com"));
    emulator.advance(START + 10_000);
    emulator.advance(START + 12_000);
    expect(names()).toMatchObject([{ Name: "a.com." }]);
    emulator.advance(START + 40_000);
    expect(names()).toHaveLength(2);
  });

  test("slow: on a simulated clock time passes, on a running one the answer is held back", () => {
    const weather = always({ do: "slow", milliseconds: 20 });
    const simulated = emulatorIn({ weather });
    simulated.call(listZones);
    expect(simulated.cloud().now).toBe(START + 21);
    const running = emulatorIn({ weather, now: () => START + 5 });
    expect(running.call(listZones)).toMatchObject({ ok: true, heldBackMs: 20 });
    expect(running.now()).toBe(START + 5);
  });

  test("an answer that is held back comes after one that was asked for later", async () => {
    const weather = always({ do: "slow", milliseconds: 50 }, { services: ["acm"] });
    const { acm, sts } = oneOfEach(sdkTransport(respondAs(emulatorIn({ weather, now: () => START }))));
    await sts?.(); // loaded, and warm
    const order: string[] = [];
    await Promise.all([acm?.().then(() => order.push("acm")), sts?.().then(() => order.push("sts"))]);
    expect(order).toEqual(["sts", "acm"]);
  });

  test("what is lost or refused is not recorded, and what was done is, once", () => {
    const entries: number[] = [];
    const emulator = emulatorIn({
      record: ({ number }) => void entries.push(number),
      weather: {
        seed: "s",
        rules: (["throttle", "lose-request", "lose-answer"] as const).map((what) => ({
          chance: 1,
          times: 1,
          what: { do: what },
        })),
      },
    });
    for (let call = 0; call < 4; call += 1) answerOf(emulator, createZone("a.com"));
    expect(entries).toEqual([1]);
  });
});

import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { CreateHostedZoneCommand, ListHostedZonesCommand, Route53Client } from "@aws-sdk/client-route-53";
import { afterEach, describe, expect, test } from "vitest";
import { quotaOf } from "../../src/cloud/quotas.ts";
import { openLocalState } from "../../src/emulator/local-state.ts";
import { EXAMPLE, folder, signalbox, type Ended } from "./session.ts";

const folders: { remove: () => void }[] = [];
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  for (const each of folders.splice(0)) each.remove();
});

function place(name = "state.json"): string {
  const made = folder();
  folders.push(made);
  return made.path(name);
}

interface Serving {
  readonly url: string;
  /** As Ctrl-C does it. */
  readonly stop: () => Promise<Ended>;
}

/** `signalbox local`, in this process, once it holds the state. */
async function serving(state: string, args: readonly string[] = []): Promise<Serving> {
  const interrupt = new AbortController();
  const ended = signalbox(["local", "--local-state", state, ...args], { signal: interrupt.signal });
  const stop = (): Promise<Ended> => {
    interrupt.abort();
    return ended;
  };
  stops.push(stop);
  for (;;) {
    const url = holderOf(state);
    if (url !== undefined) return { url, stop };
    const early = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5))]);
    if (early !== undefined) throw new Error((early as Ended).stderr);
  }
}

function holderOf(state: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(`${state}.lock-1`, "utf8")) as { url?: string }).url;
  } catch {
    return undefined;
  }
}

const clientOf = (endpoint: string): Route53Client =>
  new Route53Client({
    region: "us-east-1",
    endpoint,
    credentials: { accessKeyId: "000000000000", secretAccessKey: "local" },
    maxAttempts: 1,
  });

const names = async (url: string): Promise<readonly (string | undefined)[]> =>
  ((await clientOf(url).send(new ListHostedZonesCommand({}))).HostedZones ?? []).map(({ Name }) => Name);

const create = (url: string, Name: string) =>
  clientOf(url).send(new CreateHostedZoneCommand({ Name, CallerReference: Name }));

describe("signalbox local", () => {
  test("serves, prints the lines to paste, and ends with 0 when it is interrupted; the state is kept", async () => {
    const state = place();
    const { url, stop } = await serving(state);
    await create(url, "a.com");
    const { code, stdout, stderr } = await stop();
    expect(code).toBe(0);
    for (const line of [
      `export AWS_ENDPOINT_URL=${url}`,
      "export AWS_ACCESS_KEY_ID=000000000000",
      "export AWS_SECRET_ACCESS_KEY=local",
      "export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1",
      "aws route53 list-hosted-zones",
    ])
      expect(stdout).toContain(`\n  ${line}\n`);
    expect(stderr).toContain(`is kept in ${state}`);
    await expect(fetch(url)).rejects.toThrow("fetch failed");
    expect(
      [...(openLocalState(state).history.cloud.accounts.get("000000000000")?.zones ?? [])].map(({ name }) => name),
    ).toEqual(["a.com."]);
  });

  test("--format json is one document", async () => {
    const state = place();
    const args = [
      "--format",
      "json",
      "--speed",
      "60",
      "--no-throttle",
      "--weather",
      "7",
      "--quota",
      "route53.hostedZones=3",
    ];
    const { url, stop } = await serving(state, args);
    const { stdout } = await stop();
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      url,
      account: "000000000000",
      region: "us-east-1",
      state,
      speed: 60,
      throttle: false,
      weather: "7",
      quotas: { "route53.hostedZones": 3 },
    });
  });

  test("a second server on the same state is refused, and told of the first", async () => {
    const state = place();
    const { url } = await serving(state);
    const { code, stdout, stderr } = await signalbox(["local", "--local-state", state]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`held by process ${process.pid} at ${url}`);
    expect(stderr).toContain(`AWS_ENDPOINT_URL=${url}`);
  });

  test("the port that is asked for is the one that is served", async () => {
    const busy = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => busy.once("listening", resolve));
    const { port } = busy.address() as { port: number };
    const refused = await signalbox(["local", "--local-state", place(), "--port", String(port)]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`port ${port} is taken`);
    await new Promise((resolve) => busy.close(resolve));
    const { url } = await serving(place(), ["--port", String(port)]);
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(await names(url)).toEqual([]);
  });

  test("quotas are in the state, and stay", async () => {
    const state = place();
    const args = ["--quota", "route53.hostedZones=3", "--quota", "acm.certificates=1", "--quota", "acm.certificates=2"];
    await (await serving(state, args)).stop();
    const { cloud } = openLocalState(state).history;
    expect(quotaOf(cloud, "000000000000", "route53.hostedZones")).toBe(3);
    expect(quotaOf(cloud, "000000000000", "acm.certificates")).toBe(2);
  });

  test("requests are throttled as AWS does it, and with --no-throttle they are not", async () => {
    const many = async (url: string): Promise<number> => {
      const client = clientOf(url);
      const all = Array.from({ length: 120 }, () => client.send(new ListHostedZonesCommand({})));
      const settled = await Promise.allSettled(all);
      return settled.filter((each) => each.status === "rejected" && (each.reason as Error).name === "Throttling")
        .length;
    };
    expect(await many((await serving(place())).url)).toBeGreaterThan(0);
    expect(await many((await serving(place(), ["--no-throttle"])).url)).toBe(0);
  });

  test("a weather file is kept to, also by a command that talks to that server", async () => {
    const [state, storm] = [place(), place("storm.yaml")];
    writeFileSync(storm, "rules:\n  - { chance: 1, do: deny, operations: [CreateHealthCheck] }\n");
    await serving(state, ["--weather", storm, "--speed", "6000", "--no-throttle"]);
    const { code, stderr, stdout } = await signalbox([
      "reconcile",
      EXAMPLE,
      "--local",
      "--local-state",
      state,
      "--yes",
    ]);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain(
      "AccessDenied: User: arn:aws:iam::000000000000:root is not authorized to perform: route53:CreateHealthCheck",
    );
  });

  const wrong: readonly (readonly [string, readonly string[], number, string])[] = [
    ["--data-plane", ["--data-plane"], 64, "`--data-plane` is not built yet"],
    ["a port that is none", ["--port", "http"], 64, "A port is a number"],
    ["a speed of nothing", ["--speed", "0"], 64, "A speed is a number above 0"],
    ["a quota that there is not", ["--quota", "route53.hostedZone=1"], 64, "Did you mean route53.hostedZones?"],
    ["a quota that is far from all", ["--quota", "zzz=1"], 64, "Choose one of route53.hostedZones, "],
    ["a quota without its number", ["--quota", "route53.hostedZones"], 64, "It looks like route53.hostedZones=5"],
    ["a weather file that is not there", ["--weather", "no-such-file"], 1, "cannot read no-such-file"],
  ];
  test.each(wrong)("%s", async (_name, args, code, message) => {
    const ended = await signalbox(["local", "--local-state", place(), ...args]);
    expect(ended.code).toBe(code);
    expect(ended.stdout).toBe("");
    expect(ended.stderr).toContain(message);
  });

  test("a weather file with a fault in it is told by its place", async () => {
    const storm = place("storm.yaml");
    writeFileSync(storm, "rules:\n  - { chance: 2, do: deny }\n");
    const { code, stderr } = await signalbox(["local", "--local-state", place(), "--weather", storm]);
    expect(code).toBe(1);
    expect(stderr).toContain(`${storm}:2:15: rules.0.chance: `);
  });
});

describe("signalbox local prepare", () => {
  const MADE = [
    "hosted zone example.com",
    "REST API 2wkt1cxxxx in us-east-1",
    "stage prod of REST API 2wkt1cxxxx in us-east-1",
    "REST API 8h2jk1xxxx in us-west-2",
    "stage prod of REST API 8h2jk1xxxx in us-west-2",
  ];

  test("puts the stand-ins there, says which, and the second time that they are", async () => {
    const state = place();
    const args = ["local", "prepare", EXAMPLE, "--local-state", state];
    const first = await signalbox(args);
    expect(first).toMatchObject({
      code: 0,
      stdout: `Put there as stand-ins:\n${MADE.map((each) => `  ${each}\n`).join("")}`,
    });
    expect(await signalbox(args)).toMatchObject({
      code: 0,
      stdout: `All that ${EXAMPLE} refers to is there already.\n`,
    });
  });

  test("through a server that holds the state; --format json is one document", async () => {
    const state = place();
    const { url } = await serving(state);
    const { code, stdout } = await signalbox(["local", "prepare", EXAMPLE, "--format", "json", "--local-state", state]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ version: 1, account: "000000000000", state: expect.any(String), made: MADE });
    expect(await names(url)).toEqual(["example.com."]);
  });

  test("a manifest that cannot be used is an error", async () => {
    expect((await signalbox(["local", "prepare", "no-such.yaml", "--local-state", place()])).code).toBe(1);
  });
});

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { CreateHostedZoneCommand, ListHostedZonesCommand, Route53Client } from "@aws-sdk/client-route-53";
import { afterEach, describe, expect, test } from "vitest";
import { domainName } from "../../src/dns/domain-name.ts";
import { openLocal, type LocalEstate, type LocalOptions } from "../../src/emulator/local.ts";
import { LOCAL_EPOCH } from "../../src/emulator/local-state.ts";
import { ACCOUNT, temporaryDirectory } from "./world.ts";

const estates: LocalEstate[] = [];
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const estate of estates.splice(0)) await estate.close();
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

async function openIn(directory: string, options: LocalOptions = {}): Promise<LocalEstate> {
  const estate = await openLocal({ file: directory, ...options });
  estates.push(estate);
  return estate;
}

const clientOf = (estate: LocalEstate): Route53Client =>
  new Route53Client({
    region: "us-east-1",
    credentials: estate.credentials(ACCOUNT),
    requestHandler: estate.requestHandler,
    maxAttempts: 1,
  });

const create = (estate: LocalEstate, name: string) =>
  clientOf(estate).send(new CreateHostedZoneCommand({ Name: name, CallerReference: name }));

async function zonesOf(estate: LocalEstate): Promise<string[]> {
  const { HostedZones } = await clientOf(estate).send(new ListHostedZonesCommand({}));
  return (HostedZones ?? []).map((zone) => zone.Name ?? "").toSorted();
}

describe("one process", () => {
  test("what it did is there for the next, and the clock goes on", async () => {
    const directory = temporaryDirectory();
    const first = await openIn(directory);
    expect(first.clock.now()).toBe(LOCAL_EPOCH + 1);
    await create(first, "example.com");
    await first.clock.waitUntil(LOCAL_EPOCH + 1_000);
    const time = first.clock.now();
    await first.close();
    const second = await openIn(directory);
    expect(await zonesOf(second)).toEqual(["example.com."]);
    expect(second.clock.now()).toBe(time);
    expect(second.describe()).toBe(`the embedded AWS in ${join(directory, "state.json")}, held by this process`);
  });

  test("stand-ins are put there and told once", async () => {
    const estate = await openIn(temporaryDirectory());
    const wanted = {
      account: ACCOUNT,
      zones: [{ account: ACCOUNT, name: domainName("example.com") }],
      restApis: [{ region: "us-east-1", id: "abc", stages: ["prod"] }],
    };
    expect(await estate.prepare(wanted)).toHaveLength(3);
    expect(await estate.prepare(wanted)).toEqual([]);
    expect(await zonesOf(estate)).toEqual(["example.com."]);
  });

  test("a probe is answered from the model", async () => {
    const estate = await openIn(temporaryDirectory());
    const input = {
      address: { host: "d-abc.execute-api.us-east-1.amazonaws.com" },
      sni: "a.example.com",
      host: "a.example.com",
      path: "/",
    };
    const answer = await estate.probe({
      account: ACCOUNT,
      region: "us-east-1",
      service: "probe",
      operation: "Probe",
      input,
    });
    expect(answer).toMatchObject({ ok: false, fault: { code: "ProbeFailed" } });
  });

  test("a call that names no account is of the one that was said, else of twelve zeros", async () => {
    const estate = await openIn(temporaryDirectory(), { account: ACCOUNT });
    expect(["", "444455556666"].map((account) => estate.credentials(account).accessKeyId)).toEqual([
      ACCOUNT,
      "444455556666",
    ]);
    expect((await openIn(temporaryDirectory())).credentials("").accessKeyId).toBe("000000000000");
  });

  test("an aborted wait moves no clock", async () => {
    const estate = await openIn(temporaryDirectory());
    await estate.clock.waitUntil(LOCAL_EPOCH + 1_000_000, AbortSignal.abort());
    expect(estate.clock.now()).toBe(LOCAL_EPOCH + 1);
  });
});

describe("two at once", () => {
  test("the second talks to the first, with one state and one clock", async () => {
    const directory = temporaryDirectory();
    const first = await openIn(directory);
    const second = await openIn(directory);
    expect(second.describe()).toContain(`held by process ${process.pid} at ${first.url()}`);
    await create(first, "a.com");
    await create(second, "b.com");
    expect([await zonesOf(first), await zonesOf(second)]).toEqual([
      ["a.com.", "b.com."],
      ["a.com.", "b.com."],
    ]);
    await second.clock.waitUntil(LOCAL_EPOCH + 50);
    expect(first.clock.now()).toBe(second.clock.now());
    expect(
      await second.prepare({
        account: ACCOUNT,
        zones: [{ account: ACCOUNT, name: domainName("c.com") }],
        restApis: [],
      }),
    ).toEqual(["hosted zone c.com"]);
  });

  test("a refusal by the holder arrives as the SDK's exception", async () => {
    const directory = temporaryDirectory();
    await openIn(directory);
    const second = await openIn(directory);
    await create(second, "a.com");
    await expect(create(second, "a.com")).rejects.toMatchObject({
      name: "HostedZoneAlreadyExists",
      $metadata: { httpStatusCode: 409 },
    });
  });

  test("when the holder gives up, the second takes over and nothing is missing", async () => {
    const directory = temporaryDirectory();
    const first = await openIn(directory);
    const second = await openIn(directory);
    await create(second, "a.com");
    await first.close();
    await create(second, "b.com");
    expect(second.describe()).toContain("held by this process");
    expect(await zonesOf(second)).toEqual(["a.com.", "b.com."]);
    expect(readdirSync(directory).toSorted()).toEqual(["state.json.lock-2", "state.json.log"]);
  });

  test("of several that lose their holder at once, one takes over and all go on", async () => {
    const directory = temporaryDirectory();
    const first = await openIn(directory);
    const others = await Promise.all([1, 2, 3, 4].map(() => openIn(directory)));
    await first.close();
    await Promise.all(
      others.flatMap((estate, index) => [create(estate, `a${index}.com`), create(estate, `b${index}.com`)]),
    );
    const expected = others.flatMap((_, index) => [`a${index}.com.`, `b${index}.com.`]).toSorted();
    for (const estate of others) expect(await zonesOf(estate)).toEqual(expected);
    expect(others.filter((estate) => estate.describe().includes("held by this process"))).toHaveLength(1);
  });

  test("a holder's clock that runs by itself is waited for, by the holder's time", async () => {
    const directory = temporaryDirectory();
    const first = await openIn(directory, { speed: 50 });
    const second = await openIn(directory);
    const until = first.clock.now() + 5_000;
    await second.clock.waitUntil(until);
    expect(second.clock.now()).toBeGreaterThanOrEqual(until);
    expect(first.clock.now()).toBeGreaterThanOrEqual(second.clock.now());
  });
});

describe("a holder that is killed", () => {
  test("loses nothing that it had answered, and its lock is taken over", async () => {
    const directory = temporaryDirectory();
    const child = await startHolder(directory);
    const estate = await openIn(directory);
    expect(estate.describe()).toContain(`held by process ${child.pid}`);
    await create(estate, "a.com");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await zonesOf(estate)).toEqual(["a.com."]);
    await create(estate, "b.com");
    expect(estate.describe()).toContain("held by this process");
    await estate.close();
    expect(await zonesOf(await openIn(directory))).toEqual(["a.com.", "b.com."]);
  });
});

const HOLDER = `
  import { openLocal } from ${JSON.stringify(new URL("../../src/emulator/local.ts", import.meta.url).href)};
  const estate = await openLocal({ file: process.argv[1] });
  process.stdout.write(estate.url());
  setInterval(() => {}, 1000);
`;

async function startHolder(directory: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", HOLDER, directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  await once(child.stdout, "data");
  return child;
}

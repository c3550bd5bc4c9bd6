import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { ACMClient, ListCertificatesCommand, RequestCertificateCommand } from "@aws-sdk/client-acm";
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { afterEach, describe, expect, test } from "vitest";
import { EXAMPLE, folder } from "../cli/session.ts";
import { ACCOUNT } from "./world.ts";
import { kill, spawnProgram, startServer, type Running, type Server } from "./server-process.ts";

const running: Running[] = [];
const folders: { remove: () => void }[] = [];
afterEach(async () => {
  for (const each of running.splice(0))
    if (each.child.exitCode === null && each.child.signalCode === null) await kill(each);
  for (const each of folders.splice(0)) each.remove();
});

const kills = Array.from({ length: Number(process.env["KILLS"] ?? 5) }, (_, index) => index + 1);
const WRITERS = 6;

function place(): string {
  const made = folder();
  folders.push(made);
  return made.path("state.json");
}

async function server(state: string, args: readonly string[]): Promise<Server> {
  const started = await startServer(state, args);
  running.push(started);
  return started;
}

/** From 0 up to, and without, `below`. */
const roll = (seed: string, below: number): number =>
  createHash("sha256").update(seed).digest().readUInt32BE(0) % below;

const config = (endpoint: string) => ({
  region: "us-east-1",
  endpoint,
  credentials: { accessKeyId: ACCOUNT, secretAccessKey: "x" },
  maxAttempts: 1,
});

/** What was answered, by what was asked for. */
type Answered = Map<string, string | undefined>;

/** Writes until the server is gone: a zone, a record in it, a certificate, and again. */
async function write(url: string, writer: number, size: number, answered: Answered): Promise<void> {
  const route53 = new Route53Client(config(url));
  const acm = new ACMClient(config(url));
  try {
    for (let number = 1; ; number += 1) {
      const name = `w${writer}-${number}.example.`;
      const { HostedZone } = await route53.send(new CreateHostedZoneCommand({ Name: name, CallerReference: name }));
      answered.set(`zone ${name}`, HostedZone?.Id);
      const ResourceRecords = [{ Value: "192.0.2.1" }];
      const ResourceRecordSet = { Name: `a.${name}`, Type: "A" as const, TTL: 60, ResourceRecords };
      const Changes = [ResourceRecordSet, ...bulk(name, size)].map((record) => ({
        Action: "CREATE" as const,
        ResourceRecordSet: record,
      }));
      await route53.send(
        new ChangeResourceRecordSetsCommand({ HostedZoneId: HostedZone?.Id, ChangeBatch: { Changes } }),
      );
      answered.set(`record a.${name}`, HostedZone?.Id);
      const asked = { DomainName: `w${writer}-${number}.example`, ValidationMethod: "DNS" } as const;
      const { CertificateArn } = await acm.send(new RequestCertificateCommand(asked));
      answered.set(`certificate w${writer}-${number}.example`, CertificateArn);
    }
  } finally {
    route53.destroy();
    acm.destroy();
  }
}

/** Record sets that make the log long, and so a snapshot due. */
const bulk = (name: string, size: number) =>
  Array.from({ length: size }, (_, index) => ({
    Name: `r${index}.${"x".repeat(60)}.${name}`,
    Type: "TXT" as const,
    TTL: 60,
    ResourceRecords: [{ Value: '"of no importance"' }],
  }));

/** What is there, under the same keys. */
async function inventory(url: string): Promise<Answered> {
  const [route53, acm] = [new Route53Client(config(url)), new ACMClient(config(url))];
  const found: Answered = new Map();
  for (let Marker: string | undefined; ;) {
    const { HostedZones, NextMarker } = await route53.send(new ListHostedZonesCommand({ Marker }));
    for (const zone of HostedZones ?? []) {
      found.set(`zone ${zone.Name}`, zone.Id);
      const { ResourceRecordSets } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone.Id }));
      for (const record of ResourceRecordSets ?? [])
        if (record.Type === "A") found.set(`record ${record.Name}`, zone.Id);
    }
    if (NextMarker === undefined) break;
    Marker = NextMarker;
  }
  const { CertificateSummaryList } = await acm.send(new ListCertificatesCommand({ MaxItems: 1_000 }));
  for (const each of CertificateSummaryList ?? []) found.set(`certificate ${each.DomainName}`, each.CertificateArn);
  route53.destroy();
  acm.destroy();
  return found;
}

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe("a server that is killed", () => {
  test.each(kills)("kill %i: every write that it answered is there, with the same identifiers", async (number) => {
    const state = place();
    const first = await server(state, ["--no-throttle"]);
    const answered: Answered = new Map();
    const size = number % 3 === 0 ? 200 : 0;
    const writers = Array.from({ length: WRITERS }, (_, writer) =>
      write(first.url, writer, size, answered).catch(() => {}),
    );
    const enough = 5 + roll(`kill ${number}`, 100) + size / 2;
    await until(() => answered.size > enough);
    await kill(first);
    await Promise.all(writers);
    const second = await server(state, ["--no-throttle"]);
    const found = await inventory(second.url);
    expect([...answered].filter(([what, id]) => found.get(what) !== id)).toEqual([]);
    // What was not answered may be there too, and then whole: no more than each writer's last.
    expect(found.size - answered.size).toBeGreaterThanOrEqual(0);
    expect(found.size - answered.size).toBeLessThanOrEqual(WRITERS);
  });
});

test("two runs whose server is killed both end, and a third finds nothing to do", async () => {
  const state = place();
  const holder = await server(state, ["--no-throttle", "--speed", "600"]);
  const args = ["reconcile", EXAMPLE, "--local", "--local-state", state, "--yes", "--format", "json"];
  const runs = [spawnProgram(args), spawnProgram(args)];
  running.push(...runs);
  // In the middle of it, as far as that can be told from outside.
  await until(() => statSync(`${state}.log`).size > 4_000 || runs.some(({ child }) => child.exitCode !== null));
  await kill(holder);
  const codes = await Promise.all(runs.map(async ({ ended }) => (await ended).code));
  for (const code of codes) expect([0, 1, 3]).toContain(code);
  const third = spawnProgram(args);
  running.push(third);
  const { code, stdout, stderr } = await third.ended;
  expect({ code, stderr }).toMatchObject({ code: 0 });
  if (codes.includes(0)) expect(JSON.parse(stdout)).toMatchObject({ outcome: "converged", writes: 0 });
  const plan = spawnProgram(["plan", EXAMPLE, "--local", "--local-state", state]);
  running.push(plan);
  expect((await plan.ended).code).toBe(0);
});

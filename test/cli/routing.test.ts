import { afterEach, beforeEach, expect, test } from "vitest";
import { readFileSync, writeFileSync } from "node:fs";
import { answersFrom } from "../../src/cli/answers-from.ts";
import { folder, signalbox } from "./session.ts";
import type { Ended } from "./session.ts";

const EXAMPLE = "manifests/routing.yaml";

let place: ReturnType<typeof folder>;
beforeEach(() => {
  place = folder();
});
afterEach(() => place.remove());

const run = (command: string, manifest = EXAMPLE, ...flags: readonly string[]): Promise<Ended> =>
  signalbox([command, manifest, "--local", "--local-state", place.path("state.json"), ...flags]);

const nearOregon = (failed: readonly string[] = []): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    answersFrom(place.path("state.json"), { clients: ["us-west-2"], failed }).map(({ name, region }) => [name, region]),
  );

test("a name by each policy: it converges, answers by its policy, rests, and goes", async () => {
  expect((await run("validate")).code).toBe(64);
  expect(await signalbox(["validate", EXAMPLE])).toMatchObject({ code: 0 });
  expect((await run("reconcile", EXAMPLE, "--yes")).code).toBe(0);
  expect((await run("plan")).code).toBe(0);
  expect(nearOregon()).toEqual({
    "cname.example.com": "us-west-2",
    "near.example.com": "us-west-2",
    "plain.example.com": "us-east-1",
    "shares.example.com": "us-east-1",
    "standby.example.com": "us-east-1",
  });
  expect(nearOregon(["us-east-1", "us-west-2"])).toMatchObject({
    "plain.example.com": "us-east-1",
    "shares.example.com": "eu-west-1",
    "standby.example.com": "us-east-1",
  });
  expect(nearOregon(["us-east-1"])).toMatchObject({
    "shares.example.com": "us-west-2",
    "standby.example.com": "us-west-2",
  });
  expect((await run("destroy", EXAMPLE, "--yes")).code).toBe(0);
  expect(nearOregon()).toEqual({});
});

test("another policy at every name, in one run, and back", async () => {
  expect((await run("reconcile", EXAMPLE, "--yes")).code).toBe(0);
  const text = readFileSync(EXAMPLE, "utf8");
  const other = place.path("other.yaml");
  const pairs: readonly (readonly [string, string])[] = [
    ["    routing: latency\n", "    record: cname\n"],
    ["    record: cname\n    ttl: 30                       # seconds; 60 by default\n", ""],
    [", role: primary", ", weight: 1"],
    [", role: secondary", ", weight: 1"],
    ["routing: failover", "routing: weighted"],
  ];
  writeFileSync(
    other,
    pairs.reduce((all, [from, to]) => {
      expect(all).toContain(from);
      return all.replace(from, to);
    }, text),
  );
  const planned = await run("plan", other, "--lift", "updatePercent");
  expect(planned.stdout.match(/~ record switch/gu)).toHaveLength(3);
  expect(planned.stdout).toContain("routing                                       failover → weighted");
  expect((await run("reconcile", other, "--yes", "--lift", "updatePercent")).code).toBe(0);
  expect(nearOregon()).toMatchObject({ "cname.example.com": "us-west-2", "near.example.com": "us-west-2" });
  expect((await run("reconcile", EXAMPLE, "--yes", "--lift", "updatePercent")).code).toBe(0);
  expect((await run("plan")).code).toBe(0);
});

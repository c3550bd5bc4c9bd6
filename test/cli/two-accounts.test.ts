import { afterEach, beforeEach, expect, test } from "vitest";
import { readFileSync, readdirSync } from "node:fs";
import type { Event } from "../../src/execute/event.ts";
import type { PlanJson } from "../../src/report/plan-json.ts";
import { folder, signalbox } from "./session.ts";
import type { Ended } from "./session.ts";

const EXAMPLE = "manifests/two-accounts.yaml";
const SERVICE = "111122223333";
const NETWORK = "444455556666";

let place: ReturnType<typeof folder>;
beforeEach(() => {
  place = folder();
});
afterEach(() => place.remove());

const run = (command: string, flags: readonly string[] = []): Promise<Ended> =>
  signalbox([command, EXAMPLE, "--local", "--local-state", place.path("state.json"), ...flags]);

test("a life on the embedded AWS: the zone's stand-in, and all of its DNS, is in its own account", async () => {
  const planned = await run("plan");
  expect(planned.code).toBe(2);
  expect(planned.stdout).toMatch(/^checkout\.example\.com {2}DNS in account 444455556666\n/u);
  expect(planned.stderr).toContain("1000 as the quota route53.healthChecks of account 444455556666");
  const json = JSON.parse((await run("plan", ["--format", "json"])).stdout) as PlanJson;
  const accounts = Object.fromEntries(json.steps.map(({ kind, account }) => [kind, account]));
  expect(accounts).toMatchObject({
    "record-set": NETWORK,
    "health-check": NETWORK,
    "validation-record": NETWORK,
    certificate: SERVICE,
    "api-domain": SERVICE,
  });

  expect((await run("reconcile", ["--yes"])).code).toBe(0);
  const journals = place.path("journal");
  const [journal = ""] = readdirSync(journals);
  const calls = readFileSync(`${journals}/${journal}`, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Event)
    .flatMap((event) => (event.type === "call" ? [event] : []));
  expect(new Set(calls.map(({ service, account }) => `${service} ${account}`))).toEqual(
    new Set([`route53 ${NETWORK}`, `acm ${SERVICE}`, `apigateway ${SERVICE}`, `probe ${SERVICE}`]),
  );
  expect((await run("plan")).code).toBe(0);
  expect((await run("destroy", ["--yes"])).code).toBe(0);
});

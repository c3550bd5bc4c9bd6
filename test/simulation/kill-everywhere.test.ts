import { afterAll, describe, expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { accountOf } from "../../src/cloud/edit.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { storefront, storefrontApi, withApi } from "../world/storefront.ts";
import { onOneCertificate, twoAccounts } from "../world/two-accounts.ts";
import { ACCOUNT, CONVERGE, RETIRE, START, prepare, reconcile, world } from "../world/world.ts";
import { answersIn, broken } from "./estate.ts";
import { deathsOf, killed, straight, underWatch } from "./kills/kill.ts";
import type { Phase } from "./kills/kill.ts";
import { thingsIn, surplusIn } from "./kills/things.ts";

// `npm run kills` does the same with every manifest of manifests/, and at more kinds of death.

const table: Record<string, { calls: number; kills: number; converged: number }> = {};

async function starts(manifest: Manifest): Promise<{ empty: Cloud; live: Cloud }> {
  const into = world();
  prepare(into, manifest);
  const empty = into.emulator.cloud();
  expect((await reconcile(into, underWatch(manifest))).outcome).toBe("converged");
  return { empty, live: into.emulator.cloud() };
}

const start = await starts(storefront);
/** Names in zones of two accounts, on one certificate. */
const split = await starts(onOneCertificate);
const theirs = await starts(twoAccounts);

const slower = withApi({
  regions: storefrontApi.regions.slice(0, 1),
  healthCheck: {
    host: "api",
    path: "/prod/healthcheck",
    searchString: "ok",
    intervalSeconds: 10,
    failureThreshold: 2,
    gate: "shared",
  },
});

const east = withApi({ regions: storefrontApi.regions.slice(0, 1) });
const retired: Manifest = { ...storefront, apis: [], certificates: [], retire: [domainName("shop.example.com")] };
const ALL = ["shop.example.com", "checkout.example.com"];

const phases: readonly (Omit<Phase, "mayGo"> & { readonly mayGo?: readonly string[] })[] = [
  { what: "the first apply", from: start.empty, manifest: storefront, options: CONVERGE },
  { what: "another interval and one Region fewer", from: start.live, manifest: slower, options: CONVERGE },
  { what: "destroy", from: start.live, manifest: storefront, options: RETIRE, mayGo: ALL },
  { what: "the first apply, in two accounts", from: split.empty, manifest: onOneCertificate, options: CONVERGE },
  { what: "destroy, in two accounts", from: theirs.live, manifest: twoAccounts, options: RETIRE, mayGo: ALL },
  {
    what: "a retired name",
    from: start.live,
    manifest: retired,
    options: { ...CONVERGE, lift: ["deletePercent"] },
    mayGo: ALL,
  },
  {
    what: "one Region fewer, then taken back, drained or not",
    from: start.live,
    manifest: east,
    options: CONVERGE,
    afterwards: { manifest: storefront, options: CONVERGE },
  },
];

describe("killed after each of its calls, and run once more: converged, nothing twice, nothing unused, no name without an answer", () => {
  test.each(phases)("$what", async ({ manifest, afterwards, mayGo = [], ...rest }) => {
    const phase: Phase = {
      ...rest,
      mayGo,
      manifest: underWatch(manifest),
      ...(afterwards === undefined ? {} : { afterwards: { ...afterwards, manifest: underWatch(afterwards.manifest) } }),
    };
    const whole = await straight(phase);
    const wanted = afterwards === undefined ? whole.things : thingsIn(phase.from);
    const deaths = deathsOf(whole).filter(({ how }) => how === "after");
    const row = { calls: whole.calls.length, kills: deaths.length, converged: 0 };
    table[phase.what] = row;
    for (const death of deaths) {
      const fate = await killed(phase, death, wanted);
      expect(fate).toMatchObject({
        outcome: "converged",
        converged: true,
        duplicates: [],
        orphans: [],
        harm: undefined,
      });
      row.converged++;
    }
    expect(row.calls).toBeGreaterThan(20);
  });
});

test("what is there twice, and what nothing leads to, is seen", () => {
  expect(surplusIn(start.live)).toEqual({ duplicates: [], orphans: [] });
  const account = accountOf(start.live, ACCOUNT);
  const [check] = account.healthChecks;
  if (check === undefined) throw new Error("no check");
  const twin = { ...check, Id: "twin", CallerReference: `${check.CallerReference}0` };
  const cloud: Cloud = {
    ...start.live,
    accounts: start.live.accounts.set(ACCOUNT, { ...account, healthChecks: account.healthChecks.set("twin", twin) }),
  };
  expect(surplusIn(cloud).duplicates).toHaveLength(1);
  expect(surplusIn(cloud).orphans).toEqual(surplusIn(cloud).duplicates);
});

test("the estate that is started from is whole", () => {
  expect(broken(start.live)).toEqual([]);
  expect(answersIn(start.live)).toHaveLength(2);
  expect(start.live.now).toBeGreaterThan(START);
});

afterAll(() => console.table(table));

import { afterAll, expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import { hasChanges } from "../../src/plan/plan.ts";
import { storefront, storefrontApi, withApi } from "../world/storefront.ts";
import { onOneCertificate, twoAccounts } from "../world/two-accounts.ts";
import { CONVERGE, RETIRE, START, prepare, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";
import { answersIn, broken, census } from "./estate.ts";

class Killed extends Error {}

const table: Record<string, { points: number; converged: number }> = {};

/** The process dies after AWS has done its call number `last`. Counts the calls; after each, nothing may be broken. */
function mortal(start: Cloud, last: number, staysUp: boolean, seed: string): { into: World; calls: () => number } {
  let calls = 0;
  const into = world(
    start,
    (send) => async (call) => {
      const answer = await send(call);
      calls++;
      expect(broken(into.emulator.cloud())).toEqual([]);
      if (staysUp) expect(answersIn(into.emulator.cloud())).not.toEqual([]);
      if (calls === last) throw new Killed();
      return answer;
    },
    seed,
  );
  return { into, calls: () => calls };
}

async function killed(into: World, manifest: Manifest, options: typeof CONVERGE): Promise<void> {
  await expect(reconcile(into, manifest, options)).rejects.toThrow(Killed);
}

async function starts(manifest: Manifest): Promise<{ empty: Cloud; live: Cloud }> {
  const into = world();
  prepare(into, manifest);
  const empty = into.emulator.cloud();
  expect((await reconcile(into, manifest)).outcome).toBe("converged");
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

const cases: readonly (readonly [string, Cloud, Manifest, typeof CONVERGE, boolean])[] = [
  ["the first apply", start.empty, storefront, CONVERGE, false],
  ["another interval and one Region fewer", start.live, slower, CONVERGE, true],
  ["destroy", start.live, storefront, RETIRE, false],
  ["the first apply, in two accounts", split.empty, onOneCertificate, CONVERGE, false],
  ["destroy, in two accounts", theirs.live, twoAccounts, RETIRE, false],
  [
    "a retired name",
    start.live,
    { ...storefront, apis: [], certificates: [], retire: [domainName("shop.example.com")] },
    { ...CONVERGE, lift: ["deletePercent"] },
    false,
  ],
];

test.each(cases)(
  "%s, killed after each of its calls: one more run converges to the same estate",
  async (what, from, manifest, options, staysUp) => {
    const straight = mortal(from, Infinity, staysUp, "straight");
    expect((await reconcile(straight.into, manifest, options)).outcome).toBe("converged");
    const wanted = census(straight.into.emulator.cloud());
    const points = straight.calls();
    const row = { points, converged: 0 };
    table[what] = row;
    for (let last = 1; last <= points; last++) {
      const { into } = mortal(from, last, staysUp, `killed ${String(last)}`);
      await killed(into, manifest, options);
      const done = await reconcile(into, manifest, options);
      expect({ last, outcome: done.outcome, diagnostics: done.diagnostics }).toMatchObject({ outcome: "converged" });
      expect(census(into.emulator.cloud()), `killed after call ${String(last)}`).toEqual(wanted);
      expect(hasChanges((await look(manifest, options, into.ports)).plan)).toBe(false);
      row.converged++;
    }
    expect(points).toBeGreaterThan(20);
  },
);

test("one Region fewer, killed after each of its calls, and then wanted again: it comes back, drained or not", async () => {
  const east = withApi({ regions: storefrontApi.regions.slice(0, 1) });
  const straight = mortal(start.live, Infinity, true, "straight");
  expect((await reconcile(straight.into, east)).outcome).toBe("converged");
  const row = { points: straight.calls(), converged: 0 };
  table["one Region fewer, then taken back"] = row;
  for (let last = 1; last <= row.points; last++) {
    const { into } = mortal(start.live, last, true, `taken back ${String(last)}`);
    await killed(into, east, CONVERGE);
    const done = await reconcile(into, storefront);
    expect({ last, outcome: done.outcome, diagnostics: done.diagnostics }).toMatchObject({ outcome: "converged" });
    expect(census(into.emulator.cloud()), `killed after call ${String(last)}`).toEqual(census(start.live));
    row.converged++;
  }
});

test("the estate that is started from is whole", () => {
  expect(broken(start.live)).toEqual([]);
  expect(answersIn(start.live)).toHaveLength(2);
  expect(start.live.now).toBeGreaterThan(START);
});

afterAll(() => console.table(table));

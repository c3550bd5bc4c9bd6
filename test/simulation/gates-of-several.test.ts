import { expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { accountOf } from "../../src/cloud/edit.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { HealthCheckSection, Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import { hasChanges } from "../../src/plan/plan.ts";
import { storefront, storefrontApi } from "../world/storefront.ts";
import { ACCOUNT, CONVERGE, RETIRE, prepare, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";
import { answersIn, broken, census } from "./estate.ts";
import { player, turns } from "./turns.ts";

/** Raise it (WRITERS_SEEDS=500) for a longer look. */
const SEEDS = Number(process.env["WRITERS_SEEDS"] ?? 6);

/** One of so many calls is the one that the process dies after. KILL_EVERY=1 tries each. */
const EVERY = Number(process.env["KILL_EVERY"] ?? 5);

/** In two zones; the home markers are in the first. */
const [SHOP, WWW] = [domainName("shop.example.com"), domainName("www.example.net")];
const net = domainName("example.net");

interface Wish {
  readonly gate?: HealthCheckSection["gate"];
  readonly retire?: readonly ReturnType<typeof domainName>[];
  readonly intervalSeconds?: 10 | 30;
}

/** Names with one Region and one check; the certificate covers both, whoever is there. */
function of(names: Manifest["retire"], { gate = "shared", retire = [], intervalSeconds = 30 }: Wish = {}): Manifest {
  const [certificate] = storefront.certificates;
  const { healthCheck, regions } = storefrontApi;
  if (certificate === undefined || healthCheck === undefined) throw new Error("no storefront");
  return {
    ...storefront,
    zones: [...storefront.zones, { name: net, account: undefined, id: undefined }],
    certificates: names.length === 0 ? [] : [{ ...certificate, domains: [SHOP, WWW] }],
    apis: names.map((name) => ({
      ...storefrontApi,
      name,
      zone: name === WWW ? net : domainName("example.com"),
      regions: regions.slice(0, 1),
      healthCheck: { ...healthCheck, gate, intervalSeconds },
    })),
    retire,
  };
}

const both = of([SHOP, WWW]);
const start = await (async (): Promise<Cloud> => {
  const into = world();
  prepare(into, both);
  return into.emulator.cloud();
})();

async function after(manifest: Manifest, from = start): Promise<Cloud> {
  const into = world(from, undefined, "before");
  expect((await reconcile(into, manifest)).outcome).toBe("converged");
  return into.emulator.cloud();
}

const live = await after(both);

/** What the watch of other simulations does not look at: a gate whose child is gone. */
function brokenIn(cloud: Cloud): readonly string[] {
  const { healthChecks } = accountOf(cloud, ACCOUNT);
  const childless = [...healthChecks].filter(({ HealthCheckConfig: { ChildHealthChecks: children = [] } }) =>
    children.some((child) => !healthChecks.has(child)),
  );
  return [...broken(cloud), ...childless.map(({ Id }) => `the gate ${Id} has lost its child`)];
}

class Killed extends Error {}

function mortal(from: Cloud, last: number, names: number, seed: string): { into: World; calls: () => number } {
  let calls = 0;
  const into = world(
    from,
    (send) => async (call) => {
      const answer = await send(call);
      calls++;
      expect(brokenIn(into.emulator.cloud())).toEqual([]);
      expect(answersIn(into.emulator.cloud()).length).toBeGreaterThanOrEqual(names);
      if (calls === last) throw new Killed();
      return answer;
    },
    seed,
  );
  return { into, calls: () => calls };
}

/** What is done, from where, and how many names answer all the time. */
const cases: readonly (readonly [string, Cloud, Manifest, typeof CONVERGE, number])[] = [
  ["the first apply", start, both, CONVERGE, 0],
  ["another interval", live, of([SHOP, WWW], { intervalSeconds: 10 }), CONVERGE, 2],
  ["gates of their own", live, of([SHOP, WWW], { gate: "own" }), CONVERGE, 2],
  ["own gates become one", await after(of([SHOP, WWW], { gate: "own" })), both, CONVERGE, 2],
  ["no gate", live, of([SHOP, WWW], { gate: "none" }), CONVERGE, 2],
  [
    "another interval without a gate",
    await after(of([SHOP, WWW], { gate: "none" })),
    of([SHOP, WWW], { gate: "none", intervalSeconds: 10 }),
    CONVERGE,
    2,
  ],
  ["one of the two is retired", live, of([SHOP], { retire: [WWW] }), CONVERGE, 1],
  ["destroy", live, both, RETIRE, 0],
];

test.each(cases)(
  "%s, killed on the way: one more run converges to the same estate",
  async (_what, from, manifest, options, names) => {
    const straight = mortal(from, Infinity, names, "straight");
    expect((await reconcile(straight.into, manifest, options)).outcome).toBe("converged");
    const wanted = census(straight.into.emulator.cloud());
    const points = straight.calls();
    for (let last = 1; last <= points; last += EVERY) {
      const { into } = mortal(from, last, names, `killed ${String(last)}`);
      await expect(reconcile(into, manifest, options)).rejects.toThrow(Killed);
      const done = await reconcile(into, manifest, options);
      expect({ last, outcome: done.outcome, diagnostics: done.diagnostics }).toMatchObject({ outcome: "converged" });
      expect(census(into.emulator.cloud()), `killed after call ${String(last)}`).toEqual(wanted);
      expect(hasChanges((await look(manifest, options, into.ports)).plan)).toBe(false);
    }
    expect(points).toBeGreaterThan(15);
  },
);

/** Both go on from there at once; the one that is named last mends what is left. */
const pairs: readonly (readonly [string, Cloud, Manifest, Manifest])[] = [
  ["both names, and one of them alone", live, of([SHOP], { retire: [WWW] }), both],
  ["both names, and both with gates of their own", live, of([SHOP, WWW], { gate: "own" }), both],
  ["both names, and the other alone, from nothing", start, of([WWW]), both],
  ["both names, without a gate and with one", live, of([SHOP, WWW], { gate: "none" }), both],
];

test.each(pairs)("%s: nothing breaks, and one more run mends all", async (what, from, one, other) => {
  const wanted = census(await after(other, from));
  for (let seed = 1; seed <= SEEDS; seed++) {
    const into = world(from, undefined, `writers ${what} ${String(seed)}`);
    const order = turns(["w0", "w1"], seed);
    const problems: string[] = [];
    const check = (): void => void problems.push(...brokenIn(into.emulator.cloud()));
    const running = [one, other].map(async (manifest, index) => {
      const who = `w${String(index)}`;
      try {
        return await reconcile(player(into, order, who, check), manifest);
      } finally {
        order.leave(who);
      }
    });
    for (const { outcome } of await Promise.all(running)) expect(["converged", "refused", "failed"]).toContain(outcome);
    expect({ seed, problems }).toEqual({ seed, problems: [] });
    const mended = world(into.emulator.cloud(), undefined, `mended ${String(seed)}`);
    const done = await reconcile(mended, other);
    expect({ seed, outcome: done.outcome, diagnostics: done.diagnostics }).toMatchObject({ outcome: "converged" });
    expect(census(mended.emulator.cloud()), `seed ${String(seed)}`).toEqual(wanted);
    expect(hasChanges((await look(other, CONVERGE, mended.ports)).plan)).toBe(false);
  }
});

const gates = (cloud: Cloud): number =>
  [...accountOf(cloud, ACCOUNT).healthChecks].filter(({ HealthCheckConfig: { Type } }) => Type === "CALCULATED").length;

test("a name that is neither wanted nor retired keeps the gate; when it is retired, the gate goes", async () => {
  const alone = await after(of([SHOP]), live);
  expect(gates(alone)).toBe(2);
  expect(answersIn(alone)).toHaveLength(2);
  expect(brokenIn(alone)).toEqual([]);
  const retired = await after(of([SHOP], { retire: [WWW] }), alone);
  expect(gates(retired)).toBe(1);
  expect(JSON.stringify(census(retired))).not.toContain("_gate");
});

test("with a lesser zone in the manifest the home is there: another gate, and the old one is left and drained", async () => {
  const zone = { name: domainName("a.example.org"), account: undefined, id: undefined };
  const moved = { ...both, zones: [...both.zones, zone] };
  const into = world(live, undefined, "moved");
  prepare(into, moved);
  expect((await reconcile(into, moved)).outcome).toBe("converged");
  const cloud = into.emulator.cloud();
  expect({ gates: gates(cloud), broken: brokenIn(cloud) }).toEqual({ gates: 1, broken: [] });
  expect(JSON.stringify(census(cloud))).toContain("_gate.a.example.org.");
  expect(JSON.stringify(census(cloud))).not.toContain("_gate.example.com.");
});

test("a gate under drill is neither changed nor left to be deleted", async () => {
  const into = world(live, undefined, "drill");
  const gate = [...accountOf(live, ACCOUNT).healthChecks].find(
    ({ HealthCheckConfig }) => HealthCheckConfig.Type === "CALCULATED",
  );
  const input = { HealthCheckId: gate?.Id, HealthThreshold: 256 };
  into.emulator.call({
    account: ACCOUNT,
    region: "us-east-1",
    service: "route53",
    operation: "UpdateHealthCheck",
    input,
  });
  expect((await reconcile(into, of([SHOP, WWW], { intervalSeconds: 30 }))).outcome).toBe("converged");
  const done = await reconcile(into, of([SHOP, WWW], { gate: "own" }));
  expect(done.outcome).toBe("refused");
  expect(done.diagnostics.map(({ code }) => code)).toContain("UNDER_DRILL");
  const { HealthCheckConfig: config } =
    accountOf(into.emulator.cloud(), ACCOUNT).healthChecks.get(gate?.Id ?? "") ?? {};
  expect(config?.HealthThreshold).toBe(256);
});

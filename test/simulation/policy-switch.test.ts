import { afterAll, describe, expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { answersByRegion } from "../../src/cloud/route53/answer.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import { hasChanges } from "../../src/plan/plan.ts";
import { ROUTINGS, cname, exchanged, failover, latency, moved, simple, three, weighted } from "../world/routings.ts";
import { CONVERGE, prepare, reconcile, world } from "../world/world.ts";
import type { Done, World } from "../world/world.ts";
import { broken, census } from "./estate.ts";
import { player, turns } from "./turns.ts";

/** Raise it (SWITCH_SEEDS=500) for a longer look. */
const SEEDS = Number(process.env["SWITCH_SEEDS"] ?? 20);

class Killed extends Error {}

/** The estate after this manifest; all that the others refer to is there. */
async function after(manifest: Manifest): Promise<Cloud> {
  const into = world();
  for (const each of ROUTINGS) prepare(into, each);
  expect((await reconcile(into, manifest)).outcome).toBe("converged");
  return into.emulator.cloud();
}

/** Near how many Regions clients get no answer, of whatever policy and type. */
function dark(cloud: Cloud): readonly string[] {
  const zones = [...cloud.accounts].flatMap((account) =>
    [...account.zones].map((zone) => [account.id, zone.id] as const),
  );
  return zones.flatMap(([account, zone]) =>
    [...answersByRegion(cloud, account, zone, domainName("shop.example.com"), "A")].flatMap(([region, answer]) =>
      answer.code === "NOERROR" && answer.records.length > 0 ? [] : [region],
    ),
  );
}

const table: Record<string, { points: number; converged: number }> = {};

function mortal(start: Cloud, last: number, seed: string): { into: World; calls: () => number } {
  let calls = 0;
  const into = world(
    start,
    (send) => async (call) => {
      const answer = await send(call);
      calls++;
      expect(broken(into.emulator.cloud())).toEqual([]);
      expect(dark(into.emulator.cloud())).toEqual([]);
      if (calls === last) throw new Killed();
      return answer;
    },
    seed,
  );
  return { into, calls: () => calls };
}

const switches: readonly (readonly [string, Manifest, Manifest])[] = [
  ["latency to weighted", latency, weighted],
  ["failover to latency", failover, latency],
  ["primary and secondary exchanged", failover, exchanged],
  ["simple to latency, a Region more", simple, latency],
  ["latency to simple, a Region fewer", latency, simple],
  ["aliases to CNAMEs", latency, cname],
  ["latency to weighted, a Region exchanged", latency, moved],
];

test.each(switches)(
  "%s, killed after each of its calls: no client goes without, and one more run converges to the same",
  async (what, from, to) => {
    const start = await after(from);
    const straight = mortal(start, Infinity, "straight");
    expect((await reconcile(straight.into, to)).outcome).toBe("converged");
    const wanted = census(straight.into.emulator.cloud());
    const row = { points: straight.calls(), converged: 0 };
    table[what] = row;
    for (let last = 1; last <= row.points; last++) {
      const { into } = mortal(start, last, `killed ${String(last)}`);
      await expect(reconcile(into, to)).rejects.toThrow(Killed);
      const done = await reconcile(into, to);
      expect({ last, outcome: done.outcome, diagnostics: done.diagnostics }).toMatchObject({ outcome: "converged" });
      expect(census(into.emulator.cloud()), `killed after call ${String(last)}`).toEqual(wanted);
      expect(hasChanges((await look(to, CONVERGE, into.ports)).plan)).toBe(false);
      row.converged++;
    }
  },
);

test("a Region taken out, killed after each call, and then wanted again by another policy: it comes to its end first where it has drained", async () => {
  const start = await after(three);
  const straight = mortal(start, Infinity, "straight");
  expect((await reconcile(straight.into, latency)).outcome).toBe("converged");
  const wanted = census(await after(moved));
  const row = { points: straight.calls(), converged: 0 };
  table["a Region fewer, then back by weight in place of another"] = row;
  for (let last = 1; last <= row.points; last++) {
    const { into } = mortal(start, last, `back ${String(last)}`);
    await expect(reconcile(into, latency)).rejects.toThrow(Killed);
    const done = await reconcile(into, moved);
    expect({ last, outcome: done.outcome, diagnostics: done.diagnostics }).toMatchObject({ outcome: "converged" });
    expect(census(into.emulator.cloud()), `killed after call ${String(last)}`).toEqual(wanted);
    row.converged++;
  }
});

test("all record sets of a name and type change in one call", async () => {
  const into = world(await after(latency), undefined, "batch");
  await reconcile(into, weighted);
  const batches = into.log.filter(({ call }) => call.operation === "ChangeResourceRecordSets");
  expect(batches).toHaveLength(1);
  const input = batches[0]?.call.input as { readonly ChangeBatch: { readonly Changes: readonly Change[] } } | undefined;
  const changes = input?.ChangeBatch.Changes ?? [];
  expect(changes.map(({ Action, ResourceRecordSet: { Type, Weight } }) => `${Action} ${Type} ${Weight ?? ""}`)).toEqual(
    ["DELETE TXT ", "DELETE A ", "DELETE A ", "CREATE TXT ", "CREATE A 90", "CREATE A 10"],
  );
});

interface Change {
  readonly Action: string;
  readonly ResourceRecordSet: { readonly Type: string; readonly Weight?: number };
}

async function contend(start: Cloud, manifests: readonly Manifest[], seed: number): Promise<readonly Done[]> {
  const into = world(start, undefined, `switchers ${String(seed)}`);
  const names = manifests.map((_each, index) => `w${String(index)}`);
  const order = turns(names, seed);
  const found: string[] = [];
  const check = (): void => {
    const cloud = into.emulator.cloud();
    found.push(...broken(cloud), ...dark(cloud));
  };
  const done = await Promise.all(
    manifests.map(async (manifest, index) => {
      const who = names[index] ?? "";
      try {
        return await reconcile(player(into, order, who, check), manifest);
      } finally {
        order.leave(who);
      }
    }),
  );
  expect({ seed, found }).toEqual({ seed, found: [] });
  const last = manifests[seed % 2] ?? latency;
  const mended = world(into.emulator.cloud(), undefined, `mended ${String(seed)}`);
  const { outcome, diagnostics } = await reconcile(mended, last);
  expect({ seed, outcome, diagnostics }).toMatchObject({ outcome: "converged" });
  return done;
}

const outcomes: Record<string, Record<string, number>> = {};

describe.each([
  ["latency against weighted", latency, latency, weighted],
  ["weighted against failover", latency, weighted, failover],
  ["aliases against CNAMEs", latency, latency, cname],
  ["one Region against two", latency, simple, weighted],
] as const)("%s", (what, from, one, other) => {
  test(`${String(SEEDS)} interleavings of two runs: no client goes without, and one more run of either mends all`, async () => {
    const start = await after(from);
    const tally: Record<string, number> = {};
    outcomes[what] = tally;
    for (let seed = 1; seed <= SEEDS; seed++) {
      for (const { outcome, diagnostics, look: seen } of await contend(start, [one, other], seed)) {
        const { proof } = seen;
        const codes = [
          ...diagnostics.map(({ code }) => code),
          ...(proof?.safe === false ? [proof.violation.code] : []),
        ];
        const key = outcome === "converged" ? outcome : `${outcome} ${[...new Set(codes)].join(" ")}`;
        tally[key] = (tally[key] ?? 0) + 1;
        expect(["converged", "refused", "failed"]).toContain(outcome);
        expect(outcome === "converged" || codes.length > 0).toBe(true);
      }
    }
  });
});

afterAll(() => {
  console.table(table);
  console.table(outcomes);
});

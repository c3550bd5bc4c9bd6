import { afterAll, describe, expect, test } from "vitest";
import type { Answer, Call } from "../../src/cloud/call.ts";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { regionOf } from "../../src/cloud/edit.ts";
import { MINUTE, SECOND } from "../../src/cloud/instant.ts";
import type { Instant } from "../../src/cloud/instant.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import type { Ports } from "../../src/pipeline.ts";
import { look } from "../../src/pipeline.ts";
import { hasChanges } from "../../src/plan/plan.ts";
import { storefront, storefrontApi, withApi } from "../world/storefront.ts";
import { ACCOUNT, CONVERGE, prepare, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";
import { answersIn, broken, census } from "./estate.ts";
import { player, turns } from "./turns.ts";

// Deletions of API Gateway domains are by name. Here they are answered to nobody and land late, while another run deletes,
// makes anew and publishes: at most fourteen minutes late AWS takes them, later it refuses them.

/** Raise it (LATE_SEEDS=200) for a longer look. */
const SEEDS = Number(process.env["LATE_SEEDS"] ?? 8);

const both = storefront;
const east = withApi({ regions: storefrontApi.regions.slice(0, 1) });

const live = await (async (): Promise<Cloud> => {
  const into = world();
  prepare(into, both);
  expect((await reconcile(into, both)).outcome).toBe("converged");
  return into.emulator.cloud();
})();

const isByName = ({ operation }: Call): boolean =>
  operation === "DeleteDomainName" || operation === "DeleteBasePathMapping";

/** Answers whose endpoint leads to no API any more. */
const bare = (cloud: Cloud): readonly string[] =>
  answersIn(cloud).flatMap(({ AliasTarget, Region = "", SetIdentifier = "" }) => {
    const domains = [...regionOf(cloud, ACCOUNT, Region).domains];
    const domain = domains.find((each) => AliasTarget?.DNSName.startsWith(each.regionalDomainName));
    return domain?.mappings?.size === 0 ? [`${SetIdentifier} leads to an endpoint without a mapping`] : [];
  });

const landed: Record<string, number> = {};

interface Late {
  readonly landing: (ports: Ports) => Ports;
  readonly delaying: (ports: Ports) => Ports;
  /** Lets all that is due land; `end`: all there is. */
  land(end?: "end"): void;
}

/** The first two deletions of either sort are late, each by as much; `distort` may take their date away. */
function lateness(into: World, late: number, check: () => void, distort = (call: Call): Call => call): Late {
  const underWay: { readonly call: Call; readonly at: Instant }[] = [];
  const seen: Record<string, number> = {};
  const land = (end?: "end"): void => {
    for (;;) {
      const [next] = underWay;
      if (next === undefined || (end === undefined && next.at > into.emulator.now())) return;
      underWay.shift();
      while (into.emulator.now() < next.at) into.emulator.advance(next.at);
      const outcome = into.emulator.call(distort(next.call));
      const code = outcome.ok ? "accepted" : outcome.fault.code;
      landed[code] = (landed[code] ?? 0) + 1;
      check();
    }
  };
  /** Time stops where something lands. */
  const landing = (ports: Ports): Ports => ({
    ...ports,
    clock: {
      ...ports.clock,
      waitUntil: async (until, signal) => {
        await ports.clock.waitUntil(Math.min(until, underWay[0]?.at ?? until), signal);
        land();
      },
    },
    send: async (call) => {
      land();
      const answer = await ports.send(call);
      check();
      return answer;
    },
  });
  const delaying = (ports: Ports): Ports => {
    const prompt = landing(ports);
    const send = async (call: Call): Promise<Answer> => {
      if (!isByName(call)) return prompt.send(call);
      seen[call.operation] = (seen[call.operation] ?? 0) + 1;
      if ((seen[call.operation] ?? 0) > 2) return prompt.send(call);
      underWay.push({ call, at: into.emulator.now() + late });
      return { ok: "unknown", reason: "held up on its way", at: into.emulator.now() };
    };
    return { ...prompt, send };
  };
  return { landing, delaying, land };
}

async function contend(
  seed: number,
  late: number,
  manifests: readonly Manifest[],
): Promise<{ after: Cloud; dark: readonly string[] }> {
  const into = world(live, undefined, `late ${String(seed)}`);
  const names = manifests.map((_each, index) => `w${String(index)}`);
  const order = turns(names, seed);
  const dark: string[] = [];
  const check = (): void => void dark.push(...broken(into.emulator.cloud()), ...bare(into.emulator.cloud()));
  const { delaying, land } = lateness(into, late, check);
  await Promise.all(
    manifests.map(async (manifest, index) => {
      const who = names[index] ?? "";
      const { ports } = player(into, order, who, check);
      try {
        await reconcile({ ports: delaying(ports) }, manifest);
      } finally {
        order.leave(who);
      }
    }),
  );
  land("end");
  return { after: into.emulator.cloud(), dark };
}

describe("a run without the west and one with both, whose deletions by name are held up on their way", () => {
  test.each([
    ["a second", SECOND],
    ["four minutes", 4 * MINUTE],
    ["fourteen minutes", 14 * MINUTE],
    ["sixteen minutes", 16 * MINUTE],
    ["forty minutes", 40 * MINUTE],
  ])("by %s: nothing goes dark, and one more run of either mends all", async (_what, late) => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { after, dark } = await contend(seed, late, [east, both]);
      expect({ seed, dark }).toEqual({ seed, dark: [] });
      const manifest = seed % 2 === 0 ? both : east;
      const into = world(after, undefined, `after ${String(seed)}`);
      const mended = await reconcile(into, manifest);
      expect({ seed, outcome: mended.outcome, diagnostics: mended.diagnostics }).toMatchObject({
        outcome: "converged",
      });
      expect(hasChanges((await look(manifest, CONVERGE, into.ports)).plan)).toBe(false);
      if (manifest === both) expect(census(into.emulator.cloud())).toEqual(census(live));
    }
  });

  test("both ends of the window are met", () => {
    expect(landed["accepted"]).toBeGreaterThan(0);
    expect(landed["InvalidSignatureException"]).toBeGreaterThan(0);
  });
});

class Killed extends Error {}

/** A run without the west is killed with a deletion by name on its way; then one with both runs to its end. */
async function takenOver(nth: number, late: number, distort?: (call: Call) => Call): Promise<readonly string[]> {
  const into = world(live, undefined, `killed ${String(nth)}`);
  const dark: string[] = [];
  const check = (): void => void dark.push(...broken(into.emulator.cloud()), ...bare(into.emulator.cloud()));
  const { landing, delaying, land } = lateness(into, late, check, distort);
  let deletions = 0;
  const mortal = (ports: Ports): Ports => ({
    ...ports,
    send: async (call) => {
      const isLast = isByName(call) && ++deletions === nth;
      const answer = await (isLast ? delaying(ports) : ports).send(call);
      if (isLast) throw new Killed();
      return answer;
    },
  });
  await expect(reconcile({ ports: mortal(into.ports) }, east)).rejects.toThrow(Killed);
  const done = await reconcile({ ports: landing(into.ports) }, both);
  land("end");
  if (distort === undefined) expect(done.outcome).toBe("converged");
  return dark;
}

describe.each([
  ["a mapping", 1],
  ["the domain", 2],
])("a run without the west is killed with its deletion of %s on its way; one with both takes over", (_what, nth) => {
  test.each([SECOND, 4 * MINUTE, 14 * MINUTE, 16 * MINUTE, 18 * MINUTE, 40 * MINUTE])(
    "it is %d milliseconds late: nothing goes dark",
    async (late) => expect(await takenOver(nth, late)).toEqual([]),
  );
});

test("a deletion of a mapping without the date that it is signed with takes what was made anew", async () => {
  const dark = await takenOver(1, 40 * MINUTE, ({ signedAt: _date, ...call }) => call);
  expect(dark).toEqual(["storefront/us-west-2 leads to an endpoint without a mapping"]);
});

afterAll(() => console.table(landed));

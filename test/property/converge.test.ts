import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic/diagnostic.ts";
import { LIMITS } from "../../src/plan/options.ts";
import { hasChanges } from "../../src/plan/plan.ts";
import { look } from "../../src/pipeline.ts";
import { CONVERGE, prepare, reconcile, world, writesSince } from "../world/world.ts";
import type { World } from "../world/world.ts";
import { documentArbitrary, manifestOf, shuffled } from "./manifests.ts";
import type { Document } from "./manifests.ts";
import { foreignOf, invite, strangersArbitrary } from "./strangers.ts";

/** Raise it (PROPERTY_RUNS=2000) for a longer look; `npm test` takes a bounded share. */
const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 60);
const SEED = Number(process.env["PROPERTY_SEED"] ?? 20_260_101);

const statistics = {
  runs: 0,
  converged: 0,
  refused: 0,
  fromEmpty: 0,
  fromOurs: 0,
  halfBuilt: 0,
  withStrangers: 0,
  writes: 0,
  rounds: 0,
};

class Killed extends Error {}

/** Some call of this run is its last: the process dies after AWS has done it. */
async function earlierRun(into: World, document: Document, calls: number): Promise<void> {
  const manifest = manifestOf(document);
  prepare(into, manifest);
  let left = calls;
  const mortal: World = {
    ...into,
    ports: {
      ...into.ports,
      send: async (call) => {
        const answer = await into.ports.send(call);
        if (--left <= 0) throw new Killed();
        return answer;
      },
    },
  };
  try {
    await reconcile(mortal, manifest, { lift: LIMITS });
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    statistics.halfBuilt++;
  }
}

const namesForeign = (each: Diagnostic): boolean =>
  each.severity === "error" &&
  ["FOREIGN_IN_THE_WAY", "NAME_OWNED_ELSEWHERE"].includes(each.code) &&
  each.subject !== undefined;

interface Start {
  readonly document: Document;
  readonly earlier: Document | undefined;
  readonly strangers: Parameters<typeof invite>[1];
  readonly calls: number;
  readonly order: number;
}

const startArbitrary: fc.Arbitrary<Start> = fc.record({
  document: documentArbitrary,
  earlier: fc.option(documentArbitrary, { nil: undefined, freq: 3 }),
  strangers: strangersArbitrary,
  calls: fc.oneof(fc.integer({ min: 10, max: 150 }), fc.constant(100_000)),
  order: fc.nat(),
});

async function converges({ document, earlier, strangers, calls, order }: Start): Promise<void> {
  const into = world();
  const manifest = manifestOf(document);
  prepare(into, manifest);
  invite(into, strangers, Object.keys(document.apis)[0] ?? "");
  if (earlier !== undefined) await earlierRun(into, earlier, calls);
  const foreign = foreignOf(into.emulator.cloud());
  const from = into.log.length;

  const straight = await look(manifest, { ...CONVERGE, lift: LIMITS }, into.ports);
  const other = await look(manifestOf(shuffled(document, order)), { ...CONVERGE, lift: LIMITS }, into.ports);
  expect(withoutTime(other.plan.steps, other.plan.nonce)).toEqual(
    withoutTime(straight.plan.steps, straight.plan.nonce),
  );

  const done = await reconcile(into, manifest, { lift: LIMITS });
  expect(foreignOf(into.emulator.cloud())).toBe(foreign);
  count(done.outcome === "converged", earlier, strangers.length, done.writes, done.rounds);
  if (done.outcome === "converged") {
    const after = await look(manifest, CONVERGE, into.ports);
    expect(hasChanges(after.plan)).toBe(false);
  } else {
    expect({
      outcome: done.outcome,
      diagnostics: done.diagnostics,
      proof: done.look.proof?.safe === false ? done.look.proof.violation : undefined,
    }).toMatchObject({ outcome: "refused" });
    expect(done.diagnostics.filter(namesForeign)).not.toEqual([]);
    expect(writesSince(into, from)).toEqual([]);
  }
}

function count(
  converged: boolean,
  earlier: Document | undefined,
  strangers: number,
  writes: number,
  rounds: number,
): void {
  statistics.runs++;
  statistics[converged ? "converged" : "refused"]++;
  statistics[earlier === undefined ? "fromEmpty" : "fromOurs"]++;
  if (strangers > 0) statistics.withStrangers++;
  statistics.writes += writes;
  statistics.rounds += rounds;
}

/** Plans of one state differ in their nonce only. */
const withoutTime = (value: unknown, nonce: string): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(nonce, "nonce"));

test(
  `${RUNS} random manifests from random starting Clouds converge, or are refused before the first write by name (seed ${SEED})`,
  { timeout: 600_000 },
  async () => {
    await fc.assert(fc.asyncProperty(startArbitrary, converges), { numRuns: RUNS, seed: SEED });
    expect(statistics.converged / statistics.runs).toBeGreaterThanOrEqual(0.8);
    expect(statistics.refused).toBeGreaterThan(0);
    expect(statistics.halfBuilt).toBeGreaterThan(RUNS / 10);
  },
);

afterAll(() => void process.stdout.write(`property: ${JSON.stringify(statistics)}\n`));

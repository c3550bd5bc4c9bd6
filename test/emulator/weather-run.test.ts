import { expect, test } from "vitest";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { defaultWeather } from "../../src/emulator/weather.ts";
import { look } from "../../src/pipeline.ts";
import { hasChanges } from "../../src/plan/plan.ts";
import { broken, census } from "../simulation/estate.ts";
import { storefront } from "../world/storefront.ts";
import { CONVERGE, START, prepare, reconcile, world } from "../world/world.ts";
import { roughWorld } from "./rough-world.ts";

const empty = (() => {
  const into = world();
  prepare(into, storefront);
  return into.emulator.cloud();
})();

const wanted = await (async () => {
  const into = world(empty);
  expect((await reconcile(into, storefront)).outcome).toBe("converged");
  return census(into.emulator.cloud());
})();

const seeds = Array.from({ length: Number(process.env["WEATHERS"] ?? 12) }, (_, index) => String(index + 1));

test.each(seeds)("bad weather %s, then a fair day: the same estate, and nothing twice", async (seed) => {
  const rough = roughWorld(empty, { weather: defaultWeather(seed) }, `rough ${seed}`);
  const done = await reconcile(rough, storefront);
  expect(rough.log.filter(({ answer }) => answer.ok !== true).length).toBeGreaterThan(0);
  // What cannot be read for a while is said, and nothing is planned on it; all other trouble is borne.
  expect(["converged", "refused"]).toContain(done.outcome);
  expect(done.diagnostics.filter(({ code }) => code !== "CANNOT_READ")).toEqual([]);
  expect(broken(rough.emulator.cloud())).toEqual([]);
  const calm = world(rough.emulator.cloud(), undefined, `calm ${seed}`);
  const after = await reconcile(calm, storefront);
  expect({ outcome: after.outcome, diagnostics: after.diagnostics }).toMatchObject({ outcome: "converged" });
  expect(census(calm.emulator.cloud())).toEqual(wanted);
  expect(hasChanges((await look(storefront, CONVERGE, calm.ports)).plan)).toBe(false);
});

/** What the pacer is for: it keeps the same buckets as the server. */
test("a run in a fresh process at AWS's rates is never throttled", async () => {
  const into = roughWorld(emptyCloud(START), {}, "calm");
  prepare(into, storefront);
  expect((await reconcile(into, storefront)).outcome).toBe("converged");
  const refused = into.log.filter(({ answer }) => answer.ok === false && answer.fault.code !== "ProbeFailed");
  expect(refused.map(({ call, answer }) => [call.operation, answer])).toEqual([]);
});

import { expect, test } from "vitest";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { defaultWeather } from "../../src/emulator/weather.ts";
import { empty, runs } from "../execute/estates.ts";
import { look } from "../../src/pipeline.ts";
import { hasChanges } from "../../src/plan/plan.ts";
import { broken, census } from "../simulation/estate.ts";
import { storefront } from "../world/storefront.ts";
import { records } from "../world/estate.ts";
import { ACCOUNT, RETIRE, START, prepare, reconcile, world } from "../world/world.ts";
import type { WeatherRule } from "../../src/emulator/weather.ts";
import type { World } from "../world/world.ts";
import { listZones as LIST_ZONES } from "./world.ts";
import { anotherProcess, roughWorld } from "./rough-world.ts";

/** Each starts from what is there, and has the estate that a fair day comes to. */
const cases = await Promise.all(
  runs.map(async ([what, from, manifest, options]) => {
    const into = world(from, undefined, "fair");
    expect((await reconcile(into, manifest, options)).outcome).toBe("converged");
    return { what, from, manifest, options, wanted: census(into.emulator.cloud()) };
  }),
);

/** WEATHERS seeds of each. */
const seeds = Array.from({ length: Number(process.env["WEATHERS"] ?? 3) }, (_, index) => String(index + 1));
const dozen = Array.from({ length: 12 }, (_, index) => String(index + 1));
const days = cases.flatMap((each, index) =>
  (index === 0 && seeds.length < dozen.length ? dozen : seeds).map((seed) => ({ ...each, seed })),
);

test.each(days)("$what in bad weather $seed, then on a fair day: the same estate, and nothing twice", async (day) => {
  const { from, manifest, options, wanted, seed } = day;
  const rough = roughWorld(from, { weather: defaultWeather(seed) }, `rough ${seed}`);
  const done = await reconcile(rough, manifest, options);
  expect(rough.log.filter(({ answer }) => answer.ok !== true).length).toBeGreaterThan(0);
  // What could not be read, and what AWS refused to the end, is said; all other trouble is borne.
  expect(["converged", "refused", "failed"]).toContain(done.outcome);
  expect(done.diagnostics.filter(({ code }) => !["CANNOT_READ", "REFUSED_BY_AWS"].includes(code))).toEqual([]);
  expect(broken(rough.emulator.cloud())).toEqual([]);
  const calm = world(rough.emulator.cloud(), undefined, `calm ${seed}`);
  const after = await reconcile(calm, manifest, options);
  expect({ outcome: after.outcome, diagnostics: after.diagnostics }).toMatchObject({ outcome: "converged" });
  expect(census(calm.emulator.cloud())).toEqual(wanted);
  expect(hasChanges((await look(manifest, options, calm.ports)).plan)).toBe(false);
});

/** One misbehaviour each, and the run that it is to meet. */
const struck: readonly (readonly [string, string, Omit<WeatherRule, "chance">])[] = [
  [
    "what changes in place",
    "between an option and the tag that tells of it",
    { operations: ["AddTagsToCertificate"], times: 1, what: { do: "deny" } },
  ],
  [
    "destroy",
    "one error after many refusals that only take their time",
    {
      operations: ["DeleteCertificate"],
      after: 18,
      times: 1,
      what: { do: "fault", fault: { code: "InternalFailure", message: "", status: 500 } },
    },
  ],
  ["the first apply", "the tags throttled", { services: ["tagging"], times: 3, what: { do: "throttle" } }],
  [
    "the first apply",
    "reads that always lag",
    { services: ["acm", "apigateway", "tagging"], what: { do: "stale", seconds: 30 } },
  ],
];

test.each(struck)("%s: %s", async (what, _why, rule) => {
  const day = cases.find((each) => each.what === what);
  if (day === undefined) throw new Error(`no run is called ${what}`);
  const rough = roughWorld(day.from, { weather: { seed: "1", rules: [{ chance: 1, ...rule }] } }, "struck");
  const done = await reconcile(rough, day.manifest, day.options);
  const denied = rule.what.do === "deny";
  expect(done.outcome).toBe(denied ? "failed" : "converged");
  const calm = world(rough.emulator.cloud(), undefined, "calm");
  expect((await reconcile(calm, day.manifest, day.options)).outcome).toBe("converged");
  expect(census(calm.emulator.cloud())).toEqual(day.wanted);
});

const throttled = ({ log }: World): number =>
  log.filter(({ answer }) => answer.ok === false && /^(Throttling|TooManyRequests)/u.test(answer.fault.code)).length;

test("a run in a fresh process is never throttled: its pacer keeps the same buckets as AWS", async () => {
  const into = roughWorld(emptyCloud(START), {}, "calm");
  prepare(into, storefront);
  expect((await reconcile(into, storefront)).outcome).toBe("converged");
  expect(throttled(into)).toBe(0);
});

test("a run that follows on another's heels is throttled, waits and converges", async () => {
  const first = roughWorld(empty, {}, "first");
  await reconcile(first, storefront);
  const second = anotherProcess(first.emulator, "second");
  // In the same instant: other runs have used up what there is.
  for (let call = 0; call < 50; call += 1) second.emulator.call({ ...LIST_ZONES, account: ACCOUNT });
  for (const region of ["us-east-1", "us-west-2"])
    second.emulator.call({
      account: ACCOUNT,
      region,
      service: "apigateway",
      operation: "DeleteDomainName",
      input: { domainName: "no.such.name" },
    });
  expect((await reconcile(second, storefront, RETIRE)).outcome).toBe("converged");
  expect(throttled(second)).toBeGreaterThan(0);
  expect(records(second).filter(({ Type }) => Type === "A")).toEqual([]);
});

test("two runs at once share AWS's rates, and both come to their end", async () => {
  const one = roughWorld(empty, {}, "one");
  const two = anotherProcess(one.emulator, "two");
  const [first, second] = await Promise.all([reconcile(one, storefront), reconcile(two, storefront)]);
  expect([first.outcome, second.outcome]).toEqual(["converged", "converged"]);
  expect(census(one.emulator.cloud())).toEqual(cases[0]?.wanted);
});

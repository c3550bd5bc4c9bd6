// What a proof costs, and that a name costs the same among many: states, shapes and CPU of observation, plan and proof, each by itself.
//   npm run bench:proof                    first applies of 100 and 1,000 names; one name changed among 100 and among 10,000
//   npm run bench:proof -- 100 2000        one name changed among so many
// Ends with 1 when changing one name visits more states, or costs more than 1.5 times the CPU, among the most names than among the
// fewest (reading apart), or when a first apply visits states of more than its shapes.
import type { Cloud } from "../src/cloud/cloud.ts";
import { accountOf, withAccount } from "../src/cloud/edit.ts";
import { emptyAccount, emptyCloud } from "../src/cloud/empty.ts";
import { hashIds } from "../src/cloud/ids.ts";
import { ANY_ACCOUNT, QUOTAS, isQuotaKey, withQuota } from "../src/cloud/quotas.ts";
import { step } from "../src/cloud/step.ts";
import { nextDue, tick } from "../src/cloud/tick.ts";
import { desire } from "../src/desired/desire.ts";
import { createEmulator } from "../src/emulator/emulator.ts";
import { emulatorSend } from "../src/emulator/send.ts";
import { invariants } from "../src/interlock/invariants.ts";
import { policyOf } from "../src/interlock/policy.ts";
import { prove } from "../src/interlock/prove.ts";
import type { Manifest } from "../src/manifest/manifest.ts";
import { readManifest } from "../src/manifest/read.ts";
import { observe } from "../src/observe/observe.ts";
import type { Observation } from "../src/observe/observe.ts";
import { evaluate, merge, readySteps } from "../src/plan/evaluate.ts";
import { makePlan } from "../src/plan/make-plan.ts";
import type { PlanOptions } from "../src/plan/options.ts";
import type { Plan, Step } from "../src/plan/plan.ts";
import { kindOf } from "../src/resource/kinds.ts";

const ACCOUNT = "111122223333";
const REGIONS = ["us-east-1", "us-west-2", "eu-west-1"];
const OPTIONS: PlanOptions = { goal: "converge", overwrite: [], acceptLive: [], lift: [] };
const RATIO_MAX = 1.5;
/** Times that a proof is measured: the least counts, because the rest is other work of the machine. */
const TIMES = 25;

/** What one name wants. Three kinds of names come to three shapes. */
const CHECK = { host: "api", path: "/prod/healthcheck", searchString: "ok" };
const KINDS = [
  { healthCheck: { ...CHECK, gate: true } },
  { healthCheck: { ...CHECK, gate: false } },
  { evaluateTargetHealth: true },
] as const;

/** So many names in three Regions on one certificate, of so many kinds. The name with the number `changed` has one Region fewer. */
function manifestOf(names: number, kinds: number, changed?: number): Manifest {
  const apis = Array.from({ length: names }, (_each, index): [string, object] => [
    `n${String(index)}.example.com`,
    {
      certificate: "wild",
      ...KINDS[index % kinds],
      regions: Object.fromEntries(
        (index === changed ? REGIONS.slice(0, 2) : REGIONS).map((region, place) => [
          region,
          { restApi: `r${String(place)}${String(index).padStart(8, "0")}`, stage: "prod", basePath: "v1" },
        ]),
      ),
    },
  ]);
  const document = {
    version: 1,
    name: "bench",
    scopeId: "7f3k9q",
    zones: { "example.com": {} },
    certificates: { wild: { domains: ["*.example.com"] } },
    apis: Object.fromEntries(apis),
  };
  const { manifest, diagnostics } = readManifest(JSON.stringify(document), "bench.json");
  if (manifest === undefined) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  return manifest;
}

/** An AWS in which nothing of the manifest's own exists yet, with quotas that are never reached. */
function nothing(wanted: Manifest): Cloud {
  const cloud = withoutQuotas(emptyCloud(Date.UTC(2026, 0, 1)));
  const emulator = createEmulator({ cloud, seed: "bench" });
  const restApis = wanted.apis.flatMap(({ regions }) =>
    regions.flatMap(({ region, mappings }) =>
      mappings.map(({ restApi, stage }) => ({ region, id: restApi, stages: [stage] })),
    ),
  );
  const zones = wanted.zones.map(({ name }) => ({ account: ACCOUNT, name }));
  emulator.prepare({ account: ACCOUNT, zones, restApis });
  return emulator.cloud();
}

function withoutQuotas(cloud: Cloud): Cloud {
  let next = cloud;
  for (const key of Object.keys(QUOTAS)) if (isQuotaKey(key)) next = withQuota(next, ANY_ACCOUNT, key, 10_000_000);
  return next;
}

const cpu = (from?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1_000;
};

/** What is read of AWS, as a run reads it. */
async function observed(wanted: Manifest, cloud: Cloud): Promise<Observation> {
  const send = emulatorSend(createEmulator({ cloud, seed: "bench" }));
  const seen = await observe(wanted, OPTIONS, (call) =>
    send(call.account === "" ? { ...call, account: ACCOUNT } : call),
  );
  return { ...seen, cloud: withoutQuotas(seen.cloud) };
}

const planned = (wanted: Manifest, seen: Observation): Plan =>
  makePlan(desire(wanted, seen.scope), seen, wanted.limits, OPTIONS, "bench");

/** Names brought about at a time: what waits is evaluated again and again. */
const CHUNK = 100;

/** The Cloud after the plan, done on the model as the executor does it. */
function done(plan: Plan, start: Cloud): Cloud {
  const owned = plan.steps.map(({ kind, change }) =>
    change.after === undefined ? undefined : kindOf(kind).owningName?.(change.after),
  );
  const places = new Map<string, number>(
    [...new Set(owned)].filter((name) => name !== undefined).map((name, place) => [name, place]),
  );
  const steps = new Map<number, Step[]>();
  for (const [place, each] of plan.steps.entries()) {
    const chunk = Math.floor((places.get(owned[place] ?? "") ?? -1) / CHUNK);
    const part = steps.get(chunk) ?? [];
    part.push(each);
    steps.set(chunk, part);
  }
  let cloud = start;
  for (const part of [...steps.keys()].toSorted((a, b) => a - b)) cloud = doneInto(cloud, steps.get(part) ?? []);
  return cloud;
}

function doneInto(start: Cloud, steps: readonly Step[]): Cloud {
  let cloud = start;
  const ids = new Set(steps.map((each) => each.id));
  const left = steps.map((each) => ({ ...each, after: each.after.filter((id) => ids.has(id)) }));
  const finished = new Set<string>();
  let calls = 0;
  for (;;) {
    const ready = readySteps(left, finished, new Set()).map((each) => evaluate(each, cloud));
    const over = ready.filter(({ next }) => next.do === "done");
    for (const { step: each } of over) finished.add(each.id);
    if (finished.size === left.length) return withoutChanges(cloud);
    if (over.length > 0) continue;
    const sendables = merge(ready, cloud, new Set());
    for (const { call } of sendables) {
      const outcome = step(cloud, call, hashIds(`bench ${JSON.stringify(call.input)} ${String((calls += 1))}`));
      if (!outcome.ok) throw new Error(`${call.operation}: ${outcome.fault.message}`);
      cloud = outcome.cloud;
    }
    if (sendables.length > 0) continue;
    const stopped = ready.find(({ next }) => next.do === "stop");
    if (stopped?.next.do === "stop") throw new Error(stopped.next.diagnostic.message);
    const waits = ready.flatMap(({ next }) =>
      next.do === "wait" && next.until !== undefined && Number.isFinite(next.until) ? [next.until] : [],
    );
    cloud = tick(cloud, Math.min(...waits, nextDue(cloud) ?? Infinity));
  }
}

/** A run that begins knows of no change batches. */
function withoutChanges(cloud: Cloud): Cloud {
  const account = accountOf(cloud, ACCOUNT);
  return withAccount(cloud, { ...account, changes: emptyAccount(ACCOUNT).changes });
}

interface Measured {
  readonly plan: Plan;
  readonly states: number;
  readonly shapes: number;
  /** Milliseconds of CPU of the proof. */
  readonly proof: number;
}

const HEAD = ["what", "names", "steps", "states", "shapes", "observation", "plan", "proof"];
const WIDTHS = [34, 7, 8, 7, 7, 13, 11, 11];
const row = (cells: readonly string[]): void =>
  console.log(
    cells.map((cell, at) => (at === 0 ? cell.padEnd(WIDTHS[0] ?? 0) : cell.padStart(WIDTHS[at] ?? 0))).join(""),
  );

/** Observation and plan are measured once, the proof `times` times. */
async function measured(what: string, wanted: Manifest, cloud: Cloud, times: number): Promise<Measured> {
  const begun = process.cpuUsage();
  const seen = await observed(wanted, cloud);
  const observation = cpu(begun);
  const from = process.cpuUsage();
  const plan = planned(wanted, seen);
  const planning = cpu(from);
  let least = Infinity;
  let [states, shapes] = [0, 0];
  for (let time = 0; time < times; time += 1) {
    const start = process.cpuUsage();
    const { proof } = prove(plan, seen.cloud, invariants, policyOf(wanted.limits, []));
    least = Math.min(least, cpu(start));
    if (proof?.safe !== true) throw new Error(JSON.stringify(proof?.violation ?? plan.diagnostics));
    ({ states, shapes } = proof);
  }
  const numbers = [wanted.apis.length, plan.steps.length, states, shapes].map(String);
  row([what, ...numbers, ...[observation, planning, least].map((each) => `${each.toFixed(1)} ms`)]);
  return { plan, states, shapes, proof: least };
}

/** The estate of the manifest, converged: what a plan of it leaves to do is nothing. */
async function standing(wanted: Manifest, empty: Cloud, plan: Plan): Promise<Cloud> {
  const cloud = done(plan, empty);
  const { steps, diagnostics } = planned(wanted, await observed(wanted, cloud));
  if (steps.length > 0) throw new Error(`not converged: ${JSON.stringify(diagnostics)} ${steps[0]?.id ?? ""}`);
  return cloud;
}

async function oneChanged(names: number): Promise<Measured> {
  const wanted = manifestOf(names, 1);
  const empty = nothing(wanted);
  const { plan } = await measured("first apply", wanted, empty, 1);
  const cloud = await standing(wanted, empty, plan);
  return measured("one Region less of one name", manifestOf(names, 1, 7), cloud, TIMES);
}

const failures: string[] = [];
const expect = (holds: boolean, what: string): void => {
  if (!holds) failures.push(what);
};

const sizes = process.argv.slice(2).map(Number);
row(HEAD);
if (sizes.length === 0) {
  const few = await measured("first apply, three kinds of names", manifestOf(99, 3), nothing(manifestOf(99, 3)), 1);
  const many = await measured(
    "first apply, three kinds of names",
    manifestOf(1_000, 3),
    nothing(manifestOf(1_000, 3)),
    1,
  );
  expect(
    few.states === many.states,
    "a first apply of 1,000 names visits more states than one of 99 with the same shapes",
  );
  expect(many.shapes === KINDS.length, `three kinds of names come to ${String(many.shapes)} shapes`);
}
const found: Measured[] = [];
for (const names of sizes.length > 0 ? sizes : [100, 10_000]) found.push(await oneChanged(names));
const [small, large] = [found[0], found.at(-1)];
if (small === undefined || large === undefined) throw new Error("no size");
const ratio = large.proof / small.proof;
expect(
  large.states === small.states,
  `changing one name visits ${String(small.states)} states among few and ${String(large.states)} among many`,
);
expect(ratio <= RATIO_MAX, `changing one name costs ${ratio.toFixed(2)} times the CPU among many`);
console.log(
  `\none name changed: ${String(large.states)} states; ${ratio.toFixed(2)} times the CPU in the largest estate (at most ${String(RATIO_MAX)})`,
);
for (const failure of failures) console.log(`FAIL ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

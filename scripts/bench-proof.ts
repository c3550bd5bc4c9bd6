// What a proof costs: states, shapes and CPU (without reading) of a first apply, of one name changed in an estate, and of
// one name added to it, for estates of several sizes.
//   npm run bench:proof -- [names…]
// Ends with 1 when changing one name costs more states, or more than 1.5 times the CPU, in the largest estate than in the smallest.
import type { Cloud } from "../src/cloud/cloud.ts";
import { accountOf, withAccount } from "../src/cloud/edit.ts";
import { emptyAccount, emptyCloud } from "../src/cloud/empty.ts";
import { hashIds } from "../src/cloud/ids.ts";
import { ANY_ACCOUNT, QUOTAS, isQuotaKey, withQuota } from "../src/cloud/quotas.ts";
import { step } from "../src/cloud/step.ts";
import { nextDue, tick } from "../src/cloud/tick.ts";
import { desire } from "../src/desired/desire.ts";
import { domainName } from "../src/dns/domain-name.ts";
import { createEmulator } from "../src/emulator/emulator.ts";
import { invariants } from "../src/interlock/invariants.ts";
import { policyOf } from "../src/interlock/policy.ts";
import { prove } from "../src/interlock/prove.ts";
import type { Manifest } from "../src/manifest/manifest.ts";
import { evaluate, merge, readySteps } from "../src/plan/evaluate.ts";
import { makePlan } from "../src/plan/make-plan.ts";
import type { PlanOptions } from "../src/plan/options.ts";
import type { Plan, Step } from "../src/plan/plan.ts";
import type { Scope } from "../src/resource/kind.ts";
import { kindOf } from "../src/resource/kinds.ts";

const ACCOUNT = "111122223333";
const REGIONS = ["us-east-1", "us-west-2", "eu-west-1"];
const sizes = process.argv.slice(2).map(Number);
const LIMITS = { deletePercent: 30, updatePercent: 30, deleteMax: 10, regionsRemovedPerRun: 1 };
const OPTIONS: PlanOptions = { goal: "converge", overwrite: [], acceptLive: [], lift: [] };
const zoneName = domainName("example.com");

function manifest(names: number): Manifest {
  const apis = Array.from({ length: names }, (_each, index) => api(index));
  return {
    file: "bench.yaml",
    name: "bench",
    scopeId: "7f3k9q",
    account: undefined,
    tags: {},
    accounts: [],
    quotas: [],
    zones: [{ name: zoneName, account: undefined, id: undefined }],
    certificates: [
      { label: "wild", domains: [domainName("*.example.com")], keyAlgorithms: ["RSA_2048"], transparencyLogging: true },
    ],
    apis,
    drainMinimumSeconds: 900,
    limits: LIMITS,
    retire: [],
    positions: new Map(),
  };
}

const api = (index: number): Manifest["apis"][number] => ({
  name: domainName(`n${index}.example.com`),
  zone: zoneName,
  certificate: "wild",
  securityPolicy: "TLS_1_2",
  endpointAccessMode: undefined,
  ipAddressType: "ipv4",
  evaluateTargetHealth: false,
  healthCheck: {
    host: "api",
    path: "/prod/healthcheck",
    searchString: "ok",
    intervalSeconds: 30,
    failureThreshold: 2,
    gate: "shared",
  },
  regions: REGIONS.map((region, place) => ({
    region,
    mappings: [{ basePath: "v1", restApi: `r${place}${String(index).padStart(8, "0")}`, stage: "prod" }],
  })),
});

/** An AWS in which nothing of the manifest's own exists yet, with quotas that are never reached. */
function nothing(wanted: Manifest): Cloud {
  let cloud = emptyCloud(Date.UTC(2026, 0, 1));
  for (const key of Object.keys(QUOTAS)) if (isQuotaKey(key)) cloud = withQuota(cloud, ANY_ACCOUNT, key, 10_000_000);
  const emulator = createEmulator({ cloud, seed: "bench" });
  const restApis = wanted.apis.flatMap(({ regions }) =>
    regions.flatMap(({ region, mappings }) =>
      mappings.map(({ restApi, stage }) => ({ region, id: restApi, stages: [stage] })),
    ),
  );
  emulator.prepare({ account: ACCOUNT, zones: [{ account: ACCOUNT, name: zoneName }], restApis });
  return emulator.cloud();
}

function scopeOf(wanted: Manifest, cloud: Cloud): Scope {
  const [zone] = accountOf(cloud, ACCOUNT).zones;
  if (zone === undefined) throw new Error("no zone");
  const ref = { account: ACCOUNT, id: zone.id, name: zone.name };
  return {
    account: ACCOUNT,
    owner: { manifest: wanted.name, scope: wanted.scopeId },
    zones: [ref],
    zoneByName: new Map([[zone.name, ref]]),
    wanted: new Set(wanted.apis.map(({ name }) => name)),
    checkedHosts: new Map(),
    retired: new Set(wanted.retire),
    drainMinimumSeconds: wanted.drainMinimumSeconds,
  };
}

function planned(wanted: Manifest, cloud: Cloud, nonce: string): Plan {
  const scope = scopeOf(wanted, cloud);
  return makePlan(desire(wanted, scope), { cloud, scope, diagnostics: [] }, LIMITS, OPTIONS, nonce);
}

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
    steps.set(chunk, [...(steps.get(chunk) ?? []), each]);
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
      const outcome = step(cloud, call, hashIds(`bench ${JSON.stringify(call.input)} ${(calls += 1)}`));
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
  /** Milliseconds of CPU: the least of several measurements, because the rest is other work of the machine. */
  readonly least: number;
}

function measured(what: string, names: number, wanted: Manifest, cloud: Cloud, times: number): Measured {
  const plan = planned(wanted, cloud, `bench ${what}`);
  let least = Infinity;
  let states = 0;
  let shapes = 0;
  for (let time = 0; time < times; time += 1) {
    const from = process.cpuUsage();
    const { proof } = prove(plan, cloud, invariants, policyOf(LIMITS, []));
    const { user, system } = process.cpuUsage(from);
    if (proof?.safe !== true) throw new Error(JSON.stringify(proof?.violation ?? plan.diagnostics));
    ({ states, shapes } = proof);
    least = Math.min(least, (user + system) / 1_000);
  }
  const row = [
    what.padEnd(18),
    `${String(names).padStart(6)} names`,
    `${String(plan.steps.length).padStart(7)} steps`,
    `${String(states).padStart(6)} states`,
    `${String(shapes).padStart(3)} shapes`,
    `${least.toFixed(1).padStart(9)} ms`,
  ];
  console.log(row.join(" "));
  return { plan, states, least };
}

function estate(names: number): Measured {
  const wanted = manifest(names);
  const empty = nothing(wanted);
  const { plan } = measured("first apply", names, wanted, empty, 1);
  const standing = done(plan, empty);
  const apis = wanted.apis.map((each, index) => (index === 7 ? { ...each, regions: each.regions.slice(0, 2) } : each));
  return measured("one name changed", names, { ...wanted, apis }, standing, 15);
}

const found = (sizes.length > 0 ? sizes : [100, 1_000, 10_000]).map(estate);
const [small, large] = [found[0], found.at(-1)];
if (small === undefined || large === undefined) throw new Error("no size");
const ratio = large.least / small.least;
console.log(
  `one name changed: ${ratio.toFixed(2)} times the CPU in the largest estate, ${large.states === small.states ? "as many" : "other"} states`,
);
process.exitCode = ratio > 1.5 || large.states !== small.states ? 1 : 0;

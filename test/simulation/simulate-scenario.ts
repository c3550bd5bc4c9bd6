import type { Fault } from "../../src/cloud/call.ts";
import type { QuotaKey } from "../../src/cloud/quotas.ts";
import { SECOND } from "../../src/cloud/instant.ts";
import type { WeatherRule } from "../../src/emulator/weather.ts";
import type { Stranger } from "../property/strangers.ts";
import { changed, firstVersion } from "./simulate-manifests.ts";
import type { Version } from "./simulate-manifests.ts";
import { chanceOf } from "./simulate-random.ts";
import type { Chance } from "./simulate-random.ts";
import type { Roughness } from "./world-aws.ts";

/** What of a seed is switched on: a failing seed is made smaller by switching off what it does not need. */
export interface Switches {
  readonly weather: boolean;
  readonly late: boolean;
  /** Deletions by name may land late too: only where AWS refuses a request that is too old. */
  readonly lateDeletes: boolean;
  readonly kills: boolean;
  readonly people: boolean;
  /** People delete record sets of ours too. */
  readonly removals: boolean;
  /** Versions differ in their base paths too. */
  readonly paths: boolean;
  /** Names share endpoints and their checks. */
  readonly sharing: boolean;
  /** Other routing policies than latency. */
  readonly routing: boolean;
  readonly strangers: boolean;
  readonly quotas: boolean;
  readonly slow: boolean;
  readonly writersMax: number;
  readonly namesMax: number;
}

export const EVERYTHING: Switches = {
  weather: true,
  late: true,
  lateDeletes: true,
  kills: true,
  people: true,
  removals: true,
  paths: true,
  sharing: true,
  routing: true,
  strangers: true,
  quotas: true,
  slow: true,
  writersMax: 3,
  namesMax: 3,
};

/** One process of a writer, from its start to its end or its death. */
export interface Life {
  readonly version: Version;
  /** Dies at this call; `how`: before it is sent, after AWS has done it, or with it in flight. Undefined: lives on. */
  readonly dies: { readonly at: number; readonly how: "before" | "after" | "in flight" } | undefined;
}

/** `drill` fails a Region by its gate, `lift` ends it. */
export type Deed = "flip" | "remove" | "note" | "check" | "delegate" | "drill" | "lift";

export interface Scenario {
  readonly seed: number;
  readonly start: {
    /** What stood there before; undefined: nothing. */
    readonly earlier: Version | undefined;
    /** The earlier run was killed after so many calls; undefined: it converged. */
    readonly stopped: number | undefined;
    readonly strangers: readonly Stranger[];
    /** Somebody else answers for the first name too, from a Region of their own. */
    readonly foreignAnswer: boolean;
  };
  readonly writers: readonly (readonly Life[])[];
  readonly rough: Roughness;
  readonly stay: number;
  /** What people do, and at which call. */
  readonly people: readonly { readonly at: number; readonly deed: Deed }[];
  /** `told`: the manifest says so. */
  readonly quota: { readonly key: QuotaKey; readonly value: number; readonly told: boolean } | undefined;
  /** The manifest of the last writer: what all must come to. */
  readonly last: Version;
}

/** Few enough that starting estates are met again, many enough that most things are in them. */
const POOL = 60;

const DAY = 10 ** 6;

export function scenarioOf(seed: number, on: Switches): Scenario {
  const number = 1 + (Math.imul(seed, 7) % POOL);
  const estate = chanceOf(number, "estate");
  const first = atMost(firstVersion(estate), on.namesMax);
  const strangers = estate.pick(COMPANY);
  const foreignAnswer = on.strangers && estate.happens(0.1);
  const plain = plainly({ ...on, routing: on.routing && !foreignAnswer });
  const base = plain(first);
  const writers = atOnePath(writersOf(first, chanceOf(seed, "writers"), on), base, on).map((lives) =>
    lives.map((life) => ({ ...life, version: plain(life.version) })),
  );
  const lives = writers.flat();
  const start = chanceOf(seed, "start");
  const empty = start.happens(0.15);
  return {
    seed,
    start: {
      earlier: empty ? undefined : base,
      stopped: start.happens(0.2) ? start.pick([30, 60]) : undefined,
      strangers: on.strangers ? strangers : [],
      foreignAnswer,
    },
    writers,
    rough: roughness(seed, on),
    stay: chanceOf(seed, "turns").pick([0, 0.5, 0.9, 0.97]),
    people: on.people ? [...peopleOf(chanceOf(seed, "people"), on), ...drillOf(chanceOf(seed, "drill"))] : [],
    quota: on.quotas ? quotaOf(chanceOf(seed, "quota")) : undefined,
    last: lives.at(-1)?.version ?? base,
  };
}

const COMPANY: readonly (readonly Stranger[])[] = [
  [],
  ["txt", "mx"],
  ["txt", "mx", "health-check", "certificate"],
  ["other-domain", "other-latency"],
];

/** All versions with the base paths of the first. */
function atOnePath(writers: Scenario["writers"], base: Version, on: Switches): Scenario["writers"] {
  if (on.paths) return writers;
  const pathsOf = (name: string): readonly string[] => base.names.find((each) => each.name === name)?.paths ?? ["v1"];
  const same = (version: Version): Version => ({
    ...version,
    names: version.names.map((each) => ({ ...each, paths: pathsOf(each.name) })),
  });
  return writers.map((lives) => lives.map((life) => ({ ...life, version: same(life.version) })));
}

/** Without what is switched off. A latency record of somebody else allows our name no other policy. */
const plainly =
  ({ sharing, routing }: Pick<Switches, "sharing" | "routing">) =>
  (version: Version): Version => ({
    ...version,
    sharing: sharing && version.sharing,
    names: version.names.map((each) => (routing ? each : { ...each, routing: "latency" as const })),
  });

const atMost = (version: Version, names: number): Version => ({ ...version, names: version.names.slice(0, names) });

function writersOf(base: Version, chance: Chance, on: Switches): readonly (readonly Life[])[] {
  const wanted = chance.pick([1, 1, 2, 2, 2, 2, 2, 3]);
  const differ = chance.happens(0.75);
  const common = chance.happens(0.8) ? changed(base, chance) : base;
  const writers: (readonly Life[])[] = [];
  for (let index = 0; index < wanted; index++) {
    const version = differ && index > 0 ? changed(chance.happens(0.5) ? base : common, chance) : common;
    writers.push(livesOf(version, chance, on));
  }
  return writers.slice(0, on.writersMax);
}

function livesOf(version: Version, chance: Chance, on: Switches): readonly Life[] {
  const lives: Life[] = [];
  const deaths = chance.pick([0, 0, 1, 1, 1, 2]);
  for (let index = 0; index < deaths; index++) {
    const how = chance.pick(["before", "after", "in flight"] as const);
    const at = chance.integer(12, chance.pick([30, 60, 60, 120]));
    if (on.kills) lives.push({ version, dies: { at, how } });
  }
  const comesBack = chance.happens(0.4);
  const next = chance.happens(0.25) ? changed(version, chance) : version;
  return comesBack || lives.length === 0 ? [...lives, { version: next, dies: undefined }] : lives;
}

function peopleOf(chance: Chance, { removals }: Switches): Scenario["people"] {
  if (!chance.happens(0.3)) return [];
  const deeds = chance.some(["flip", "remove", "note", "check"] as const, 0.5);
  const people: { at: number; deed: Deed }[] = deeds.map((deed) => ({ at: chance.integer(5, 90), deed }));
  if (chance.happens(0.3)) people.push({ at: chance.integer(5, 60), deed: "delegate" });
  return people.filter(({ deed }) => removals || deed !== "remove");
}

/** Most begin before anybody has looked at the health checks. */
function drillOf(chance: Chance): Scenario["people"] {
  if (!chance.happens(0.45)) return [];
  const at = chance.integer(1, chance.pick([3, 3, 90]));
  return [
    { at, deed: "drill" },
    { at: at + chance.integer(10, 150), deed: "lift" },
  ];
}

function quotaOf(chance: Chance): Scenario["quota"] {
  if (!chance.happens(0.1)) return undefined;
  const low = chance.pick([
    { key: "route53.healthChecks", value: chance.integer(1, 5) },
    { key: "apigateway.domainNames", value: chance.integer(1, 3) },
    { key: "acm.certificates", value: chance.integer(1, 3) },
    { key: "route53.recordSets", value: chance.integer(5, 14) },
  ] as const);
  return { ...low, told: chance.happens(0.6) };
}

const fault = (
  code: string,
  status: number,
): WeatherRule["what"] & { readonly do: "fault"; readonly fault: Fault } => ({
  do: "fault",
  fault: { code, status, message: "Try again." },
});

const WRITES = [
  "ChangeResourceRecordSets",
  "CreateHealthCheck",
  "UpdateHealthCheck",
  "DeleteHealthCheck",
  "RequestCertificate",
  "AddTagsToCertificate",
  "DeleteCertificate",
  "CreateDomainName",
  "UpdateDomainName",
  "DeleteDomainName",
  "TagResource",
  "CreateBasePathMapping",
  "UpdateBasePathMapping",
  "DeleteBasePathMapping",
];
const READS = [
  "ListHostedZonesByName",
  "ListResourceRecordSets",
  "ListHealthChecks",
  "ListCertificates",
  "GetResources",
  "GetDomainNames",
  "GetBasePathMappings",
  "GetChange",
];

function roughness(seed: number, on: Switches): Roughness {
  const chance = chanceOf(seed, "weather");
  const bad = chance.happens(0.7);
  const rules: readonly WeatherRule[] = [
    ...denials(chance),
    ...aimed(chance),
    { operations: ["Probe"], services: ["probe"], chance: chance.roll() * 0.2, what: fault("ProbeFailed", 502) },
    { chance: chance.roll() * 0.06, what: { do: "throttle" } },
    { chance: chance.roll() * 0.03, what: fault("InternalFailure", 500) },
    { chance: chance.roll() * 0.02, what: fault("ServiceUnavailable", 503) },
    { chance: chance.roll() * 0.04, what: { do: "lose-request" } },
    { chance: chance.roll() * 0.06, what: { do: "lose-answer" } },
    {
      services: ["acm", "apigateway", "tagging"],
      chance: chance.roll() * 0.15,
      what: { do: "stale", seconds: chance.pick([2, 5, 30]) },
    },
  ];
  const weather = { seed: String(seed % DAY), rules: bad && on.weather ? rules : [] };
  const late = chance.happens(0.4) ? chance.roll() * 0.25 : 0;
  const slowInsync = chance.happens(0.3) ? chance.pick([20, 120, 600]) * SECOND : 0;
  return { weather, late: on.late ? late : 0, lateDeletes: on.lateDeletes, slowInsync: on.slow ? slowInsync : 0 };
}

/** One operation of this seed fails its first few times. */
function aimed(chance: Chance): readonly WeatherRule[] {
  const operations = [chance.pick(WRITES)];
  const what = chance.pick<WeatherRule["what"]>([
    { do: "lose-answer" },
    { do: "lose-request" },
    { do: "throttle" },
    fault("InternalFailure", 500),
  ]);
  return [{ operations, chance: 1, times: chance.integer(1, 3), after: chance.pick([0, 0, 1, 2]), what }];
}

function denials(chance: Chance): readonly WeatherRule[] {
  if (!chance.happens(0.35)) return [];
  const operations = [chance.pick(chance.happens(0.75) ? READS : WRITES)];
  return [{ operations, chance: 0.7, after: chance.integer(0, 6), times: chance.integer(1, 4), what: { do: "deny" } }];
}

import type { WeatherRule } from "../../src/emulator/weather.ts";
import type { NameVersion, Version } from "./simulate-manifests.ts";
import type { Scenario } from "./simulate-scenario.ts";
import { pausedAfter } from "./simulate-turns.ts";
import { simulate } from "./simulate.ts";
import type { Simulated } from "./simulate.ts";
import { fair } from "./world-aws.ts";

/** Two runs, of which the first pauses after some turn until the second has ended. */
export interface Case {
  readonly name: string;
  /** What stands there before; left out: both Regions. */
  readonly earlier?: Version;
  readonly first: Version;
  readonly second: Version;
  /** Turns after which the first pauses; undefined: all over. */
  readonly pauses?: readonly number[];
  readonly rules?: readonly WeatherRule[];
  /** The first call of this operation is lost, and lands after fourteen minutes. */
  readonly lateOnce?: string;
}

const shop: NameVersion = {
  name: "shop.example.com",
  regions: ["us-east-1", "us-west-2"],
  check: { interval: 30, threshold: 3, gate: true },
  ownCertificate: true,
  dualstack: false,
  evaluateTargetHealth: false,
  variant: 0,
  paths: ["v1"],
  routing: "latency",
};

const version = (change: Partial<NameVersion>): Version => ({
  names: [{ ...shop, ...change }],
  retire: [],
  keyAlgorithm: "RSA_2048",
  extra: false,
  sharing: false,
});

const both = version({});
const three = version({ regions: ["us-east-1", "us-west-2", "eu-west-1"] });
const east = version({ regions: ["us-east-1"] });
const west = version({ regions: ["us-west-2"] });

/** The turns between the drain and the deletions. */
const aboutToDelete = Array.from({ length: 34 }, (_, index) => 28 + index);

/** What has happened to others. */
export const cases: readonly Case[] = [
  {
    // AWS, 2025-10-19: a delayed worker applied an old plan over a newer one, and the cleanup then left an empty record.
    name: "a delayed run wakes up with an old plan when a newer one is applied and what it replaced is deleted",
    first: east,
    second: west,
  },
  {
    name: "a run that adds a Region wakes up when another has taken that Region away for good",
    first: both,
    second: west,
  },
  { name: "two runs, each of which removes the Region that the other keeps", first: west, second: east },
  {
    name: "two runs that replace the health checks, each with its own",
    first: version({ check: { interval: 10, threshold: 3, gate: true } }),
    second: version({ check: undefined }),
  },
  { name: "a run that finds what another has condemned and not drained yet", first: east, second: east },
  {
    name: "a run that wants a Region while another is about to delete it",
    first: west,
    second: both,
    pauses: aboutToDelete,
  },
  {
    name: "two runs with different base paths, each of which takes the other's away",
    first: version({ paths: ["v2"] }),
    second: version({ paths: ["v1"] }),
  },
  { name: "two Regions are to go at once", earlier: three, first: east, second: east, pauses: [300] },
  {
    name: "a Region that may not be read, while another Region goes",
    first: east,
    second: east,
    pauses: [200],
    rules: [{ operations: ["GetDomainNames"], regions: ["us-west-2"], chance: 1, times: 1, what: { do: "deny" } }],
  },
  {
    name: "a deletion whose answer is lost lands when another run has made the thing anew",
    first: east,
    second: both,
    pauses: [1_000],
    lateOnce: "DeleteDomainName",
  },
  {
    name: "a read that still shows what was deleted a minute ago",
    first: east,
    second: both,
    pauses: aboutToDelete,
    rules: [{ operations: ["GetDomainNames"], regions: ["us-west-2"], chance: 1, what: { do: "stale", seconds: 60 } }],
  },
];

const scenario = ({ earlier = both, first, second, rules = [], lateOnce = "" }: Case): Scenario => ({
  seed: 1,
  start: { earlier, stopped: undefined, strangers: ["txt"], foreignAnswer: false },
  writers: [[{ version: first, dies: undefined }], [{ version: second, dies: undefined }]],
  rough: { ...fair, weather: { seed: "case", rules }, lateOnce },
  stay: 0,
  people: [],
  quota: undefined,
  last: second,
});

const PAUSES_MAX = 60;
const FINE = 5;

/** The pauses to try: every so many turns. Given ones are few, and are thinned out only by a coarse step. */
export const pausesOf = ({ pauses }: Case, step: number): readonly number[] =>
  pauses?.filter((_pause, index) => index % Math.ceil(step / FINE) === 0) ??
  Array.from({ length: Math.ceil(PAUSES_MAX / step) }, (_, index) => 1 + index * step);

/** The first run has so many turns before the second begins. */
export const playedCase = (each: Case, pause: number): Promise<Simulated> =>
  simulate(scenario(each), true, pausedAfter(pause, ["w0", "w1"]));

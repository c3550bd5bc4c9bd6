import { both } from "./case.ts";
import type { Case } from "./case.ts";
import { converges } from "./explore.ts";
import type { Explored } from "./explore.ts";
import { namesConvergence, namesModel, namesTermination } from "./names/model.ts";
import { MANIFESTS, PROTOCOL, RETIRED } from "./names/state.ts";
import type { Bounds, Rules } from "./names/state.ts";

const manifest = (text: string): number => MANIFESTS.findIndex((each) => each.text === text);
const BOTH = manifest("{r1,r2}");
const EAST = manifest("{r1}");
const WEST = manifest("{r2}");
const OTHER = manifest("{r1',r2}");
const THREE = manifest("{r1,r2,r3}");

const TWO_RUNS: Bounds = {
  regions: 2,
  runs: 2,
  starts: 2,
  kills: 0,
  lostAnswers: 0,
  pending: 2,
  manifests: [BOTH, EAST, WEST],
  staleListings: false,
  staleGets: false,
  unpublished: false,
  meddlings: 0,
  insyncInOrder: true,
  symmetric: false,
  lonely: false,
  prompt: false,
};
/** One Region, so that a name comes and goes with it. */
const COMES_AND_GOES: Bounds = { ...TWO_RUNS, regions: 1, starts: 3, manifests: [EAST, RETIRED], unpublished: true };

interface Named {
  readonly model?: "names" | "lifetime";
  readonly rules?: Partial<Rules>;
  readonly bounds?: Partial<Bounds>;
  /** The manifests with which one run must converge from wherever the others got. */
  readonly alone?: readonly number[];
}

const checkNames =
  ({ model = "names", rules = {}, bounds = {}, alone }: Named) =>
  (maxStates: number): Explored => {
    const kept: Rules = { ...PROTOCOL, ...rules };
    const within: Bounds = { ...(model === "names" ? TWO_RUNS : COMES_AND_GOES), ...bounds };
    const convergence = alone === undefined ? undefined : namesConvergence(kept, within, alone);
    return both(namesModel(kept, within), convergence, maxStates);
  };

const names = (size: Case["size"], id: string, how: Named): Case => ({
  model: how.model ?? "names",
  id,
  says: "the protocol",
  breaks: undefined,
  kind: "protocol",
  size,
  check: checkNames({ ...how, bounds: { ...how.bounds, symmetric: true } }),
});

const variant = (id: string, breaks: string, says: string, how: Named): Case => ({
  model: how.model ?? "names",
  id,
  says,
  breaks,
  kind: "variant",
  size: "quick",
  check: checkNames(how),
});

/** Two runs that want different things, from a settled estate: they end. */
const contend = (
  id: string,
  breaks: string | undefined,
  says: string,
  rules: Partial<Rules>,
  pairs: readonly number[][],
): Case => ({
  model: "names",
  id,
  says,
  breaks,
  kind: breaks === undefined ? "protocol" : "variant",
  size: "quick",
  check() {
    let found: Explored = { states: 0, steps: 0, finding: undefined, truncated: false };
    for (const pair of pairs) {
      const termination = namesTermination({ ...PROTOCOL, ...rules }, TWO_RUNS, pair);
      const { states, steps, finding } = converges(termination, [termination.start]);
      found = { states: found.states + states, steps: found.steps + steps, finding, truncated: false };
      if (finding !== undefined) break;
    }
    return found;
  },
});

const ANY_PAIR = [
  [BOTH, EAST],
  [BOTH, WEST],
  [EAST, WEST],
  [BOTH, OTHER],
  [EAST, OTHER],
  [BOTH, BOTH],
];
const ANY = [BOTH, EAST, WEST, OTHER];

export const NAMES: readonly Case[] = [
  names("quick", "2 runs, 2 starts, 1 kill", { bounds: { kills: 1 }, alone: ANY }),
  names("quick", "2 runs, 2 starts, 1 lost answer", {
    bounds: { lostAnswers: 1, manifests: [BOTH, EAST] },
    alone: ANY,
  }),
  names("quick", "2 runs, stale listings and GETs", {
    bounds: { staleListings: true, staleGets: true, manifests: [BOTH, EAST] },
  }),
  names("quick", "2 runs, 2 starts, a record deleted by hand", { bounds: { meddlings: 1 }, alone: ANY }),
  names("default", "2 runs, 3 starts, 1 kill, 2 records deleted by hand", {
    bounds: { starts: 3, kills: 1, meddlings: 2 },
    alone: ANY,
  }),
  contend("2 runs to their end", undefined, "the protocol", {}, ANY_PAIR),
  names("default", "4 manifests, 3 starts, 1 kill, 1 lost answer", {
    bounds: { starts: 3, kills: 1, lostAnswers: 1, manifests: ANY },
    alone: ANY,
  }),
  names("default", "stale listings and GETs, 1 kill, 1 lost answer", {
    bounds: { kills: 1, lostAnswers: 1, staleListings: true, staleGets: true, manifests: [BOTH, EAST] },
  }),
  names("default", "3 runs, 3 starts", { bounds: { runs: 3, starts: 3, manifests: [BOTH, EAST] } }),
  names("default", "3 Regions, 2 starts, 1 kill", {
    bounds: { regions: 3, kills: 1, manifests: [BOTH, EAST, THREE] },
    alone: [BOTH, EAST, THREE],
  }),
  names("deep", "2 runs, 4 starts, 2 kills, 1 lost answer", {
    bounds: { starts: 4, kills: 2, lostAnswers: 1 },
    alone: ANY,
  }),
  names("deep", "3 runs, 4 starts, 1 kill", { bounds: { runs: 3, starts: 4, kills: 1, manifests: [BOTH, EAST] } }),
  names("deep", "stale listings and GETs, 3 starts, 1 kill", {
    bounds: { starts: 3, kills: 1, staleListings: true, staleGets: true, manifests: [BOTH, EAST] },
  }),
  names("deep", "3 Regions, 2 starts, 1 kill, 1 lost answer", {
    bounds: { regions: 3, kills: 1, lostAnswers: 1, manifests: [BOTH, EAST, THREE] },
    alone: [BOTH, EAST, THREE],
  }),
  variant("V1", "I2", "a publication is an UPSERT", { rules: { upsert: true } }),
  variant("V2", "I1", "each record is compared for itself", { rules: { compare: "record" } }),
  variant("V3", "I2", "no drain", { rules: { drain: false } }),
  variant("V4", "I2", "taking back, with no claim before a DELETE", { rules: { claim: false } }),
  variant("V5", "I2", "the drain is counted from the write", { rules: { drainFromInsync: false } }),
  variant("V6a", "I1", "the marker in a second call, after", { rules: { markerCall: "after" } }),
  variant("V6b", "I1", "the marker in a second call, before", { rules: { markerCall: "before" } }),
  variant("V7", "I2", "condemned and drained, but not claimed", { rules: { claim: false, takeBack: false } }),
  variant("V8a", "I2", "F1: a claim with a time that nobody enforces", { rules: { fence: "none" } }),
  variant("V8b", "I2", "F1: a claim whose time only the run's clock enforces", {
    rules: { fence: "run" },
    bounds: { kills: 1 },
  }),
  variant("V9", "I2", "F2: a DELETE without answer is sent again", {
    rules: { sendOnce: false },
    bounds: { lostAnswers: 1 },
  }),
  variant("V10", "I2", "INSYNC of an older change counts", { rules: { ownWatchCovers: false } }),
  variant("V11", "I2", "no bump for a condemnation that was found", { rules: { bump: false } }),
  variant("V13", "I2", "F3: the target is looked at before the marker", { rules: { markerFirst: false } }),
  variant("V14", "I1", "a batch is sent again after a conflict", { rules: { rebase: true } }),
  variant("V15", "I2", "the marker's content is compared: no generation, no nonce, no tombs", {
    rules: { compare: "content", tombs: false },
    bounds: { starts: 3 },
  }),
  variant("V17", "I2", "no tombs", { rules: { tombs: false }, bounds: { staleGets: true } }),
  variant("V18", "I4", "F5: removals before the wanted ones stand", {
    rules: { removalsLast: false },
    bounds: { starts: 1, manifests: ANY },
    alone: ANY,
  }),
  variant("V19", "I3", "F4: no last look at the marker", { rules: { lastLook: false }, bounds: { kills: 1 } }),
  variant("B1", "I4", "a wrong target is refused although another Region is to come", {
    rules: { waitsForOthers: false },
    bounds: { manifests: ANY },
    alone: ANY,
  }),
  variant("K1", "I1", "what stays is not in the batch that takes a record away", {
    rules: { keepsInBatch: false },
    bounds: { meddlings: 1 },
  }),
  contend("F6", "I5", "no stop when contested", { stopWhenContested: false }, ANY_PAIR),
  contend("W1", "I5", "a conflict forgets the watched change", { conflictKeepsWatch: false }, ANY_PAIR),
  {
    ...variant("V12", "I2", "changes become INSYNC in another order", { bounds: { insyncInOrder: false } }),
    kind: "assumption",
  },
];

const lifetime = "lifetime" as const;
export const LIFETIME: readonly Case[] = [
  names("quick", "1 Region, 3 starts", { model: lifetime, alone: [EAST, RETIRED] }),
  names("default", "1 Region, 4 starts, 1 kill, 1 lost answer, stale GETs", {
    model: lifetime,
    bounds: { starts: 4, kills: 1, lostAnswers: 1, staleGets: true },
    alone: [EAST, RETIRED],
  }),
  names("default", "2 Regions, 2 starts, 1 kill", {
    model: lifetime,
    bounds: { regions: 2, starts: 2, kills: 1, unpublished: false, manifests: [BOTH, RETIRED] },
    alone: [BOTH, EAST, RETIRED],
  }),
  names("deep", "2 Regions, 3 starts, 1 kill", {
    model: lifetime,
    bounds: { regions: 2, kills: 1, unpublished: false, manifests: [BOTH, RETIRED] },
    alone: [BOTH, EAST, RETIRED],
  }),
  names("default", "1 Region, 3 runs, 4 starts, 1 kill, stale GETs", {
    model: lifetime,
    bounds: { runs: 3, starts: 4, kills: 1, staleGets: true },
  }),
  variant("L1", "I2", "the marker goes with the last record", {
    model: lifetime,
    rules: { markerGoes: "with the last record", takeBack: false },
    bounds: { regions: 2, kills: 1, unpublished: false, manifests: [EAST, RETIRED], pending: 1 },
  }),
  variant("L2", "I2", "the marker goes with entries", {
    model: lifetime,
    rules: { markerGoes: "with entries", takeBack: false },
    bounds: { kills: 1, unpublished: false, pending: 1 },
  }),
  names("default", "1 Region, 3 starts, the marker in a batch of its own", {
    model: lifetime,
    rules: { markerComes: "first", markerLingers: false },
    alone: [EAST, RETIRED],
  }),
  variant("L3", "I2", "the batch that makes the marker has no date", {
    model: lifetime,
    rules: { markerComes: "with the first record" },
  }),
  variant("L3b", "I2", "it has a date, and the marker goes before that is too old", {
    model: lifetime,
    rules: { markerLingers: false },
  }),
  variant("L4", "I2", "the marker goes while a GET may show what it says is deleted", {
    model: lifetime,
    rules: { tombsOutlive: false },
    bounds: { staleGets: true },
  }),
];

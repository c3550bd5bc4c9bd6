import type { Layout } from "../layout.ts";
import { layoutLike } from "../layout.ts";
import { HELD, NO_WATCH } from "../zone-changes.ts";

/** Which rules of the write protocol a run keeps. The protocol keeps them all; a variant leaves one out. */
export interface Rules {
  /** What a batch is compared with: the marker's generation and nonce, only each record, or the content without a nonce. */
  readonly compare: "generation" | "record" | "content";
  /** A publication may also be written over whatever is there. */
  readonly upsert: boolean;
  /** After a conflict the same batch is sent again on the new marker. */
  readonly rebase: boolean;
  /** The marker is in the batch of the records, or in a second call. */
  readonly markerCall: "same" | "after" | "before";
  /** Answers that resolvers hold are waited for. */
  readonly drain: boolean;
  /** The drain is counted from INSYNC, not from the write. */
  readonly drainFromInsync: boolean;
  /** Only the INSYNC of a change at or after the condemnation counts. */
  readonly ownWatchCovers: boolean;
  /** A condemnation found in the marker is bumped, for an INSYNC of one's own. */
  readonly bump: boolean;
  /** A target is claimed in the marker before it is deleted. */
  readonly claim: boolean;
  /** F1. Who refuses a DELETE after the claim's time: AWS by its signature, only the run by its clock, or nobody. */
  readonly fence: "aws" | "run" | "none";
  /** F2. A DELETE without an answer is not sent again. */
  readonly sendOnce: boolean;
  /** F3. The target is looked at after the marker was read. */
  readonly markerFirst: boolean;
  /** F4. A run reads the marker again before it says that all is well. */
  readonly lastLook: boolean;
  /** F5. Unwanted records go when the wanted ones stand. */
  readonly removalsLast: boolean;
  /** B1. A wrong target with no other Region to answer meanwhile is refused, but not while another one is to come. */
  readonly waitsForOthers: boolean;
  /** F6. A run does not condemn the same target twice. */
  readonly stopWhenContested: boolean;
  /** The marker remembers which incarnation was deleted. */
  readonly tombs: boolean;
  /** A target that is condemned but not claimed may be published again. */
  readonly takeBack: boolean;
  /** L1, L2. The marker is the last of a name that is retired: it goes without records and without entries. */
  readonly markerGoes: "last" | "with the last record" | "with entries";
  /**
   * L3. Absence has no nonce. A batch that makes a marker has the date of the read that showed none, so that AWS refuses
   * it when it is late; or the marker comes first, in a batch of its own; or neither.
   */
  readonly markerComes: "dated" | "first" | "with the first record";
  /** L3. A marker under which something was deleted stays until no such batch can be on its way any more. */
  readonly markerLingers: boolean;
  /** L4. A marker that remembers a deleted incarnation stays until no GET can show that one any more. */
  readonly tombsOutlive: boolean;
  /** K1. A batch that takes a record away has in it, verbatim, the records that stay. */
  readonly keepsInBatch: boolean;
  /** W1. A conflict leaves the watched change as it is: nothing was written. */
  readonly conflictKeepsWatch: boolean;
}

export const PROTOCOL: Rules = {
  compare: "generation",
  upsert: false,
  rebase: false,
  markerCall: "same",
  drain: true,
  drainFromInsync: true,
  ownWatchCovers: true,
  bump: true,
  claim: true,
  fence: "aws",
  sendOnce: true,
  markerFirst: true,
  lastLook: true,
  removalsLast: true,
  waitsForOthers: true,
  stopWhenContested: true,
  tombs: true,
  takeBack: true,
  markerGoes: "last",
  markerComes: "dated",
  markerLingers: true,
  tombsOutlive: true,
  keepsInBatch: true,
  conflictKeepsWatch: true,
};

/** How large the world is, and how much may go wrong in it. */
export interface Bounds {
  readonly regions: number;
  /** Runs alive at one time. */
  readonly runs: number;
  readonly starts: number;
  readonly kills: number;
  readonly lostAnswers: number;
  /** Changes of the zone that are PENDING at one time; a batch waits for room. */
  readonly pending: number;
  /** Indices into MANIFESTS: with which a run may start. */
  readonly manifests: readonly number[];
  /** A listing may be one generation old. */
  readonly staleListings: boolean;
  /** A GET may show the target that was deleted last. */
  readonly staleGets: boolean;
  /** Changes become INSYNC in the order of their batches. Assumed of Route 53; the floor of the drain is the margin. */
  /** The name is not published yet. */
  readonly unpublished: boolean;
  /** How often somebody deletes a record by hand, while another one answers. */
  readonly meddlings: number;
  readonly insyncInOrder: boolean;
  /** Runs are interchangeable, so states that differ only in their order are one. Off for traces: each keeps its letter. */
  readonly symmetric: boolean;
  /** No run is so slow that its claim lapses before it has sent its DELETE: else nothing would ever have to end. */
  readonly prompt: boolean;
  /** One run that nobody disturbs: how it ended is kept. */
  readonly lonely: boolean;
}

export interface Wanted {
  readonly text: string;
  /** Of each Region: 0 not wanted, 1 wanted, 2 wanted with another configuration of the target. */
  readonly versions: readonly number[];
}

export const MANIFESTS: readonly Wanted[] = [
  { text: "{r1,r2}", versions: [1, 1, 0] },
  { text: "{r1}", versions: [1, 0, 0] },
  { text: "{r2}", versions: [0, 1, 0] },
  { text: "{r1',r2}", versions: [2, 1, 0] },
  { text: "{r1,r2,r3}", versions: [1, 1, 1] },
  { text: "{}", versions: [0, 0, 0] },
];

/** The manifest that takes the name out of service. */
export const RETIRED = MANIFESTS.findIndex(({ versions }) => versions.every((version) => version === 0));

/** entry{target} of the marker: none, C, D, X of a run that is dead, and from `claimed` on X of the run with that place. */
export const ENTRY = { none: 0, condemned: 1, drained: 2, abandoned: 3, claimed: 4 } as const;

export const STEP = {
  none: 0,
  read: 1,
  get: 2,
  create: 3,
  publish: 4,
  drop: 5,
  bump: 6,
  insync: 7,
  claim: 8,
  delete: 9,
  release: 10,
  look: 11,
  condemn: 12,
  found: 15,
  unmark: 16,
  secondCall: 13,
  readAfterGet: 14,
} as const;
export type Step = (typeof STEP)[keyof typeof STEP];

export const ENDED = { not: 0, converged: 1, contested: 2, refused: 3 } as const;

// Types, not interfaces: a layout takes what is nothing but a record of numbers.
export type Run = {
  step: number;
  manifest: number;
  /** The Region that the next call is about. */
  focus: number;
  /** The marker is still the one that the decision was made from. */
  fresh: number;
  /** The decision was made from there being no marker. */
  unmarked: number;
  /** The date of that decision is not too old for AWS yet. */
  dated: number;
  /** The records are still those that the decision was made from. */
  standing: number;
  /** The target that was looked at is still that incarnation. */
  sound: number;
  /** Nobody else was running since it read. */
  alone: number;
  /** How many changes must become INSYNC until its own has; 0 when it has. */
  watch: number;
  /** Masks over Regions: condemnations at or before the watched change, … */
  covers: number;
  /** … DELETEs that are signed and not too old, … */
  signed: number;
  /** … DELETEs sent under the present claim without an answer, … */
  sent: number;
  /** … with an answer, … */
  answered: number;
  /** … and targets that the run has condemned. */
  condemned: number;
  /** The content of the marker as it was read, for the variant that compares only that. */
  content: number;
};

export type NameState = {
  /** The name has a marker. */
  marker: number;
  /** Something was deleted under it. */
  aged: number;
  meddlings: number;
  /** Per Region: 0 no target, else the version of the one that is there. */
  target: number[];
  record: number[];
  entry: number[];
  /** A claim is past its notAfter. Of a D: its clock was started before INSYNC, so it may end at any time. */
  lapsed: number[];
  /** A DELETE that nobody waits for is on its way. */
  late: number[];
  /** Who holds an answer. */
  held: number[];
  /** A stale GET may show the one deleted last. */
  ghost: number[];
  /** The marker says that it was deleted. */
  tomb: number[];
  /** The listing before the last batch. */
  oldRecord: number[];
  oldEntry: number[];
  pending: number;
  kills: number;
  lost: number;
  starts: number;
  ended: number;
  runs: Run[];
};

const NO_RUN: Run = {
  step: STEP.none,
  manifest: 0,
  focus: 0,
  fresh: 0,
  unmarked: 0,
  dated: 0,
  standing: 0,
  sound: 0,
  alone: 0,
  watch: 0,
  covers: 0,
  signed: 0,
  sent: 0,
  answered: 0,
  condemned: 0,
  content: 0,
};

export const noRun = (manifest = 0): Run => ({ ...NO_RUN, manifest });

export const newRun = (manifest: number): Run => ({ ...NO_RUN, step: STEP.read, manifest, watch: NO_WATCH });

/** Two Regions published and settled, or nothing yet; and nobody running. */
export function settled(bounds: Bounds): NameState {
  const firstTwo = (value: number): number[] =>
    Array.from({ length: bounds.regions }, (_, r) => (r < 2 && !bounds.unpublished ? value : 0));
  const zeros = (): number[] => firstTwo(0);
  return {
    marker: bounds.unpublished ? 0 : 1,
    aged: 0,
    meddlings: bounds.meddlings,
    target: firstTwo(1),
    record: firstTwo(1),
    entry: zeros(),
    lapsed: zeros(),
    late: zeros(),
    held: firstTwo(HELD.current),
    ghost: zeros(),
    tomb: zeros(),
    oldRecord: bounds.staleListings ? firstTwo(1) : zeros(),
    oldEntry: zeros(),
    pending: 0,
    kills: bounds.kills,
    lost: bounds.lostAnswers,
    starts: bounds.starts,
    ended: ENDED.not,
    runs: Array.from({ length: bounds.runs }, () => noRun()),
  };
}

export const nameLayout = (bounds: Bounds): Layout<NameState> => layoutLike(settled(bounds));

export const region = (r: number): string => `r${String(r + 1)}`;
export const alive = ({ runs }: NameState): number => runs.filter(({ step }) => step !== STEP.none).length;
export const isClaim = (entry: number): boolean => entry >= ENTRY.abandoned;

/** A run is gone: nobody acts on its claims any more. */
export function end(state: NameState, place: number, outcome: number, bounds: Bounds): void {
  const left = (entry: number): number => (entry === ENTRY.claimed + place ? ENTRY.abandoned : entry);
  state.entry = state.entry.map(left);
  state.oldEntry = state.oldEntry.map(left);
  const manifest = state.runs[place]!.manifest;
  state.runs[place] = noRun(bounds.lonely ? manifest : 0);
  if (bounds.lonely) state.ended = outcome;
}

/** The estate is what the manifest says; `orphans`: but for targets that nothing refers to. */
export function equalsManifest(state: NameState, manifest: number, orphans: boolean): boolean {
  const { versions } = MANIFESTS[manifest]!;
  if (manifest === RETIRED && state.marker === 1) return false;
  return state.target.every((target, r) => {
    const wanted = versions[r]!;
    if (state.entry[r] !== ENTRY.none) return false;
    if (wanted === 0) return state.record[r] === 0 && (orphans || target === 0);
    return state.record[r] === 1 && target === wanted;
  });
}

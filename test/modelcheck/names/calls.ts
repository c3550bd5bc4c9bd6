import { bit, HELD, removedNext } from "../zone-changes.ts";
import { ITEMS, sights } from "./items.ts";
import { contentOf, hasCondemned, isFresh, swap } from "./swap.ts";
import type { Turn } from "./swap.ts";
import { alive, end, ENDED, ENTRY, equalsManifest, isClaim, MANIFESTS, region, RETIRED, STEP } from "./state.ts";
import type { NameState, Rules, Step } from "./state.ts";

/** What a run does at each step: one call, or one listing with the decision that follows from it. */
export const CALLS: Readonly<Record<Exclude<Step, 0>, (turn: Turn) => void>> = {
  [STEP.read]: readZone,
  [STEP.readAfterGet]: readZoneAfterGet,
  [STEP.get]: getTarget,
  [STEP.create]: createTarget,
  [STEP.publish]: publish,
  [STEP.drop]: drop,
  [STEP.secondCall]: secondCall,
  [STEP.condemn]: condemnOrphan,
  [STEP.bump]: (turn) => swap(turn, { says: "bump for", guard: isFresh(turn), effect: () => undefined }),
  [STEP.insync]: noteInsync,
  [STEP.claim]: claim,
  [STEP.delete]: deleteTarget,
  [STEP.release]: release,
  [STEP.look]: lookAtTargets,
  [STEP.found]: found,
  [STEP.unmark]: unmark,
};

const wantedVersion = ({ run }: Turn): number => MANIFESTS[run.manifest]!.versions[run.focus]!;

/** The run goes on to another step; `change` is what else the answer does. */
function goOn(turn: Turn, step: Step, says: string, change?: (next: NameState) => void): void {
  const next = turn.fork();
  next.runs[turn.place]!.step = step;
  change?.(next);
  turn.emit(() => `${turn.who()} ${says}`, next);
}

function stop(turn: Turn, outcome: number, says: string, violation?: string): void {
  const next = turn.fork();
  end(next, turn.place, outcome, turn.bounds);
  turn.emit(() => `${turn.who()} ${says}`, next, violation);
}

function readZone(turn: Turn): void {
  decide(turn, false);
  if (turn.bounds.staleListings) decide(turn, true);
}

function decide(turn: Turn, old: boolean): void {
  const { state, place, rules } = turn;
  const how = old ? "reads the listing of before" : "reads";
  let matches = true;
  sights(state, place, rules, old).forEach((sight, r) => {
    if (sight.entry !== ENTRY.none || sight.wanted !== sight.record || (sight.wanted && !sight.right)) matches = false;
    for (const item of ITEMS) {
      if (!item.when(sight)) continue;
      const says = `${item.letter}: ${how}; ${region(r)} ${item.says}`;
      if (item.step === "refuse") stop(turn, ENDED.refused, `${says}: stops, exit 3`);
      else goOn(turn, item.step, says, (next) => decided(turn, next, r, old));
    }
  });
  const { manifest } = state.runs[place]!;
  if (rules.markerGoes === "with entries" && manifest === RETIRED && state.marker === 1 && !state.record.includes(1))
    goOn(turn, STEP.unmark, `j: ${how}; nothing is published: will delete the marker`, (next) =>
      decided(turn, next, 0, old),
    );
  if (matches)
    goOn(turn, STEP.look, `i: ${how}; all is as the manifest says: a last look at the targets`, (next) =>
      decided(turn, next, 0, old),
    );
}

function decided({ state, place }: Turn, next: NameState, r: number, old: boolean): void {
  const self = next.runs[place]!;
  self.focus = r;
  self.fresh = old ? 0 : 1;
  self.unmarked = state.marker === 0 && !old ? 1 : 0;
  self.dated = self.unmarked;
  self.standing = 1;
  self.content = contentOf(state);
  if (alive(state) === 1) self.alone = 1;
}

/** Without F3: the target was seen before the marker is read. */
function readZoneAfterGet(turn: Turn): void {
  const { state, place, run } = turn;
  if (state.entry[run.focus] !== ENTRY.none || state.record[run.focus] === 1)
    goOn(turn, STEP.read, "reads the zone: something else was done");
  else
    goOn(
      turn,
      STEP.publish,
      `reads the zone; will publish ${region(run.focus)}`,
      (next) => (next.runs[place]!.fresh = 1),
    );
}

function getTarget(turn: Turn): void {
  const { state, place, run, bounds } = turn;
  const r = run.focus;
  const says = `GET ${region(r)}`;
  const condemned = state.entry[r] !== ENTRY.none;
  const missing = condemned ? STEP.read : STEP.create;
  if (state.target[r] === wantedVersion(turn))
    goOn(turn, STEP.publish, `${says}: right`, (next) => (next.runs[place]!.sound = 1));
  else if (state.target[r] === 0) goOn(turn, missing, `${says}: none`);
  else goOn(turn, condemned ? STEP.read : STEP.condemn, `${says}: wrong, will condemn it`);
  if (!bounds.staleGets || state.ghost[r] === 0) return;
  if (state.tomb[r] === 1) goOn(turn, missing, `${says}: stale, but the marker says that this one was deleted`);
  else goOn(turn, STEP.publish, `${says}: stale, shows the one that was deleted`);
}

function createTarget(turn: Turn): void {
  const r = turn.run.focus;
  const exists = turn.state.target[r] !== 0;
  goOn(turn, STEP.read, `CREATE ${region(r)}${exists ? ": exists already" : ""}`, (next) => {
    if (!exists) next.target[r] = wantedVersion(turn);
  });
}

function publish(turn: Turn): void {
  const { state, run, rules } = turn;
  const r = run.focus;
  const unpublished = state.record[r] === 0;
  const guard =
    rules.upsert || (rules.compare === "record" ? unpublished : isFresh(turn) || (rules.rebase && unpublished));
  const sound = run.sound === 1;
  swap(turn, {
    says: state.entry[r] === ENTRY.none ? "publish" : "publish, taking it back,",
    guard,
    effect(next) {
      next.record[r] = 1;
      next.held[r] = HELD.current;
      if (rules.takeBack && !isClaim(state.entry[r]!)) next.entry[r] = ENTRY.none;
      return sound && state.target[r] !== 0 ? undefined : `I2: ${region(r)} is published without its target`;
    },
  });
}

/** No record that the decision was made from has been deleted by hand since. */
const stands = ({ run, bounds }: Turn): boolean => bounds.meddlings === 0 || run.standing === 1;

function dropped(next: NameState, r: number): undefined {
  next.record[r] = 0;
  next.held[r] = removedNext(next);
}

function nowCondemned(next: NameState, r: number): undefined {
  next.entry[r] = ENTRY.condemned;
}

/** The entry goes, a tomb stays, and the request of the claim is thrown away. */
function released(next: NameState, place: number, r: number, { tombs }: Rules): undefined {
  next.entry[r] = ENTRY.none;
  next.aged = 1;
  if (tombs && next.ghost[r] === 1) next.tomb[r] = 1;
  next.runs[place]!.signed &= ~(1 << r);
}

function drop(turn: Turn): void {
  const { state, run, rules } = turn;
  const r = run.focus;
  if (rules.stopWhenContested && hasCondemned(turn)) {
    stop(turn, ENDED.contested, `would condemn ${region(r)} again: CONTESTED, exit 3`);
    return;
  }
  const there = state.record[r] === 1;
  if (rules.markerCall === "before") {
    swap(turn, {
      says: "marker alone: condemn",
      guard: isFresh(turn),
      effect: (next) => nowCondemned(next, r),
      afterwards: (self) => (self.step = STEP.secondCall),
    });
    return;
  }
  const after = rules.markerCall === "after";
  const kept = !rules.keepsInBatch || stands(turn);
  const guard = kept && (rules.compare === "record" || after ? there : isFresh(turn) || (rules.rebase && there));
  swap(turn, {
    says: after ? "records alone: drop" : "drop and condemn",
    guard,
    effect(next) {
      dropped(next, r);
      if (!after) next.entry[r] = ENTRY.condemned;
      if (next.record.includes(1)) return undefined;
      if (rules.markerGoes === "with the last record") unmarked(next);
      return run.manifest === RETIRED ? undefined : "I1: the name has no answer";
    },
    unnoticed: after,
    ...(after && { afterwards: (self) => (self.step = STEP.secondCall) }),
  });
}

/**
 * The marker is deleted, with all that it says. One under which something was deleted has stood for a drain and a linger:
 * longer than the date of any read from before it is good for.
 */
function unmarked(next: NameState, lingers = false): undefined {
  if (lingers && next.aged === 1) for (const run of next.runs) run.dated = 0;
  next.marker = next.aged = 0;
  next.entry = next.entry.map(() => ENTRY.none);
  next.tomb = next.tomb.map(() => 0);
}

/** The marker alone: refused when there is one. */
function found(turn: Turn): void {
  swap(turn, { says: "marker alone, for", guard: turn.state.marker === 0, effect: () => undefined });
}

/** The last of a name that is out of service: DELETE the marker, verbatim. */
function unmark(turn: Turn): void {
  swap(turn, {
    says: "delete the marker, after",
    guard: isFresh(turn),
    effect: (next) => unmarked(next, turn.rules.markerLingers),
  });
}

/** When the marker is not in the batch of the records. */
function secondCall(turn: Turn): void {
  const { state, run, rules } = turn;
  const r = run.focus;
  if (rules.markerCall === "before")
    swap(turn, {
      says: "records alone: drop",
      guard: state.record[r] === 1,
      effect: (next) => dropped(next, r),
      unnoticed: true,
    });
  else swap(turn, { says: "marker alone: condemn", guard: true, effect: (next) => nowCondemned(next, r) });
}

function condemnOrphan(turn: Turn): void {
  const r = turn.run.focus;
  if (turn.rules.stopWhenContested && hasCondemned(turn)) {
    stop(turn, ENDED.contested, `would condemn ${region(r)} again: CONTESTED, exit 3`);
    return;
  }
  const free = turn.state.entry[r] === ENTRY.none && turn.state.record[r] === 0;
  swap(turn, {
    says: "condemn, unreferenced,",
    guard: isFresh(turn) && free,
    effect: (next) => nowCondemned(next, r),
  });
}

function noteInsync(turn: Turn): void {
  const r = turn.run.focus;
  swap(turn, {
    says: "note INSYNC of",
    guard: isFresh(turn) && turn.state.entry[r] === ENTRY.condemned,
    effect(next) {
      next.entry[r] = ENTRY.drained;
      next.lapsed[r] = turn.state.held[r]! >= HELD.pending ? 1 : 0;
      return undefined;
    },
  });
}

function claim(turn: Turn): void {
  const { state, place, run } = turn;
  const r = run.focus;
  swap(turn, {
    says: "claim",
    guard: isFresh(turn) && state.entry[r] !== ENTRY.none,
    effect(next) {
      next.entry[r] = ENTRY.claimed + place;
      next.lapsed[r] = 0;
      next.runs[place]!.signed |= 1 << r;
      next.runs[place]!.sent &= ~(1 << r);
      next.runs[place]!.answered &= ~(1 << r);
      return undefined;
    },
  });
}

function deleteTarget(turn: Turn): void {
  const { state, place, run, rules } = turn;
  const r = run.focus;
  const says = `DELETE ${region(r)}`;
  const sent = (next: NameState): void => void (next.runs[place]!.sent |= 1 << r);
  if (rules.claim && rules.fence !== "none" && !bit(run.signed, r)) {
    goOn(turn, STEP.read, `${says}: refused, it was signed too long ago`, sent);
    return;
  }
  goOn(turn, STEP.release, state.target[r] === 0 ? `${says}: 404` : says, (next) => {
    deleted(next, r, turn.bounds.staleGets);
    next.runs[place]!.answered |= 1 << r;
  });
  if (state.lost === 0) return;
  goOn(turn, STEP.read, `${says}: applied, answer lost`, (next) => {
    next.lost--;
    sent(next);
    deleted(next, r, turn.bounds.staleGets);
  });
  goOn(turn, STEP.read, `${says}: no answer, still on its way`, (next) => {
    next.lost--;
    sent(next);
    next.late[r] = 1;
  });
}

export function deleted(state: NameState, r: number, ghosts: boolean): void {
  if (state.target[r] !== 0 && ghosts) state.ghost[r] = 1;
  state.target[r] = 0;
  for (const run of state.runs) if (run.focus === r) run.sound = 0;
}

function release(turn: Turn): void {
  const { state, place, run, rules } = turn;
  const entry = state.entry[run.focus]!;
  swap(turn, {
    says: "remove the entry of",
    guard: isFresh(turn) && (rules.claim ? entry === ENTRY.claimed + place : entry !== ENTRY.none),
    effect: (next) => released(next, place, run.focus, rules),
  });
}

/** i: every target of ours, one by one; then the marker once more. */
function lookAtTargets(turn: Turn): void {
  const { state, place, run, rules, bounds } = turn;
  const r = run.focus;
  if (r < bounds.regions) {
    const orphan = wantedVersion(turn) === 0 && state.target[r] !== 0;
    if (orphan) goOn(turn, STEP.condemn, `i: GET ${region(r)}: unreferenced, will condemn it`);
    else goOn(turn, STEP.look, `i: GET ${region(r)}: as it should be`, (next) => next.runs[place]!.focus++);
    return;
  }
  if (rules.lastLook && !isFresh(turn)) {
    goOn(turn, STEP.read, "i: reads again: the generation has moved");
    return;
  }
  if (run.manifest === RETIRED && state.marker === 1) {
    if (!rules.tombsOutlive || !state.ghost.includes(1))
      goOn(turn, STEP.unmark, "j: nothing is left: will delete the marker", (next) => (next.runs[place]!.focus = 0));
    return;
  }
  const wrong = alive(state) === 1 && stands(turn) && !equalsManifest(state, run.manifest, run.alone === 0);
  stop(
    turn,
    ENDED.converged,
    "i: converged, exit 0",
    wrong ? "I3: converged, but the estate is not the manifest" : undefined,
  );
}

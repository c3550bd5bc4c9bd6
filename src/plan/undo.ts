import type { Cloud } from "../cloud/cloud.ts";
import { checkedHosts } from "../desired/checked-host.ts";
import { desire } from "../desired/desire.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Address } from "../resource/address.ts";
import type { Change, Scope, ZoneRef } from "../resource/kind.ts";
import { recordChanges, recordSwitch } from "../resource/record-switch.ts";
import type { RecordSwitchSpec } from "../resource/record-switch.ts";
import { makePlan } from "./make-plan.ts";
import type { Plan, Step } from "./plan.ts";
import { differing, owned } from "./owned.ts";
import type { Owned } from "./owned.ts";
import { manifestBefore } from "./undo-manifest.ts";

/** What a run did, as its journal has it. */
export interface Undone {
  /** The manifest that it brought about. */
  readonly manifest: Manifest;
  readonly account: string;
  readonly zones: readonly ZoneRef[];
  /** The estate as it was read before the first write, and as the run left it. */
  readonly before: Cloud;
  readonly end: Cloud;
  /** Where the run was stopped and went on: as it was left, and as it was found again. */
  readonly seams: readonly { readonly left: Cloud; readonly found: Cloud }[];
}

/** How a run is undone: the manifest to go back to, and what will not be as it was. */
export interface Undo {
  readonly manifest: Manifest;
  /** Everything that either manifest is about. */
  readonly scope: Scope;
  /** Names that the run took into service: undoing it takes them out. */
  readonly retires: readonly DomainName[];
  /** Sentences. */
  readonly irreversible: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Undoing is reconciling to the manifest of before. It is refused where no manifest describes what was there. */
export function planUndo(undone: Undone): Undo {
  const { manifest, before, end } = undone;
  const both = scopeOf(undone, [manifest]);
  const { manifest: back, unclear } = manifestBefore(before, both, manifest);
  const scope = scopeOf(undone, [manifest, back]);
  const [was, is] = [owned(before, scope), owned(end, scope)];
  const retires = back.retire.filter((name) => !manifest.retire.includes(name) && isBusy(is, name));
  // A name of which nothing is there, then as now, is in neither manifest's way.
  const target = { ...back, retire: back.retire.filter((name) => isBusy(is, name)) };
  const diagnostics = [
    ...undone.seams.flatMap(({ left, found }) => changed(owned(left, scope), owned(found, scope))),
    ...unclear.map(unclearName),
    ...(unclear.length > 0 ? [] : unlike(undone, back, was, is)),
  ];
  const lost = [...irreversible(was, is), ...tagsThatStay(manifest, back)];
  return { manifest: target, scope, retires, irreversible: lost, diagnostics };
}

function scopeOf({ manifest, account, zones }: Undone, all: readonly Manifest[]): Scope {
  return {
    account,
    owner: { manifest: manifest.name, scope: manifest.scopeId },
    zones,
    zoneByName: new Map(zones.map((zone) => [zone.name, zone])),
    wanted: new Set(all.flatMap(({ apis }) => apis.map(({ name }) => name))),
    retired: new Set(all.flatMap(({ retire }) => retire)),
    checkedHosts: new Map(all.flatMap((each) => [...checkedHosts(each)])),
    drainMinimumSeconds: manifest.drainMinimumSeconds,
  };
}

const isBusy = (all: readonly Owned[], name: DomainName): boolean => all.some(({ names }) => names.includes(name));

/** The guess must be right: under the manifest of before, what was there before needed no change. */
function unlike(undone: Undone, back: Manifest, was: readonly Owned[], is: readonly Owned[]): readonly Diagnostic[] {
  const scope = scopeOf(undone, [back]);
  const options = { goal: "converge", overwrite: [], acceptLive: [], lift: [] } as const;
  const seen = { cloud: undone.before, scope, diagnostics: [] };
  const plan = makePlan(desire(back, scope), seen, back.limits, options, "undo");
  const moved = new Set(differing(was, is).map(({ address }) => address));
  const held = plan.held.filter(({ address }) => moved.has(address));
  const problems = [
    ...plan.steps.flatMap(({ address, differences }) =>
      onlyTags(differences) ? [] : [{ address, why: inWords(differences) }],
    ),
    ...held.map(({ address, differences }) => ({ address, why: inWords(differences) })),
    ...plan.diagnostics.flatMap(({ severity, subject, message }) =>
      severity === "error" ? [{ address: subject ?? "", why: message }] : [],
    ),
  ];
  const first = new Map(problems.toReversed().map(({ address, why }) => [address, why]));
  return [...first].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([address, why]) => notUndone(address, why));
}

/** Those of certificates are read with a lag, and a tag that a run added is not taken away. */
const onlyTags = (differences: Plan["steps"][number]["differences"]): boolean =>
  differences.length > 0 && differences.every(({ field }) => field.startsWith("tags."));

const inWords = (differences: Plan["steps"][number]["differences"]): string =>
  differences.length === 0
    ? "something of it was made or taken away at that moment"
    : differences
        .map(({ field, before, after }) => `${field} was ${before}, where a manifest says ${after}`)
        .join("; ");

const notUndone = (subject: string, why: string): Diagnostic => ({
  code: "UNDO_NOT_POSSIBLE",
  severity: "error",
  subject,
  message: `What ${subject} was before that run cannot be brought back by a manifest: ${why}.`,
  help: "Write the manifest that you want and reconcile; the journal has what was there, verbatim.",
});

const unclearName = (name: DomainName): Diagnostic =>
  notUndone(display(name), "some of its records, endpoints, mappings or certificates were missing or not ours");

/** Live must be what the run left: what somebody changed since is not undone in silence. */
export const staleness = ({ scope }: Undo, end: Cloud, live: Cloud): readonly Diagnostic[] =>
  changed(owned(end, scope), owned(live, scope));

const changed = (left: readonly Owned[], found: readonly Owned[]): readonly Diagnostic[] =>
  differing(left, found).map(({ address, words }) => ({
    code: "UNDO_STALE",
    severity: "error",
    subject: address,
    message: `${address} is no longer as that run left it: ${words}.`,
    help: "Only what is as the journal left it is undone. Write the manifest that you want, and reconcile.",
  }));

/** What the way back would leave as it is, although it is not as it was. */
export function uncovered({ scope }: Undo, before: Cloud, live: Cloud, plan: Plan): readonly Diagnostic[] {
  const touched = new Set<Address>(plan.steps.flatMap(touchedBy));
  const left = differing(owned(before, scope), owned(live, scope), "content").filter(
    ({ address, within }) => !touched.has(address) && (within === undefined || !touched.has(within)),
  );
  return left.map(({ address, words }) => notUndone(address, `${words}, and it would stay so`));
}

/** Record sets that change together are one step. */
const touchedBy = ({ kind, address, change }: Step): readonly Address[] =>
  kind === recordSwitch.name
    ? recordChanges(change as Change<RecordSwitchSpec>).map((each) => each.address)
    : [address];

/** What comes back is not always the very thing that went. */
function irreversible(was: readonly Owned[], is: readonly Owned[]): readonly string[] {
  const there = new Set(is.map(({ key }) => key));
  const gone = was.filter(({ key }) => !there.has(key));
  return gone.flatMap(({ kind, address, id }) => {
    const words = LOST[kind];
    return words === undefined ? [] : [`${address} (${id}) is gone: ${words}`];
  });
}

const tagsThatStay = (manifest: Manifest, back: Manifest): readonly string[] =>
  Object.keys(manifest.tags)
    .filter((key) => !(key in back.tags))
    .map((key) => `the tag ${key} stays as it is: not all that is ours had it before`);

/** By kind: what of a thing that was deleted does not come back. */
const LOST: Readonly<Record<string, string>> = {
  certificate: "it is requested anew, with another ARN, and has to be issued again",
  "health-check": "it is made anew, with another id; the caller reference is burnt, so the next generation is used",
  "api-domain": "it is made anew, with another regional host",
};

import type { Cloud, HostedZone } from "../cloud/cloud.ts";
import { coexistenceProblems } from "../cloud/route53/record-coexistence.ts";
import { nameKeyPrefix } from "../cloud/route53/record-order.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { Difference } from "../resource/kind.ts";
import { recordSet } from "../resource/record-set.ts";
import { recordDifferences, sketch } from "../resource/record-spec.ts";
import type { RecordSetSpec } from "../resource/record-spec.ts";
import { recordSwitch } from "../resource/record-switch.ts";
import type { RecordSwitchSpec } from "../resource/record-switch.ts";
import { zoneOf } from "../resource/swap.ts";
import type { Draft } from "./draft.ts";

/**
 * Changes of a name's record sets that AWS does not take one after the other (another routing policy, another type,
 * roles exchanged) become one step, and one batch. It comes after all else that the name gets, and no answer that a
 * removal would take goes before it: all that goes, goes in it. While something of the name comes to its end first,
 * its records wait for that (`ending`).
 */
export function withSwitches(
  drafts: readonly Draft[],
  cloud: Cloud,
  ending: (name: DomainName) => boolean,
): readonly Draft[] {
  const own = new Map<DomainName | undefined, Draft[]>();
  for (const draft of drafts) if (bringsRecord(draft) && isInTheWay(draft, cloud)) own.set(nameOf(draft), []);
  if (own.size === 0) return drafts;
  for (const draft of drafts) own.get(nameOf(draft))?.push(draft);
  const found = drafts.filter((draft) => draft.kind !== recordSet.name || isAccepted(draft) || !own.has(nameOf(draft)));
  for (const [name, all] of own) if (name !== undefined && !ending(name)) found.push(switchOf(all, cloud));
  return found;
}

const nameOf = ({ owningName }: Draft): DomainName | undefined => owningName;

const isAccepted = ({ change }: Draft): boolean => (change.after as RecordSetSpec | undefined)?.accept === true;

const bringsRecord = (draft: Draft): boolean =>
  draft.kind === recordSet.name && draft.change.after !== undefined && !isAccepted(draft);

/** Of what is ours: what is foreign was refused before. */
function isInTheWay({ change }: Draft, cloud: Cloud): boolean {
  const spec = change.after as RecordSetSpec;
  const zone: HostedZone | undefined = zoneOf(cloud, spec);
  if (zone === undefined || zone.recordSets.startingWith(nameKeyPrefix(spec.name)).next().done === true) return false;
  return coexistenceProblems(zone, zone.recordSets, sketch(spec)).length > 0;
}

function switchOf(own: readonly Draft[], cloud: Cloud): Draft {
  const records = own.filter((draft) => draft.kind === recordSet.name && !isAccepted(draft));
  const specs = (side: "before" | "after"): readonly RecordSetSpec[] =>
    records.flatMap(({ change }) => (change[side] as RecordSetSpec | undefined) ?? []);
  const [before, after] = [specs("before"), specs("after")];
  const [first] = after;
  if (first === undefined) throw new Error("a switch brings at least one record set");
  const base = { account: first.account, owner: first.owner, zone: first.zone, name: first.name };
  const spec: RecordSwitchSpec = { ...base, records: after };
  const address = recordSwitch.address(spec);
  const others = own.filter((draft) => draft.kind !== recordSet.name && draft.rank === 0).map((draft) => draft.address);
  return {
    id: address,
    kind: recordSwitch.name,
    action: "update",
    address,
    change: { address, before: { ...base, records: before } as RecordSwitchSpec, after: spec, guard: guardIn(records) },
    differences: differencesOf(before, after, cloud),
    names: recordSwitch.names(spec),
    references: [...new Set([...recordSwitch.references(spec), ...others])],
    rank: 0,
    owningName: first.name,
  };
}

const guardIn = (records: readonly Draft[]): Draft["change"]["guard"] => records[0]?.change.guard;

/** The policy and the type first, then each Region's record. */
function differencesOf(
  before: readonly RecordSetSpec[],
  after: readonly RecordSetSpec[],
  cloud: Cloud,
): readonly Difference[] {
  const rows: Difference[] = [];
  const differ = (field: string, of: (spec: RecordSetSpec) => string): void => {
    const [was, is] = [before, after].map((specs) => [...new Set(specs.map(of))].toSorted().join(", "));
    if (was !== undefined && is !== undefined && was !== is) rows.push({ field, before: was, after: is });
  };
  differ("routing", ({ routing }) => routing.policy);
  differ("record", ({ type }) => (type === "CNAME" ? "CNAME" : "alias"));
  const left = new Set(before);
  for (const spec of inOrder(after)) {
    const was = [...left].find((each) => isFollowedBy(each, spec));
    if (was !== undefined) left.delete(was);
    rows.push(...(was?.live === undefined ? [come(spec)] : inRegion(spec, recordDifferences(spec, was.live, cloud))));
  }
  rows.push(...inOrder([...left]).map(gone));
  return rows;
}

const inOrder = (specs: readonly RecordSetSpec[]): readonly RecordSetSpec[] =>
  specs.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));

const placeOf = ({ region, type }: RecordSetSpec): string => `${region} ${type}`;

/** A Region's CNAME stands for its A record, and the other way round. */
const isFollowedBy = (was: RecordSetSpec, is: RecordSetSpec): boolean =>
  was.region === is.region && (was.type === is.type || (was.type !== "AAAA" && is.type !== "AAAA"));

const inRegion = (spec: RecordSetSpec, differences: readonly Difference[]): readonly Difference[] =>
  differences.map((each) => ({ ...each, field: `${placeOf(spec)} ${each.field}` }));

const come = (spec: RecordSetSpec): Difference => ({ field: placeOf(spec), before: "(none)", after: "published" });

const gone = (spec: RecordSetSpec): Difference => ({ field: placeOf(spec), before: "published", after: "(deleted)" });

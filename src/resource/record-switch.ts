import type { Cloud } from "../cloud/cloud.ts";
import { address, namePart } from "./address.ts";
import { settleProbe } from "./condemned.ts";
import { guardOf, movedOn, swapCall } from "./swap.ts";
import type { NameSpec, NameSwap } from "./swap.ts";
import { done } from "./kind.ts";
import type { Change, Kind, Next } from "./kind.ts";
import { partOf, recordSet, swapOf } from "./record-set.ts";
import type { Part } from "./record-set.ts";
import { recordAddress } from "./record-spec.ts";
import type { RecordSetSpec } from "./record-spec.ts";

/**
 * Record sets of one name that can only be changed together: a name and type has one routing policy, and a CNAME has
 * nothing beside it, so what is there goes in the very batch that brings what comes. Route 53 applies a batch as a whole.
 * Source: Route 53 API Reference, ChangeResourceRecordSets and ResourceRecordSet, checked 2026-11-24.
 */
export interface RecordSwitchSpec extends NameSpec {
  /** Before: those that go or change, as they were read. After: those that come, or are changed. */
  readonly records: readonly RecordSetSpec[];
}

export const recordSwitch: Kind<RecordSwitchSpec> = {
  name: "record-switch",
  inZone: true,
  address: (spec) => address("record-switch", namePart(spec.name)),
  references: ({ records }) => [...new Set(records.flatMap((record) => recordSet.references(record)))],
  names: (spec) => [spec.name],
  owningName: (spec) => spec.name,
  batch: (spec) => spec.zone.id,
  /** Record sets are seen one by one; only a plan brings them together. */
  observe: () => [],
  compare: () => [],
  next: nextOf,
  probe(change, cloud) {
    const spec = change.after ?? change.before;
    return spec === undefined ? undefined : settleProbe(spec, cloud);
  },
  reliesOn: (change, cloud) => recordChanges(change).flatMap((each) => recordSet.reliesOn?.(each, cloud) ?? []),
  permissions: recordSet.permissions,
};

function nextOf(changes: readonly Change<RecordSwitchSpec>[], cloud: Cloud): Next {
  const swaps: NameSwap[] = [];
  for (const change of changes) {
    const found = swapFor(change, cloud);
    if ("do" in found) return found;
    swaps.push(found);
  }
  return swapCall(swaps, cloud);
}

/** All of it or nothing: what is half done was done by somebody else. */
function swapFor(change: Change<RecordSwitchSpec>, cloud: Cloud): NameSwap | Next {
  const each = recordChanges(change);
  const spec = each[0]?.after ?? each[0]?.before;
  if (spec === undefined) return done;
  const parts: Part[] = [];
  const nexts: Next[] = [];
  for (const one of each) {
    const part = partOf(one, cloud);
    if ("do" in part) nexts.push(part);
    else parts.push(part);
  }
  const stopped = nexts.find((next) => next.do === "stop");
  if (stopped !== undefined) return stopped;
  if (parts.length === 0) return nexts.find((next) => next.do === "wait") ?? done;
  if (nexts.length > 0) return movedOn(spec);
  return swapOf({ address: change.address, before: undefined, after: spec, guard: guardOf(change) }, parts, cloud);
}

/** Record by record, what it changes. */
export function recordChanges({ before, after, guard }: Change<RecordSwitchSpec>): readonly Change<RecordSetSpec>[] {
  const found = new Map<string, Change<RecordSetSpec>>();
  for (const record of before?.records ?? []) {
    const of = recordAddress(record);
    found.set(of, { address: of, before: record, after: undefined, guard });
  }
  for (const record of after?.records ?? []) {
    const of = recordAddress(record);
    found.set(of, { address: of, before: found.get(of)?.before, after: record, guard });
  }
  return [...found.values()];
}

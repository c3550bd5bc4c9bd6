import type { Call } from "../../../src/cloud/call.ts";
import type { RecordSet } from "../../../src/cloud/cloud.ts";
import { parseMarker } from "../../../src/resource/marker.ts";
import type { Marker } from "../../../src/resource/marker.ts";
import type { Matches } from "./stage.ts";

export interface BatchChange {
  readonly Action: "CREATE" | "DELETE" | "UPSERT";
  readonly ResourceRecordSet: RecordSet;
}

interface BatchInput {
  readonly HostedZoneId: string;
  readonly ChangeBatch: { readonly Changes: readonly BatchChange[] };
}

/** The changes of a batch; none of any other call. */
export const changesOf = ({ operation, input }: Call): readonly BatchChange[] =>
  operation === "ChangeResourceRecordSets" ? (input as BatchInput).ChangeBatch.Changes : [];

export const withChanges = (call: Call, changes: readonly BatchChange[]): Call => ({
  ...call,
  input: { ...(call.input as BatchInput), ChangeBatch: { Changes: changes } },
});

export const isMarker = ({ ResourceRecordSet }: BatchChange): boolean => ResourceRecordSet.Type === "TXT";

/** Whether a record of the Region is created (deleted) and not deleted (created). */
const moves =
  (which: "created" | "deleted", region: string): Matches =>
  (call) => {
    const actions = changesOf(call)
      .filter(({ ResourceRecordSet: { Type, Region } }) => Type === "A" && Region === region)
      .map(({ Action }) => (Action === "DELETE" ? "deleted" : "created"));
    return actions.length === 1 && actions[0] === which;
  };

export const publishes = (region: string): Matches => moves("created", region);
export const drops = (region: string): Matches => moves("deleted", region);

/** The old and the new marker of a batch. */
function markersOf(call: Call): { readonly old: Marker | undefined; readonly next: Marker | undefined } {
  const of = (action: BatchChange["Action"]): Marker | undefined => {
    const change = changesOf(call).find((each) => each.Action === action && isMarker(each));
    return change === undefined ? undefined : parseMarker(change.ResourceRecordSet);
  };
  return { old: of("DELETE"), next: of("CREATE") };
}

/** A swap that says of a target what was not said before. */
const says =
  (fact: (marker: Marker, target: string) => boolean) =>
  (target: string): Matches =>
  (call) => {
    const { old, next } = markersOf(call);
    return next !== undefined && fact(next, target) && !(old !== undefined && fact(old, target));
  };

const entryOf = (marker: Marker, target: string): Marker["entries"][number] | undefined =>
  marker.entries.find((entry) => entry.target.startsWith(target));

export const condemns = says((marker, target) => entryOf(marker, target) !== undefined);
export const drains = says((marker, target) => entryOf(marker, target)?.drainedFrom !== undefined);
export const releases =
  (target: string): Matches =>
  (call) => {
    const { old, next } = markersOf(call);
    return (
      old !== undefined &&
      next !== undefined &&
      entryOf(old, target) !== undefined &&
      entryOf(next, target) === undefined
    );
  };

/** A swap that changes nothing but the generation. */
export const bumps: Matches = (call) => {
  const { old, next } = markersOf(call);
  const still = (marker: Marker): string => JSON.stringify({ ...marker, generation: 0, nonce: "" });
  return changesOf(call).length === 2 && old !== undefined && next !== undefined && still(old) === still(next);
};

export const domain = (region: string): string => `api-domain/${region}`;

export const isCall =
  (operation: string, region?: string): Matches =>
  (call) =>
    call.operation === operation && (region === undefined || call.region === region);

export const deletes = (region: string): Matches => isCall("DeleteDomainName", region);
/** The domain's deletion, or that of its mappings on the way there: by name, so a late one takes what is there then. */
export const takesDown =
  (region: string): Matches =>
  ({ operation, region: where }) =>
    where === region && (operation === "DeleteDomainName" || operation === "DeleteBasePathMapping");

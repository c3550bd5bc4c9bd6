import type { Answer, Call } from "../../../src/cloud/call.ts";
import type { Cloud, RecordSet } from "../../../src/cloud/cloud.ts";
import { HOUR, MINUTE } from "../../../src/cloud/instant.ts";
import { MARKER_LINGER } from "../../../src/cloud/linger.ts";
import { accountOf } from "../../../src/cloud/edit.ts";
import { recordKey } from "../../../src/cloud/route53/record-order.ts";
import { parseMarker } from "../../../src/resource/marker.ts";
import { ACCOUNT, world } from "../../world/world.ts";
import type { World } from "../../world/world.ts";
import { changesOf, drains, isMarker, releases, withChanges } from "./calls.ts";
import type { BatchChange } from "./calls.ts";
import type { Distortion } from "./stage.ts";

// Each makes of the real protocol one of the variants that the model checker refuted.

/** Of every batch, something else. */
const rewritten =
  (rewrite: (changes: readonly BatchChange[], into: World) => readonly BatchChange[]): Distortion =>
  (send, into) =>
  (call) =>
    send(changesOf(call).length === 0 ? call : withChanges(call, rewrite(changesOf(call), into)));

/** Without the records that the batch relies on and leaves as they are. */
function withoutKept(changes: readonly BatchChange[]): readonly BatchChange[] {
  const twice = changes.map(({ ResourceRecordSet }) => JSON.stringify(ResourceRecordSet));
  return changes.filter((_each, index) => twice.indexOf(twice[index] ?? "") === twice.lastIndexOf(twice[index] ?? ""));
}

/** V1: what is written overwrites whatever is there. */
export const upserting = rewritten((changes) => {
  const created = new Set(changes.filter(({ Action }) => Action === "CREATE").map(keyOf));
  return changes.flatMap((each) =>
    each.Action === "CREATE"
      ? [{ ...each, Action: "UPSERT" as const }]
      : isMarker(each) || created.has(keyOf(each))
        ? []
        : [each],
  );
});

const keyOf = ({ ResourceRecordSet }: BatchChange): string => recordKey(ResourceRecordSet);

/** V2: a swap of each record, but no generation of the name. */
export const withoutMarkers = rewritten((changes) =>
  changes.every(isMarker) ? changes : withoutKept(changes).filter((each) => !isMarker(each)),
);

/** V6: the marker in a call of its own, after the records or before them. */
export const markerApart =
  (order: "after" | "before"): Distortion =>
  (send) =>
  async (call) => {
    const changes = withoutKept(changesOf(call));
    const [markers, records] = [changes.filter(isMarker), changes.filter((each) => !isMarker(each))];
    if (markers.length === 0 || records.length === 0) return send(call);
    const [first, second] = order === "after" ? [records, markers] : [markers, records];
    const answer = await send(withChanges(call, first));
    return answer.ok === true ? send(withChanges(call, second)) : answer;
  };

/** V14: a batch that is refused is sent again on top of the marker that stands there now. V15: when its content is what was read. */
export const rebased =
  (unless: "never" | "its content differs"): Distortion =>
  (send, into) =>
  async (call) => {
    const answer = await send(call);
    if (answer.ok !== false || answer.fault.code !== "InvalidChangeBatch") return answer;
    const changes = withoutKept(changesOf(call)).map((each) => {
      const live = each.Action === "DELETE" && isMarker(each) ? liveAt(into, each) : undefined;
      const same = live !== undefined && contentOf(live) === contentOf(each.ResourceRecordSet);
      return live !== undefined && (unless === "never" || same) ? { ...each, ResourceRecordSet: live } : each;
    });
    return send(withChanges(call, changes));
  };

const liveAt = (into: World, change: BatchChange): RecordSet | undefined =>
  [...accountOf(into.emulator.cloud(), ACCOUNT).zones]
    .map((zone) => zone.recordSets.get(keyOf(change)))
    .find((record) => record !== undefined);

const contentOf = (record: RecordSet): string =>
  JSON.stringify({ ...parseMarker(record), generation: 0, nonce: "", tombs: [], releasedAt: 0 });

/** V17: no tomb says which incarnation was deleted last. */
export const withoutTombs = rewritten((changes, into) =>
  changes.map((each) => {
    const { ResourceRecordSet } = each;
    const kept = (ResourceRecordSet.ResourceRecords ?? []).filter(({ Value }) => !Value.startsWith('"gone '));
    const verbatim = each.Action === "DELETE" ? liveAt(into, each) : undefined;
    return isMarker(each)
      ? { ...each, ResourceRecordSet: verbatim ?? { ...ResourceRecordSet, ResourceRecords: kept } }
      : each;
  }),
);

const REGIONAL = new Set(["apigateway", "acm", "tagging", "probe"]);
const looksOnly = ({ operation }: Call): boolean => /^(?:Get|List|Describe|Probe)/u.test(operation);

/** V13, V17: reads of one Region, its endpoint too, show what was there before: until the run first writes. */
export const staleIn = (region: string, then: Cloud): Distortion => behind(region, then, REGIONAL);

/** An endpoint answers as it did before: whoever asks it still finds it where it was. */
export const staleProbesIn = (region: string, then: Cloud): Distortion => behind(region, then, new Set(["probe"]));

const behind =
  (region: string, then: Cloud, services: ReadonlySet<string>): Distortion =>
  (send) => {
    const old = world(then, undefined, "stale").emulator;
    let wrote = false;
    return async (call) => {
      const answer = await send(call);
      wrote ||= !looksOnly(call);
      if (wrote || call.region !== region || !services.has(call.service) || !looksOnly(call)) return answer;
      const outcome = old.call(call);
      return outcome.ok ? { ok: true, output: outcome.output, at: answer.at } : answer;
    };
  };

/** V19: the last look at the markers shows what was read at first. */
export const withoutLastLook: Distortion = (send) => {
  let first: Answer | undefined;
  return async (call) => {
    const answer = await send(call);
    if (call.operation !== "ListResourceRecordSets") return answer;
    first ??= answer;
    return first;
  };
};

/** V5, V11: a change counts as being on every name server as soon as somebody asks. */
export const insyncAtOnce: Distortion = (send) => async (call) => toldInsync(await send(call), call);

function toldInsync(answer: Answer, { operation }: Call): Answer {
  if (operation !== "GetChange" || answer.ok !== true) return answer;
  const output = answer.output as { readonly ChangeInfo: object };
  return { ...answer, output: { ...output, ChangeInfo: { ...output.ChangeInfo, Status: "INSYNC" } } };
}

/** V10: the INSYNC that counts is that of the first change of this run. */
export const olderInsync: Distortion = (send) => {
  let asked = false;
  return async (call) => {
    const answer = await send(call);
    if (call.operation !== "GetChange" || answer.ok !== true) return answer;
    const { Status } = (answer.output as { readonly ChangeInfo: { readonly Status: string } }).ChangeInfo;
    asked ||= Status === "INSYNC";
    return asked ? toldInsync(answer, call) : answer;
  };
};

/** V3: no time passes between the start of the drain and its end. */
export const withoutDrain: Distortion = (send) => {
  let ahead = 0;
  return async (call) => {
    const answer = await send(call);
    if (drains("")(call) && answer.ok === true) ahead = HOUR - MINUTE;
    return { ...answer, at: answer.at + ahead };
  };
};

/** H1: there is one caller reference for one check. */
export const constantReference: Distortion = (send) => (call) => {
  const input = call.input as { readonly CallerReference?: string };
  if (call.operation !== "CreateHealthCheck") return send(call);
  return send({ ...call, input: { ...input, CallerReference: input.CallerReference?.replace(/\.\d+$/u, ".1") } });
};

/** H2: what is condemned is not seen. */
export const withoutEntries: Distortion = (send, into) => {
  const write = rebased("never")(send, into);
  return async (call) => {
    const answer = await write(call);
    if (call.operation !== "ListResourceRecordSets" || answer.ok !== true) return answer;
    const output = answer.output as { readonly ResourceRecordSets: readonly RecordSet[] };
    const shown = output.ResourceRecordSets.map((record) =>
      record.ResourceRecords === undefined
        ? record
        : {
            ...record,
            ResourceRecords: record.ResourceRecords.filter(({ Value }) => !Value.startsWith('"condemned ')),
          },
    );
    return { ...answer, output: { ...output, ResourceRecordSets: shown } };
  };
};

/** V7 to V9: a deletion is signed when it is sent, so AWS takes it however late it is. */
export const unsigned: Distortion = (send) => (call) => {
  const { signedAt: _signedAt, ...undated } = call;
  return send(undated);
};

/** K1: what stays is not in the batch that takes a record away. */
export const keepingNothing = rewritten(withoutKept);

/** L4: the marker does not linger when the last entry is released. */
export const withoutLinger: Distortion = (send) => {
  let ahead = 0;
  return async (call) => {
    const answer = await send(call);
    if (releases("")(call) && answer.ok === true) ahead = MARKER_LINGER;
    return { ...answer, at: answer.at + ahead };
  };
};

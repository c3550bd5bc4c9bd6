import type { Call } from "../../src/cloud/call.ts";

/** Whether a run that says it has converged has looked at the markers after everything else. */
export interface LastLooks {
  saw(who: string, call: Call, number: number): void;
  /** A zone was changed, by whomever. */
  moved(call: Call, number: number): void;
  /** What such a run did not see any more. */
  unseen(who: string): string | undefined;
}

interface Looked {
  /** When each zone was listed last, as a whole. */
  readonly zones: Map<string, number>;
  /** The last read of anything else. */
  other: number;
}

export function lastLooks(): LastLooks {
  const runs = new Map<string, Looked>();
  const changes: { readonly zone: string; readonly number: number }[] = [];
  return {
    saw(who, { service, operation, input }, number) {
      const looked = runs.get(who) ?? { zones: new Map<string, number>(), other: 0 };
      runs.set(who, looked);
      const { HostedZoneId: zone, StartRecordName: from } = input as {
        HostedZoneId?: string;
        StartRecordName?: string;
      };
      if (operation === "ListResourceRecordSets" && zone !== undefined && from === undefined)
        looked.zones.set(zone, number);
      else if (service !== "route53") looked.other = number;
    },
    moved(call, number) {
      const { HostedZoneId: zone, ChangeBatch: batch } = call.input as { HostedZoneId: string; ChangeBatch: unknown };
      if (JSON.stringify(batch).includes("_signalbox.")) changes.push({ zone, number });
    },
    unseen(who) {
      const looked = runs.get(who);
      const missed = changes.find(({ zone, number }) => {
        const listed = looked?.zones.get(zone);
        return listed !== undefined && number > listed && number <= (looked?.other ?? 0);
      });
      return missed === undefined
        ? undefined
        : `${missed.zone} was changed at call ${String(missed.number)}, after it had listed it`;
    },
  };
}

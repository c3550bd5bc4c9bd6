import type { Call } from "../../cloud/call.ts";
import type { RecordSet } from "../../cloud/cloud.ts";
import { accountOf } from "../../cloud/edit.ts";
import { display, domainName } from "../../dns/domain-name.ts";
import { batchOf } from "../batch.ts";
import { nowhere } from "../proof.ts";
import type { Invariant } from "../invariant.ts";
import type { Reachable } from "../reachable.ts";

/** Record sets that DNSSEC and the zone itself rest on, at whatever name. */
const NEVER = new Set<string>(["SOA", "DS", "DNSKEY"]);

/** What a plan may do to hosted zones: look, and make new ones. */
const HARMLESS = /^(?:Get|List|Create|Test)/u;

/**
 * What a zone rests on is left alone: its NS and SOA, DS and DNSKEY records, and the hosted zone itself.
 * Source: Slack, "The case of the recursive resolvers" (2021-09-30: a DS record that went took the domain along), checked 2026-11-23.
 */
export const zoneUntouched = {
  code: "ZONE_TOUCHED",
  allows(call: Call, at: Reachable) {
    const what = touched(call, at);
    if (what === undefined) return [];
    return [
      {
        code: "ZONE_TOUCHED",
        name: at.names[0]?.name ?? nowhere,
        viewpoint: undefined,
        message: `${call.operation} would touch ${what}.`,
        help: "Signalbox never writes what a hosted zone rests on; change it by hand, if it has to be.",
      },
    ];
  },
} satisfies Invariant;

function touched(call: Call, at: Reachable): string | undefined {
  const batch = batchOf(call);
  if (batch === undefined)
    return call.service === "route53" &&
      /HostedZone|KeySigningKey/u.test(call.operation) &&
      !HARMLESS.test(call.operation)
      ? "a hosted zone"
      : undefined;
  const apex = accountOf(at.cloud, call.account).zones.get(batch.zone)?.name;
  const found = batch.changes
    .map((change) => change.ResourceRecordSet)
    .find(({ Type, Name }: RecordSet) => NEVER.has(Type) || (Type === "NS" && domainName(Name) === apex));
  return found === undefined ? undefined : `the ${found.Type} record of ${display(domainName(found.Name))}`;
}

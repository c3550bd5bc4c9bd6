import type { Cloud, RecordSet } from "../cloud/cloud.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display, domainName } from "../dns/domain-name.ts";
import type { Address } from "./address.ts";
import type { Scope, ZoneRef } from "./kind.ts";
import { readMarker, zoneOf } from "./swap.ts";

/** The first record set in scope that refers to something and that no marker of ours lists. */
export function foreignReferrer(
  cloud: Cloud,
  scope: Scope,
  refers: (record: RecordSet) => boolean,
): RecordSet | undefined {
  for (const zone of scope.zones) {
    for (const record of zoneOf(cloud, { zone })?.recordSets ?? []) {
      if (refers(record) && !isListed(record, cloud, scope, zone)) return record;
    }
  }
  return undefined;
}

function isListed(record: RecordSet, cloud: Cloud, scope: Scope, zone: ZoneRef): boolean {
  const read = readMarker(zoneOf(cloud, { zone }), domainName(record.Name));
  if (read.state !== "read") return false;
  const { manifest, scope: markedScope, records } = read.marker;
  const ours = manifest === scope.owner.manifest && markedScope === scope.owner.scope;
  return (
    ours && records.some((each) => each.type === record.Type && each.setIdentifier === (record.SetIdentifier ?? ""))
  );
}

export const referredTo = (address: Address, referrer: string): Diagnostic => ({
  code: "FOREIGN_REFERENCE",
  severity: "error",
  subject: address,
  message: `${address} cannot go: ${referrer} refers to it, and is not ours.`,
  help: "Point that elsewhere first; Signalbox does not break what is not its own.",
});

export const inWords = (record: RecordSet): string =>
  `the record set ${record.Type} ${display(domainName(record.Name))}`;

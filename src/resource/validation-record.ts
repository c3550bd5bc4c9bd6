import type { Call } from "../cloud/call.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Cloud, RecordSet, ValidationRecord } from "../cloud/cloud.ts";
import { recordKey } from "../cloud/route53/record-order.ts";
import { provedBy } from "../cloud/acm/validation.ts";
import { display, domainName, escapeForRoute53 } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { address, namePart } from "./address.ts";
import type { Address } from "./address.ts";
import { certificate, liveCertificate } from "./certificate.ts";
import type { CertificateSpec } from "./certificate.ts";
import { delegatedAway } from "./delegation.ts";
import { call, done, lost, wait } from "./kind.ts";
import type { AnySpec, Change, Kind, Next, Observed, ZoneRef } from "./kind.ts";
import { route53Call } from "./route53-call.ts";
import { batchCall, zoneOf } from "./swap.ts";

/**
 * The CNAME that proves a name to ACM. It is the same in every Region of an account and for `*.x` and `x`, so it is
 * ensured, not owned: an identical one satisfies, whoever made it, and it is never deleted (renewals need it).
 */
export interface ValidationRecordSpec extends AnySpec {
  readonly zone: ZoneRef;
  /** The name it proves, without `*.`. */
  readonly domain: DomainName;
  /** Certificates that need it; any of them tells what it is. */
  readonly certificates: readonly CertificateSpec[];
}

/** Seconds; ACM reads it rarely, and it never changes. */
const VALIDATION_TTL = 300;

export const validationRecordAddress = (domain: DomainName): Address => address("validation-record", namePart(domain));

const addressOf = (spec: { domain: DomainName }): Address => validationRecordAddress(spec.domain);

function wantedRecord(spec: ValidationRecordSpec, cloud: Cloud): ValidationRecord | undefined {
  for (const each of spec.certificates) {
    const record = liveCertificate(cloud, each)?.validation?.[spec.domain];
    if (record !== undefined) return record;
  }
  return undefined;
}

const liveRecord = (spec: ValidationRecordSpec, name: DomainName, cloud: Cloud): RecordSet | undefined =>
  zoneOf(cloud, spec)?.recordSets.get(recordKey({ Name: escapeForRoute53(name), Type: "CNAME" }));

const isRight = (live: RecordSet | undefined, wanted: ValidationRecord): boolean =>
  live?.ResourceRecords?.[0] !== undefined && domainName(live.ResourceRecords[0].Value) === wanted.value;

export const validationRecord: Kind<ValidationRecordSpec> = {
  name: "validation-record",
  inZone: true,
  ensured: true,
  address: addressOf,
  references: (spec) => spec.certificates.map((each) => certificate.address(each)),
  names: (spec) => [spec.domain],
  batch: (spec) => spec.zone.id,
  observe(cloud, scope) {
    const found: Observed<ValidationRecordSpec>[] = [];
    for (const zone of scope.zones) {
      for (const record of zoneOf(cloud, { zone })?.recordSets ?? []) {
        const domain = provedBy(record);
        if (domain === undefined) continue;
        const spec = { account: scope.account, zone, domain, certificates: [] };
        found.push({ address: addressOf(spec), spec, ours: true, edited: false, id: record.Name });
      }
    }
    return found;
  },
  compare(desired, _observed, cloud) {
    const wanted = wantedRecord(desired, cloud);
    // Not described: every certificate is issued, and a validation record of the name stands in the zone.
    if (wanted === undefined) return [];
    const live = liveRecord(desired, wanted.name, cloud);
    if (isRight(live, wanted)) return [];
    return [{ field: "value", before: live?.ResourceRecords?.[0]?.Value ?? "(none)", after: wanted.value }];
  },
  refuse: (desired, _observed, cloud) => delegatedAway(zoneOf(cloud, desired), desired.domain, addressOf(desired)),
  next(changes, cloud) {
    const records: RecordSet[] = [];
    for (const change of changes) {
      const next = recordToCreate(change, cloud);
      if ("do" in next) return next;
      records.push(next);
    }
    const [first] = changes;
    if (first?.after === undefined) return done;
    return call(
      batchCall(
        first.after,
        records.map((ResourceRecordSet) => ({ Action: "CREATE", ResourceRecordSet })),
      ),
    );
  },
  probe(change, cloud) {
    if (change.after === undefined) return undefined;
    const wanted = wantedRecord(change.after, cloud);
    if (wanted === undefined) {
      const asked = change.after.certificates.find((each) => liveCertificate(cloud, each) !== undefined); // others are gone
      if (asked === undefined) return undefined;
      return certificate.probe({ address: change.address, before: undefined, after: asked, guard: undefined }, cloud);
    }
    return listAt(change.after, wanted.name);
  },
  permissions: { read: ["route53:ListResourceRecordSets"], write: ["route53:ChangeResourceRecordSets"] },
};

/** The narrow read of one name of a zone. */
export function listAt({ zone }: { readonly zone: ZoneRef }, name: DomainName, items = 1): Call {
  const input = { HostedZoneId: zone.id, StartRecordName: escapeForRoute53(name), MaxItems: String(items) };
  return route53Call(zone.account, "ListResourceRecordSets", input);
}

function recordToCreate(change: Change<ValidationRecordSpec>, cloud: Cloud): RecordSet | Next {
  const spec = change.after;
  if (spec === undefined) return done;
  const wanted = wantedRecord(spec, cloud);
  const requested = spec.certificates.some((each) => liveCertificate(cloud, each) !== undefined);
  if (wanted === undefined) return requested ? wait("ACM to give the validation record") : lost("its certificate");
  const live = liveRecord(spec, wanted.name, cloud);
  if (live === undefined)
    return {
      Name: escapeForRoute53(wanted.name),
      Type: "CNAME",
      TTL: VALIDATION_TTL,
      ResourceRecords: [{ Value: wanted.value }],
    };
  return isRight(live, wanted) ? done : { do: "stop", replan: false, diagnostic: inTheWay(spec, wanted, live) };
}

function inTheWay(spec: ValidationRecordSpec, wanted: ValidationRecord, live: RecordSet): Diagnostic {
  return {
    code: "FOREIGN_IN_THE_WAY",
    severity: "error",
    subject: addressOf(spec),
    message: `${display(wanted.name)} is where ACM wants its validation record, but a CNAME to ${live.ResourceRecords?.[0]?.Value ?? "something else"} stands there.`,
    help: "Find out whose record it is and remove it; Signalbox does not touch what is not its own.",
  };
}

import type { Call } from "../../cloud/call.ts";
import type { ApiDomain, HostedZone, RecordSet } from "../../cloud/cloud.ts";
import { accountOf, regionOf } from "../../cloud/edit.ts";
import { recordKey } from "../../cloud/route53/record-order.ts";
import { domainName, parseDomainName } from "../../dns/domain-name.ts";
import { provedBy } from "../../cloud/acm/validation.ts";
import { ourMappings } from "../../resource/api-domain.ts";
import { isOfManifest } from "../../resource/health-check-identity.ts";
import { parseMarker } from "../../resource/marker.ts";
import { isOurs } from "../../resource/ownership.ts";
import { readMarker } from "../../resource/swap.ts";
import { batchOf, takenBy, textIn } from "../batch.ts";
import { nowhere } from "../proof.ts";
import type { Invariant } from "../invariant.ts";
import type { Reachable } from "../reachable.ts";

/**
 * A call changes or deletes only what is ours in that state: by the marker beside it, its tags, or its caller reference.
 * Source: Route 53 and API Gateway know no owner of a resource, so that only a mark on it can tell (API references), checked 2026-11-23.
 */
export const foreignUntouched = {
  code: "FOREIGN_TOUCHED",
  allows(call: Call, at: Reachable) {
    const what = foreign(call, at);
    if (what === undefined) return [];
    return [
      {
        code: "FOREIGN_TOUCHED",
        name: at.names[0]?.name ?? nowhere,
        viewpoint: undefined,
        message: `${call.operation} would touch ${what}, which nothing says is ours.`,
        help: "Signalbox does not touch what is not its own: remove it by hand, or give the name up in the manifest.",
      },
    ];
  },
} satisfies Invariant;

/** What the call would change that is not ours, in words. */
function foreign(call: Call, at: Reachable): string | undefined {
  switch (call.service) {
    case "route53":
      return foreignRecord(call, at) ?? foreignCheck(call, at);
    case "acm":
      return foreignCertificate(call, at);
    case "apigateway":
      return foreignDomain(call, at);
    default:
      return undefined;
  }
}

function foreignRecord(call: Call, at: Reachable): string | undefined {
  const batch = batchOf(call);
  if (batch === undefined) return undefined;
  const zone = accountOf(at.cloud, call.account).zones.get(batch.zone);
  const strange = takenBy(batch).find((record) => zone !== undefined && !isOurRecord(record, zone, at));
  return strange === undefined
    ? undefined
    : `the record set ${[strange.Type, strange.Name, strange.SetIdentifier ?? []].flat().join(" ")}`;
}

/** A validation record is nobody's: whether it may go is another invariant's business. */
function isOurRecord(record: RecordSet, zone: HostedZone, { owner }: Reachable): boolean {
  if (provedBy(record) !== undefined) return true;
  const live = zone.recordSets.get(recordKey(record));
  const own = live === undefined || record.Type !== "TXT" ? undefined : parseMarker(live);
  const read = readMarker(zone, domainName(record.Name));
  const beside = read.state === "read" ? read.marker : undefined;
  const marker = own ?? beside;
  if (marker?.manifest !== owner.manifest || marker.scope !== owner.scope) return false;
  const identifier = record.SetIdentifier ?? "";
  return (
    own !== undefined || marker.records.some((each) => each.type === record.Type && each.setIdentifier === identifier)
  );
}

function foreignCheck(call: Call, at: Reachable): string | undefined {
  if (!/^(?:Update|Delete)HealthCheck$/u.test(call.operation)) return undefined;
  const id = textIn(call, "HealthCheckId") ?? "";
  const check = accountOf(at.cloud, call.account).healthChecks.get(id);
  return isOfManifest(check, at.owner) ? undefined : `the health check ${id}`;
}

const CERTIFICATE_WRITES =
  /^(?:Delete|Renew|Revoke|AddTagsTo|RemoveTagsFrom|Import)Certificate$|^UpdateCertificateOptions$/u;

function foreignCertificate(call: Call, at: Reachable): string | undefined {
  if (!CERTIFICATE_WRITES.test(call.operation)) return undefined;
  const arn = textIn(call, "CertificateArn") ?? "";
  const { certificates } = regionOf(at.cloud, call.account, call.region);
  return isOurs(certificates.get(arn)?.tags, at.owner) ? undefined : `the certificate ${arn}`;
}

function foreignDomain(call: Call, at: Reachable): string | undefined {
  if (/^(?:Get|CreateDomainName$)/u.test(call.operation)) return undefined;
  const [, tagged] = /\/domainnames\/([^/]+)$/u.exec(textIn(call, "resourceArn") ?? "") ?? [];
  const name = tagged ?? textIn(call, "domainName") ?? "";
  const parsed = parseDomainName(name);
  const domain = parsed.ok ? regionOf(at.cloud, call.account, call.region).domains.get(parsed.name) : undefined;
  // The deletion under a claim is sent for what was ours, whether or not it is still seen.
  if (domain === undefined && call.signedAt !== undefined) return undefined;
  if (domain === undefined || !isOurs(domain.tags, at.owner)) return `the API Gateway domain ${name}`;
  const strange = foreignMapping(call, domain);
  return strange === undefined ? undefined : `the base path mapping ${strange} of ${name}`;
}

/** The mapping that a call changes, or that goes with its domain. */
function foreignMapping(call: Call, domain: ApiDomain): string | undefined {
  const ours = new Set(ourMappings(domain));
  if (call.operation === "DeleteDomainName")
    return [...(domain.mappings ?? [])].map(({ basePath }) => basePath).find((path) => !ours.has(path));
  const path = /^(?:Update|Delete)BasePathMapping$/u.test(call.operation) ? textIn(call, "basePath") : undefined;
  return path === undefined || ours.has(path) ? undefined : path;
}

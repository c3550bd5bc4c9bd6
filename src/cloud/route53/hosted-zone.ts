import { createHash } from "node:crypto";
import { escapeForRoute53, parseDomainName } from "../../dns/domain-name.ts";
import type { Call, Ids, Outcome } from "../call.ts";
import type { Cloud, HostedZone, RecordSet } from "../cloud.ts";
import { accountOf, withAccount, withZone } from "../edit.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import { exceedsQuota } from "../quotas.ts";
import { Table } from "../table.ts";
import { noSuchHostedZone, refuse } from "./faults.ts";
import { bareId } from "./identifiers.ts";
import { recordKey } from "./record-order.ts";
import { tagsKey } from "./tags.ts";
import { changeInfo, submitChange } from "./zone-change.ts";

interface CreateInput {
  readonly Name: string;
  readonly CallerReference: string;
  readonly VPC?: unknown;
  readonly HostedZoneConfig?: { readonly Comment?: string; readonly PrivateZone?: boolean };
  readonly DelegationSetId?: string;
}

/** CreateHostedZone: the zone, with its SOA and NS. Source: API Reference, CreateHostedZone, checked 2026-11-23. */
export function createHostedZone(cloud: Cloud, call: Call, ids: Ids): Outcome {
  const input = call.input as CreateInput;
  const account = accountOf(cloud, call.account);
  if (input.DelegationSetId !== undefined) return notEmulated(call, "DelegationSetId");
  const parsed = parseDomainName(input.Name);
  if (!parsed.ok)
    return refuse({
      code: "InvalidDomainName",
      message: `The domain name '${input.Name}' ${parsed.problem}`,
      status: 400,
    });
  for (const zone of account.zones) {
    if (zone.callerReference !== input.CallerReference) continue;
    const message = `A hosted zone has already been created with the specified caller reference: ${input.CallerReference}`;
    return refuse({ code: "HostedZoneAlreadyExists", message, status: 409 });
  }
  if (exceedsQuota(cloud, account.id, "route53.hostedZones", account.zones.size, account.zones.size + 1)) {
    const message = "Limits Exceeded: MAX_HOSTED_ZONES_BY_OWNER - Cannot create more hosted zones.";
    return refuse({ code: "TooManyHostedZones", message, status: 400 });
  }

  const id = bareId(ids("hosted-zone"));
  const nameServers = nameServersOf(ids("delegation-set"));
  const zone: HostedZone = {
    id,
    name: parsed.name,
    callerReference: input.CallerReference,
    private: input.VPC !== undefined,
    ...(input.HostedZoneConfig?.Comment === undefined ? {} : { comment: input.HostedZoneConfig.Comment }),
    nameServers,
    recordSets: Table.from(
      ownRecordSets(escapeForRoute53(parsed.name), nameServers).map((record) => [recordKey(record), record]),
    ),
  };
  const submitted = submitChange({ ...account, zones: account.zones.set(id, zone) }, cloud.now, {
    id: bareId(ids("change")),
    zoneId: id,
    names: [zone.name],
  });
  return succeeded(withAccount(cloud, submitted.account), {
    HostedZone: zoneOutput(zone),
    ChangeInfo: changeInfo(submitted.change, cloud.now),
    DelegationSet: { NameServers: nameServers },
    ...(input.VPC === undefined ? {} : { VPC: input.VPC }),
    Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${id}`,
  });
}

/** GetHostedZone. Source: API Reference, GetHostedZone, checked 2026-11-23. */
export function getHostedZone(cloud: Cloud, call: Call): Outcome {
  const id = bareId((call.input as { readonly Id: string }).Id);
  const zone = accountOf(cloud, call.account).zones.get(id);
  if (zone === undefined) return refuse(noSuchHostedZone(id));
  const delegation = zone.private ? {} : { DelegationSet: { NameServers: zone.nameServers } };
  return succeeded(cloud, { HostedZone: zoneOutput(zone), ...delegation });
}

/** DeleteHostedZone: only when nothing but its own NS and SOA is left. Source: API Reference, DeleteHostedZone, checked 2026-11-23. */
export function deleteHostedZone(cloud: Cloud, call: Call, ids: Ids): Outcome {
  const id = bareId((call.input as { readonly Id: string }).Id);
  const account = accountOf(cloud, call.account);
  const zone = account.zones.get(id);
  if (zone === undefined) return refuse(noSuchHostedZone(id));
  if (zone.recordSets.size > OWN_RECORD_SETS || [...zone.recordSets].some((record) => !isOwn(zone, record))) {
    const message = "The specified hosted zone contains non-required resource record sets and so cannot be deleted.";
    return refuse({ code: "HostedZoneNotEmpty", message, status: 400 });
  }
  const route53Tags = account.route53Tags.delete(tagsKey("hostedzone", id));
  const submitted = submitChange({ ...account, zones: account.zones.delete(id), route53Tags }, cloud.now, {
    id: bareId(ids("change")),
    zoneId: id,
    names: [zone.name],
  });
  return succeeded(withAccount(cloud, submitted.account), { ChangeInfo: changeInfo(submitted.change, cloud.now) });
}

/** UpdateHostedZoneComment: without a comment, the one that is there goes. Source: API Reference, UpdateHostedZoneComment, checked 2026-11-23. */
export function updateHostedZoneComment(cloud: Cloud, call: Call): Outcome {
  const { Id, Comment: comment } = call.input as { readonly Id: string; readonly Comment?: string };
  const found = accountOf(cloud, call.account).zones.get(bareId(Id));
  if (found === undefined) return refuse(noSuchHostedZone(bareId(Id)));
  const { comment: _before, ...rest } = found;
  const zone: HostedZone = { ...rest, ...(comment === undefined || comment === "" ? {} : { comment }) };
  return succeeded(withZone(cloud, call.account, zone), { HostedZone: zoneOutput(zone) });
}

/** GetDNSSEC: no zone is signed here, as signing is not modelled. Source: API Reference, GetDNSSEC, checked 2026-11-23. */
export function getDnssec(cloud: Cloud, call: Call): Outcome {
  const id = bareId((call.input as { readonly HostedZoneId: string }).HostedZoneId);
  const zone = accountOf(cloud, call.account).zones.get(id);
  if (zone === undefined) return refuse(noSuchHostedZone(id));
  if (zone.private) return notEmulated(call, "private hosted zones");
  return succeeded(cloud, { Status: { ServeSignature: "NOT_SIGNING" }, KeySigningKeys: [] });
}

/** A zone as every operation answers it. */
export function zoneOutput(zone: HostedZone): ZoneOutput {
  return {
    Id: `/hostedzone/${zone.id}`,
    Name: escapeForRoute53(zone.name),
    CallerReference: zone.callerReference,
    Config: { ...(zone.comment === undefined ? {} : { Comment: zone.comment }), PrivateZone: zone.private },
    ResourceRecordSetCount: zone.recordSets.size,
  };
}

export interface ZoneOutput {
  readonly Id: string;
  readonly Name: string;
  readonly CallerReference?: string;
  readonly Config?: { readonly Comment?: string; readonly PrivateZone?: boolean };
  readonly ResourceRecordSetCount?: number;
}

/** The SOA and the NS at the apex. */
const OWN_RECORD_SETS = 2;

const isOwn = (zone: HostedZone, record: RecordSet): boolean =>
  (record.Type === "NS" || record.Type === "SOA") && record.Name === escapeForRoute53(zone.name);

/** Source: Developer Guide, "NS and SOA records that Amazon Route 53 creates for a public hosted zone", checked 2026-11-23. */
function ownRecordSets(name: string, nameServers: readonly string[]): readonly RecordSet[] {
  const soa = `${nameServers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`;
  return [
    { Name: name, Type: "NS", TTL: 172_800, ResourceRecords: nameServers.map((server) => ({ Value: `${server}.` })) },
    { Name: name, Type: "SOA", TTL: 900, ResourceRecords: [{ Value: soa }] },
  ];
}

/** Four name servers under four top-level domains, numbered in four ranges as AWS does; which ones follows from the id. */
function nameServersOf(delegationSet: string): readonly string[] {
  const digest = createHash("sha256").update(delegationSet).digest();
  return ["com", "net", "org", "co.uk"].map((suffix, index) => {
    const number = index * 512 + (digest.readUInt16BE(index * 4) % 512);
    const group = String(digest.readUInt16BE(index * 4 + 2) % 64).padStart(2, "0");
    return `ns-${number}.awsdns-${group}.${suffix}`;
  });
}

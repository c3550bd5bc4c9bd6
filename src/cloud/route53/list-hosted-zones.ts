import { escapeForRoute53, parseDomainName } from "../../dns/domain-name.ts";
import type { Call, Outcome } from "../call.ts";
import type { Cloud, HostedZone } from "../cloud.ts";
import { accountOf } from "../edit.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import type { Table } from "../table.ts";
import { invalidInput, refuse } from "./faults.ts";
import { zoneOutput } from "./hosted-zone.ts";
import { bareId } from "./identifiers.ts";
import { ZONES_PAGE_MAX } from "./limits.ts";
import { pageOf, pageSize } from "./page.ts";
import type { MaxItems } from "./page.ts";
import { nameKeyPrefix } from "./record-order.ts";

interface ListInput {
  readonly Marker?: string;
  readonly MaxItems?: MaxItems;
  readonly DelegationSetId?: string;
  readonly HostedZoneType?: string;
}

/** ListHostedZones. Source: API Reference, ListHostedZones, checked 2026-11-23. */
// Assumed: in the order of their ids; AWS states none.
export function listHostedZones(cloud: Cloud, call: Call): Outcome {
  const input = call.input as ListInput;
  if (input.DelegationSetId !== undefined) return notEmulated(call, "DelegationSetId");
  const size = pageSize(input.MaxItems, ZONES_PAGE_MAX);
  if (typeof size !== "number") return refuse(size);
  const start = input.Marker === undefined ? undefined : bareId(input.Marker);
  const privateOnly = input.HostedZoneType === "PrivateHostedZone";
  const { page, next } = pageOf(zonesFrom(accountOf(cloud, call.account).zones, start, privateOnly), size);
  return succeeded(cloud, {
    HostedZones: page.map(zoneOutput),
    Marker: input.Marker ?? "",
    IsTruncated: next !== undefined,
    MaxItems: size,
    ...(next === undefined ? {} : { NextMarker: next.id }),
  });
}

function* zonesFrom(
  zones: Table<HostedZone>,
  start: string | undefined,
  privateOnly: boolean,
): Generator<HostedZone, void> {
  for (const [, zone] of zones.entries(start)) if (zone.private || !privateOnly) yield zone;
}

interface ListByNameInput {
  readonly DNSName?: string;
  readonly HostedZoneId?: string;
  readonly MaxItems?: MaxItems;
}

/**
 * ListHostedZonesByName: by name with the labels reversed, then by id, from a marker of up to two parts (inclusive) on.
 * `DNSName` is where to start, not a filter: what follows it is listed too.
 * Source: API Reference, ListHostedZonesByName, checked 2026-11-23.
 */
export function listHostedZonesByName(cloud: Cloud, call: Call): Outcome {
  const input = call.input as ListByNameInput;
  if (input.HostedZoneId !== undefined && input.DNSName === undefined) {
    return refuse(invalidInput("Invalid request: HostedZoneId needs DNSName"));
  }
  const size = pageSize(input.MaxItems, ZONES_PAGE_MAX);
  if (typeof size !== "number") return refuse(size);
  const parsed = input.DNSName === undefined ? undefined : parseDomainName(input.DNSName);
  if (parsed?.ok === false) {
    return refuse({
      code: "InvalidDomainName",
      message: `The domain name '${input.DNSName}' ${parsed.problem}`,
      status: 400,
    });
  }
  const start = parsed === undefined ? "" : nameKeyPrefix(parsed.name) + bareId(input.HostedZoneId ?? "");
  const sorted = [...accountOf(cloud, call.account).zones]
    .map((zone) => [zoneKey(zone), zone] as const)
    .filter(([key]) => key >= start)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const { page, next } = pageOf(sorted, size);
  const marker = next?.[1];
  return succeeded(cloud, {
    HostedZones: page.map(([, zone]) => zoneOutput(zone)),
    ...(parsed === undefined ? {} : { DNSName: escapeForRoute53(parsed.name) }),
    ...(input.HostedZoneId === undefined ? {} : { HostedZoneId: bareId(input.HostedZoneId) }),
    IsTruncated: marker !== undefined,
    MaxItems: size,
    ...(marker === undefined ? {} : { NextDNSName: escapeForRoute53(marker.name), NextHostedZoneId: marker.id }),
  });
}

const zoneKey = (zone: HostedZone): string => nameKeyPrefix(zone.name) + zone.id;

import type { Call, Outcome } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { accountOf } from "../edit.ts";
import { succeeded } from "../outcome.ts";
import { invalidInput, noSuchHostedZone, refuse } from "./faults.ts";
import { bareId } from "./identifiers.ts";
import { RECORD_SETS_PAGE_MAX } from "./limits.ts";
import { pageOf, pageSize } from "./page.ts";
import type { MaxItems } from "./page.ts";
import { subtreeKeyPrefix, typeKeyPrefix } from "./record-order.ts";

export interface ListRecordSetsInput {
  readonly HostedZoneId: string;
  readonly StartRecordName?: string;
  readonly StartRecordType?: string;
  readonly StartRecordIdentifier?: string;
  readonly MaxItems?: MaxItems;
}

/**
 * ListResourceRecordSets: a page of a zone in AWS's order, from a marker of up to three parts (inclusive) on.
 * Source: API Reference, ListResourceRecordSets, checked 2026-11-23.
 */
export function listResourceRecordSets(cloud: Cloud, call: Call): Outcome {
  const input = call.input as ListRecordSetsInput;
  const zone = accountOf(cloud, call.account).zones.get(bareId(input.HostedZoneId));
  if (zone === undefined) return refuse(noSuchHostedZone(bareId(input.HostedZoneId)));
  if (input.StartRecordType !== undefined && input.StartRecordName === undefined) {
    return refuse(invalidInput("Invalid request: StartRecordType needs StartRecordName"));
  }
  if (input.StartRecordIdentifier !== undefined && input.StartRecordType === undefined) {
    return refuse(invalidInput("Invalid request: StartRecordIdentifier needs StartRecordName and StartRecordType"));
  }
  const size = pageSize(input.MaxItems, RECORD_SETS_PAGE_MAX);
  if (typeof size !== "number") return refuse(size);

  const { page, next } = pageOf(zone.recordSets.entries(startKey(input)), size);
  const marker = next?.[1];
  return succeeded(cloud, {
    ResourceRecordSets: page.map(([, record]) => record),
    IsTruncated: marker !== undefined,
    MaxItems: size,
    ...(marker === undefined ? {} : { NextRecordName: marker.Name, NextRecordType: marker.Type }),
    ...(marker?.SetIdentifier === undefined ? {} : { NextRecordIdentifier: marker.SetIdentifier }),
  });
}

/** The key at which a listing with these markers starts; undefined is the beginning of the zone. */
export function startKey(input: ListRecordSetsInput): string | undefined {
  const { StartRecordName: name, StartRecordType: type, StartRecordIdentifier: identifier } = input;
  if (name === undefined) return undefined;
  const dotted = name.endsWith(".") ? name.toLowerCase() : `${name.toLowerCase()}.`;
  return type === undefined ? subtreeKeyPrefix(dotted) : typeKeyPrefix(dotted, type) + (identifier ?? "");
}

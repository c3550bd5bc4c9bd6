import type { Region } from "../cloud/call.ts";
import type { ApiDomain, RecordSet } from "../cloud/cloud.ts";
import { isDistributionHost, readExecuteApiHost } from "../cloud/apigateway/hosts.ts";
import { parseDomainName } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";

/** An endpoint of API Gateway: a regional one, or the distribution of an edge-optimized one. */
export interface Endpoint {
  /** Of a distribution: whose clients' answer the record is. */
  readonly region: Region;
  /** `d-….execute-api.<region>.amazonaws.com.`, or `d….cloudfront.net.` */
  readonly host: DomainName;
}

/** Where an alias or a CNAME leads; undefined when the record set is neither, or its target is no name of ours. */
export function targetOf(record: RecordSet): DomainName | undefined {
  const target =
    record.AliasTarget?.DNSName ?? (record.Type === "CNAME" ? record.ResourceRecords?.[0]?.Value : undefined);
  const parsed = target === undefined ? undefined : parseDomainName(target);
  return parsed?.ok === true ? parsed.name : undefined;
}

/** Record sets are values, and a proof meets the same one in thousands of states. */
const ENDPOINTS = new WeakMap<RecordSet, { readonly endpoint: Endpoint | undefined }>();

/** The API Gateway endpoint that a record leads to, if it leads to one. */
export function endpointOf(record: RecordSet): Endpoint | undefined {
  const known = ENDPOINTS.get(record) ?? { endpoint: endpointIn(record) };
  ENDPOINTS.set(record, known);
  return known.endpoint;
}

function endpointIn(record: RecordSet): Endpoint | undefined {
  const host = targetOf(record);
  const region = host === undefined ? undefined : regionOfHost(host, record);
  return host === undefined || region === undefined ? undefined : { region, host };
}

const regionOfHost = (host: string, { Region: own = "" }: RecordSet): Region | undefined =>
  readExecuteApiHost(host)?.region ?? (isDistributionHost(host) ? own : undefined);

/** Whether a domain is behind this distribution: edge-optimized, as it was. */
export const isBehind = (domain: ApiDomain | undefined, distribution: string): boolean =>
  domain?.edge?.distributionDomainName === distribution;

/** The Region whose clients' answer it is: that of its endpoint; of one that leads elsewhere, that of its latency. */
export const regionAt = (record: RecordSet): Region | undefined => endpointOf(record)?.region ?? record.Region;

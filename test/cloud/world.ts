import { expect } from "vitest";
import type { Call, Fault, Service } from "../../src/cloud/call.ts";
import type { ApiDomain, Certificate, Cloud, HostedZone, RecordSet } from "../../src/cloud/cloud.ts";
import { regionOf, withRegion, withZone } from "../../src/cloud/edit.ts";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { hashIds } from "../../src/cloud/ids.ts";
import { API_GATEWAY } from "../../src/cloud/apigateway/apigateway.ts";
import { ACM } from "../../src/cloud/acm/acm.ts";
import { PROBE } from "../../src/cloud/probe.ts";
import { STS } from "../../src/cloud/sts/sts.ts";
import { TAGGING } from "../../src/cloud/tagging/get-resources.ts";
import { recordKey } from "../../src/cloud/route53/record-order.ts";
import { Table } from "../../src/cloud/table.ts";
import { domainName } from "../../src/dns/domain-name.ts";

export const ACCOUNT = "111122223333";
export const REGION = "us-east-1";
export const START = Date.UTC(2026, 10, 23);
export const name = domainName;

export function call(service: Service, operation: string, input: unknown, region = REGION): Call {
  return { account: ACCOUNT, region, service, operation, input };
}

const STEPS = { acm: ACM, apigateway: API_GATEWAY, tagging: TAGGING, sts: STS, probe: PROBE };

let calls = 0;

function outcome(cloud: Cloud, made: Call) {
  const steps = STEPS[made.service as keyof typeof STEPS];
  const known = steps[made.operation];
  if (known === undefined) throw new Error(`${made.service}:${made.operation}`);
  calls += 1;
  return known(cloud, made, hashIds(String(calls)));
}

/** The call must succeed. */
export function does(cloud: Cloud, made: Call): { cloud: Cloud; output: Readonly<Record<string, unknown>> } {
  const result = outcome(cloud, made);
  if (!result.ok) throw new Error(`${result.fault.code}: ${result.fault.message}`);
  return { cloud: result.cloud, output: result.output as Readonly<Record<string, unknown>> };
}

/** The call must be refused. */
export function fails(cloud: Cloud, made: Call): Fault {
  const result = outcome(cloud, made);
  expect(result.ok).toBe(false);
  return (result as { fault: Fault }).fault;
}

export const world = (): Cloud => emptyCloud(START);

export function zone(zoneName: string, records: readonly RecordSet[] = [], over: Partial<HostedZone> = {}): HostedZone {
  return {
    id: `Z${zoneName.replaceAll(/[^a-z]/g, "").toUpperCase()}`,
    name: name(zoneName),
    callerReference: "r",
    private: false,
    nameServers: [],
    recordSets: Table.from(records.map((record) => [recordKey(record), record])),
    ...over,
  };
}

export const withZones = (cloud: Cloud, ...zones: readonly HostedZone[]): Cloud =>
  zones.reduce((at, each) => withZone(at, ACCOUNT, each), cloud);

export const cname = (Name: string, Value: string): RecordSet => ({
  Name,
  Type: "CNAME",
  TTL: 300,
  ResourceRecords: [{ Value }],
});

export const ARN = `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/00000000-0000-4000-8000-000000000001`;

export function certificate(over: Partial<Certificate> = {}): Certificate {
  return {
    arn: ARN,
    domains: [name("api.example.com")],
    keyAlgorithm: "RSA_2048",
    type: "AMAZON_ISSUED",
    status: "ISSUED",
    transparencyLogging: true,
    tags: {},
    createdAt: START - 1_000,
    issuedAt: START,
    notBefore: START,
    notAfter: START + 1e10,
    validation: {},
    inUseBy: [],
    ...over,
  };
}

export function apiDomain(over: Partial<ApiDomain> = {}): ApiDomain {
  return {
    name: name("api.example.com"),
    regionalDomainName: `d-aaaaaaaaaa.execute-api.${REGION}.amazonaws.com`,
    regionalHostedZoneId: "ZREGIONAL",
    regionalCertificateArn: ARN,
    endpointTypes: ["REGIONAL"],
    ipAddressType: "ipv4",
    securityPolicy: "TLS_1_2",
    routingMode: "BASE_PATH_MAPPING_ONLY",
    status: "AVAILABLE",
    tags: {},
    mappings: Table.empty(),
    ...over,
  };
}

export function withCertificates(cloud: Cloud, ...certificates: readonly Certificate[]): Cloud {
  const state = regionOf(cloud, ACCOUNT, REGION);
  return withRegion(cloud, ACCOUNT, {
    ...state,
    certificates: certificates.reduce((table, each) => table.set(each.arn, each), state.certificates),
  });
}

export function withDomains(cloud: Cloud, ...domains: readonly ApiDomain[]): Cloud {
  const state = regionOf(cloud, ACCOUNT, REGION);
  return withRegion(cloud, ACCOUNT, {
    ...state,
    domains: domains.reduce((table, each) => table.set(each.name, each), state.domains),
  });
}

export const here = (cloud: Cloud) => regionOf(cloud, ACCOUNT, REGION);

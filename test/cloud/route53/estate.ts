import { expect } from "vitest";
import { domainName } from "../../../src/dns/domain-name.ts";
import type { Call, Fault, Ids } from "../../../src/cloud/call.ts";
import type { Cloud, HealthCheckConfig, RecordSet } from "../../../src/cloud/cloud.ts";
import { accountOf, withAccount, withZone } from "../../../src/cloud/edit.ts";
import { emptyCloud } from "../../../src/cloud/empty.ts";
import { recordKey } from "../../../src/cloud/route53/record-order.ts";
import { step } from "../../../src/cloud/step.ts";
import { Table } from "../../../src/cloud/table.ts";

export const ACCOUNT = "111122223333";
export const NOW = 1_800_000_000_000;
export const ZONE = "Z1EXAMPLE";
/** What API Gateway in a Region would have: any zone that is not ours. */
export const API_ZONE = "Z1APIGATEWAY";

export const ids: Ids = (purpose) => (purpose === "change" ? "C1CHANGE" : `${purpose}-1`);

export function call(operation: string, input: unknown): Call {
  return { account: ACCOUNT, region: "us-east-1", service: "route53", operation, input };
}

export function a(name: string, value = "192.0.2.1", more: Partial<RecordSet> = {}): RecordSet {
  return { Name: name, Type: "A", TTL: 60, ResourceRecords: [{ Value: value }], ...more };
}

export function cname(name: string, target: string, more: Partial<RecordSet> = {}): RecordSet {
  return { Name: name, Type: "CNAME", TTL: 60, ResourceRecords: [{ Value: target }], ...more };
}

/** An alias to an API Gateway domain, answered near its Region. */
export function latencyAlias(name: string, region: string, more: Partial<RecordSet> = {}): RecordSet {
  const DNSName = `d-${region.replaceAll("-", "")}.execute-api.${region}.amazonaws.com.`;
  const AliasTarget = { HostedZoneId: API_ZONE, DNSName, EvaluateTargetHealth: false };
  return { Name: name, Type: "A", SetIdentifier: `shop/${region}`, Region: region, AliasTarget, ...more };
}

export function alias(name: string, target: string, evaluate = false, more: Partial<RecordSet> = {}): RecordSet {
  return {
    Name: name,
    Type: "A",
    AliasTarget: { HostedZoneId: ZONE, DNSName: target, EvaluateTargetHealth: evaluate },
    ...more,
  };
}

/** The zone example.com with these record sets beside its own SOA and NS. */
export function estate(...more: readonly RecordSet[]): Cloud {
  const own: readonly RecordSet[] = [
    { Name: "example.com.", Type: "NS", TTL: 172_800, ResourceRecords: [{ Value: "ns-1.awsdns-00.com." }] },
    {
      Name: "example.com.",
      Type: "SOA",
      TTL: 900,
      ResourceRecords: [{ Value: "ns-1.awsdns-00.com. x.example.com. 1 7200 900 1209600 86400" }],
    },
  ];
  return withZone(emptyCloud(NOW), ACCOUNT, {
    id: ZONE,
    name: domainName("example.com"),
    callerReference: "ref",
    private: false,
    nameServers: ["ns-1.awsdns-00.com"],
    recordSets: Table.from([...own, ...more].map((record) => [recordKey(record), record] as const)),
  });
}

export function withCheck(cloud: Cloud, id: string, config: Partial<HealthCheckConfig> = {}): Cloud {
  const account = accountOf(cloud, ACCOUNT);
  const check = {
    Id: id,
    CallerReference: id,
    HealthCheckVersion: 1,
    HealthCheckConfig: { Type: "HTTPS", FullyQualifiedDomainName: `${id}.example.org`, ...config } as HealthCheckConfig,
  };
  return withAccount(cloud, {
    ...account,
    healthChecks: account.healthChecks.set(id, check),
    callerReferences: account.callerReferences.set(id, { id, burnt: false }),
  });
}

export type Edit = readonly [action: "CREATE" | "DELETE" | "UPSERT", record: unknown];

export const batch = (...edits: readonly Edit[]): Call =>
  call("ChangeResourceRecordSets", {
    HostedZoneId: ZONE,
    ChangeBatch: { Changes: edits.map(([Action, ResourceRecordSet]) => ({ Action, ResourceRecordSet })) },
  });

/** The Cloud after a call that succeeds, and its output. */
export function run(
  cloud: Cloud,
  made: Call,
  source: Ids = ids,
): { readonly cloud: Cloud; readonly output: Record<string, unknown> } {
  const outcome = step(cloud, made, source);
  if (!outcome.ok) expect.fail(`${made.operation}: ${outcome.fault.code} ${outcome.fault.message}`);
  return { cloud: outcome.cloud, output: outcome.output as Record<string, unknown> };
}

/** The fault of a call that is refused. */
export function fault(cloud: Cloud, made: Call): Fault {
  const outcome = step(cloud, made, ids);
  if (outcome.ok) expect.fail(`${made.operation} was accepted`);
  return outcome.fault;
}

export function records(cloud: Cloud): readonly RecordSet[] {
  return [...(accountOf(cloud, ACCOUNT).zones.get(ZONE)?.recordSets ?? [])];
}

/** Record sets but for the zone's own, as "name type identifier". */
export function listed(cloud: Cloud): readonly string[] {
  return records(cloud)
    .filter((record) => record.Type !== "SOA" && record.Type !== "NS")
    .map((record) =>
      [record.Name, record.Type, ...(record.SetIdentifier === undefined ? [] : [record.SetIdentifier])].join(" "),
    );
}

import type {
  ApiDomain,
  CallerReference,
  Certificate,
  Cloud,
  HealthCheck,
  RecordSet,
  ZoneChange,
} from "../../src/cloud/cloud.ts";
import type { Call } from "../../src/cloud/call.ts";
import { accountOf, regionOf, withAccount, withRegion, withZone } from "../../src/cloud/edit.ts";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { recordKey } from "../../src/cloud/route53/record-order.ts";
import { Table } from "../../src/cloud/table.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Guard, Next } from "../../src/resource/kind.ts";
import { recordDigest, renderMarker } from "../../src/resource/marker.ts";
import type { Marker } from "../../src/resource/marker.ts";
import { ownerTags } from "../../src/resource/ownership.ts";
import type { Address } from "../../src/resource/address.ts";

export const ACCOUNT = "111122223333";
export const NOW = Date.UTC(2026, 0, 1);
export const EAST = "us-east-1";
export const shop = domainName("shop.example.com");
export const owner = { manifest: "storefront", scope: "7f3k9q" };
export const zone = { account: ACCOUNT, id: "Z1", name: domainName("example.com") };
export const base = { account: ACCOUNT, owner, zone, name: shop };
export const GUARD: Guard = { basis: "n0.1", nonce: "n1" };

export const ARN = `arn:aws:acm:${EAST}:${ACCOUNT}:certificate/one`;

export const certificateSpec = {
  account: ACCOUNT,
  owner,
  region: EAST,
  label: "storefront",
  domains: [shop, domainName("*.shop.example.com")],
  keyAlgorithm: "RSA_2048",
  transparencyLogging: true,
  tags: {},
};

export const liveCertificate = (over: Partial<Certificate> = {}): Certificate => ({
  arn: ARN,
  domains: certificateSpec.domains,
  keyAlgorithm: "RSA_2048",
  type: "AMAZON_ISSUED",
  status: "ISSUED",
  transparencyLogging: true,
  tags: ownerTags(owner, "certificate/storefront/us-east-1/RSA_2048" as Address),
  createdAt: NOW - 1_000,
  validation: { [shop]: { name: domainName("_a.shop.example.com"), value: domainName("_b.acm-validations.aws") } },
  inUseBy: [],
  ...over,
});

export const liveDomain = (over: Partial<ApiDomain> = {}): ApiDomain => ({
  name: shop,
  regionalDomainName: `d-new.execute-api.${EAST}.amazonaws.com`,
  regionalHostedZoneId: "ZREG",
  regionalCertificateArn: ARN,
  endpointTypes: ["REGIONAL"],
  ipAddressType: "ipv4",
  securityPolicy: "TLS_1_2",
  routingMode: "BASE_PATH_MAPPING_ONLY",
  status: "AVAILABLE",
  tags: { ...ownerTags(owner, `api-domain/${EAST}/shop.example.com` as Address), "signalbox:mapping:v1": "ours" },
  mappings: Table.empty(),
  ...over,
});

export const marker = (over: Partial<Marker> = {}): Marker => ({
  ...owner,
  generation: 1,
  nonce: "n0.1",
  maxTtl: 60,
  records: [],
  entries: [],
  tombs: [],
  ...over,
});

export const markerRecord = (over: Partial<Marker> = {}): RecordSet => renderMarker(shop, marker(over));

export const aliasRecord = (region: string, over: Partial<RecordSet> = {}): RecordSet => ({
  Name: "shop.example.com.",
  Type: "A",
  SetIdentifier: `storefront/${region}`,
  Region: region,
  AliasTarget: {
    HostedZoneId: "ZREG",
    DNSName: `d-new.execute-api.${region}.amazonaws.com.`,
    EvaluateTargetHealth: false,
  },
  ...over,
});

export const marks = (...records: readonly RecordSet[]): Marker["records"] =>
  records.map((record) => ({
    type: record.Type,
    setIdentifier: record.SetIdentifier ?? "",
    digest: recordDigest(record),
  }));

interface Parts {
  readonly now?: number;
  readonly records?: readonly RecordSet[];
  readonly certificates?: readonly Certificate[];
  readonly domains?: readonly ApiDomain[];
  readonly checks?: readonly HealthCheck[];
  readonly burnt?: readonly string[];
  readonly changes?: readonly ZoneChange[];
}

/** A Cloud of one zone and one Region. */
export function cloudOf(parts: Parts = {}): Cloud {
  const records = parts.records ?? [];
  let cloud = withZone(emptyCloud(parts.now ?? NOW), ACCOUNT, {
    id: zone.id,
    name: zone.name,
    callerReference: "r",
    private: false,
    nameServers: [],
    recordSets: Table.from(records.map((record) => [recordKey(record), record])),
  });
  const checks = parts.checks ?? [];
  cloud = withAccount(cloud, {
    ...accountOf(cloud, ACCOUNT),
    healthChecks: Table.from(checks.map((check) => [check.Id, check])),
    callerReferences: Table.from<CallerReference>([
      ...checks.map((check) => [check.CallerReference, { id: check.Id, burnt: false }] as const),
      ...(parts.burnt ?? []).map((reference) => [reference, { id: "", burnt: true }] as const),
    ]),
    changes: Table.from((parts.changes ?? []).map((change) => [change.id, change])),
  });
  return withRegion(cloud, ACCOUNT, {
    ...regionOf(cloud, ACCOUNT, EAST),
    certificates: Table.from((parts.certificates ?? []).map((each) => [each.arn, each])),
    domains: Table.from((parts.domains ?? []).map((each) => [each.name, each])),
  });
}

/** A Next in a few words: what a table compares. */
export function inWords(next: Next): string {
  if (next.do === "call") return next.call.operation;
  if (next.do === "wait") return `wait for ${next.why}`;
  return next.do === "stop" ? `stop ${next.diagnostic.code}${next.replan ? ", replan" : ""}` : "done";
}

export function callOf(next: Next): Call {
  if (next.do !== "call") throw new Error(`no call but ${inWords(next)}`);
  return next.call;
}

interface Batch {
  readonly ChangeBatch: {
    readonly Changes: readonly { readonly Action: string; readonly ResourceRecordSet: RecordSet }[];
  };
}

export const changesOf = (next: Next): Batch["ChangeBatch"]["Changes"] =>
  (callOf(next).input as Batch).ChangeBatch.Changes;

/** A change of the name that was INSYNC at `insyncAt`. */
export const changeAt = (insyncAt: number): ZoneChange => ({
  id: "C1",
  zoneId: zone.id,
  submittedAt: NOW - 60_000,
  insyncAt,
  names: [shop, domainName("_signalbox.shop.example.com")],
});

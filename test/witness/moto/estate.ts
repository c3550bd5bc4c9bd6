import type { Call, Region, Send } from "../../../src/cloud/call.ts";
import { outputOf } from "./answers.ts";
import type { Record53 } from "./mends-route53.ts";
import type { MotoWorld } from "./world.ts";

interface Certificate {
  readonly CertificateArn: string;
  readonly Status: string;
  readonly KeyAlgorithm: string;
  readonly SubjectAlternativeNameSummaries: readonly string[];
}

/** What there is in moto, without the identifiers that it gave: two runs to the same end have the same estate. */
export interface Estate {
  readonly records: readonly string[];
  readonly checks: readonly string[];
  readonly regions: Readonly<
    Record<Region, { readonly certificates: readonly string[]; readonly domains: readonly string[] }>
  >;
}

export async function estateOf({ send, zoneId, regions }: MotoWorld): Promise<Estate> {
  const inRegions = await Promise.all(
    regions.map(async ({ region }) => [region, await regionOf(send, region)] as const),
  );
  return {
    records: (await recordsOf(send, zoneId)).map((each) => `${each.Type} ${each.Name} ${each.SetIdentifier ?? ""}`),
    checks: (await checksOf(send))
      .map(({ HealthCheckConfig: { Type, FullyQualifiedDomainName: host = "", ResourcePath: path = "" } }) =>
        `${Type} ${host}${path}`.trim(),
      )
      .toSorted(),
    regions: Object.fromEntries(inRegions),
  };
}

const route53 = (operation: string, input: unknown): Call => ({
  account: "",
  region: "us-east-1",
  service: "route53",
  operation,
  input,
});

/** All but the CNAMEs that prove names to ACM: those are never deleted, since renewals need them. */
export async function recordsOf(send: Send, zoneId: string): Promise<readonly Record53[]> {
  const call = route53("ListResourceRecordSets", { HostedZoneId: zoneId });
  const { ResourceRecordSets } = await outputOf<{ readonly ResourceRecordSets: readonly Record53[] }>(send, call);
  return ResourceRecordSets.filter(({ Name, Type }) => Type !== "CNAME" || !Name.startsWith("_"));
}

export interface Check {
  readonly Id: string;
  readonly HealthCheckConfig: Readonly<Record<string, string>>;
}

export async function checksOf(send: Send): Promise<readonly Check[]> {
  const { HealthChecks = [] } = await outputOf<{ readonly HealthChecks?: readonly Check[] }>(
    send,
    route53("ListHealthChecks", {}),
  );
  return HealthChecks;
}

async function regionOf(send: Send, region: Region): Promise<Estate["regions"][Region]> {
  const ask = <Output>(service: Call["service"], operation: string, input: unknown): Promise<Output> =>
    outputOf<Output>(send, { account: "", region, service, operation, input });
  const keyTypes = ["RSA_2048", "EC_prime256v1", "EC_secp384r1"];
  const { CertificateSummaryList: certificates } = await ask<{
    readonly CertificateSummaryList: readonly Certificate[];
  }>("acm", "ListCertificates", { Includes: { keyTypes } });
  const { items: domains = [] } = await ask<{ readonly items?: readonly { readonly domainName: string }[] }>(
    "apigateway",
    "GetDomainNames",
    {},
  );
  const mapped = await Promise.all(
    domains.map(async ({ domainName }) => {
      const { items = [] } = await ask<{
        readonly items?: readonly { readonly basePath: string; readonly stage: string }[];
      }>("apigateway", "GetBasePathMappings", { domainName });
      return `${domainName} ${items.map(({ basePath, stage }) => `${basePath}=${stage}`).join(" ")}`;
    }),
  );
  return {
    certificates: certificates
      .map((each) => `${each.Status} ${each.KeyAlgorithm} ${each.SubjectAlternativeNameSummaries.join(" ")}`)
      .toSorted(),
    domains: mapped.toSorted(),
  };
}

/** Somebody else's change batch in the zone. */
export async function writeRecords(
  { send, zoneId }: MotoWorld,
  changes: readonly { readonly Action: string; readonly ResourceRecordSet: Record53 }[],
): Promise<void> {
  await outputOf(
    send,
    route53("ChangeResourceRecordSets", { HostedZoneId: zoneId, ChangeBatch: { Changes: changes } }),
  );
}

import type { ApiDomain, Certificate, Cloud, HealthCheck, RecordSet } from "../../../src/cloud/cloud.ts";
import { domainName } from "../../../src/dns/domain-name.ts";
import { parseMarker } from "../../../src/resource/marker.ts";
import { OWNER } from "../simulate-manifests.ts";

/** Everything that there is, by what it is and without identifiers, sorted: two estates with the same things are alike. */
export function thingsIn(cloud: Cloud): readonly string[] {
  const records = recordsIn(cloud);
  const entries = records.flatMap((record) => (record.Type === "TXT" ? (parseMarker(record)?.entries ?? []) : []));
  return [
    ...records.map(({ Type, Name, SetIdentifier = "" }) => `record ${Type} ${Name} ${SetIdentifier}`),
    ...entries.map(({ target }) => `on its way out: ${target.split("/")[0] ?? ""}`),
    ...checksIn(cloud).map(checkText),
    ...[...cloud.accounts].flatMap(({ regions }) =>
      [...regions].flatMap(({ region, certificates, domains }) => [
        ...[...certificates].map((each) => `certificate ${region} ${certificateText(each)}`),
        ...[...domains].map((each) => `domain ${region} ${each.name} ${mappingsText(each)}`),
      ]),
    ),
  ].toSorted();
}

/** What is of ours twice, and what is of ours and nothing leads to; told by AWS's own data alone, never by a marker or a plan. */
interface Surplus {
  readonly duplicates: readonly string[];
  readonly orphans: readonly string[];
}

export function surplusIn(cloud: Cloud): Surplus {
  const used = usedIn(cloud);
  const identities: string[] = [];
  const orphans: string[] = [];
  const found = (what: string, identity: string, id: string): void => {
    identities.push(`${what} ${identity}`);
    if (!used.has(id)) orphans.push(`${what} ${identity}`);
  };
  for (const check of checksIn(cloud)) {
    const { CallerReference: reference } = check;
    // The last part is the generation.
    if (reference.startsWith(`sb1.${OWNER.manifest}.`))
      found("check", reference.slice(0, reference.lastIndexOf(".")), check.Id);
  }
  for (const { regions } of cloud.accounts) {
    for (const { region, certificates, domains } of regions) {
      for (const { arn, tags } of certificates)
        if (isOurs(tags)) found("certificate", `${region} ${addressIn(tags)}`, arn);
      for (const { regionalDomainName, tags } of domains)
        if (isOurs(tags)) found("domain", `${region} ${addressIn(tags)}`, domainName(regionalDomainName));
    }
  }
  return { duplicates: identities.filter((each, place) => identities.indexOf(each) !== place), orphans };
}

type Tags = Readonly<Record<string, string>> | undefined;

const isOurs = (tags: Tags): boolean =>
  tags?.["signalbox:manifest"] === OWNER.manifest && tags["signalbox:scope"] === OWNER.scope;

const addressIn = (tags: Tags): string => tags?.["signalbox:address"] ?? "";

/** Identifiers of what some record leads to: checks and those below them, endpoints, and the certificates that these present. */
function usedIn(cloud: Cloud): ReadonlySet<string> {
  const used = new Set<string>();
  const children = new Map(checksIn(cloud).map(({ Id, HealthCheckConfig: config }) => [Id, config.ChildHealthChecks]));
  for (const { HealthCheckId: check, AliasTarget: alias, Type: type, ResourceRecords: values = [] } of recordsIn(
    cloud,
  )) {
    const target = alias?.DNSName ?? (type === "CNAME" ? values[0]?.Value : undefined);
    if (target !== undefined) used.add(domainName(target));
    if (check !== undefined) for (const id of [check, ...(children.get(check) ?? [])]) used.add(id);
  }
  for (const { regions } of cloud.accounts)
    for (const { domains } of regions)
      for (const each of domains)
        if (each.regionalCertificateArn !== undefined && used.has(domainName(each.regionalDomainName)))
          used.add(each.regionalCertificateArn);
  return used;
}

const recordsIn = (cloud: Cloud): readonly RecordSet[] =>
  [...cloud.accounts].flatMap(({ zones }) => [...zones].flatMap((zone) => [...zone.recordSets]));

const checksIn = (cloud: Cloud): readonly HealthCheck[] =>
  [...cloud.accounts].flatMap(({ healthChecks }) => [...healthChecks]);

const checkText = ({ HealthCheckConfig: config }: HealthCheck): string =>
  `check ${config.Type} ${config.FullyQualifiedDomainName ?? ""} ${String(config.RequestInterval ?? "")}`;

const certificateText = ({ status, keyAlgorithm, domains }: Certificate): string =>
  `${status} ${keyAlgorithm} ${domains.join(" ")}`;

const mappingsText = ({ mappings }: ApiDomain): string =>
  [...(mappings ?? [])].map((each) => `${each.basePath}=${each.restApiId}/${each.stage ?? ""}`).join(" ");

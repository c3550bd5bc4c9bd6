import type { Cloud, HealthCheck, RecordSet } from "../../src/cloud/cloud.ts";
import { accountOf, regionOf } from "../../src/cloud/edit.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { parseMarker } from "../../src/resource/marker.ts";
import { certificateCovers } from "../../src/tls/coverage.ts";
import { ACCOUNT } from "../world/world.ts";

const recordsOf = (cloud: Cloud): readonly RecordSet[] =>
  [...cloud.accounts].flatMap(({ zones }) => [...zones].flatMap((zone) => [...zone.recordSets]));

const checksOf = (cloud: Cloud): readonly HealthCheck[] =>
  [...cloud.accounts].flatMap(({ healthChecks }) => [...healthChecks]);

export const answersIn = (cloud: Cloud): readonly RecordSet[] =>
  recordsOf(cloud).filter((record) => record.Type === "A");

/** What there is, counted and named, without identifiers: two estates with one census have the same things. */
export function census(cloud: Cloud): unknown {
  const account = accountOf(cloud, ACCOUNT);
  return {
    records: recordsOf(cloud).map((record) => `${record.Type} ${record.Name} ${record.SetIdentifier ?? ""}`),
    marked: recordsOf(cloud).flatMap((record) => {
      const marker = record.Type === "TXT" ? parseMarker(record) : undefined;
      return marker === undefined
        ? []
        : [{ records: marker.records.map((each) => each.setIdentifier), entries: marker.entries }];
    }),
    checks: checksOf(cloud)
      .map(
        ({ HealthCheckConfig: { Type, FullyQualifiedDomainName, RequestInterval } }) =>
          `${Type} ${FullyQualifiedDomainName ?? ""} ${RequestInterval ?? ""}`,
      )
      .toSorted(),
    regions: [...account.regions].map(({ region, certificates, domains }) => ({
      region,
      certificates: [...certificates]
        .map((each) => `${each.status} ${each.keyAlgorithm} ${each.domains.join(" ")}`)
        .toSorted(),
      domains: [...domains].map(
        (each) =>
          `${each.name} ${[...(each.mappings ?? [])].map((mapping) => `${mapping.basePath}=${mapping.restApiId}/${mapping.stage ?? ""}`).join(" ")}`,
      ),
    })),
  };
}

/** What clients would notice: an answer that leads to no endpoint, to no valid certificate, or hangs on no health check. */
export function broken(cloud: Cloud): readonly string[] {
  const checks = new Set(checksOf(cloud).map(({ Id }) => Id));
  return answersIn(cloud).flatMap((record) => {
    const region = regionOf(cloud, ACCOUNT, record.Region ?? "");
    const target = record.AliasTarget === undefined ? undefined : domainName(record.AliasTarget.DNSName);
    const domain = [...region.domains].find((each) => domainName(each.regionalDomainName) === target);
    const certificate = region.certificates.get(domain?.regionalCertificateArn ?? "");
    const problems = [
      ...(domain === undefined ? ["leads to no endpoint"] : []),
      ...(domain !== undefined &&
      (certificate?.status !== "ISSUED" || !certificateCovers(certificate.domains, domain.name))
        ? ["meets no certificate"]
        : []),
      ...(record.HealthCheckId !== undefined && !checks.has(record.HealthCheckId) ? ["hangs on no health check"] : []),
    ];
    return problems.map((problem) => `${record.SetIdentifier ?? record.Name} ${problem}`);
  });
}

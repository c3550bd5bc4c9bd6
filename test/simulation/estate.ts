import { EDGE_CERTIFICATE_REGION, isDistributionHost } from "../../src/cloud/apigateway/hosts.ts";
import type { ApiDomain, Cloud, HealthCheck, RecordSet } from "../../src/cloud/cloud.ts";
import { accountOf, regionOf } from "../../src/cloud/edit.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { policyOf } from "../../src/cloud/route53/routing-policy.ts";
import { endpointOf, regionAt, targetOf } from "../../src/resource/record-endpoint.ts";
import { parseMarker } from "../../src/resource/marker.ts";
import { certificateCovers } from "../../src/tls/coverage.ts";
import { ACCOUNT } from "../world/world.ts";

const recordsOf = (cloud: Cloud): readonly RecordSet[] =>
  [...cloud.accounts].flatMap(({ zones }) => [...zones].flatMap((zone) => [...zone.recordSets]));

const checksOf = (cloud: Cloud): readonly HealthCheck[] =>
  [...cloud.accounts].flatMap(({ healthChecks }) => [...healthChecks]);

/** Addresses, and the CNAMEs that lead to endpoints. */
export const answersIn = (cloud: Cloud): readonly RecordSet[] =>
  recordsOf(cloud).filter(
    (record) => record.Type === "A" || (record.Type === "CNAME" && endpointOf(record) !== undefined),
  );

/** What there is, counted and named, without identifiers: two estates with one census have the same things. */
export function census(cloud: Cloud): unknown {
  const account = accountOf(cloud, ACCOUNT);
  return {
    records: recordsOf(cloud).map((record) =>
      [record.Type, record.Name, record.SetIdentifier, policyOf(record), record.Weight, record.Failover].join(" "),
    ),
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

const hostsOf = ({ regionalDomainName, edge }: ApiDomain): readonly string[] =>
  edge === undefined ? [regionalDomainName] : [regionalDomainName, edge.distributionDomainName];

/** What clients would notice: an answer that leads to no endpoint, to no valid certificate, or hangs on no health check. */
export function broken(cloud: Cloud): readonly string[] {
  const checks = new Set(checksOf(cloud).map(({ Id }) => Id));
  return answersIn(cloud).flatMap((record) => {
    const region = regionOf(cloud, ACCOUNT, regionAt(record) ?? "");
    const target = targetOf(record);
    const domain = [...region.domains].find((each) => hostsOf(each).some((host) => domainName(host) === target));
    const edge = domain !== undefined && isDistributionHost(target ?? "") ? domain.edge?.certificateArn : undefined;
    const certificate =
      edge === undefined
        ? region.certificates.get(domain?.regionalCertificateArn ?? "")
        : regionOf(cloud, ACCOUNT, EDGE_CERTIFICATE_REGION).certificates.get(edge);
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

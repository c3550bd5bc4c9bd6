import type { Cloud } from "../../cloud/cloud.ts";
import { display } from "../../dns/domain-name.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import { certificateCovers } from "../../tls/coverage.ts";
import type { Invariant } from "../invariant.ts";
import { certificateAt, domainAt, leads } from "../reachable.ts";
import type { Reachable } from "../reachable.ts";
import { endpointOf } from "../../resource/record-endpoint.ts";
import type { Endpoint } from "../../resource/record-endpoint.ts";

/**
 * Every endpoint that a name can lead to presents a certificate that is issued, not expired, and covers the name.
 * Source: API Gateway Developer Guide, "Set up custom domain names": the certificate must cover the name, checked 2026-11-23.
 */
export const certificateCoversHost = {
  code: "CERTIFICATE_DOES_NOT_COVER",
  check: (at: Reachable) =>
    [...leads(at)].flatMap(({ watched, record }) => {
      const endpoint = endpointOf(record);
      if (endpoint === undefined) return [];
      const problem = problemAt(at.cloud, at.account, endpoint, watched.name);
      if (problem === undefined || problemAt(at.baseline, at.account, endpoint, watched.name) !== undefined) return [];
      return [
        {
          code: "CERTIFICATE_DOES_NOT_COVER",
          name: watched.name,
          viewpoint: endpoint.region,
          message: `Clients of ${display(watched.name)} that are led to ${endpoint.region} meet ${problem}.`,
          help: "A certificate that covers the name must be issued and bound there first.",
        },
      ];
    }),
} satisfies Invariant;

/** Undefined also where there is no endpoint at all: that is another invariant's business. */
function problemAt(cloud: Cloud, account: string, endpoint: Endpoint, name: DomainName): string | undefined {
  if (domainAt(cloud, account, endpoint) === undefined) return undefined;
  const held = certificateAt(cloud, account, endpoint);
  if (held === undefined) return "an endpoint whose certificate does not exist";
  if (held.status !== "ISSUED" || (held.notAfter !== undefined && held.notAfter <= cloud.now))
    return `a certificate that is ${held.status === "ISSUED" ? "expired" : held.status}`;
  return certificateCovers(held.domains, name)
    ? undefined
    : `a certificate for ${held.domains.map(display).join(", ")} only`;
}

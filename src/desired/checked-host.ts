import { executeApiHost } from "../cloud/apigateway/hosts.ts";
import { display } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { ApiRegion, HealthCheckSection, Manifest } from "../manifest/manifest.ts";

/** The host that a Region's health check asks, no trailing dot. */
export function checkedHost(section: HealthCheckSection, region: ApiRegion): string {
  const [first] = region.mappings;
  if (section.host !== "api") return display(section.host);
  if (first === undefined) throw new Error(`no mapping in ${region.region}`);
  return executeApiHost(first.restApi, region.region);
}

/** Which name is behind each checked host: what a check that no record uses yet is for. */
export function checkedHosts(manifest: Manifest): ReadonlyMap<string, DomainName> {
  return new Map(
    manifest.apis.flatMap(({ name, healthCheck, regions }) =>
      healthCheck === undefined ? [] : regions.map((region) => [checkedHost(healthCheck, region), name] as const),
    ),
  );
}

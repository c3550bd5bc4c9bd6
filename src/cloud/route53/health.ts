import type { AccountId } from "../call.ts";
import type { Account, Cloud, HealthCheckConfig } from "../cloud.ts";
import { accountOf } from "../edit.ts";
import { readExecuteApiHost } from "../apigateway/hosts.ts";
import { restApiIn } from "../apigateway/rest-api.ts";

/** What checkers would find at the endpoint of a check; undefined leaves it to what the Cloud itself knows. */
export type EndpointProbe = (config: HealthCheckConfig, id: string) => boolean | undefined;

/**
 * The status of a health check, as it is once every checker has looked: a disabled check is healthy; a calculated one
 * counts its healthy children against the threshold; `Inverted` turns the result around, that of a disabled one too.
 * Source: API Reference, UpdateHealthCheck (Disabled); Developer Guide, "How Route 53 determines whether a health check
 * is healthy" and "Values that you specify when you create or update health checks", checked 2026-11-23.
 */
// Assumed: a check that does not exist is healthy (AWS: the status of its records is unpredictable); who must not
// depend on it looks whether the check exists. Alarms and routing controls are out of sight and count as healthy.
export function isHealthy(cloud: Cloud, accountId: AccountId, id: string, probe?: EndpointProbe): boolean {
  return healthOf(accountOf(cloud, accountId), id, probe, new Set());
}

function healthOf(account: Account, id: string, probe: EndpointProbe | undefined, above: ReadonlySet<string>): boolean {
  const config = account.healthChecks.get(id)?.HealthCheckConfig;
  if (config === undefined || above.has(id)) return true;
  const found = config.Disabled === true || finding(config);
  return config.Inverted === true ? !found : found;

  function finding(of: HealthCheckConfig): boolean {
    if (of.Type === "CALCULATED") return countsAsHealthy(of, childHealth);
    return probe?.(of, id) ?? isEndpointUp(account, of);
  }
  function childHealth(child: string): boolean {
    return healthOf(account, child, probe, new Set([...above, id]));
  }
}

/** A threshold above the number of children is never reached; a threshold of 0 always is. */
function countsAsHealthy(config: HealthCheckConfig, childHealth: (id: string) => boolean): boolean {
  const healthy = (config.ChildHealthChecks ?? []).filter(childHealth).length;
  return healthy >= (config.HealthThreshold ?? 0);
}

/**
 * What the Cloud knows of an endpoint: only of REST APIs' own hosts, which answer over TLS at the stages they have.
 * What was not looked at counts as healthy.
 */
export function isEndpointUp(account: Account, config: HealthCheckConfig): boolean {
  const host = readExecuteApiHost(config.FullyQualifiedDomainName ?? "");
  if (host === undefined) return true;
  if (config.Type === "TCP") return true;
  if (config.Type === "HTTP" || config.Type === "HTTP_STR_MATCH") return false;
  const state = account.regions.get(host.region);
  const api = state === undefined ? "not looked at" : restApiIn(state, host.label.toLowerCase());
  if (api === "not looked at") return true;
  if (api === "absent" || api.disableExecuteApiEndpoint) return false;
  const stage = (config.ResourcePath ?? "/").replace(/^\//, "").split(/[/?]/, 1)[0] ?? "";
  return api.stages === undefined || api.stages.includes(stage);
}

import type { Call, Outcome } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { accountOf } from "../edit.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import { quotaOf } from "../quotas.ts";
import type { QuotaKey } from "../quotas.ts";
import { noSuchHostedZone, refuse } from "./faults.ts";
import { bareId } from "./identifiers.ts";

/** The limits of GetAccountLimit that the model knows, and what each counts. Source: API Reference, GetAccountLimit, checked 2026-11-23. */
export const ACCOUNT_LIMITS: Readonly<Record<string, QuotaKey>> = {
  MAX_HEALTH_CHECKS_BY_OWNER: "route53.healthChecks",
  MAX_HOSTED_ZONES_BY_OWNER: "route53.hostedZones",
};

/** GetAccountLimit: a quota of the account, and how much of it is used. Source: API Reference, GetAccountLimit, checked 2026-11-23. */
export function getAccountLimit(cloud: Cloud, call: Call): Outcome {
  const { Type: type } = call.input as { readonly Type: string };
  const key = Object.hasOwn(ACCOUNT_LIMITS, type) ? ACCOUNT_LIMITS[type] : undefined;
  if (key === undefined) return notEmulated(call, type);
  const { healthChecks, zones } = accountOf(cloud, call.account);
  const Count = key === "route53.healthChecks" ? healthChecks.size : zones.size;
  return succeeded(cloud, { Limit: { Type: type, Value: quotaOf(cloud, call.account, key) }, Count });
}

/** GetHostedZoneLimit: the same of one zone. Source: API Reference, GetHostedZoneLimit, checked 2026-11-23. */
export function getHostedZoneLimit(cloud: Cloud, call: Call): Outcome {
  const { Type: type, HostedZoneId: id } = call.input as { readonly Type: string; readonly HostedZoneId: string };
  const zone = accountOf(cloud, call.account).zones.get(bareId(id));
  if (zone === undefined) return refuse(noSuchHostedZone(bareId(id)));
  if (type !== "MAX_RRSETS_BY_ZONE") {
    if (zone.private) return notEmulated(call, type);
    // Assumed: the wording and the status; the page gives neither.
    const message = `The hosted zone ${zone.id} is public`;
    return refuse({ code: "HostedZoneNotPrivate", message, status: 400 });
  }
  const Value = quotaOf(cloud, call.account, "route53.recordSets");
  return succeeded(cloud, { Limit: { Type: type, Value }, Count: zone.recordSets.size });
}

/** GetHealthCheckCount. Source: API Reference, GetHealthCheckCount, checked 2026-11-23. */
export function getHealthCheckCount(cloud: Cloud, call: Call): Outcome {
  return succeeded(cloud, { HealthCheckCount: accountOf(cloud, call.account).healthChecks.size });
}

/** GetHostedZoneCount: public and private ones together. Source: API Reference, GetHostedZoneCount, checked 2026-11-23. */
export function getHostedZoneCount(cloud: Cloud, call: Call): Outcome {
  return succeeded(cloud, { HostedZoneCount: accountOf(cloud, call.account).zones.size });
}

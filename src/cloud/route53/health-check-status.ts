import type { Call, Outcome } from "../call.ts";
import type { Account, Cloud, HealthCheck, HealthCheckConfig } from "../cloud.ts";
import { accountOf } from "../edit.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import { checkersIn } from "./checkers.ts";
import { invalidInput, noSuchHealthCheck, refuse } from "./faults.ts";
import { hasObservations } from "./health-check-age.ts";
import { isEndpointUp } from "./health.ts";

/**
 * GetHealthCheckStatus: what each checker found at the endpoint, before `Inverted` turns it around. There is nothing
 * to tell until the checkers have looked, nor while the check is disabled.
 * Source: API Reference, GetHealthCheckStatus, checked 2026-11-23.
 */
// Assumed: all checkers find the same, and have just looked.
export function getHealthCheckStatus(cloud: Cloud, call: Call): Outcome {
  return observed(cloud, call, (account, check) => statusText(account, check.HealthCheckConfig));
}

/** GetHealthCheckLastFailureReason: the same, of failures only. Source: API Reference, GetHealthCheckLastFailureReason, checked 2026-11-23. */
// Assumed: a check that does not fail now has no failure to tell; AWS remembers the last one.
export function getHealthCheckLastFailureReason(cloud: Cloud, call: Call): Outcome {
  return observed(cloud, call, (account, check) => {
    const status = statusText(account, check.HealthCheckConfig);
    return status.startsWith("Failure") ? status : undefined;
  });
}

function observed(
  cloud: Cloud,
  call: Call,
  tell: (account: Account, check: HealthCheck) => string | undefined,
): Outcome {
  const { HealthCheckId: id } = call.input as { readonly HealthCheckId: string };
  const account = accountOf(cloud, call.account);
  const check = account.healthChecks.get(id);
  if (check === undefined) return refuse(noSuchHealthCheck(id));
  const config = check.HealthCheckConfig;
  // Assumed: the code and the wording; the page says only that it cannot be used for calculated ones.
  if (config.Type === "CALCULATED")
    return refuse(invalidInput(`${call.operation} cannot be used for the calculated health check ${id}`));
  if (config.Type === "CLOUDWATCH_METRIC" || config.Type === "RECOVERY_CONTROL") return notEmulated(call, config.Type);
  const silent = config.Disabled === true || !hasObservations(account, id, config, cloud.now);
  const Status = silent ? undefined : tell(account, check);
  const checkers = Status === undefined ? [] : checkersIn(config.Regions);
  return succeeded(cloud, {
    HealthCheckObservations: checkers.map((checker) => ({
      ...checker,
      StatusReport: { Status, CheckedTime: cloud.now },
    })),
  });
}

// Assumed: the texts are those that are seen most; AWS documents none. API Gateway answers 403 where nothing is, and
// does not answer plain HTTP at all.
function statusText(account: Account, config: HealthCheckConfig): string {
  const plain = config.Type === "HTTP" || config.Type === "HTTP_STR_MATCH";
  if (isEndpointUp(account, config))
    return config.Type === "TCP" ? "Success: TCP connection established" : "Success: HTTP Status Code 200, OK";
  return plain
    ? "Failure: Connection timed out. The endpoint or the internet connection is down, or requests are being blocked by your firewall."
    : "Failure: HTTP Status Code 403, Forbidden";
}

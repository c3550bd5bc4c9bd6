import type { Call, Fault, Ids, Outcome } from "../call.ts";
import type { Account, Cloud, HealthCheck, HealthCheckConfig } from "../cloud.ts";
import { accountOf, withAccount } from "../edit.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import { exceedsQuota, quotaOf } from "../quotas.ts";
import { invalidInput, noSuchHealthCheck, refuse } from "./faults.ts";
import { throttledFault } from "../throttle-fault.ts";
import { madeToday, withMade } from "./health-check-age.ts";
import { configProblem, withDefaults } from "./health-check-config.ts";
import { HEALTH_CHECKS_PAGE_DEFAULT, HEALTH_CHECKS_PAGE_MAX } from "./limits.ts";
import { pageOf, pageSize } from "./page.ts";
import type { MaxItems } from "./page.ts";
import { tagsKey } from "./tags.ts";

interface CreateInput {
  readonly CallerReference: string;
  readonly HealthCheckConfig: HealthCheckConfig;
}

/**
 * CreateHealthCheck. A caller reference is for ever: with the same settings it gives the check that it made, with
 * others, or when that check was deleted, it is refused. Source: API Reference, CreateHealthCheck, checked 2026-11-23.
 */
// Assumed: a reference stays burnt for good; AWS says "for a number of days".
export function createHealthCheck(cloud: Cloud, call: Call, ids: Ids): Outcome {
  const { CallerReference: reference, HealthCheckConfig: given } = call.input as CreateInput;
  const account = accountOf(cloud, call.account);
  if (given.Type === "RECOVERY_CONTROL") return notEmulated(call, "RECOVERY_CONTROL");
  const problem = configProblem(given, account);
  if (problem !== undefined) return refuse(invalidInput(problem));
  const config = withDefaults(given);

  const used = account.callerReferences.get(reference);
  if (used !== undefined) {
    const made = used.burnt ? undefined : account.healthChecks.get(used.id);
    return made !== undefined && fingerprint(made.HealthCheckConfig) === fingerprint(config)
      ? succeeded(cloud, createOutput(made))
      : refuse(alreadyExists);
  }
  const made = madeToday(account, cloud.now);
  const fault = quotaFault(cloud, call, account, made.size);
  if (fault !== undefined) return refuse(fault);
  const check: HealthCheck = {
    Id: ids("health-check"),
    CallerReference: reference,
    HealthCheckConfig: config,
    HealthCheckVersion: 1,
  };
  const next: Account = {
    ...account,
    callerReferences: account.callerReferences.set(reference, { id: check.Id, burnt: false }),
    healthChecksMade: withMade(made, check.Id, cloud.now),
  };
  return succeeded(withCheck(cloud, next, check), createOutput(check));
}

/** Source: Developer Guide, "Quotas", quotas on health checks and maximums on API requests, checked 2026-11-23. */
// Assumed: only requests that make a check count towards the day's, and one too many is throttled, as the quota stands
// among those of request rates and TooManyHealthChecks speaks of active checks only.
function quotaFault(cloud: Cloud, call: Call, account: Account, made: number): Fault | undefined {
  const count = account.healthChecks.size;
  if (exceedsQuota(cloud, account.id, "route53.healthChecks", count, count + 1)) {
    const most = quotaOf(cloud, account.id, "route53.healthChecks");
    // Assumed: the wording and the status.
    const message = `The maximum number of active health checks for the account is ${most}`;
    return { code: "TooManyHealthChecks", message, status: 400 };
  }
  const today = exceedsQuota(cloud, account.id, "route53.healthChecksPerDay", made, made + 1);
  return today ? throttledFault(call, 0) : undefined;
}

interface UpdateInput extends Partial<HealthCheckConfig> {
  readonly HealthCheckId: string;
  readonly HealthCheckVersion?: number;
  readonly ResetElements?: readonly string[];
}

/** What cannot be changed in place: such a check is replaced. Source: API Reference, UpdateHealthCheck, checked 2026-11-23. */
const NOT_UPDATABLE = ["Type", "RequestInterval", "MeasureLatency"] as const;

/**
 * UpdateHealthCheck: members that are left out stay as they are, those named in `ResetElements` go back to AWS's
 * default; a version that is given must be the current one. Source: API Reference, UpdateHealthCheck, checked 2026-11-23.
 */
// Assumed: a member that is both given and reset has the value given.
export function updateHealthCheck(cloud: Cloud, call: Call): Outcome {
  const {
    HealthCheckId: id,
    HealthCheckVersion: version,
    ResetElements: resets = [],
    ...given
  } = call.input as UpdateInput;
  const account = accountOf(cloud, call.account);
  const check = account.healthChecks.get(id);
  if (check === undefined) return refuse(noSuchHealthCheck(id));
  if (version !== undefined && version !== check.HealthCheckVersion) return refuse(versionMismatch(version, check));
  const fixed = NOT_UPDATABLE.find((member) => given[member] !== undefined);
  if (fixed !== undefined) return refuse(invalidInput(`${fixed} cannot be changed`));
  if (given.IPAddress !== undefined && check.HealthCheckConfig.IPAddress === undefined) {
    return refuse(invalidInput("IPAddress cannot be added to a health check that has none"));
  }

  const kept = Object.entries(check.HealthCheckConfig).filter(([member]) => !resets.includes(member));
  const changed = Object.entries(given).filter(([, value]) => value !== undefined);
  const config: HealthCheckConfig = {
    ...Object.fromEntries([...kept, ...changed]),
    Type: check.HealthCheckConfig.Type,
  };
  const problem = configProblem(config, account);
  if (problem !== undefined) return refuse(invalidInput(problem));
  const updated: HealthCheck = {
    ...check,
    HealthCheckConfig: config,
    HealthCheckVersion: check.HealthCheckVersion + 1,
  };
  return succeeded(withCheck(cloud, account, updated), { HealthCheck: updated });
}

/** GetHealthCheck. Source: API Reference, GetHealthCheck, checked 2026-11-23. */
export function getHealthCheck(cloud: Cloud, call: Call): Outcome {
  const { HealthCheckId: id } = call.input as { readonly HealthCheckId: string };
  const check = accountOf(cloud, call.account).healthChecks.get(id);
  return check === undefined ? refuse(noSuchHealthCheck(id)) : succeeded(cloud, { HealthCheck: check });
}

/** ListHealthChecks. Source: API Reference, ListHealthChecks, checked 2026-11-23. */
// Assumed: in the order of their ids; AWS states none.
export function listHealthChecks(cloud: Cloud, call: Call): Outcome {
  const input = call.input as { readonly Marker?: string; readonly MaxItems?: MaxItems };
  const size = pageSize(input.MaxItems, HEALTH_CHECKS_PAGE_MAX, HEALTH_CHECKS_PAGE_DEFAULT);
  if (typeof size !== "number") return refuse(size);
  const { page, next } = pageOf(accountOf(cloud, call.account).healthChecks.entries(input.Marker), size);
  return succeeded(cloud, {
    HealthChecks: page.map(([, check]) => check),
    Marker: input.Marker ?? "",
    IsTruncated: next !== undefined,
    MaxItems: size,
    ...(next === undefined ? {} : { NextMarker: next[0] }),
  });
}

/**
 * DeleteHealthCheck: allowed while record sets refer to it, whose answers are then unpredictable.
 * Source: API Reference, DeleteHealthCheck, checked 2026-11-23.
 */
// Assumed: a child of a calculated check is refused with HealthCheckInUse; the page lists the error, the model calls it unused.
export function deleteHealthCheck(cloud: Cloud, call: Call): Outcome {
  const { HealthCheckId: id } = call.input as { readonly HealthCheckId: string };
  const account = accountOf(cloud, call.account);
  const check = account.healthChecks.get(id);
  if (check === undefined) return refuse(noSuchHealthCheck(id));
  for (const other of account.healthChecks) {
    if (other.HealthCheckConfig.ChildHealthChecks?.includes(id)) {
      const message = `The health check ${id} is referenced by the calculated health check ${other.Id}`;
      return refuse({ code: "HealthCheckInUse", message, status: 400 });
    }
  }
  return succeeded(
    withAccount(cloud, {
      ...account,
      healthChecks: account.healthChecks.delete(id),
      callerReferences: account.callerReferences.set(check.CallerReference, { id, burnt: true }),
      route53Tags: account.route53Tags.delete(tagsKey("healthcheck", id)),
    }),
    {},
  );
}

function withCheck(cloud: Cloud, account: Account, check: HealthCheck): Cloud {
  return withAccount(cloud, { ...account, healthChecks: account.healthChecks.set(check.Id, check) });
}

function createOutput(check: HealthCheck): unknown {
  return { HealthCheck: check, Location: `https://route53.amazonaws.com/2013-04-01/healthcheck/${check.Id}` };
}

const alreadyExists: Fault = {
  code: "HealthCheckAlreadyExists",
  message: "A different health check has already been created with the specified caller reference.",
  status: 409,
};

const versionMismatch = (version: number, check: HealthCheck): Fault => ({
  code: "HealthCheckVersionMismatch",
  message: `HealthCheckVersion ${version} is not the current version ${check.HealthCheckVersion} of health check ${check.Id}`,
  status: 409,
});

/** Text that is equal for equal settings; the order of members, of children and of Regions does not matter. */
function fingerprint(config: HealthCheckConfig): string {
  const lists = { ChildHealthChecks: sorted(config.ChildHealthChecks), Regions: sorted(config.Regions) };
  const entries = Object.entries<unknown>({ ...config, ...lists });
  return JSON.stringify(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const sorted = (list: readonly string[] | undefined): readonly string[] => (list ?? []).toSorted();

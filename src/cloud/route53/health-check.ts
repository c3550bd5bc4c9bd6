import type { Call, Fault, Ids, Outcome } from "../call.ts";
import type { Account, Cloud, HealthCheck, HealthCheckConfig } from "../cloud.ts";
import { accountOf, withAccount } from "../edit.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import { invalidInput, noSuchHealthCheck, refuse } from "./faults.ts";
import { configProblem, withDefaults } from "./health-check-config.ts";
import { HEALTH_CHECKS_MAX, HEALTH_CHECKS_PAGE_DEFAULT, HEALTH_CHECKS_PAGE_MAX } from "./limits.ts";
import { pageOf, pageSize } from "./page.ts";
import type { MaxItems } from "./page.ts";

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
  if (reference.length < 1 || reference.length > 64)
    return refuse(invalidInput("CallerReference must have 1 to 64 characters"));
  if (given.Type === "RECOVERY_CONTROL") return notEmulated(call, "RECOVERY_CONTROL");
  const problem = configProblem(given, account);
  if (problem !== undefined) return refuse(invalidInput(problem));
  const config = withDefaults(given);

  const used = account.callerReferences.get(reference);
  if (used !== undefined) {
    const made = used.burnt ? undefined : account.healthChecks.get(used.id);
    return made !== undefined && fingerprint(made.HealthCheckConfig) === fingerprint(config)
      ? succeeded(cloud, createOutput(made))
      : refuse(alreadyExists(reference));
  }
  // An account that already holds more than the quota has a raised one.
  if (account.healthChecks.size === HEALTH_CHECKS_MAX) {
    const message = `The maximum number of active health checks for the account is ${HEALTH_CHECKS_MAX}`;
    return refuse({ code: "TooManyHealthChecks", message, status: 400 });
  }
  const check: HealthCheck = {
    Id: ids("health-check"),
    CallerReference: reference,
    HealthCheckConfig: config,
    HealthCheckVersion: 1,
  };
  const callerReferences = account.callerReferences.set(reference, { id: check.Id, burnt: false });
  return succeeded(withCheck(cloud, { ...account, callerReferences }, check), createOutput(check));
}

interface UpdateInput extends Partial<HealthCheckConfig> {
  readonly HealthCheckId: string;
  readonly HealthCheckVersion?: number;
  readonly ResetElements?: readonly string[];
}

/** What cannot be changed in place: such a check is replaced. Source: API Reference, UpdateHealthCheck, checked 2026-11-23. */
const NOT_UPDATABLE = ["Type", "RequestInterval", "MeasureLatency"] as const;
const RESETTABLE: readonly string[] = ["FullyQualifiedDomainName", "Regions", "ResourcePath", "ChildHealthChecks"];

/**
 * UpdateHealthCheck: members that are left out stay as they are; a version that is given must be the current one.
 * Source: API Reference, UpdateHealthCheck, checked 2026-11-23.
 */
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
  const unknown = resets.find((member) => !RESETTABLE.includes(member));
  if (unknown !== undefined) return refuse(invalidInput(`Invalid ResetElements: ${unknown}`));

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

const alreadyExists = (reference: string): Fault => ({
  code: "HealthCheckAlreadyExists",
  message: `A health check with caller reference '${reference}' was created before, with other settings or deleted since`,
  status: 409,
});

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

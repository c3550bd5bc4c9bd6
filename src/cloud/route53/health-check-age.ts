import type { Account, HealthCheckConfig } from "../cloud.ts";
import { DAY, SECOND } from "../instant.ts";
import type { Instant } from "../instant.ts";
import type { Table } from "../table.ts";

// AWS never shows when a health check was made, but two of its rules look at it: so many may be made within a day, and
// a check whose checkers have not reported yet counts as healthy. Checks that were only read have no age: they are old.

/** Digits of an instant in milliseconds, for some thousand years to come. */
const INSTANT_DIGITS = 15;

/** Keys of `Account.healthChecksMade` sort by the time, so that what is recent is found without looking at the rest. */
const madeKey = (at: Instant, id: string): string => `${timePrefix(at)} ${id}`;

const timePrefix = (at: Instant): string => String(Math.max(0, Math.floor(at))).padStart(INSTANT_DIGITS, "0");

/** The health checks made within the last day. Source: Developer Guide, "Quotas", quotas on health checks, checked 2026-11-23. */
export function madeToday(account: Account, now: Instant): Table<string> {
  let made = account.healthChecksMade;
  const oldest = timePrefix(now - DAY + 1);
  for (const [key] of account.healthChecksMade.entries()) {
    if (key >= oldest) break;
    made = made.delete(key);
  }
  return made;
}

export function withMade(made: Table<string>, id: string, now: Instant): Table<string> {
  return made.set(madeKey(now, id), id);
}

/**
 * Whether checkers have had time to agree on the health of an endpoint: until then a new check is healthy, or
 * unhealthy when it is inverted. Source: Developer Guide, "How Amazon Route 53 determines whether a health check is
 * healthy", checked 2026-11-23.
 */
// Assumed: that takes as many requests in a row as change a status later, FailureThreshold times RequestInterval.
export function hasVerdict(account: Account, id: string, config: HealthCheckConfig, now: Instant): boolean {
  return !isYoungerThan(account, id, now, intervalMs(config) * (config.FailureThreshold ?? 3));
}

/** Whether every checker has sent its first request. */
export function hasObservations(account: Account, id: string, config: HealthCheckConfig, now: Instant): boolean {
  return !isYoungerThan(account, id, now, intervalMs(config));
}

const intervalMs = (config: HealthCheckConfig): number => (config.RequestInterval ?? 30) * SECOND;

function isYoungerThan(account: Account, id: string, now: Instant, age: number): boolean {
  for (const [, made] of account.healthChecksMade.entries(timePrefix(now - age + 1))) if (made === id) return true;
  return false;
}

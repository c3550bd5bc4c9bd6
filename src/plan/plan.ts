import { createHash } from "node:crypto";
import type { Instant } from "../cloud/instant.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { Address } from "../resource/address.ts";
import type { Change, Difference, ZoneRef } from "../resource/kind.ts";
import type { Owner } from "../resource/ownership.ts";

/**
 * What a run will do, as data: it prints, saves, compares and is proved. Nothing in it is a closure.
 */
export interface Plan {
  readonly version: 1;
  readonly owner: Owner;
  readonly account: string;
  /** When the live state was read. */
  readonly readAt: Instant;
  /** Names that are to go out of service: the only ones that may stop answering. */
  readonly retired: readonly DomainName[];
  /** Of those, the ones that another name takes over from. */
  readonly successors?: readonly Successor[];
  /** Makes this plan's markers unlike every other's. */
  readonly nonce: string;
  /** In an order in which they may run; each names the steps that must be done before it. */
  readonly steps: readonly Step[];
  /** Differences that are left alone, each with why: nothing of their component is done, the others go on. */
  readonly held: readonly Held[];
  /** Errors refuse the whole plan; warnings and remarks do not. */
  readonly diagnostics: readonly Diagnostic[];
  /** What is in scope and not ours, by kind: counted, never touched. */
  readonly foreign: Readonly<Record<string, number>>;
  /** What is ours and as it should be, by kind. */
  readonly unchanged: Readonly<Record<string, number>>;
}

/** `name` answers before `old` may stop. */
export interface Successor {
  readonly old: DomainName;
  readonly name: DomainName;
  readonly zone: ZoneRef;
}

/**
 * `settle` only waits; `probe` only looks; the rest write. `condemn`, `drain` and `release` are the stations on which
 * something that records pointed to goes away.
 */
export type Action = "create" | "update" | "delete" | "ensure" | "settle" | "probe" | "condemn" | "drain" | "release";

export type StepId = string;

export interface Step {
  readonly id: StepId;
  readonly kind: string;
  readonly action: Action;
  readonly address: Address;
  readonly change: Change;
  /** Field by field, for an update; what is made or goes is told by the change. */
  readonly differences: readonly Difference[];
  readonly after: readonly StepId[];
  /** Names whose answers it can concern. */
  readonly names: readonly DomainName[];
}

export interface Held {
  readonly address: Address;
  readonly kind: string;
  readonly differences: readonly Difference[];
  readonly diagnostic: Diagnostic;
}

/** SHA-256 over the plan's canonical JSON: what a proof is bound to. */
export function planDigest(plan: Plan): string {
  return createHash("sha256").update(canonicalJson(plan)).digest("hex");
}

/** JSON with sorted keys: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member !== "object" || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

/** Whether the plan asks for any change, held ones included. */
export const hasChanges = (plan: Plan): boolean => plan.steps.length > 0 || plan.held.length > 0;

export const isRefused = (plan: Plan): boolean => plan.diagnostics.some((each) => each.severity === "error");

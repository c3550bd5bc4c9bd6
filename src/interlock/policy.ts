import type { Limits } from "../manifest/manifest.ts";
import type { LimitName } from "../plan/options.ts";

/** What the manifest's limits, and the ones that a user has lifted for this run, let a plan do. */
export interface Policy {
  /** Infinity: lifted. */
  readonly regionsRemovedPerRun: number;
  /** Clients that can use no certificate but an RSA one may be shut out. */
  readonly shutsOutClients: boolean;
}

export const policyOf = (limits: Limits, lifted: readonly LimitName[]): Policy => ({
  regionsRemovedPerRun: lifted.includes("regionsRemovedPerRun") ? Infinity : limits.regionsRemovedPerRun,
  shutsOutClients: lifted.includes("clientClasses"),
});

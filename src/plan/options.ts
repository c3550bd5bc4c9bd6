import type { Region } from "../cloud/call.ts";
import type { Address } from "../resource/address.ts";

/** Limits that `--lift` can lift for one run. `clientClasses` is no number of the manifest: the proof holds it. */
export const LIMITS = ["deletePercent", "updatePercent", "deleteMax", "regionsRemovedPerRun", "clientClasses"] as const;
export type LimitName = (typeof LIMITS)[number];

/** What a user may say beside the manifest. */
export interface PlanOptions {
  /** `retire`: everything that is ours goes (the destroy command). */
  readonly goal: "converge" | "retire";
  /** Addresses whose edits by hand are replaced by what the manifest says. */
  readonly overwrite: readonly Address[];
  /** Addresses whose edits by hand are taken as they are. */
  readonly acceptLive: readonly Address[];
  readonly lift: readonly LimitName[];
  /** Regions to look at besides those of the manifest and of the markers. */
  readonly regions?: readonly Region[];
}

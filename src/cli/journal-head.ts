import type { AccountId } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { decodeCloud, encodeCloud } from "../cloud/codec.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { RunOutcome } from "../execute/event.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { PlanOptions } from "../plan/options.ts";
import type { Scope, ZoneRef } from "../resource/kind.ts";

/**
 * The first line of a journal: what was to be brought about, and the estate as it was read before the first write,
 * verbatim. With it and with the answers to the writes, a run can be undone.
 */
export interface JournalHead {
  readonly type: "head";
  readonly version: 1;
  readonly goal: PlanOptions["goal"];
  /** Without positions: the file has changed since. */
  readonly manifest: Omit<Manifest, "positions">;
  readonly account: AccountId;
  readonly zones: readonly ZoneRef[];
  /** As `encodeCloud` writes it. */
  readonly before: unknown;
  /** File name of the journal whose run this run undoes. */
  readonly undoes?: string;
}

/** The last line of a journal whose run was not killed: what the whole run came to, all its rounds together. */
export interface JournalEnd {
  readonly type: "end";
  readonly outcome: RunOutcome;
  readonly diagnostics: readonly Diagnostic[];
}

export function journalHead(
  manifest: Manifest,
  goal: PlanOptions["goal"],
  { cloud, scope }: { readonly cloud: Cloud; readonly scope: Scope },
  undoes: string | undefined,
): JournalHead {
  const { positions: _, ...rest } = manifest;
  return {
    type: "head",
    version: 1,
    goal,
    manifest: rest,
    account: scope.account,
    zones: scope.zones,
    before: encodeCloud(cloud),
    ...(undoes === undefined ? {} : { undoes }),
  };
}

/** What JSON leaves out is undefined again when it is read, so nothing is lost. */
export const headManifest = (head: JournalHead): Manifest => ({ ...head.manifest, positions: new Map() });

export const headCloud = (head: JournalHead): Cloud => decodeCloud(head.before);

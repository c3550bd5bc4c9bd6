import type { Cloud } from "../cloud/cloud.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { Limits } from "../manifest/manifest.ts";
import { ourMarkers } from "../resource/condemned.ts";
import type { Change, Scope } from "../resource/kind.ts";
import { recordSet } from "../resource/record-set.ts";
import type { RecordSetSpec } from "../resource/record-spec.ts";
import { recordSwitch } from "../resource/record-switch.ts";
import type { RecordSwitchSpec } from "../resource/record-switch.ts";
import type { NameSpec } from "../resource/swap.ts";
import type { Draft } from "./draft.ts";
import type { LimitName } from "./options.ts";

/** Percentages count only in zones where at least so many record sets are ours: one of two is not half a company. */
const PERCENT_FLOOR = 10;

/** Fields of a record set whose change cannot change an answer while all is healthy. */
const QUIET_FIELDS = new Set(["aliasTarget.evaluateTargetHealth"]);

/** Refuses what would change more at once than the manifest allows. `lifted` limits do not count in this run. */
export function limitDiagnostics(
  drafts: readonly Draft[],
  limits: Limits,
  lifted: readonly LimitName[],
  cloud: Cloud,
  scope: Scope,
): readonly Diagnostic[] {
  const records = drafts.flatMap(recordDrafts);
  const removed = records.filter(takesRegion);
  const retired = removed.filter((draft) => draft.owningName !== undefined && scope.retired.has(draft.owningName));
  const updated = records.filter(
    (draft) =>
      draft.action === "update" &&
      !takesRegion(draft) &&
      draft.differences.some(({ field }) => !QUIET_FIELDS.has(field)),
  );
  const checks = [
    ...regionsRemoved(
      removed.filter((draft) => !retired.includes(draft)),
      limits,
    ),
    ...(retired.length > limits.deleteMax
      ? [exceeded("deleteMax", `${retired.length} record sets would be deleted; ${limits.deleteMax} may be in one run`)]
      : []),
    ...percentages(retired, limits.deletePercent, "deletePercent", "deleted", cloud, scope),
    ...percentages(updated, limits.updatePercent, "updatePercent", "updated", cloud, scope),
  ];
  return checks.filter(({ limit }) => !lifted.includes(limit)).map(({ diagnostic }) => diagnostic);
}

/** One for each record set that is there: of those that are only changed together, each counts as it would alone. */
function recordDrafts(draft: Draft): readonly Draft[] {
  if (draft.kind === recordSet.name) return [draft];
  if (draft.kind !== recordSwitch.name) return [];
  const change = draft.change as Change<RecordSwitchSpec>;
  const staying = new Set((change.after?.records ?? []).map(({ region }) => region));
  return (change.before?.records ?? []).map((before) => ({
    ...draft,
    action: staying.has(before.region) ? "update" : "delete",
    change: { ...change, before, after: undefined },
  }));
}

/** Also where the only record set of a name leads to another Region from then on. */
function takesRegion({ action, change }: Draft): boolean {
  const [before, after] = [change.before, change.after] as readonly (RecordSetSpec | undefined)[];
  return action === "delete" || (after?.setIdentifier === "" && before !== undefined && before.region !== after.region);
}

interface Exceeded {
  readonly limit: LimitName;
  readonly diagnostic: Diagnostic;
}

const exceeded = (limit: LimitName, what: string, subject?: string, less = "Change less at once"): Exceeded => ({
  limit,
  diagnostic: {
    code: "LIMIT_EXCEEDED",
    severity: "error",
    message: `${what} (limits.${limit}).`,
    help: `${less}, or lift this one limit for one run with \`--lift ${limit}\`.`,
    ...(subject === undefined ? {} : { subject }),
  },
});

function regionsRemoved(removed: readonly Draft[], limits: Limits): readonly Exceeded[] {
  const regions = new Map<DomainName, Set<string>>();
  for (const draft of removed) {
    const name = draft.owningName;
    const { region, type } = (draft.change.before ?? {}) as { readonly region?: string; readonly type?: string };
    if (type === "AAAA") continue; // beside the A record of the same Region, or with it
    if (name !== undefined && region !== undefined) regions.set(name, (regions.get(name) ?? new Set()).add(region));
  }
  const { regionsRemovedPerRun: most } = limits;
  return [...regions].flatMap(([name, found]) => {
    const gone = [...found].toSorted();
    if (gone.length <= most) return [];
    const what = `${display(name)} would lose ${gone.length} Regions (${gone.join(", ")}); ${most} may go in one run`;
    const less = `List ${gone.slice(most).join(" and ")} in the manifest for now and leave it out in a later run`;
    return [exceeded("regionsRemovedPerRun", what, display(name), less)];
  });
}

function percentages(
  drafts: readonly Draft[],
  percent: number,
  limit: LimitName,
  word: string,
  cloud: Cloud,
  scope: Scope,
): readonly Exceeded[] {
  const counts = new Map<string, number>();
  for (const draft of drafts) {
    const zone = ((draft.change.after ?? draft.change.before) as NameSpec).zone.name;
    counts.set(zone, (counts.get(zone) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const owned = new Map<string, number>();
  for (const { marker, spec } of ourMarkers(cloud, scope))
    owned.set(spec.zone.name, (owned.get(spec.zone.name) ?? 0) + marker.records.length);
  return [...counts].flatMap(([zone, count]) => {
    const all = owned.get(zone) ?? 0;
    const over = all >= PERCENT_FLOOR && count * 100 > all * percent;
    return over
      ? [
          exceeded(
            limit,
            `${count} of our ${all} record sets in ${zone} would be ${word}; ${percent} % may be in one run`,
            zone,
          ),
        ]
      : [];
  });
}

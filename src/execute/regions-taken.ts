import type { Region } from "../cloud/call.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { Plan, Step } from "../plan/plan.ts";
import { recordSet } from "../resource/record-set.ts";
import type { RecordSetSpec } from "../resource/record-spec.ts";
import { recordSwitch } from "../resource/record-switch.ts";
import type { RecordSwitchSpec } from "../resource/record-switch.ts";

/** Regions that a run has taken out of service, by name, over all its rounds. */
export type RegionsTaken = ReadonlyMap<DomainName, ReadonlySet<Region>>;

/** With what these steps take. Names that are retired lose all of theirs. */
export function alsoTaken(taken: RegionsTaken, steps: readonly Step[], { retired }: Plan): RegionsTaken {
  const all = new Map(taken);
  for (const { name, region } of steps.flatMap(takenBy))
    if (!retired.includes(name)) all.set(name, new Set([...(all.get(name) ?? []), region]));
  return all;
}

function takenBy({ kind, action, change }: Step): readonly Pick<RecordSetSpec, "name" | "region">[] {
  if (kind === recordSet.name && (action === "delete" || action === "update")) {
    const [left, now] = [change.before as RecordSetSpec | undefined, change.after as RecordSetSpec | undefined];
    return left === undefined || left.region === now?.region ? [] : [left]; // a simple record may lead elsewhere from now on
  }
  if (kind !== recordSwitch.name) return [];
  const staying = new Set(((change.after as RecordSwitchSpec | undefined)?.records ?? []).map(({ region }) => region));
  const before = (change.before as RecordSwitchSpec | undefined)?.records ?? [];
  return before.filter(({ region }) => !staying.has(region));
}

/** Whether a step takes away what this run has taken away before, in whatever way. */
export const takesAgain = (taken: RegionsTaken, step: Step): boolean =>
  takenBy(step).some(({ name, region }) => taken.get(name)?.has(region) === true);

/** The limit is of a run, and not of its rounds: what another run brings meanwhile does not make room for more. */
export function tooManyTaken(taken: RegionsTaken, plan: Plan, most: number): readonly Diagnostic[] {
  return [...alsoTaken(taken, plan.steps, plan)].flatMap(([name, regions]) => {
    const before = taken.get(name)?.size ?? 0;
    if (before === 0 || regions.size === before || regions.size <= most) return [];
    return [
      {
        code: "LIMIT_EXCEEDED",
        severity: "error" as const,
        subject: display(name),
        message: `${display(name)} would lose ${regions.size} Regions (${[...regions].toSorted().join(", ")}) in this run; ${most} may go in one run (limits.regionsRemovedPerRun).`,
        help: "Another run, with another manifest, brings Regions that this one takes away: agree on one version, then run the command again.",
      },
    ];
  });
}

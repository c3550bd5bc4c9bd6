import type { Cloud } from "../cloud/cloud.ts";
import type { Desired } from "../desired/desired.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { Limits } from "../manifest/manifest.ts";
import { zoneFor } from "../resource/kind.ts";
import type { AnySpec, Guard, Scope } from "../resource/kind.ts";
import { readMarker, zoneOf } from "../resource/swap.ts";
import type { NameSpec } from "../resource/swap.ts";
import { oneRegionAtATime, withProbes } from "./changed-endpoints.ts";
import { draftOf, draftOfRemoval, inOrder } from "./draft.ts";
import { isOfEndingName, withoutDependents } from "./ending.ts";
import type { Draft } from "./draft.ts";
import { editedByHand, heldNames, heldOf, heldRemark, idleDecisions, withoutHeld } from "./held.ts";
import { limitDiagnostics } from "./limits.ts";
import type { PlanOptions } from "./options.ts";
import type { Plan } from "./plan.ts";
import { otherScope } from "./other-scope.ts";
import { quotaWarnings } from "./outlook.ts";
import { planRemovals } from "./removal.ts";
import { withRegistrations, withoutSharedByOthers } from "./check-users.ts";
import { withSwitches } from "./switching.ts";
import { inWaves } from "./waves.ts";
import { heldAsUnknown, sortOutKnown } from "./unknown.ts";

/** What was seen, as far as planning needs it. */
export interface Seen {
  readonly cloud: Cloud;
  readonly scope: Scope;
  readonly diagnostics: readonly Diagnostic[];
}

/** The change from what is there to what is wanted, as a plan. Pure: the nonce is an argument. */
export function makePlan(
  desired: readonly Desired[],
  seen: Seen,
  limits: Limits,
  options: PlanOptions,
  nonce: string,
): Plan {
  const { cloud, scope } = seen;
  const { planable, inUse } = withProbes(sortOutKnown(desired, options.goal, cloud, scope), desired);
  const { sorted, unknown } = withRegistrations(planable, desired);
  const guardOf = guards(cloud, nonce);
  const { removals, ending, diagnostics } = planRemovals(sorted.surplus, cloud, scope);
  const wanted = oneRegionAtATime(
    withoutDependents(sorted.wanting, desired, ending).map((each) =>
      draftOf(each, guardOf, { accept: options.acceptLive.includes(each.desired.address) }),
    ),
    inUse,
  );
  const edited = editedByHand(sorted.wanting, sorted.surplus, options);
  const names = heldNames(edited);
  const waiting = predecessors(scope, names);
  const all: readonly Draft[] = [...wanted, ...removals.map((removal) => draftOfRemoval(removal, guardOf))];
  const kept = withoutHeld(all, new Set([...names, ...waiting]));
  const together = withSwitches(kept, cloud, (name) => isOfEndingName([name], ending, scope));
  const waves = inWaves(together, scope.account, cloud);
  const drafts = withoutSharedByOthers(waves, wantedBy(options, desired), cloud);
  const exceeded = options.goal === "retire" ? [] : limitDiagnostics(drafts, limits, options.lift, cloud, scope);
  const plan: Plan = {
    version: 1,
    owner: scope.owner,
    account: scope.account,
    readAt: cloud.now,
    retired: [...scope.retired].toSorted(),
    ...successorsOf(scope),
    nonce,
    steps: inOrder(drafts, scope.successors),
    held: [...edited.map(heldOf), ...heldAsUnknown(unknown)],
    diagnostics: [
      ...seen.diagnostics,
      ...otherScope(cloud, scope),
      ...sorted.refusals,
      ...exceeded,
      ...diagnostics,
      ...(options.goal === "retire" ? [] : retiredAndGone(scope, all, unknown)),
      ...idleDecisions(options, sorted.wanting, sorted.surplus),
      ...heldRemark(names, all.length - kept.length - edited.length),
    ],
    foreign: sorted.foreign,
    unchanged: sorted.unchanged,
  };
  return { ...plan, diagnostics: [...plan.diagnostics, ...quotaWarnings(plan, cloud)] };
}

const wantedBy = ({ goal }: PlanOptions, desired: readonly Desired[]): readonly Desired[] =>
  goal === "retire" ? [] : desired;

/** Every change of a name is tied to the marker that this plan was made from. */
function guards(cloud: Cloud, nonce: string): (spec: AnySpec) => Guard | undefined {
  return (spec) => {
    const { zone, name } = spec as Partial<NameSpec>;
    if (zone === undefined || name === undefined) return undefined;
    const read = readMarker(zoneOf(cloud, { zone }), name);
    return { basis: read.state === "read" ? read.marker.nonce : undefined, nonce };
  };
}

function successorsOf(scope: Scope): Pick<Plan, "successors"> {
  const successors = [...(scope.successors ?? [])]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([old, name]) => {
      const zone = zoneFor(name, scope);
      return zone === undefined ? [] : [{ old, name, zone }];
    });
  return successors.length === 0 ? {} : { successors };
}

/** Names that one of these is to take over from: they stay until it has. */
const predecessors = ({ successors }: Scope, names: ReadonlySet<DomainName>): readonly DomainName[] =>
  [...(successors ?? [])].flatMap(([old, name]) => (names.has(name) ? [old] : []));

/** `retire` may be emptied of it: nothing of the name is ours any more. */
function retiredAndGone(
  scope: Scope,
  drafts: readonly Draft[],
  unknown: ReadonlySet<DomainName>,
): readonly Diagnostic[] {
  const busy = new Set([...unknown, ...drafts.map((draft) => draft.owningName)]);
  return [...scope.retired]
    .filter((name) => !busy.has(name))
    .toSorted()
    .map((name) => ({
      code: "RETIRED_AND_GONE",
      severity: "remark",
      subject: display(name),
      message: `${display(name)} is out of service: nothing of it is ours any more.`,
      help:
        scope.successors?.has(name) === true
          ? `Remove \`previousName\` of ${display(scope.successors.get(name) as DomainName)}.`
          : "Take it off the `retire:` list.",
    }));
}

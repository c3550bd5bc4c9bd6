import { nowhere } from "../interlock/proof.ts";
import type { Proof, SafeProof, TraceEntry, Unsafe } from "../interlock/proof.ts";
import { SECOND } from "../cloud/instant.ts";
import type { Instant } from "../cloud/instant.ts";
import { display } from "../dns/domain-name.ts";
import type { Plan, StepId } from "../plan/plan.ts";
import { DRAIN_FLOOR_SECONDS } from "../resource/condemned.ts";
import type { Styler } from "./styler.ts";
import { columns, count, duration, elapsed } from "./words.ts";

/** More steps of a counter-example than this are not shown one by one. */
const TRACE_LINES_MAX = 40;

/** What the proof says: the line for a safe plan, or the way that leads to harm. Lines. */
export function proofLines(plan: Plan, proof: Proof | undefined, style: Styler): readonly string[] {
  if (proof === undefined)
    return [`${style.bold(style.red("Refused"))}: nothing will be done, and nothing was proved.`];
  return proof.safe ? safeLines(plan, proof, style) : unsafeLines(plan, proof, style);
}

function safeLines(plan: Plan, proof: SafeProof, style: Styler): readonly string[] {
  const lines = [
    `${style.bold(style.green("Proved safe"))}: ${count(proof.states, "state")} visited${shapesPart(proof)}, ${count(proof.invariants.length, "invariant")} hold in each`,
  ];
  if (proof.inOneOrder > 0)
    lines.push(
      `The steps of ${count(proof.inOneOrder, "name")} go one after the other: they have too many orders to prove`,
    );
  if (plan.steps.length > 0) lines.push(`Takes ${takes(plan, proof)}${drainPart(plan)}`);
  return lines;
}

/** Names whose plans differ by what they are called are proved once. */
const shapesPart = ({ shapes }: SafeProof): string => (shapes > 1 ? ` in ${shapes} shapes of a name's plan` : "");

/** What one name takes, as it was proved; and the drains of other names that have to make room for it first. */
function takes(plan: Plan, proof: SafeProof): string {
  const { longest, single } = drains(plan);
  return duration(proof.duration < longest * SECOND ? proof.duration + (longest - single) * SECOND : proof.duration);
}

/** A drain lasts for twice the TTL that was live, and at least as long as the manifest says. */
function drainPart(plan: Plan): string {
  const { longest } = drains(plan);
  return longest === 0 ? "" : `, of which ${duration(longest * SECOND).replace("about", "at least")} drain`;
}

/** Seconds: of the longest drain, and of the longest chain of drains that have to make room for each other (plan/waves.ts). */
function drains(plan: Plan): { readonly longest: number; readonly single: number } {
  const actions = new Map(plan.steps.map(({ id, action }) => [id, action]));
  const [bases, ends] = [new Map<StepId, number>(), new Map<StepId, number>()];
  let [longest, single] = [0, 0];
  for (const { id, after, action, change } of plan.steps) {
    const spec = (change.after ?? change.before) as { readonly drainMinimumSeconds?: number } | undefined;
    const own = action === "drain" ? Math.max(spec?.drainMinimumSeconds ?? 0, DRAIN_FLOOR_SECONDS) : 0;
    const room = action === "create" ? after.filter((each) => actions.get(each) === "delete") : [];
    const base = Math.max(most(bases, after), most(ends, room));
    const end = action === "drain" ? base + own : most(ends, after);
    bases.set(id, base);
    ends.set(id, end);
    [longest, single] = [Math.max(longest, end), Math.max(single, own)];
  }
  return { longest, single };
}

const most = (of: ReadonlyMap<StepId, number>, ids: readonly StepId[]): number =>
  ids.reduce((max, id) => Math.max(max, of.get(id) ?? 0), 0);

function unsafeLines(plan: Plan, proof: Unsafe, style: Styler): readonly string[] {
  const { violation, trace } = proof;
  const near = violation.viewpoint === undefined ? "" : `, for clients near ${violation.viewpoint}`;
  const where = violation.name === nowhere ? "" : `${display(violation.name)}${near}: `;
  return [
    style.bold(style.red(`Not proved safe: ${violation.code}`)),
    `  ${where}${violation.message}`,
    ...(trace.length === 0
      ? ["  Before the first call."]
      : [`  The shortest way there, harm done at ${elapsed(proof.at - plan.readAt)}:`]),
    ...traceLines(trace, plan.readAt).map((line) => `    ${line}`),
    `  ${style.bold("What would make it safe")}: ${violation.help}`,
  ];
}

function traceLines(trace: readonly TraceEntry[], from: Instant): readonly string[] {
  const shown = trace.slice(0, TRACE_LINES_MAX).map((entry, index) => {
    const number = `${index + 1}.`;
    if ("waitUntil" in entry) return [number, `wait until ${elapsed(entry.waitUntil - from)}`];
    const { call, step } = entry;
    return [number, `${call.service} ${call.operation} in ${call.region}`, step];
  });
  const more = trace.length - shown.length;
  return [...columns(shown), ...(more > 0 ? [`… and ${more} more`] : [])];
}

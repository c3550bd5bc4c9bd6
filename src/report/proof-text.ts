import { nowhere } from "../interlock/proof.ts";
import type { Proof, SafeProof, TraceEntry, Unsafe } from "../interlock/proof.ts";
import { SECOND } from "../cloud/instant.ts";
import type { Instant } from "../cloud/instant.ts";
import { display } from "../dns/domain-name.ts";
import type { Plan } from "../plan/plan.ts";
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
  if (plan.steps.length > 0) lines.push(`Takes ${duration(proof.duration)}${drainPart(plan)}`);
  return lines;
}

/** Names whose plans differ by what they are called are proved once. */
const shapesPart = ({ shapes }: SafeProof): string => (shapes > 1 ? ` in ${shapes} shapes of a name's plan` : "");

/** A drain lasts for twice the TTL that was live, and at least as long as the manifest says. */
function drainPart(plan: Plan): string {
  const seconds = plan.steps.flatMap((step) => {
    if (step.action !== "drain") return [];
    const spec = (step.change.after ?? step.change.before) as { readonly drainMinimumSeconds?: number } | undefined;
    return [Math.max(spec?.drainMinimumSeconds ?? 0, DRAIN_FLOOR_SECONDS)];
  });
  if (seconds.length === 0) return "";
  const [first = 0, ...rest] = seconds;
  const longest = rest.reduce((most, each) => Math.max(most, each), first);
  return `, of which ${duration(longest * SECOND).replace("about", "at least")} drain`;
}

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

import { frameRenderer } from "../diagnostic/frame.ts";
import type { Proof } from "../interlock/proof.ts";
import type { PlanOptions } from "../plan/options.ts";
import { hasChanges, isRefused } from "../plan/plan.ts";
import type { Held, Plan, Step } from "../plan/plan.ts";
import { outlook } from "../plan/outlook.ts";
import { outlookLines } from "./outlook-text.ts";
import { accountOf, grouped, label, subject, waitsFor } from "./plan-rows.ts";
import { proofLines } from "./proof-text.ts";
import { actions } from "./step-words.ts";
import type { Styler } from "./styler.ts";
import { columns, count, frameStyle, kindWords, list } from "./words.ts";

/** A plan with what was proved of it, and the text of the manifest that its diagnostics point into. */
export interface PlanReport {
  readonly plan: Plan;
  readonly proof: Proof | undefined;
  readonly goal: PlanOptions["goal"];
  readonly source?: string | undefined;
}

/** A plan as people read it, by name and Region. Lines, without a newline at the end. */
export function planText({ plan, proof, goal, source }: PlanReport, style: Styler): string {
  const frame = frameRenderer(source, frameStyle(style));
  const edits = plan.held.filter(isEdit);
  const others = plan.held.filter((each) => !isEdit(each)).map(({ diagnostic }) => diagnostic);
  const blocks: (readonly string[])[] = [
    ...stepBlocks(plan, style),
    ...(edits.length === 0 ? [] : [heldLines(edits, style)]),
    ...[...plan.diagnostics, ...others].map((each) => frame(each).split("\n")),
    [
      countLine(plan, goal, style),
      ...foreignLine(plan.foreign),
      ...(hasChanges(plan) || proof?.safe !== true ? proofLines(plan, proof, style) : []),
      ...(proof?.safe === true && plan.steps.length > 0 ? outlookLines(outlook(plan, proof.start)) : []),
    ],
  ];
  return blocks.map((lines) => lines.join("\n")).join("\n\n");
}

function stepBlocks(plan: Plan, style: Styler): readonly (readonly string[])[] {
  const byId = new Map(plan.steps.map((step) => [step.id, step]));
  return grouped(plan.steps).map(({ name, regions }) => [
    `${style.bold(name)}${elsewhere(
      plan,
      regions.flatMap(({ steps }) => steps),
      style,
    )}`,
    ...regions.flatMap(({ region, steps }) => [
      `  ${style.dim(region === "" ? "every Region" : region)}`,
      ...stepLines(steps, byId, style).map((line) => `    ${line}`),
    ]),
  ]);
}

/** Where a name's records and health checks are, when that is not where the rest is. */
function elsewhere(plan: Plan, steps: readonly Step[], style: Styler): string {
  const account = steps.map(accountOf).find((each) => each !== undefined && each !== plan.account);
  return account === undefined ? "" : style.dim(`  DNS in account ${account}`);
}

/** Columns are measured before they are coloured: colours have no width. */
function stepLines(steps: readonly Step[], byId: ReadonlyMap<string, Step>, style: Styler): readonly string[] {
  const left = columns(steps.map((step) => [subject(step), label(step)]));
  const width = left.reduce((most, line) => Math.max(most, line.length), 0);
  return steps.flatMap((step, index) => {
    const { symbol, colour } = actions[step.action];
    const after = waitsFor(step, byId);
    const line = left[index] ?? "";
    const head = `${style[colour](symbol)} ${after === "" ? line : `${line.padEnd(width)}  ${style.dim(after)}`}`;
    return [head, ...differenceLines(step.differences).map((each) => `    ${each}`)];
  });
}

const differenceLines = (differences: Step["differences"]): readonly string[] =>
  columns(differences.map(({ field, before, after }) => [field, `${before} → ${after}`]));

/** Something to decide; what is held back for another reason says itself what it takes. */
const isEdit = ({ diagnostic }: Held): boolean => diagnostic.code === "EDITED_BY_HAND";

function heldLines(held: readonly Held[], style: Styler): readonly string[] {
  return [
    `${style.bold(style.yellow("Held back"))}: ${count(held.length, "edit")} by hand, for you to decide`,
    ...held.flatMap((each) => [
      `  ${style.bold(each.address)}`,
      ...differenceLines(each.differences).map((line) => `    ${line}`),
      `    put back what the manifest says:  --overwrite ${each.address}`,
      `    keep it as it is:                 --accept-live ${each.address}`,
    ]),
  ];
}

function countLine(plan: Plan, goal: PlanOptions["goal"], style: Styler): string {
  const amounts = { create: 0, update: 0, delete: 0, wait: 0, check: 0 };
  for (const { action } of plan.steps) amounts[actions[action].counts] += 1;
  const parts = [
    [amounts.create, "to create"],
    [amounts.update, "to update"],
    [amounts.delete, "to delete"],
    [amounts.wait, "to wait for"],
    [amounts.check, "to check"],
    [plan.held.length, "held back"],
  ] as const;
  const words = parts.flatMap(([amount, what]) => (amount === 0 ? [] : [`${amount} ${what}`]));
  const same = Object.values(plan.unchanged).reduce((sum, each) => sum + each, 0);
  if (words.length > 0) return `${style.bold("Plan")}: ${words.join(", ")}, ${same} unchanged`;
  if (isRefused(plan)) return `${style.bold("Plan")}: none`;
  return goal === "retire"
    ? `${style.bold("Nothing to do")}: nothing of ${plan.owner.manifest} is there`
    : `${style.bold("Nothing to do")}: all is as the manifest says, ${count(same, "resource")} unchanged`;
}

/** What is in the same zones and not ours. */
function foreignLine(foreign: Plan["foreign"]): readonly string[] {
  const kinds = Object.entries(foreign).filter(([, amount]) => amount > 0);
  if (kinds.length === 0) return [];
  const words = kinds
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, amount]) => count(amount, `foreign ${kindWords(kind)}`));
  return [`${list(words)} seen, 0 touched`];
}

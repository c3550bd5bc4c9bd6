import type { Region } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Event } from "../execute/event.ts";
import { atRest, noRounds } from "../execute/rounds.ts";
import type { Tally } from "../execute/rounds.ts";
import { look, run } from "../pipeline.ts";
import type { Look } from "../pipeline.ts";
import type { PlanOptions } from "../plan/options.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { isRefused } from "../plan/plan.ts";
import type { Plan } from "../plan/plan.ts";
import { planJson } from "../report/plan-json.ts";
import { planText } from "../report/plan-text.ts";
import { noProgress, progressed } from "../report/progress.ts";
import { runJson, summaryText } from "../report/summary.ts";
import type { RunReport } from "../report/summary.ts";
import type { Styler } from "../report/styler.ts";
import { againCommand } from "./again.ts";
import { EXIT } from "./exit-code.ts";
import type { ExitCode } from "./exit-code.ts";
import { planOptions } from "./flags.ts";
import type { RunFlags } from "./flags.ts";
import { untilInterrupted } from "./interrupt.ts";
import { openJournal } from "./journal-file.ts";
import { journalHead } from "./journal-head.ts";
import type { JournalHead } from "./journal-head.ts";
import { openDisplay } from "./live-display.ts";
import { loadManifest } from "./manifest-file.ts";
import type { LoadedManifest } from "./manifest-file.ts";
import { openWorld } from "./ports.ts";
import type { World } from "./ports.ts";
import { savedPlanCheck } from "./saved-plan-file.ts";
import { openShell } from "./shell.ts";
import { exitOfRun } from "./verdict.ts";
import type { Shell } from "./shell.ts";
import type { Io } from "./io.ts";

/** What is carried out, from the command line. */
export interface Task {
  readonly goal: PlanOptions["goal"];
  readonly flags: RunFlags;
  readonly loaded: LoadedManifest;
  /** The command that goes on from where it stops. */
  readonly again: string;
  readonly back?: WayBack;
}

/** What undoing adds to carrying out. */
export interface WayBack {
  /** Said before the plan. */
  readonly preface: (style: Styler) => string;
  /** The same in the JSON document, under `undo`. */
  readonly document: unknown;
  /** Said when all is done. */
  readonly afterwards: string | undefined;
  /** File name of the journal whose run is undone. */
  readonly undoes: string;
  /** What the run left, and what it learnt that no listing tells. */
  readonly end: Cloud;
  /** Regions that the run wrote to. */
  readonly regions: readonly Region[];
  /** What speaks against it, now that live has been read. */
  readonly against: (first: Look) => readonly Diagnostic[];
}

/** `reconcile` and `destroy`: look, prove, ask, execute. */
export const carryOut = (goal: PlanOptions["goal"], file: string, flags: RunFlags, io: Io): Promise<ExitCode> =>
  withWorld(file, flags, io, (loaded, world, shell) =>
    inWorld({ goal, flags, loaded, again: againCommand(goal, file, flags) }, world, shell),
  );

/** Reads the manifest and opens the AWS that it is about, for what may write there. */
export async function withWorld(
  file: string,
  flags: RunFlags,
  io: Io,
  work: (loaded: LoadedManifest, world: World, shell: Shell) => Promise<ExitCode>,
): Promise<ExitCode> {
  const shell = openShell(io, flags);
  // Said before anything is read: whoever runs this without a terminal learns it the first time, not when there are changes.
  if (flags.yes !== true && !io.canAsk) {
    return refuse(
      shell,
      "there is no terminal to ask at, so nothing was done",
      "Add --yes to go ahead without a question.",
    );
  }
  const loaded = loadManifest(file, shell);
  if (loaded === undefined) return EXIT.error;
  const world = await openWorld(loaded.manifest, flags, shell);
  if (world === undefined) return EXIT.error;
  try {
    return await work(loaded, world, shell);
  } finally {
    await world.close();
  }
}

export async function inWorld(task: Task, world: World, shell: Shell): Promise<ExitCode> {
  const looking = look(task.loaded.manifest, optionsOf(task), world.ports, task.back?.end);
  const first = await untilInterrupted(looking, shell.io.signal);
  if (first === undefined) return stoppedEarly(task, shell);
  const against = task.back?.against(first) ?? [];
  if (against.length > 0) return finish(task, first, { ...noRounds, outcome: "refused", diagnostics: against }, shell);
  const planned = (style: Styler): string =>
    `${task.back?.preface(style) ?? ""}${planText({ ...first, goal: task.goal, source: task.loaded.source }, style)}`;
  if (!shell.json)
    shell.result(
      (style) => `${planned(style)}\n`,
      () => undefined,
    );
  const unsafe = isRefused(first.plan) || first.proof?.safe !== true;
  const agreed = task.flags.plan === undefined ? () => [] : savedPlanCheck(task.flags.plan, shell);
  if (agreed === undefined) return EXIT.error;
  const problems = unsafe ? [] : agreed(first.plan);
  if (unsafe || problems.length > 0) {
    return finish(task, first, { ...noRounds, outcome: "refused", diagnostics: problems }, shell);
  }
  if (task.flags.yes !== true) {
    // Without a step there is nothing to agree to, and without consent nothing is executed, whatever moves meanwhile.
    if (first.plan.steps.length === 0) return finish(task, first, atRest(noRounds, first.plan), shell);
    if (shell.json) shell.note(planned(shell.errStyle));
    const answer = await shell.io.ask("Do this? [y/N] ");
    if (shell.io.signal.aborted) return stoppedEarly(task, shell);
    if (!/^y(es)?$/iu.test(answer?.trim() ?? "")) return refuse(shell, "declined: nothing was changed");
  }
  return execute(task, first, agreed, world, shell);
}

const optionsOf = ({ goal, flags, back }: Task): PlanOptions => ({
  ...planOptions(goal, flags),
  ...(back === undefined ? {} : { regions: back.regions }),
});

type Agreed = (plan: Plan) => readonly Diagnostic[];

async function execute(task: Task, first: Look, agreed: Agreed, world: World, shell: Shell): Promise<ExitCode> {
  const options = { ...optionsOf(task), wait: task.flags.wait, signal: shell.io.signal, agreed };
  const head = (): JournalHead => journalHead(task.loaded.manifest, task.goal, first.seen, task.back?.undoes);
  const journal = openJournal(world.journals, new Date(), head, (problem) => shell.note(`warning: ${problem}`));
  const display = await openDisplay(shell.io.stderr, shell.errStyle, world.ports.clock, world.simulated);
  let progress = noProgress;
  const tell = (event: Event): void => {
    progress = progressed(progress, event);
    journal.append(event);
    display.show(event);
  };
  const running = run(task.loaded.manifest, options, world.ports, first);
  let tally: Tally & { readonly look: Look };
  try {
    for (;;) {
      const next = await running.next();
      if (next.done === true) {
        tally = next.value;
        journal.append({ type: "end", outcome: tally.outcome, diagnostics: tally.diagnostics });
        break;
      }
      tell(next.value);
    }
  } finally {
    display.end();
  }
  const file = journal.file();
  if (file !== undefined) shell.note(`Journal: ${file}`);
  return finish(task, first, tally, shell, { look: tally.look, progress });
}

/** Says what came of it. */
function finish(
  task: Task,
  first: Look,
  tally: Tally,
  shell: Shell,
  last: { readonly look: Look; readonly progress: RunReport["progress"] } = { look: first, progress: noProgress },
): ExitCode {
  const { plan } = last.look;
  const report: RunReport = {
    outcome: tally.outcome,
    writes: tally.writes,
    calls: tally.calls,
    // The first plan's are shown with it.
    diagnostics: tally.diagnostics.filter((each) => shell.json || !first.plan.diagnostics.includes(each)),
    progress: last.progress,
    held: plan.held.map((each) => each.address),
    again: task.again,
  };
  shell.result(
    (style) => summaryText(report, style),
    () => ({
      ...runJson(report),
      plan: planJson(first.plan, first.proof),
      ...(task.back === undefined ? {} : { undo: task.back.document }),
    }),
  );
  if (task.back?.afterwards !== undefined && tally.outcome === "converged") shell.note(task.back.afterwards);
  return exitOfRun(tally.outcome, [...tally.diagnostics, ...plan.diagnostics]);
}

/** Ctrl-C before anything was written. */
function stoppedEarly(task: Task, shell: Shell): ExitCode {
  shell.result(
    () => `Interrupted: nothing was changed.\nGo on with: ${task.again}`,
    () => ({ version: 1, outcome: "interrupted", writes: 0 }),
  );
  return EXIT.interrupted;
}

export function refuse(shell: Shell, what: string, help?: string): ExitCode {
  shell.complain(what, help);
  if (shell.json)
    shell.result(
      () => "",
      () => ({ version: 1, outcome: "refused", writes: 0, reason: what }),
    );
  return EXIT.refused;
}

import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { frameRenderer } from "../diagnostic/frame.ts";
import type { RunOutcome } from "../execute/event.ts";
import { leftOver } from "./progress.ts";
import type { Progress } from "./progress.ts";
import type { Styler } from "./styler.ts";
import { count, elapsed, frameStyle, timestamp } from "./words.ts";

/** How a run ended. */
export interface RunReport {
  readonly outcome: RunOutcome;
  readonly writes: number;
  readonly calls: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly progress: Progress;
  /** Edits by hand that wait for a decision. */
  readonly held: readonly string[];
  /** The command that goes on from here. */
  readonly again: string;
}

/** More of what is left than this is counted. */
const LEFT_LINES_MAX = 12;

/** What a run came to; when something is left, what, and how to go on. Lines, without a newline at the end. */
export function summaryText(report: RunReport, style: Styler): string {
  const frame = frameRenderer(undefined, frameStyle(style));
  const blocks = [...report.diagnostics.map((each) => frame(each)), endLines(report, style).join("\n")];
  return blocks.join("\n\n");
}

function endLines(report: RunReport, style: Styler): readonly string[] {
  const { outcome, writes, calls, progress, held, again } = report;
  const tally = `${count(writes, "write")}, ${count(calls, "call")}, ${elapsed(progress.at - progress.startedAt)}`;
  const resume = `Go on with: ${again}`;
  switch (outcome) {
    case "converged":
      return [`${style.bold(style.green("Converged"))}: ${writes === 0 ? "nothing had to be changed" : tally}`];
    case "settling":
      return [
        `${style.bold(style.yellow("Still settling"))}: all that can be written is written; ${tally}`,
        ...leftLines(progress),
        resume,
      ];
    case "interrupted":
      return [`${style.bold(style.yellow("Interrupted"))}: ${tally}`, ...leftLines(progress), resume];
    case "refused":
      return held.length === 0
        ? [`${style.bold(style.red("Refused"))}: ${writes === 0 ? "nothing was changed" : `stopped after ${tally}`}`]
        : [
            `${style.bold(style.yellow("Held back"))}: the rest is done (${tally}); these wait for you`,
            ...held.map((each) => `  ${each}`),
          ];
    case "failed":
      return [`${style.bold(style.red("Failed"))}: ${tally}`, ...leftLines(progress), resume];
    case "diverged":
      return [
        `${style.bold(style.red("Stopped"))}: AWS answered otherwise than the model says, so the proof does not hold; ${tally}`,
        ...leftLines(progress),
        resume,
      ];
    case "replan":
      return [`${style.bold(style.yellow("Stopped"))}: what is live has moved since the plan; ${tally}`, resume];
  }
}

function leftLines(progress: Progress): readonly string[] {
  const left = leftOver(progress);
  if (left.length === 0) return [];
  const shown = left.slice(0, LEFT_LINES_MAX).map(({ action, address, state, why }) => {
    const because =
      state === "waiting" ? `, waits for ${why}` : state === "failed" || state === "skipped" ? `, ${state}` : "";
    return `  ${action} ${address}${because}`;
  });
  const more = left.length - shown.length;
  return [
    `${count(left.length, "step")} of ${progress.rows.size} left:`,
    ...shown,
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}

/** What `reconcile --format json` and `destroy --format json` print, with the plan they started from beside it. */
export interface RunJson {
  readonly version: 1;
  readonly outcome: RunOutcome;
  readonly writes: number;
  readonly calls: number;
  readonly startedAt: string | null;
  readonly elapsedSeconds: number;
  readonly left: readonly {
    readonly id: string;
    readonly action: string;
    readonly address: string;
    readonly state: string;
    readonly why: string;
  }[];
  /** Addresses of edits by hand that wait for a decision. */
  readonly held: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export function runJson({ outcome, writes, calls, progress, held, diagnostics }: RunReport): RunJson {
  return {
    version: 1,
    outcome,
    writes,
    calls,
    startedAt: progress.rows.size === 0 ? null : timestamp(progress.startedAt),
    elapsedSeconds: (progress.at - progress.startedAt) / 1_000,
    left: leftOver(progress).map(({ id, action, address, state, why }) => ({ id, action, address, state, why })),
    held,
    diagnostics,
  };
}

import type { Instant } from "../cloud/instant.ts";
import type { Event, RunOutcome, StepState } from "../execute/event.ts";
import type { Action, StepId } from "../plan/plan.ts";
import { actions, shownAddress } from "./step-words.ts";
import type { Styler } from "./styler.ts";
import { columns, count, cut, elapsed } from "./words.ts";

/** `pending`: it waits for other steps, and nothing was said about it yet. */
type RowState = StepState | "pending";

interface ProgressRow {
  readonly id: StepId;
  readonly address: string;
  readonly action: Action;
  readonly state: RowState;
  readonly why: string;
}

/** Where a run stands: what the events up to now add up to. */
export interface Progress {
  readonly startedAt: Instant;
  readonly at: Instant;
  /** In the plan's order; those of later rounds stand below. */
  readonly rows: ReadonlyMap<StepId, ProgressRow>;
  readonly writes: number;
  readonly calls: number;
  readonly outcome: RunOutcome | undefined;
}

export const noProgress: Progress = {
  startedAt: 0,
  at: 0,
  rows: new Map(),
  writes: 0,
  calls: 0,
  outcome: undefined,
};

/** One event more. A later round of the same run starts again with what it plans; what is done stays shown as done. */
export function progressed(before: Progress, event: Event): Progress {
  const progress = { ...before, at: event.at };
  switch (event.type) {
    case "started": {
      const rows = new Map([...before.rows].filter(([, row]) => row.state === "done"));
      for (const { id, address, action } of event.steps) {
        rows.delete(id); // so that it stands where this round has it
        rows.set(id, { id, address, action, state: "pending", why: "" });
      }
      const startedAt = before.rows.size === 0 ? event.at : before.startedAt;
      return { ...progress, startedAt, rows, outcome: undefined };
    }
    case "step": {
      const row = before.rows.get(event.id);
      if (row === undefined) return progress;
      const changed = { ...row, state: event.state, why: event.why ?? "" };
      return { ...progress, rows: new Map(before.rows).set(event.id, changed) };
    }
    case "call":
      return { ...progress, calls: before.calls + 1, writes: before.writes + (event.write ? 1 : 0) };
    case "finished":
      return { ...progress, outcome: event.outcome };
  }
}

/** The steps that did not come about, in order. */
export const leftOver = (progress: Progress): readonly ProgressRow[] =>
  [...progress.rows.values()].filter((row) => row.state !== "done");

const states: Readonly<Record<RowState, { readonly symbol: string; readonly colour: keyof Styler }>> = {
  pending: { symbol: " ", colour: "dim" },
  ready: { symbol: " ", colour: "dim" },
  calling: { symbol: "→", colour: "cyan" },
  waiting: { symbol: "…", colour: "yellow" },
  done: { symbol: "✓", colour: "green" },
  failed: { symbol: "✗", colour: "red" },
  skipped: { symbol: "·", colour: "dim" },
};

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * The table as it stands, at most as wide and as high as the screen: a row for each resource with its state and what
 * it waits for, and a line that counts. When the rows do not fit, only those on which something happens are shown.
 */
export function progressFrame(progress: Progress, screen: ScreenSize, style: Styler): string {
  const all = [...progress.rows.values()];
  // One line for the counts, one for the cursor below.
  const room = Math.max(1, screen.rows - 2);
  const shown = all.length <= room ? all : mostActive(all, room);
  return [...rowLines(shown, screen.columns, style), cut(countLine(progress, shown.length), screen.columns)].join("\n");
}

/** Failed ones first to keep, then what is called or waited for, then what is next, then what was done last; in the plan's order. */
function mostActive(rows: readonly ProgressRow[], room: number): readonly ProgressRow[] {
  const ranks: Readonly<Record<RowState, number>> = {
    failed: 0,
    calling: 1,
    waiting: 2,
    ready: 3,
    pending: 4,
    skipped: 5,
    done: 6,
  };
  const kept = rows
    .map((row, index) => ({ row, index }))
    .toSorted((a, b) => ranks[a.row.state] - ranks[b.row.state] || a.index - b.index)
    .slice(0, room);
  return kept.toSorted((a, b) => a.index - b.index).map(({ row }) => row);
}

function rowLines(rows: readonly ProgressRow[], width: number, style: Styler): readonly string[] {
  const texts = columns(
    rows.map((row) => [`${actions[row.action].symbol} ${shownAddress(row.action, row.address)}`, saying(row)]),
  );
  return rows.map((row, index) => {
    const { symbol, colour } = states[row.state];
    const text = cut(texts[index] ?? "", Math.max(0, width - 2));
    return `${style[colour](symbol)} ${row.state === "pending" || row.state === "done" ? style.dim(text) : text}`;
  });
}

function saying({ state, why }: ProgressRow): string {
  if (state === "waiting") return `waits for ${why}`;
  if (state === "done" || state === "pending" || state === "ready") return "";
  return why;
}

function countLine(progress: Progress, shown: number): string {
  const all = [...progress.rows.values()];
  const done = all.filter((row) => row.state === "done").length;
  const failed = all.filter((row) => row.state === "failed").length;
  const parts = [
    `${done} of ${all.length} done`,
    ...(failed === 0 ? [] : [`${failed} failed`]),
    `${count(progress.writes, "write")} in ${count(progress.calls, "call")}`,
    ...(shown < all.length ? [`${all.length - shown} not shown`] : []),
  ];
  return `${elapsed(progress.at - progress.startedAt)}  ${parts.join(" · ")}`;
}

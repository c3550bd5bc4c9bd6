import type { Instant } from "../cloud/instant.ts";
import { Table } from "../cloud/table.ts";
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
  /** The order of the rows: the plan's; those of later rounds stand below. */
  readonly order: readonly StepId[];
  /** By step. */
  readonly rows: Table<ProgressRow>;
  readonly writes: number;
  readonly calls: number;
  readonly outcome: RunOutcome | undefined;
}

export const noProgress: Progress = {
  startedAt: 0,
  at: 0,
  order: [],
  rows: Table.empty(),
  writes: 0,
  calls: 0,
  outcome: undefined,
};

/** One event more. A later round of the same run starts again with what it plans; what is done stays shown as done. */
export function progressed(before: Progress, event: Event): Progress {
  const progress = { ...before, at: event.at };
  switch (event.type) {
    case "started": {
      const again = new Set(event.steps.map(({ id }) => id));
      const done = rowsOf(before).filter((row) => row.state === "done" && !again.has(row.id));
      const planned = event.steps.map((step): ProgressRow => ({ ...step, state: "pending", why: "" }));
      const rows = [...done, ...planned];
      return {
        ...progress,
        startedAt: before.order.length === 0 ? event.at : before.startedAt,
        order: rows.map((row) => row.id),
        rows: Table.from(rows.map((row) => [row.id, row])),
        outcome: undefined,
      };
    }
    case "step": {
      const row = before.rows.get(event.id);
      if (row === undefined) return progress;
      return { ...progress, rows: before.rows.set(event.id, { ...row, state: event.state, why: event.why ?? "" }) };
    }
    case "call":
      return { ...progress, calls: before.calls + 1, writes: before.writes + (event.write ? 1 : 0) };
    case "finished":
      return { ...progress, outcome: event.outcome };
  }
}

const rowsOf = ({ order, rows }: Progress): readonly ProgressRow[] => order.flatMap((id) => rows.get(id) ?? []);

/** The steps that did not come about, in order. */
export const leftOver = (progress: Progress): readonly ProgressRow[] =>
  rowsOf(progress).filter((row) => row.state !== "done");

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
  const all = rowsOf(progress);
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
  const all = rowsOf(progress);
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

import type { Clock } from "../cloud/instant.ts";
import type { Event } from "../execute/event.ts";
import { eventLine } from "../report/lines.ts";
import { noProgress, progressFrame, progressed } from "../report/progress.ts";
import type { Progress } from "../report/progress.ts";
import type { Styler } from "../report/styler.ts";
import type { Output } from "./io.ts";

/** Shows a run while it goes on. */
export interface Display {
  readonly show: (event: Event) => void;
  /** Leaves the last state on the screen. */
  readonly end: () => void;
}

/** No screen is redrawn more often than this, in milliseconds. */
const REDRAW_MS = 50;
/** And time goes on visibly while nothing happens. */
const TICK_MS = 1_000;

/** A table that is drawn over itself on a terminal; lines everywhere else. */
export async function openDisplay(output: Output, style: Styler, clock: Clock, simulated: boolean): Promise<Display> {
  return output.isTerminal ? table(output, style, clock, simulated) : lines(output);
}

function lines(output: Output): Display {
  let progress = noProgress;
  return {
    show(event) {
      progress = progressed(progress, event);
      const line = eventLine(event, progress);
      if (line !== undefined) output.write(`${line}\n`);
    },
    end: () => {},
  };
}

async function table(output: Output, style: Styler, clock: Clock, simulated: boolean): Promise<Display> {
  const { createLogUpdate } = await import("log-update");
  const screen = { columns: output.columns(), rows: output.rows() };
  // The cursor stays visible: a kill would leave the terminal without one.
  const log = createLogUpdate(
    {
      write: (text: string) => output.write(text),
      get columns() {
        return output.columns();
      },
      get rows() {
        return output.rows();
      },
    } as unknown as NodeJS.WritableStream,
    { showCursor: true, defaultWidth: screen.columns, defaultHeight: screen.rows },
  );
  let progress: Progress = noProgress;
  let drawnAt = 0;
  const draw = (): void => {
    drawnAt = performance.now();
    log(progressFrame(progress, { columns: output.columns(), rows: output.rows() }, style));
  };
  // A simulated clock stands still while nothing happens.
  const timer = simulated
    ? undefined
    : setInterval(() => {
        progress = { ...progress, at: Math.max(progress.at, clock.now()) };
        draw();
      }, TICK_MS);
  timer?.unref();
  return {
    show(event) {
      progress = progressed(progress, event);
      if (performance.now() - drawnAt >= REDRAW_MS) draw();
    },
    end() {
      clearInterval(timer);
      if (progress.rows.size > 0) draw();
      log.done();
    },
  };
}

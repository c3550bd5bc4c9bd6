import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Event } from "../execute/event.ts";
import type { JournalEnd, JournalHead } from "./journal-head.ts";

/** What was sent and answered, verbatim, as it happened: a JSON line for each event. */
export interface Journal {
  readonly append: (event: Event | JournalEnd) => void;
  /** The file, once there is one. */
  readonly file: () => string | undefined;
}

/**
 * A journal of one run; `head` gives its first line when there is something to write. Its name has the real time of the run's start and the first plan's digest; what is in it has
 * the time of the AWS that it is about. A journal that cannot be written stops nothing: `report` is told, once.
 */
export function openJournal(
  directory: string,
  startedAt: Date,
  head: () => JournalHead,
  report: (problem: string) => void,
): Journal {
  let file: string | undefined;
  let broken = false;
  return {
    file: () => (broken ? undefined : file),
    append(event) {
      if (broken || (file === undefined && event.type !== "started")) return;
      try {
        if (file === undefined) {
          file = create(directory, startedAt, event);
          appendFileSync(file, `${JSON.stringify(head())}\n`);
        }
        appendFileSync(file, `${JSON.stringify(event)}\n`);
      } catch (error) {
        broken = true;
        report(`the journal cannot be written: ${(error as Error).message}`);
      }
    },
  };
}

function create(directory: string, startedAt: Date, event: Event | JournalEnd): string {
  mkdirSync(directory, { recursive: true });
  // Colons are not allowed in file names everywhere.
  const time = startedAt.toISOString().replaceAll(":", "-");
  return join(directory, `${time}-${event.type === "started" ? event.digest.slice(0, 8) : ""}.jsonl`);
}

import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Cloud } from "../cloud/cloud.ts";
import type { Call, Service } from "../cloud/call.ts";
import { learn } from "../cloud/learn.ts";
import { withNow } from "../cloud/tick.ts";
import type { Event } from "../execute/event.ts";
import { fold } from "../execute/fold.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { canonicalJson } from "../plan/plan.ts";
import type { Undone } from "../plan/undo.ts";
import { headCloud, headManifest } from "./journal-head.ts";
import type { JournalEnd, JournalHead } from "./journal-head.ts";

/** A run as its journals have it: one, or several where it was stopped and went on. */
export interface RecordedRun extends Undone {
  /** The journal that was chosen. */
  readonly file: string;
}

/** Why no run can be undone, and what to do. */
export interface NoRun {
  readonly why: string;
  readonly help: string;
}

interface Recorded {
  readonly file: string;
  readonly name: string;
  readonly head: JournalHead;
  readonly events: readonly Event[];
  readonly finished: boolean;
}

const HELP = "`--journal FILE` names one; runs say where their journal is.";

/** The run of the named journal, or else the newest one of this manifest that wrote something. */
export function recordedRun(directory: string, named: string | undefined, manifest: Manifest): RecordedRun | NoRun {
  try {
    const all = new Journals(named === undefined ? directory : dirname(named), manifest);
    const chosen = named === undefined ? all.newest() : all.read(basename(named));
    if (chosen === undefined)
      return {
        why: `there is no journal of a run of ${manifest.name} that wrote something in ${directory}`,
        help: HELP,
      };
    if (!isOf(chosen.head, manifest)) {
      const { name, scopeId } = chosen.head.manifest;
      return { why: `that journal is of the manifest ${name} (scope ${scopeId}), not of this one`, help: HELP };
    }
    return joined(chosen, all);
  } catch (error) {
    if (!(error instanceof UnreadableJournal)) throw error;
    return { why: error.message, help: HELP };
  }
}

class UnreadableJournal extends Error {}

const isOf = ({ manifest }: JournalHead, { name, scopeId }: Manifest): boolean =>
  manifest.name === name && manifest.scopeId === scopeId;

/** The journals of one folder that are about one manifest and have a write, each read once. */
class Journals {
  readonly #directory: string;
  readonly #manifest: Manifest;
  readonly #read = new Map<string, Recorded>();
  /** File names, oldest first: they begin with the time. */
  readonly #names: readonly string[];

  constructor(directory: string, manifest: Manifest) {
    this.#directory = directory;
    this.#manifest = manifest;
    this.#names = namesIn(directory);
  }

  read(name: string): Recorded {
    const known = this.#read.get(name) ?? readJournal(join(this.#directory, name), name);
    this.#read.set(name, known);
    return known;
  }

  /** An undoing that did not come to its end is gone on with; it is not undone itself. */
  newest(): Recorded | undefined {
    const [found] = this.#beside(undefined, -1);
    return found?.head.undoes === undefined || found.finished ? found : this.read(found.head.undoes);
  }

  before(name: string): Recorded | undefined {
    const [found] = this.#beside(name, -1);
    return found;
  }

  after(name: string): readonly Recorded[] {
    return [...this.#beside(name, 1)];
  }

  *#beside(name: string | undefined, way: 1 | -1): Generator<Recorded> {
    const start = name === undefined ? this.#names.length : this.#names.indexOf(name);
    for (let at = start + way; at >= 0 && at < this.#names.length; at += way) {
      const other = this.#names[at];
      const read = other === undefined ? undefined : this.#ofThis(other);
      if (read !== undefined) yield read;
    }
  }

  /** One that cannot be read is passed over: what its run changed shows when live is held against the others. */
  #ofThis(name: string): Recorded | undefined {
    const read = this.#readable(name);
    if (read === undefined) return undefined;
    const wrote = read.events.some((event) => event.type === "call" && event.write);
    return isOf(read.head, this.#manifest) && wrote ? read : undefined;
  }

  #readable(name: string): Recorded | undefined {
    try {
      return this.read(name);
    } catch (error) {
      if (error instanceof UnreadableJournal) return undefined;
      throw error;
    }
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith(".jsonl"))
      .toSorted();
  } catch {
    return []; // no run has been here
  }
}

type Line = Event | JournalHead | JournalEnd;

function readJournal(file: string, name: string): Recorded {
  const lines = linesOf(file);
  const [head, ...others] = lines;
  if (head?.type !== "head") throw new UnreadableJournal(`${file} does not begin with what was there before the run`);
  const events = others.filter((line): line is Event => line.type !== "head" && line.type !== "end");
  const last = others.at(-1);
  return { file, name, head, events, finished: last?.type === "end" && last.outcome === "converged" };
}

/** A run that was killed may have left half a line at the end. */
function linesOf(file: string): readonly Line[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UnreadableJournal(`cannot read ${file}: ${(error as Error).message}`);
  }
  const whole = text.split("\n").slice(0, -1);
  try {
    return whole.map((line) => JSON.parse(line) as Line);
  } catch {
    throw new UnreadableJournal(`${file} is not a journal of Signalbox`);
  }
}

/** Brings together the journals of one run that was stopped and went on, and of what has undone a part of it already. */
function joined(chosen: Recorded, all: Journals): RecordedRun {
  const group = [chosen];
  for (
    let older = all.before(chosen.name);
    older !== undefined && goesOn(older, group[0]);
    older = all.before(older.name)
  )
    group.unshift(older);
  const newer = all.after(chosen.name);
  for (const each of newer) {
    if (!goesOn(group.at(-1), each)) break;
    group.push(each);
  }
  const names = new Set(group.map(({ name }) => name));
  const undoings = newer.filter(({ head }) => head.undoes !== undefined && names.has(head.undoes));
  const journals = [...group, ...undoings];
  const ends = journals.map(endOf);
  const [first] = group;
  const end = ends.at(-1);
  if (first === undefined || end === undefined) throw new Error("a run has a journal");
  return {
    file: chosen.file,
    manifest: headManifest(group.at(-1)?.head ?? chosen.head),
    account: chosen.head.account,
    zones: chosen.head.zones,
    before: cloudOf(first),
    end,
    seams: journals.slice(1).map((next, index) => ({ left: ends[index] ?? end, found: cloudOf(next) })),
  };
}

/** The same was to be brought about, and the earlier run was stopped before its end. */
function goesOn(older: Recorded | undefined, newer: Recorded | undefined): boolean {
  if (older === undefined || newer === undefined || older.finished) return false;
  return intent(older.head) === intent(newer.head);
}

const intent = ({ goal, undoes, manifest: { file: _, ...manifest } }: JournalHead): string =>
  canonicalJson({ goal, undoes, manifest });

function cloudOf({ file, head }: Recorded): Cloud {
  try {
    return headCloud(head);
  } catch (error) {
    throw new UnreadableJournal(`${file} was written by another version: ${(error as Error).message}`);
  }
}

/** What the run left: what was there before, overlaid with all that AWS answered. An answer that was lost shows in what was read after it. */
function endOf(recorded: Recorded): Cloud {
  const { file, events } = recorded;
  let cloud = cloudOf(recorded);
  for (const event of events) {
    if (event.type !== "call" || event.code === "unknown") continue;
    const { account, region, service, operation, input, output, code, message = "" } = event;
    const call: Call = { account, region, service: service as Service, operation, input };
    cloud = withNow(cloud, event.at);
    if (code !== "ok") {
      cloud = learn(cloud, call, { code, message, status: 0 });
      continue;
    }
    const folded = fold(cloud, call, output);
    if (!folded.ok)
      throw new UnreadableJournal(
        `${file} does not add up: after what it has before, ${operation} cannot have been accepted (${folded.fault.message})`,
      );
    cloud = folded.cloud;
  }
  return cloud;
}

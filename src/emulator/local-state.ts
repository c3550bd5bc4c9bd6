import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { decodeCloud, encodeCloud } from "../cloud/codec.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { emptyCloud } from "../cloud/empty.ts";
import type { Instant } from "../cloud/instant.ts";
import { openAppendFile, type AppendFile } from "./append-file.ts";
import { fromJsonLine, toJsonLine } from "./call-json.ts";
import { replay, type Entry, type History } from "./history.ts";

/** The embedded AWS on disk: a snapshot at `path`, and beside it a log of what happened since. */
export interface LocalState {
  /** As it was when the state was opened. */
  readonly history: History;
  /** Puts an entry on disk before it counts; now and then it makes a new snapshot of `after` and empties the log. */
  record(entry: Entry, after: History): void;
  close(): void;
}

/** Where a fresh state's clock starts: 2026-01-01T00:00:00Z. */
export const LOCAL_EPOCH: Instant = Date.UTC(2026, 0, 1);
const SEED = "local";
const FORMAT = 1;
/** A log is folded into a snapshot when it is longer than this, and twice as long as the snapshot. */
const SHORTEST_LOG_BYTES = 1024 * 1024;

/** Opens the state, or starts a fresh one. Only the holder of its lock may. Throws an Error that names the file when it cannot be read. */
export function openLocalState(path: string): LocalState {
  mkdirSync(dirname(path), { recursive: true });
  const snapshot = readSnapshot(path);
  const { file, lines } = openAppendFile(`${path}.log`);
  const history = replayAll(snapshot.history, lines, `${path}.log`);
  let snapshotBytes = snapshot.bytes;
  return {
    history,
    record(entry, after) {
      // A move of the clock alone need not be flushed: that costs milliseconds, and who loses it only waits again.
      file.append(toJsonLine(entry), "call" in entry || "standIns" in entry || "quota" in entry);
      if (isLong(file, snapshotBytes)) {
        snapshotBytes = writeSnapshot(path, after);
        // A crash before this line is harmless: entries that the snapshot holds are passed over by their number.
        file.clear();
      }
    },
    close: () => file.close(),
  };
}

const isLong = (log: AppendFile, snapshotBytes: number): boolean =>
  log.size() > Math.max(SHORTEST_LOG_BYTES, 2 * snapshotBytes);

function replayAll(start: History, lines: readonly string[], path: string): History {
  let history = start;
  for (const [index, line] of lines.entries()) {
    try {
      const entry = fromJsonLine(line) as Entry;
      if (entry.number > start.number) history = replay(history, entry);
    } catch (error) {
      throw new Error(`${path}:${index + 1}: ${(error as Error).message}. Remove the state to start afresh.`, {
        cause: error,
      });
    }
  }
  return history;
}

interface Snapshot {
  readonly format: typeof FORMAT;
  readonly seed: string;
  readonly number: number;
  /** As cloud/codec.ts writes it. */
  readonly cloud: unknown;
}

function readSnapshot(path: string): { readonly history: History; readonly bytes: number } {
  const text = readIfThere(path);
  if (text === undefined) return { history: { seed: SEED, number: 0, cloud: emptyCloud(LOCAL_EPOCH) }, bytes: 0 };
  const snapshot = parseSnapshot(text);
  if (snapshot === undefined) throw new Error(`${path} is not a state of the embedded AWS that this version can read`);
  const { seed, number, cloud } = snapshot;
  return { history: { seed, number, cloud: decodeFrom(path, cloud) }, bytes: text.length };
}

/** The model of another version cannot be read, nor guessed. */
function decodeFrom(path: string, cloud: unknown): Cloud {
  try {
    return decodeCloud(cloud);
  } catch (error) {
    throw new Error(
      `${path} was written by another version of Signalbox (${(error as Error).message}). Remove it and ${path}.log to start afresh`,
      { cause: error },
    );
  }
}

function parseSnapshot(text: string): Snapshot | undefined {
  try {
    const snapshot = JSON.parse(text) as Partial<Snapshot> | null;
    return snapshot?.format === FORMAT ? (snapshot as Snapshot) : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: written beside, flushed, then renamed. Returns its length. */
function writeSnapshot(path: string, { seed, number, cloud }: History): number {
  const snapshot: Snapshot = { format: FORMAT, seed, number, cloud: encodeCloud(cloud) };
  const text = JSON.stringify(snapshot);
  const beside = `${path}.new`;
  const fd = openSync(beside, "w", 0o600);
  writeWhole(fd, Buffer.from(text));
  fsyncSync(fd);
  closeSync(fd);
  renameSync(beside, path);
  syncDirectory(dirname(path));
  return text.length;
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(fd, bytes, written);
}

/** A rename is on disk when its directory is. Windows cannot open directories, and needs it not. */
function syncDirectory(path: string): void {
  if (process.platform === "win32") return;
  const fd = openSync(path, "r");
  fsyncSync(fd);
  closeSync(fd);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

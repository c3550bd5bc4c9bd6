import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** The process that serves a local state. */
export interface Holder {
  readonly pid: number;
  /** Where it serves, on loopback. */
  readonly url: string;
  /** What its private requests must carry. */
  readonly token: string;
}

export type Lock = { readonly release: () => void } | { readonly heldBy: Holder };

/**
 * Takes the lock of a state for `me`, or says who has it. A lock is a file with a generation in its name,
 * `<state>.lock-7`: whoever made the highest one holds it. A generation is made by one process only (by `link`, which
 * fails when the name is there), and a number never comes back (the highest stays when it is released), so two that
 * find a dead holder at the same time cannot both take over, nor remove each other's lock.
 * `isGone` looks whether a holder still serves; `me` must serve already.
 */
export async function takeLock(path: string, me: Holder, isGone: (holder: Holder) => Promise<boolean>): Promise<Lock> {
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    const latest = generations(path).at(-1) ?? 0;
    const holder = latest === 0 ? undefined : readHolder(lockFile(path, latest));
    if (holder === "vanished") continue;
    if (holder !== undefined && !(await isGone(holder))) return { heldBy: holder };
    const mine = latest + 1;
    if (!makeLock(path, mine, me)) continue;
    if (generations(path).at(-1) !== mine) {
      unlinkSync(lockFile(path, mine)); // made in the gap below a newer one
      continue;
    }
    for (const old of generations(path)) if (old < mine) removeIfThere(lockFile(path, old));
    return { release: () => replaceFile(lockFile(path, mine), { released: true }, me.token) };
  }
}

const lockFile = (path: string, generation: number): string => `${path}.lock-${generation}`;

/** Ascending. */
function generations(path: string): readonly number[] {
  const prefix = `${basename(path)}.lock-`;
  const numbers = readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)));
  return numbers.toSorted((a, b) => a - b);
}

/** Undefined: released. "vanished": a newer one has come meanwhile. */
function readHolder(file: string): Holder | undefined | "vanished" {
  try {
    const content = JSON.parse(readFileSync(file, "utf8")) as Holder | { released: true };
    return "released" in content ? undefined : content;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "vanished";
    throw new Error(`${file} is not a lock of the embedded AWS: ${(error as Error).message}`, { cause: error });
  }
}

/** Makes the file with its whole content at once; false when it is there. */
function makeLock(path: string, generation: number, holder: Holder): boolean {
  const draft = draftFile(path, holder.token);
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(draft, lockFile(path, generation));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

function replaceFile(file: string, content: object, token: string): void {
  const draft = draftFile(file, token);
  writeFileSync(draft, JSON.stringify(content), { mode: 0o600 });
  renameSync(draft, file);
}

const draftFile = (path: string, token: string): string => join(dirname(path), `.${basename(path)}.draft-${token}`);

function removeIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

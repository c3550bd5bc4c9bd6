import { fork } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Plugin } from "esbuild";
import { WORKER_MARK } from "./simulate-worker.ts";
import type { Report, Task } from "./simulate-worker.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The simulation, or what `entry` begins with, as one file that Node runs as it is; says where. `plugins` may change sources on their way in. */
export async function bundled(
  name: string,
  entry = "test/simulation/simulate-worker.ts",
  plugins: readonly Plugin[] = [],
): Promise<string> {
  const folder = join(root, "node_modules/.cache/signalbox");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${name}.${String(process.pid)}.mjs`);
  await build({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    packages: "external",
    absWorkingDir: root,
    logLevel: "silent",
    sourcemap: "inline",
    plugins: [...plugins],
  });
  return outfile;
}

/** A process that takes one task after the other. */
export interface Worker {
  /** Undefined when it ended without a report. */
  work(task: Task): Promise<Report | undefined>;
  end(): void;
  readonly kill: () => void;
}

export function workerOf(file: string): Worker {
  const child = fork(file, [], {
    cwd: root,
    execArgv: ["--enable-source-maps"],
    env: { ...process.env, [WORKER_MARK]: "1" },
  });
  let gone = false;
  child.once("exit", () => (gone = true));
  return {
    work: (task) =>
      new Promise((resolve) => {
        if (gone) return resolve(undefined);
        const ended = (): void => resolve(undefined);
        child.once("exit", ended);
        child.once("message", (message) => {
          child.off("exit", ended);
          resolve(message as Report);
        });
        child.send(task, () => undefined);
      }),
    end: () => child.connected && child.disconnect(),
    kill: () => void child.kill(),
  };
}

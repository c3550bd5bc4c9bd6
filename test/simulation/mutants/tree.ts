import { fork } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { bundled, root } from "../simulate-bundle.ts";
import type { Mutant } from "./mutant.ts";
import { WORKER_MARK } from "./worker.ts";
import type { Catch, Search } from "./worker.ts";

/** The sources as they were when the search began, by path: somebody may be writing to them meanwhile. */
export type Tree = ReadonlyMap<string, string>;

export function treeNow(): Tree {
  const sources = new Map<string, string>();
  for (const folder of ["src", "test"])
    for (const path of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }))
      if (path.endsWith(".ts")) sources.set(join(root, folder, path), readFileSync(join(root, folder, path), "utf8"));
  return sources;
}

/** The tree with a mutant in it; a text when a patch does not fit. */
export function mutated(tree: Tree, { patches }: Mutant): Tree | string {
  const sources = new Map(tree);
  for (const { file, find, replace } of patches) {
    const path = join(root, file);
    const source = sources.get(path);
    if (source === undefined) return `there is no ${file}`;
    const times = source.split(find).length - 1;
    if (times !== 1) return `in ${file} there is ${times === 0 ? "no" : `${String(times)} times`}: ${find}`;
    sources.set(
      path,
      source.replace(find, () => replace),
    );
  }
  return sources;
}

const fromTree = (tree: Tree): Plugin => ({
  name: "tree",
  setup({ onLoad }) {
    onLoad({ filter: /\/(?:src|test)\/.*\.ts$/ }, ({ path }) => {
      const contents = tree.get(path);
      return contents === undefined ? undefined : { contents, loader: "ts" };
    });
  },
});

/** The search in a tree as one file. */
export const bundledTree = (name: string, tree: Tree): Promise<string> =>
  bundled(name, "test/simulation/mutants/worker.ts", [fromTree(tree)]);

/** Searches in a process of its own. A text: it came to no end. */
export function searched(
  file: string,
  task: Search,
  seconds: number,
): Promise<Catch | "nothing" | { readonly ended: string }> {
  const child = fork(file, [], {
    cwd: root,
    env: { ...process.env, [WORKER_MARK]: "1" },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.kill();
      resolve({ ended: `nothing in ${String(seconds)} s` });
    }, seconds * 1_000);
    child.once("message", (found) => {
      clearTimeout(timer);
      child.disconnect();
      resolve(found as Catch | "nothing");
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve({ ended: `it ended with ${String(code)}: ${complaint.slice(-400)}` });
    });
    child.send(task);
  });
}

// Bundles the program and the library into dist/: an entry for each, and a chunk for whatever is loaded lazily (SDK clients, the schema, the emulator),
// so that `signalbox --help` reads little. Runs by itself after `npm ci` (the `prepare` script).
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const esbuild = await import("esbuild").catch((error) => {
  // `npm ci --omit=dev` runs `prepare` as well: there is nothing to build with, and what is installed from a registry is built already.
  if (process.env.npm_lifecycle_event !== "prepare") throw error;
});
if (esbuild === undefined) {
  process.stdout.write("Not built: the development dependencies are not installed.\n");
  process.exit(0);
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outdir = process.env.SIGNALBOX_BUILD_DIR ?? join(root, "dist");
const entry = process.env.SIGNALBOX_BUILD_ENTRY ?? join(root, "src/cli/main.ts");

// Beside, then in its place: a build that fails leaves the last good one.
const beside = `${outdir}.${process.pid}`;
const result = await esbuild.build({
  entryPoints: { signalbox: entry, index: join(root, "src/index.ts") },
  outdir: beside,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  // ES sources first: they can be shaken, and the SDK's CommonJS builds cannot.
  mainFields: ["module", "main"],
  // The browser build of yaml is its ES source; under Node its package offers only CommonJS.
  alias: { yaml: join(root, "node_modules/yaml/browser/dist/index.js") },
  // CommonJS dependencies call `require`, which an ES module does not have.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  chunkNames: "chunks/[name]-[hash]",
  legalComments: "none",
  absWorkingDir: root,
  logLevel: "warning",
});
if (result.warnings.length > 0) throw new Error("the bundle has warnings");

const program = join(beside, "signalbox.js");
const code = await readFile(program, "utf8");
if (!code.startsWith("#!")) await writeFile(program, `#!/usr/bin/env node\n${code}`);
await chmod(program, 0o755);
await rm(outdir, { recursive: true, force: true });
await rename(beside, outdir);
await linkProgram();

/**
 * npm links the programs of dependencies, not a package's own: with this link `npx signalbox` works in a clone with every npm.
 * npm on Windows writes wrapper scripts instead of links, so there it is left to npm, which finds it from version 11 on.
 */
async function linkProgram() {
  const bin = join(root, "node_modules/.bin");
  if (
    process.platform === "win32" ||
    process.env.SIGNALBOX_BUILD_DIR !== undefined ||
    !existsSync(join(root, "node_modules"))
  )
    return;
  await mkdir(bin, { recursive: true });
  await rm(join(bin, "signalbox"), { force: true });
  await symlink("../../dist/signalbox.js", join(bin, "signalbox"));
}

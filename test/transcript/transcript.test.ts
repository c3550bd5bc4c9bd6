import { copyFileSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, describe, expect, test } from "vitest";
import { secretEdit } from "./secret-edit.ts";

/**
 * Whole sessions with the built command line and the embedded AWS: a line `$ signalbox …`, a line of dashes, what it
 * printed (standard output, then standard error), its exit status. `$ somebody …` is another writer.
 * `npm run rewrite` writes them anew; look at the difference before you commit it.
 */
const HERE = fileURLToPath(new URL(".", import.meta.url));
const PROGRAM = fileURLToPath(new URL("../../dist/signalbox.js", import.meta.url));
const MANIFEST = fileURLToPath(new URL("../../manifests/multi-region-api.yaml", import.meta.url));
const EDGE_FUNCTIONS = fileURLToPath(new URL("../../edge-functions", import.meta.url));
const REWRITE = process.env["REWRITE"] === "1";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function replay(transcript: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-transcript-"));
  folders.push(folder);
  copyFileSync(MANIFEST, join(folder, "shop.yaml"));
  cpSync(EDGE_FUNCTIONS, join(folder, "edge-functions"), { recursive: true });
  const blocks: string[] = [];
  for (const [line = ""] of transcript.matchAll(/^\$ .*$/gmu)) blocks.push(`${line}\n----\n${await run(line.slice(2).split(" "), folder)}`);
  return blocks.join("\n");
}

async function run([program, ...words]: readonly string[], folder: string): Promise<string> {
  if (program === "somebody") return `${await secretEdit(words, folder)}\n`;
  const { stdout, stderr, exitCode } = await execa("node", [PROGRAM, ...words], {
    cwd: folder,
    reject: false,
    env: { NO_COLOR: "1", SIGNALBOX_LOCAL_STATE: undefined },
    input: "",
  });
  const said = [stdout, stderr].filter((text) => text !== "").join("\n--\n");
  return `${timeless(said)}\nexit ${exitCode}\n`;
}

/** The journal's name holds the real time; a plan's digest changes with every word of its inside. */
const timeless = (text: string): string =>
  text
    .replace(/^Journal: .*$/gmu, "Journal: …")
    .replace(/\bplan [0-9a-f]{8}$/gmu, "plan …")
    .replace(/[ \t]+$/gmu, "");

describe("transcripts", () => {
  const names = readdirSync(HERE).filter((name) => name.endsWith(".txt"));
  test.each(names)("%s", { timeout: 60_000 }, async (name) => {
    const written = readFileSync(join(HERE, name), "utf8");
    const happened = await replay(written);
    if (REWRITE) writeFileSync(join(HERE, name), happened);
    else expect(happened).toBe(written);
  });
});

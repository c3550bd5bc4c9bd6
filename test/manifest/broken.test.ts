import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { codes } from "../../src/diagnostic/codes.ts";
import { manifestCodes } from "../../src/diagnostic/codes-manifest.ts";
import { renderFrame } from "../../src/diagnostic/frame.ts";
import { readManifest } from "../../src/manifest/read.ts";

/**
 * Broken manifests, and beside each what its author is told: `<case>.yaml` and `<case>.txt`. A new case is a new `.yaml`;
 * `npm run rewrite` writes the texts. Read them as the author would: does each say what to do?
 */
const HERE = fileURLToPath(new URL("broken/", import.meta.url));
const cases = readdirSync(HERE)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.slice(0, -".yaml".length));

function told(name: string): ReturnType<typeof readManifest> {
  return readManifest(readFileSync(join(HERE, `${name}.yaml`), "utf8"), `${name}.yaml`);
}

describe("a broken manifest", () => {
  test.each(cases)("%s", (name) => {
    const { diagnostics, source, manifest } = told(name);
    expect(diagnostics).not.toEqual([]);
    expect(manifest === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
    const happened = `${diagnostics.map((each) => renderFrame(each, source)).join("\n\n")}\n`;
    const file = join(HERE, `${name}.txt`);
    if (process.env["REWRITE"] === "1") writeFileSync(file, happened);
    else expect(happened).toBe(readFileSync(file, "utf8"));
  });

  test("every code of manifests is given to some case", () => {
    const given = new Set(cases.flatMap((name) => told(name).diagnostics.map(({ code }) => code)));
    expect(manifestCodes.map(({ code }) => code).filter((code) => !given.has(code))).toEqual([]);
    expect([...given].filter((code) => !codes.some((each) => each.code === code))).toEqual([]);
  });

  test("no text is left without its case", () => {
    const texts = readdirSync(HERE).filter((file) => file.endsWith(".txt"));
    expect(texts.filter((file) => !existsSync(join(HERE, file.replace(/\.txt$/, ".yaml"))))).toEqual([]);
  });
});

import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readManifest } from "../../src/manifest/read.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import { planText } from "../../src/report/plan-text.ts";
import { plainStyler } from "../../src/report/styler.ts";
import { CONVERGE, prepare, reconcile, world } from "../world/world.ts";

/**
 * A folder a case: the estate stands as `before.yaml` says (or is empty), the manifest is `manifest.yaml`, the plan with
 * its proof is `plan.txt`. `npm run rewrite` writes the plans anew; look at the difference before you commit it.
 */
const HERE = fileURLToPath(new URL(".", import.meta.url));

function load(file: string): Manifest {
  const { manifest, diagnostics } = readManifest(readFileSync(file, "utf8"), file);
  if (manifest === undefined) throw new Error(JSON.stringify(diagnostics));
  return manifest;
}

async function planned(folder: string): Promise<string> {
  const into = world();
  const before = join(folder, "before.yaml");
  const manifest = load(join(folder, "manifest.yaml"));
  prepare(into, manifest);
  if (existsSync(before)) {
    prepare(into, load(before));
    expect((await reconcile(into, load(before))).outcome).toBe("converged");
  }
  const seen = await look(manifest, CONVERGE, into.ports);
  return `${planText({ ...seen, goal: "converge" }, plainStyler)}\n`;
}

describe("golden plans", () => {
  const cases = readdirSync(HERE, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  test.each(cases.map((entry) => entry.name))("%s", async (name) => {
    const file = join(HERE, name, "plan.txt");
    const happened = await planned(join(HERE, name));
    if (process.env["REWRITE"] === "1") writeFileSync(file, happened);
    else expect(happened).toBe(readFileSync(file, "utf8"));
  });
});

import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadManifest, readText } from "../../src/cli/manifest-file.ts";
import { plainStyler } from "../../src/report/styler.ts";
import type { Diagnostic } from "../../src/diagnostic/diagnostic.ts";
import type { Shell } from "../../src/cli/shell.ts";

const folder = mkdtempSync(join(tmpdir(), "signalbox-file-"));
afterAll(() => rmSync(folder, { recursive: true }));

function shell(): { readonly shell: Shell; readonly told: Diagnostic[]; readonly complaints: string[] } {
  const told: Diagnostic[] = [];
  const complaints: string[] = [];
  const never = (): never => {
    throw new Error("not asked for");
  };
  return {
    told,
    complaints,
    shell: {
      get io() {
        return never();
      },
      json: false,
      outStyle: plainStyler,
      errStyle: plainStyler,
      result: never,
      note: never,
      complain: (what) => complaints.push(what),
      diagnose: (diagnostics) => told.push(...diagnostics),
    },
  };
}

describe("a manifest's file", () => {
  test("of 50 MB is refused by its size, unread", () => {
    const file = join(folder, "large.yaml");
    const opened = openSync(file, "w");
    ftruncateSync(opened, 50 * 1024 * 1024);
    closeSync(opened);
    const before = process.memoryUsage().external;
    const { shell: quiet, told } = shell();
    expect(loadManifest(file, quiet)).toBeUndefined();
    expect(told.map(({ code, where }) => `${code} ${where?.line}:${where?.column}`)).toEqual([
      "MANIFEST_TOO_LARGE 1:1",
    ]);
    expect(process.memoryUsage().external - before).toBeLessThan(10 * 1024 * 1024);
  });

  test.each([
    ["that is not there", join(folder, "nothing.yaml"), "there is no such file"],
    ["that is a directory", folder, "it is a directory"],
  ])("%s is told", (_name, file, why) => {
    const { shell: quiet, complaints } = shell();
    expect(loadManifest(file, quiet)).toBeUndefined();
    expect(readText(file, quiet, "")).toBeUndefined();
    expect(complaints).toEqual([`cannot read ${file}: ${why}`, `cannot read ${file}: ${why}`]);
  });
});

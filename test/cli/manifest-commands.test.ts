import { readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { folder, signalbox } from "./session.ts";

let place: ReturnType<typeof folder>;
beforeEach(() => {
  place = folder();
});
afterEach(() => place.remove());

describe("init", () => {
  test("writes a manifest that validates, with a scope of its own", async () => {
    const [one, two] = [place.path("one.yaml"), place.path("two.yaml")];
    expect(await signalbox(["init", one])).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringContaining(`Wrote ${one}`) as string,
    });
    const { stdout } = await signalbox(["init", two, "--name", "billing", "--format", "json"]);
    const document = JSON.parse(stdout) as { scopeId: string };
    expect(document).toMatchObject({ version: 1, file: two, name: "billing" });
    expect(document.scopeId).toMatch(/^[a-z0-9]{6}$/u);
    expect(readFileSync(two, "utf8")).toContain("name: billing");
    for (const file of [one, two]) expect((await signalbox(["validate", file])).code).toBe(0);
    const scope = (file: string): string | undefined => /^scopeId: "?(\w+)/mu.exec(readFileSync(file, "utf8"))?.[1];
    expect(scope(one)).not.toBe(scope(two));
  });

  test("leaves what is there alone", async () => {
    const file = place.path("signalbox.yaml");
    writeFileSync(file, "mine");
    const { code, stdout, stderr } = await signalbox(["init", file]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("is there already, and was left alone");
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  test("writes nothing under a name that no manifest can have", async () => {
    const file = place.path("signalbox.yaml");
    const { code, stderr } = await signalbox(["init", file, "--name", "Not A Name"]);
    expect(code).toBe(1);
    expect(stderr).toContain("BAD_NAME");
    expect((await signalbox(["validate", file])).code).toBe(1);
  });
});

describe("validate", () => {
  test("a manifest that cannot be used: frames on stderr, nothing on stdout, 1", async () => {
    const file = place.path("m.yaml");
    await signalbox(["init", file]);
    writeFileSync(file, readFileSync(file, "utf8").replace("zones:", "zonse:"));
    const { code, stdout, stderr } = await signalbox(["validate", file]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/error\[UNKNOWN_KEY\]: .*\n +--> .*m\.yaml:\d+:1\n/u);
    expect(stderr).toContain("zonse");
  });

  test("the same as JSON: one document, with positions", async () => {
    const file = place.path("m.yaml");
    writeFileSync(file, "version: 2\n");
    const { code, stdout } = await signalbox(["validate", file, "--format", "json"]);
    expect(code).toBe(1);
    const document = JSON.parse(stdout) as { diagnostics: readonly { code: string; where?: { line: number } }[] };
    expect(document).toMatchObject({ version: 1, file, valid: false });
    expect(document.diagnostics.find((each) => each.code === "SCHEMA_VERSION")?.where?.line).toBe(1);
  });

  test("a file that is not there", async () => {
    const { code, stdout, stderr } = await signalbox(["validate", place.path("none.yaml")]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("there is no such file");
    expect(stderr).toContain("signalbox init");
  });
});

import { describe, expect, test } from "vitest";
import { signalbox } from "./session.ts";

describe("usage", () => {
  const wrong: readonly (readonly [string, readonly string[], string])[] = [
    ["no command", [], "Usage: signalbox"],
    ["an unknown command", ["reconcil"], "Did you mean reconcile?"],
    ["an unknown option", ["plan", "x.yaml", "--lokal"], "Did you mean --local?"],
    ["no manifest", ["plan"], "missing required argument 'file'"],
    ["too many arguments", ["plan", "a", "b"], "too many arguments"],
    ["a format that is not one", ["plan", "x.yaml", "--format", "xml"], "Allowed choices are text, json"],
    ["a limit that is not one", ["plan", "x.yaml", "--lift", "order"], "Choose one of deletePercent"],
    ["an address that is none", ["plan", "x.yaml", "--overwrite", "shop"], "An address looks like"],
    ["a local state without --local", ["plan", "x.yaml", "--local-state", "s"], "--local-state needs --local"],
    [
      "another endpoint for the embedded AWS",
      ["plan", "x.yaml", "--local", "--endpoint-url", "http://x"],
      "cannot be used with",
    ],
    ["a profile for the embedded AWS", ["plan", "x.yaml", "--local", "--profile", "p"], "cannot be used with"],
  ];
  test.each(wrong)("%s: 64", async (_name, args, message) => {
    const { code, stdout, stderr } = await signalbox(args);
    expect(code).toBe(64);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });

  const commands = ["drift", "failover", "doctor", "graph", "iam-policy", "import", "adopt", "completion"];
  test.each(commands)("%s is not built yet, and says so", async (command) => {
    for (const args of [[command], [command, "x.yaml", "--format", "sarif"], [command, "--help"]]) {
      const { code, stdout, stderr } = await signalbox(args);
      expect(code).toBe(64);
      expect(stdout).toBe("");
      expect(stderr).toContain(`error: \`${command}\` is not built yet.`);
    }
  });

  test.each([["--watch"], ["--only", "shop.example.com"], ["--prune-validation"]])(
    "reconcile %s is not built yet, and says so",
    async (...flag) => {
      const { code, stderr } = await signalbox(["reconcile", "x.yaml", "--local", "--yes", ...flag]);
      expect(code).toBe(64);
      expect(stderr).toContain(`error: \`${flag[0]}\` is not built yet.`);
    },
  );

  test("help lists what works, and nothing else", async () => {
    const { code, stdout, stderr } = await signalbox(["--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    const listed = [...stdout.matchAll(/^ {2}([a-z]+) /gmu)].map(([, name]) => name);
    expect(listed).toEqual([
      "init",
      "validate",
      "plan",
      "reconcile",
      "destroy",
      "undo",
      "local",
      "edge",
      "schema",
      "explain",
    ]);
  });

  test("help of reconcile does not show flags that are not built", async () => {
    const { code, stdout } = await signalbox(["reconcile", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("--no-wait");
    expect(stdout).not.toMatch(/--watch|--only|--prune/u);
  });

  test("the version is the package's", async () => {
    expect(await signalbox(["--version"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u) as string,
    });
  });
});

describe("explain", () => {
  test("a code", async () => {
    const { code, stdout } = await signalbox(["explain", "not_covered"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^NOT_COVERED \(error\): The certificate does not cover the name\n\n.+\n\nWhat to do: .+\n$/su,
    );
  });

  test("as JSON", async () => {
    const { code, stdout } = await signalbox(["explain", "NOT_COVERED", "--format", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, code: "NOT_COVERED", severity: "error" });
  });

  test("a slip: the nearest, and 64", async () => {
    const { code, stdout, stderr } = await signalbox(["explain", "NOT_COVRED"]);
    expect([code, stdout]).toEqual([64, ""]);
    expect(stderr).toContain("Did you mean NOT_COVERED?");
  });
});

describe("schema", () => {
  test("is one JSON document", async () => {
    const { code, stdout, stderr } = await signalbox(["schema"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({ title: "Signalbox manifest, version 1", type: "object" });
  });
});

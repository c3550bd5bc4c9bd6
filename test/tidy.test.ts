import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { codes } from "../src/diagnostic/codes.ts";
import { filesBelow, isNode, lineOf, sourcesBelow } from "./tidy/sources.ts";
import type { Node, Source } from "./tidy/sources.ts";

// The house keeps its own order: which folder may import which, what is pure, how long things are and what they are called.

const product = sourcesBelow("src");
const tests = sourcesBelow("test");
const scripts = sourcesBelow("scripts");

/** The folder below src/, or the file itself for those that stand directly in it. */
const folderOf = (path: string): string => path.split("/")[1] ?? "";

/** What each folder may import of ours: always from left to right, never back. Types count like values. */
const mayImport: Readonly<Record<string, readonly string[]>> = (() => {
  const level0 = ["dns", "tls", "diagnostic"];
  const level1 = ["cloud", ...level0];
  const level2 = ["resource", "manifest", ...level1];
  const level3 = ["desired", "plan", ...level2];
  const level4 = ["interlock", ...level3];
  return {
    dns: [],
    tls: ["dns"], // certificates cover domain names
    diagnostic: [],
    cloud: level0,
    resource: level1,
    manifest: level1, // cloud: AWS's limits and Regions have one home
    desired: level2,
    plan: ["desired", ...level2], // what is planned towards
    interlock: level3,
    observe: level4,
    execute: level4,
    live: level4,
    emulator: level4,
    report: ["execute", ...level4], // execute: the types of its events
  };
})();

/** May import anything. */
const top = new Set(["pipeline.ts", "cli", "index.ts"]);

const pure = new Set([
  "dns",
  "tls",
  "diagnostic",
  "cloud",
  "resource",
  "manifest",
  "desired",
  "plan",
  "interlock",
  "report",
]);

/** Packages and Node's modules that pure code may use: they compute, and do nothing else. */
const computing = new Set(["node:crypto", "node:url", "sorted-btree", "yaml", "zod"]);

/** Globals that reach outside, or wait. */
const impureGlobals = new Set([
  "process",
  "console",
  "Promise",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "fetch",
  "performance",
  "crypto",
]);
const impureMembers = new Set(["Date.now", "Math.random"]);

const FILE_LINES_MAX = 400;
const FUNCTION_LINES_MAX = 70;
const PIPELINE_LINES_MAX = 60;

/** Longer files: path → why. */
const longFiles: ReadonlyMap<string, string> = new Map([]);
/** Longer functions: `path function` → why. */
const longFunctions: ReadonlyMap<string, string> = new Map([]);

/** Words that say nothing about what a file or a type is for. */
const bannedWords = new Set([
  "util",
  "utils",
  "helper",
  "helpers",
  "common",
  "misc",
  "shared",
  "manager",
  "base",
  "impl",
  "handler",
  "service",
]);
/** But where AWS says so. */
const wordsOfAws = new Set([
  "base-path-mapping",
  "service-model",
  "BasePathMapping",
  "BasePathMappingSpec",
  "Service",
  "ServiceModel",
  "AwsService",
  "ServiceConstraints",
  "CommonHeaders", // of every response: AWS API references, "Common response headers"
]);

describe("imports go one way", () => {
  test("every folder of src has its place in the table", () => {
    const unplaced = product
      .map(({ path }) => folderOf(path))
      .filter((folder) => mayImport[folder] === undefined && !top.has(folder));
    expect([...new Set(unplaced)]).toEqual([]);
  });

  test("no file imports what stands above it", () => {
    const wrong = product.flatMap(({ path, imports }) => {
      const from = folderOf(path);
      const allowed = mayImport[from];
      if (allowed === undefined) return [];
      return imports.flatMap(({ file }) => {
        const to = file === undefined ? from : folderOf(file);
        return to === from || allowed.includes(to) ? [] : [`${path} imports ${file}`];
      });
    });
    expect(wrong).toEqual([]);
  });

  test("src imports nothing of test or scripts", () => {
    expect(
      product.flatMap(({ path, imports }) =>
        imports
          .filter(({ file }) => file !== undefined && !file.startsWith("src/"))
          .map(({ file }) => `${path} imports ${file}`),
      ),
    ).toEqual([]);
  });

  test("only the pipeline ties observing to executing, on one screen", () => {
    const stages = new Set(["src/observe/observe.ts", "src/execute/execute.ts"]);
    const users = product.filter(({ imports }) => imports.some(({ file }) => file !== undefined && stages.has(file)));
    expect(
      users.map(({ path }) => path).filter((path) => !/^src\/(pipeline\.ts$|observe\/|execute\/)/.test(path)),
    ).toEqual([]);
    expect(product.find(({ path }) => path === "src/pipeline.ts")?.lines).toBeLessThanOrEqual(PIPELINE_LINES_MAX);
  });
});

describe("pure folders compute and do nothing else", () => {
  const inside = product.filter(({ path }) => pure.has(folderOf(path)));

  test("they import only what computes", () => {
    const wrong = inside.flatMap(({ path, imports }) =>
      imports
        .filter(({ from, file }) => file === undefined && !computing.has(from))
        .map(({ from }) => `${path} imports ${from}`),
    );
    expect(wrong).toEqual([]);
  });

  test("no waiting, no clock, no chance, no process, no console", () => {
    expect(
      inside.flatMap((source) =>
        source.nodes.flatMap(({ node, above }) =>
          isImpure(node, above)
            ? [`${source.path}:${lineOf(source.text, node.start)} ${source.text.slice(node.start, node.start + 30)}`]
            : [],
        ),
      ),
    ).toEqual([]);
  });
});

function isImpure(node: Node, above: readonly Node[]): boolean {
  if (node.type === "AwaitExpression" || node["async"] === true || node["await"] === true) return true;
  if (node.type === "NewExpression")
    return nameOf(node["callee"]) === "Date" && Array.isArray(node["arguments"]) && node["arguments"].length === 0;
  if (node.type === "MemberExpression")
    return impureMembers.has(`${nameOf(node["object"])}.${nameOf(node["property"])}`);
  if (node.type !== "Identifier" || !impureGlobals.has(String(node["name"]))) return false;
  const parent = above.at(-1);
  // A type may speak of a promise; a key, a member or a parameter may have the name of a global.
  const named =
    parent?.type === "MemberExpression"
      ? parent["object"] === node
      : parent?.type === "Property"
        ? parent["value"] === node && parent["shorthand"] !== true
        : true;
  return named && parent !== undefined && !parent.type.startsWith("TS");
}

const nameOf = (node: unknown): string => (isNode(node) ? String(node["name"]) : "");

describe("small things", () => {
  test("files", () => {
    const long = [...product, ...tests, ...scripts].filter(
      ({ path, lines }) => lines > FILE_LINES_MAX && !longFiles.has(path),
    );
    expect(long.map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual([]);
  });

  test("functions", () => {
    expect([...product, ...scripts].flatMap(functionsTooLong)).toEqual([]);
  });

  test("no waiver is left that nothing needs", () => {
    const paths = new Set([...product, ...tests, ...scripts].map(({ path }) => path));
    const waived = [...longFiles.keys(), ...[...longFunctions.keys()].map((key) => key.split(" ")[0] ?? "")];
    expect(waived.filter((path) => !paths.has(path))).toEqual([]);
  });
});

function functionsTooLong({ path, text, nodes }: Source): readonly string[] {
  return nodes.flatMap(({ node, above }) => {
    if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return [];
    const length = text.slice(node.start, node.end).split("\n").length;
    const parent = above.at(-1);
    const name = nameOf(node["id"]) || nameOf(parent?.["id"]) || nameOf(parent?.["key"]);
    return length > FUNCTION_LINES_MAX && !longFunctions.has(`${path} ${name}`)
      ? [`${path} ${name}: ${length} lines`]
      : [];
  });
}

describe("names", () => {
  test("no file has a name that says nothing", () => {
    const wrong = [...product, ...tests, ...scripts].filter(({ path }) => {
      const name = basename(path).replace(/(\.test)?\.(ts|mjs)$/, "");
      return !wordsOfAws.has(name) && name.split("-").some((word) => bannedWords.has(word));
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("files are in kebab-case", () => {
    expect(
      [...product, ...tests, ...scripts]
        .map(({ path }) => path)
        .filter((path) => !/^[a-z0-9-]+(\.test|\.config)?\.(ts|mjs)$/.test(basename(path))),
    ).toEqual([]);
  });

  test("no exported type has a name that says nothing", () => {
    const wrong = product.flatMap(({ path, nodes }) =>
      nodes.flatMap(({ node, above }) => {
        if (
          !/^(TSTypeAliasDeclaration|TSInterfaceDeclaration|ClassDeclaration)$/.test(node.type) ||
          above.at(-1)?.type !== "ExportNamedDeclaration"
        )
          return [];
        const name = nameOf(node["id"]);
        const words = name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
        return !wordsOfAws.has(name) && words.some((word) => bannedWords.has(word)) ? [`${path} ${name}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("nothing is exported as a default", () => {
    const wrong = [...product, ...tests, ...scripts].filter(({ nodes }) =>
      nodes.some(({ node }) => node.type === "ExportDefaultDeclaration"),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("no enums, namespaces, decorators or parameter properties", () => {
    const banned = new Set(["TSEnumDeclaration", "TSModuleDeclaration", "Decorator", "TSParameterProperty"]);
    expect(
      product.flatMap(({ path, nodes }) =>
        nodes.filter(({ node }) => banned.has(node.type)).map(({ node }) => `${path} ${node.type}`),
      ),
    ).toEqual([]);
  });
});

describe("codes", () => {
  const registered = new Set(codes.map(({ code }) => code));
  const testTexts = tests.filter(({ path }) => path !== "test/tidy.test.ts").map(({ text }) => text);

  test("every code that src gives is registered and so explained", () => {
    // AWS's own codes and DNS's answer codes have no underscore.
    const given = product.flatMap(({ path, text }) =>
      [...text.matchAll(/\bcode: "([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|ORPHAN|CONTESTED)"/g)].map(([, code = ""]) => ({
        path,
        code,
      })),
    );
    expect(given.filter(({ code }) => !registered.has(code)).map(({ path, code }) => `${path} ${code}`)).toEqual([]);
  });

  test("every registered code is given somewhere", () => {
    const texts = product.filter(({ path }) => !path.startsWith("src/diagnostic/codes")).map(({ text }) => text);
    expect([...registered].filter((code) => !texts.some((text) => text.includes(`"${code}"`)))).toEqual([]);
  });

  test("every code has a test that provokes it", () => {
    expect([...registered].filter((code) => !testTexts.some((text) => new RegExp(`\\b${code}\\b`).test(text)))).toEqual(
      [],
    );
  });
});

describe("the model of AWS", () => {
  /** Files of cloud/ that hold no rule of AWS: tables, arithmetic, and the way from a call to its rule. */
  const withoutRules = new Set([
    "absorb.ts",
    "acm/absorb.ts",
    "acm/acm.ts",
    "apigateway/absorb.ts",
    "apigateway/apigateway.ts",
    "area.ts",
    "call.ts",
    "claims.ts",
    "cloud.ts",
    "cloudfront/absorb.ts",
    "cloudfront/cloudfront.ts",
    "cloudfront/edge-run.ts",
    "cloudfront/state.ts",
    "codec.ts",
    "constraint.ts",
    "edit.ts",
    "elbv2/absorb.ts",
    "elbv2/elbv2.ts",
    "elbv2/load-balancing.ts",
    "empty.ts",
    "ids.ts",
    "instant.ts",
    "outcome.ts",
    "probe.ts",
    "route53/absorb.ts",
    "route53/identifiers.ts",
    "route53/lookup.ts",
    "route53/page.ts",
    "route53/route53.ts",
    "route53/routing-policy.ts",
    "step-sent.ts",
    "step.ts",
    "table.ts",
    "tagging/absorb.ts",
    "throttle.ts",
    "tick.ts",
  ]);

  test("every rule names its source, and when it was looked up", () => {
    const rules = product.filter(
      ({ path }) => folderOf(path) === "cloud" && !withoutRules.has(path.slice("src/cloud/".length)),
    );
    const unfounded = rules.filter(({ text }) => !/checked \d{4}-\d{2}-\d{2}/i.test(text));
    expect(unfounded.map(({ path }) => path)).toEqual([]);
  });

  test("the page of what is assumed is as the code has it", () => {
    const { status, stderr } = spawnSync(process.execPath, ["scripts/assumptions.mjs", "--check"], {
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

describe("the repository", () => {
  test("the code map names every folder of src", () => {
    const map = readFileSync("src/README.md", "utf8");
    const folders = new Set(product.map(({ path }) => folderOf(path)).filter((folder) => !folder.endsWith(".ts")));
    expect([...folders].filter((folder) => !map.includes(`${folder}/`))).toEqual([]);
  });

  test("stands alone: nothing refers to the machine it was made on", () => {
    const needles = [/(^|["'`\s(=])\/work\//m, /\.\.\/shared\//, /\.library\b/];
    const wrong = filesBelow(".").filter(
      (path) =>
        path !== "test/tidy.test.ts" &&
        path !== "package-lock.json" &&
        needles.some((needle) => needle.test(readFileSync(path, "utf8"))),
    );
    expect(wrong).toEqual([]);
  });

  test("no check is switched off", () => {
    const marks =
      /\b(describe|test)(\.\w+)*\.(only|skip|todo)\b|@ts-(ignore|expect-error|nocheck)|\bas any\b|eslint-disable/;
    const wrong = [...product, ...tests].filter(({ path, text }) => path !== "test/tidy.test.ts" && marks.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

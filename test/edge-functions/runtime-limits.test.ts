import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CLOUDFRONT_LENGTHS } from "../../src/cloud/cloudfront/limits.ts";

// Source: CloudFront guide "JavaScript runtime 2.0 features for CloudFront Functions" and "Quotas".
const FOLDER = new URL("../../edge-functions/", import.meta.url);
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".js"));

describe("what CloudFront's runtime 2.0 takes", () => {
  test("there are functions", () => {
    expect(files).toEqual(["canonical-host.js", "index-rewrite.js", "trailing-slash-redirect.js"]);
  });

  test.each(files)("%s", (name) => {
    const source = readFileSync(new URL(name, FOLDER), "utf8");
    const code = source.replace(/^\s*\/\/.*$/gmu, "");
    expect(Buffer.byteLength(source)).toBeLessThanOrEqual(CLOUDFRONT_LENGTHS.functionCode);
    expect(code).toMatch(/^function handler\(event\) \{$/mu);
    expect(
      code.match(/\b(?:import|export|eval|Function|setTimeout|setInterval|fetch|process|globalThis)\b/u),
    ).toBeNull();
    const required = [...code.matchAll(/require\((.*?)\)/gu)].map(([, module]) => module);
    expect(required.filter((module) => !/^"(?:crypto|querystring|buffer|cloudfront)"$/u.test(module ?? ""))).toEqual(
      [],
    );
  });
});

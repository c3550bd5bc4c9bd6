import { describe, expect, test } from "vitest";
import { readManifest } from "../../src/manifest/read.ts";
import { starterManifest } from "../../src/manifest/starter.ts";

describe("a first manifest", () => {
  test.each([
    [{ name: "shop", scopeId: "7f3k9q" }],
    [{ name: "true", scopeId: "123456" }],
    [{ name: "123", scopeId: "7e1234" }],
    [
      {
        name: "api",
        scopeId: "abcdef",
        zone: "example.org",
        host: "*.api.example.org",
        regions: { "eu-west-1": { restApi: "123", stage: "v1" } },
      },
    ],
  ])("%j passes every check", (starter) => {
    const { manifest, diagnostics } = readManifest(starterManifest(starter), "signalbox.yaml");
    expect(diagnostics).toEqual([]);
    expect(manifest).toMatchObject({ name: starter.name, scopeId: starter.scopeId });
  });

  test("holds the values it was given", () => {
    const regions = { "eu-west-1": { restApi: "abc", stage: "live" } };
    const text = starterManifest({ name: "api", scopeId: "abcdef", zone: "example.org", regions });
    const api = readManifest(text, "signalbox.yaml").manifest?.apis[0];
    expect(api).toMatchObject({
      name: "shop.example.org.",
      zone: "example.org.",
      healthCheck: { path: "/live/healthcheck" },
    });
    expect(api?.regions).toEqual([
      { region: "eu-west-1", mappings: [{ basePath: "(none)", restApi: "abc", stage: "live" }] },
    ]);
  });
});

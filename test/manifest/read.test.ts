import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { matches } from "../../src/manifest/plain-value.ts";
import { readPlainYaml } from "../../src/manifest/plain-yaml.ts";
import { readManifest } from "../../src/manifest/read.ts";
import { changed, good, places, top } from "./places.ts";

const mapping = (restApi: string) => [{ basePath: "v1", restApi, stage: "prod" }];

describe("a good manifest", () => {
  test("the example becomes exactly this", () => {
    const file = "manifests/multi-region-api.yaml";
    const { manifest, diagnostics } = readManifest(readFileSync(file, "utf8"), file);
    expect(diagnostics).toEqual([]);
    const { positions, ...rest } = manifest!;
    expect(rest).toEqual({
      file,
      name: "storefront",
      scopeId: "7f3k9q",
      account: undefined,
      tags: { team: "payments" },
      accounts: [],
      quotas: [],
      zones: [{ name: "example.com.", account: undefined, id: undefined }],
      certificates: [
        {
          label: "storefront",
          domains: ["shop.example.com.", "*.shop.example.com."],
          keyAlgorithms: ["RSA_2048"],
          transparencyLogging: true,
        },
      ],
      apis: [
        {
          name: "shop.example.com.",
          zone: "example.com.",
          certificate: "storefront",
          securityPolicy: "TLS_1_2",
          endpointAccessMode: undefined,
          ipAddressType: "ipv4",
          routing: { policy: "latency" },
          cnameTtl: undefined,
          evaluateTargetHealth: false,
          healthCheck: {
            host: "api",
            path: "/prod/healthcheck",
            searchString: "ok",
            intervalSeconds: 30,
            failureThreshold: 2,
            gate: "shared",
          },
          regions: [
            { region: "us-east-1", mappings: mapping("2wkt1cxxxx") },
            { region: "us-west-2", mappings: mapping("8h2jk1xxxx") },
          ],
        },
      ],
      drainMinimumSeconds: 900,
      limits: { deletePercent: 30, updatePercent: 30, deleteMax: 10, regionsRemovedPerRun: 1 },
      retire: [],
    });
    for (const key of [
      "apis/shop.example.com.",
      "apis/shop.example.com./regions/us-east-1",
      "apis/shop.example.com./regions/us-west-2",
      "certificates/storefront",
      "zones/example.com.",
    ])
      expect(positions.get(key)).toMatchObject({ file });
    expect(positions.get("account")).toBeUndefined();
  });

  test("positions point at keys", () => {
    const { manifest } = readManifest(top("retire: [old.example.com]"), "m.yaml");
    const at = (key: string) => manifest?.positions.get(key);
    expect(at("apis/shop.example.com.")).toEqual({ file: "m.yaml", line: 10, column: 3, endLine: 10, endColumn: 19 });
    expect(at("apis/shop.example.com./regions/us-west-2")).toMatchObject({ line: 14, column: 7 });
    expect(at("zones/example.com.")).toMatchObject({ line: 5, column: 3 });
    expect(at("certificates/shop")).toMatchObject({ line: 7, column: 3 });
    expect(at("retire/old.example.com.")).toMatchObject({ line: 15, column: 10 });
  });

  test("the order of keys does not matter", () => {
    const [first, second] = [good.split("\n")[12]!, good.split("\n")[13]!];
    const turned = good.replace(first, "FIRST").replace(second, first).replace("FIRST", second);
    const { positions: _a, ...a } = readManifest(good, "m.yaml").manifest!;
    const { positions: _b, ...b } = readManifest(turned, "m.yaml").manifest!;
    expect(b).toEqual(a);
  });

  test("JSON is read as well", () => {
    const json = JSON.stringify(
      {
        version: 1,
        name: "a",
        scopeId: "123456",
        zones: { "example.com": { id: "Z1D633PJN98FT9" } },
        retire: ["old.example.com"],
      },
      null,
      2,
    );
    const { manifest, diagnostics } = readManifest(json, "m.json");
    expect(diagnostics).toEqual([]);
    expect(manifest?.zones).toEqual([{ name: "example.com.", id: "Z1D633PJN98FT9" }]);
    expect(manifest?.retire).toEqual(["old.example.com."]);
  });

  test("the longest zone has the name", () => {
    const { manifest } = readManifest(
      changed("  example.com: {}", "  example.com: {}\n  shop.example.com: {}"),
      "m.yaml",
    );
    expect(manifest?.apis.map(({ zone }) => zone)).toEqual(["shop.example.com."]);
  });

  test("the only certificate that covers a name is bound without being named", () => {
    const { manifest } = readManifest(changed("    certificate: shop\n", ""), "m.yaml");
    expect(manifest?.apis[0]?.certificate).toBe("shop");
  });

  test.each([
    ["true", "shared"],
    ["own", "own"],
    ["false", "none"],
  ])("gate: %s is %s", (written, gate) => {
    const { manifest } = readManifest(
      changed("    regions", `    healthCheck: { host: api, path: /prod/h, gate: ${written} }\n    regions`),
      "m.yaml",
    );
    expect(manifest?.apis[0]?.healthCheck).toEqual({
      host: "api",
      path: "/prod/h",
      searchString: undefined,
      intervalSeconds: 30,
      failureThreshold: 3,
      gate,
    });
  });

  test("mappings are in the order of their base paths, the empty one as API Gateway writes it", () => {
    const text = changed(
      "{ restApi: 8h2jk1xxxx, stage: prod, basePath: v1 }",
      '{ mappings: { v2: { restApi: b, stage: s }, "": { restApi: a, stage: s } } }',
    );
    expect(readManifest(text, "m.yaml").manifest?.apis[0]?.regions[1]?.mappings).toEqual([
      { basePath: "(none)", restApi: "a", stage: "s" },
      { basePath: "v2", restApi: "b", stage: "s" },
    ]);
  });

  test("a warning leaves the manifest good, an error does not", () => {
    const warned = readManifest(changed("apis:", "  spare: { domains: [spare.example.com] }\napis:"), "m.yaml");
    expect(warned.diagnostics.map(({ severity }) => severity)).toEqual(["warning"]);
    expect(warned.manifest).toBeDefined();
    expect(readManifest(changed("{}", "{ metadpata: 1 }"), "m.yaml").manifest).toBeUndefined();
  });
});

describe("a broken manifest", () => {
  test("everything is told at once, in the order of the text", () => {
    const text = changed("scopeId: 7f3k9q\n", "")
      .replace("    certificate: shop", "    certificat: shop")
      .replace("us-west-2", "us-wset-2");
    expect(places(`${text}retire: [x.example.org]\n`)).toEqual([
      "MISSING_SCOPE_ID 1:1",
      "UNKNOWN_KEY 10:5",
      "UNKNOWN_REGION 13:7",
      "OUTSIDE_ZONES 14:10",
    ]);
  });

  test("a part that cannot be read makes no other part wrong", () => {
    // The certificate's list is dropped for the number in it; the name must not be told that nothing covers it.
    expect(
      places(changed("[shop.example.com,", "[5, shop.example.com,").replace("    certificate: shop\n", "")),
    ).toEqual(["WRONG_TYPE 8:15"]);
    expect(places(changed("  example.com: {}", "  example..com: {}"))).toEqual(["BAD_DOMAIN_NAME 5:3"]);
  });

  test.each([
    [changed("    certificate: shop", "    certifcate: shop"), "Did you mean `certificate`?"],
    [changed("us-west-2", "us-wset-2"), "Did you mean `us-west-2`?"],
    [changed("certificate: shop", "certificate: shpo"), "Did you mean `shop`?"],
    [
      changed("  example.com: {}", "  exmaple.com: {}"),
      "Did you mean a name in `exmaple.com`? Otherwise add its hosted zone under `zones`.",
    ],
    [changed("7f3k9q", "7e1234"), "Put it in quotes."],
    [
      changed("scopeId: 7f3k9q\n", ""),
      "`signalbox init` writes one; or paste six new characters of a-z and 0-9, such as `scopeId: 7f3k9q`.",
    ],
  ])("the help is a way out (%#)", (text, help) => {
    expect(readManifest(text, "m.yaml").diagnostics.map((each) => each.help)).toContain(help);
  });

  test("a manifest that is too large is refused before it is parsed", () => {
    expect(places(`${good}#${" ".repeat(10 * 1024 * 1024)}`)).toEqual(["MANIFEST_TOO_LARGE 1:1"]);
  });

  test("aliases cannot blow a manifest up", () => {
    const lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"];
    for (let level = 1; level < 9; level += 1)
      lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(", ")}]`);
    expect(places(lines.join("\n"))).toEqual([expect.stringMatching(/^MANIFEST_TOO_LARGE [67]:/)]);
  });

  test.each([["[".repeat(50_000)], ["- ".repeat(50_000)], ["? ".repeat(50_000)], ["{a: ".repeat(50_000)]])(
    "deep nesting is refused (%#)",
    (text) => {
      expect(places(text)).toEqual([expect.stringMatching(/^YAML_TOO_DEEP 1:/)]);
    },
  );

  test("a chain of aliases is deep as well", () => {
    const lines = Array.from(
      { length: 200 },
      (_, index) => `a${index}: &a${index} [${index === 0 ? 1 : `*a${index - 1}`}]`,
    );
    expect(places(lines.join("\n"))).toEqual([expect.stringMatching(/^YAML_TOO_DEEP 10[0-9]:/)]);
  });
});

describe("the ways to write one manifest", () => {
  const plain = (text: string) => {
    const { manifest, diagnostics } = readManifest(text, "m.yaml");
    expect(diagnostics).toEqual([]);
    const { positions: _positions, ...rest } = manifest!;
    return rest;
  };
  const example = readFileSync("manifests/multi-region-api.yaml", "utf8");
  const value: unknown = parse(example);

  test.each([
    ["JSON on one line", JSON.stringify(value)],
    ["JSON on several lines", JSON.stringify(value, null, 2)],
    ["blocks only", stringify(value)],
    ["quotes everywhere", stringify(value, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "QUOTE_SINGLE" })],
    [
      "anchors and aliases",
      stringify({ ...(value as object), tags: undefined }).replace(/^zones:/m, "tags: &t { team: payments }\nzones:"),
    ],
    ["a byte order mark and Windows line ends", `\uFEFF${example.replaceAll("\n", "\r\n")}`],
  ])("%s", (_name, text) => {
    expect(plain(text)).toEqual(plain(example));
  });
});

describe("a large manifest", () => {
  const names = (count: number): string =>
    good.slice(0, good.indexOf("apis:")).replace("shop.example.com,", '"*.example.com",') +
    `apis:\n${Array.from({ length: count }, (_, index) => `  n${index}.example.com:\n    certificate: shop\n    regions:\n      us-east-1: { restApi: r${index}, stage: prod }\n`).join("")}`;

  test("is read by the quick reader, and whole", () => {
    const text = names(2_000);
    expect(readPlainYaml(text)).toBeDefined();
    expect(readManifest(text, "m.yaml").manifest?.apis).toHaveLength(2_000);
  });

  /** Counts what is looked at by looking: no clock. */
  const lookedAt = (count: number): number => {
    let looks = 0;
    const value = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`n${index}`, { routing: "latency" }]),
    );
    const counted = new Proxy(value, {
      get: (on, key): unknown => {
        looks += 1;
        return Reflect.get(on, key);
      },
    });
    matches({ apis: counted }, [
      ["apis", "*", "routing"],
      ["apis", "*", "record"],
    ]);
    return looks;
  };

  test("ten times the names are ten times the work", () => {
    expect(lookedAt(1_000)).toBeLessThanOrEqual(lookedAt(100) * 10);
  });
});

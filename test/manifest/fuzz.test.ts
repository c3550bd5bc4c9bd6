import { readFileSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderFrame } from "../../src/diagnostic/frame.ts";
import { readManifest } from "../../src/manifest/read.ts";
import { agrees } from "./agrees.ts";
import { piece } from "./mutations.ts";
import { good } from "./places.ts";

/** How long to look, in seconds: FUZZ_SECONDS. FUZZ_SEED repeats a run; every failure says its seed. */
const SECONDS = Number(process.env["FUZZ_SECONDS"] ?? 2);
const SEED = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);
/** Of CPU, for one text of a few kilobytes: hundreds of times what it should take, on however slow a machine. */
const CPU_SECONDS_MAX = 5;

const texts = [
  good,
  readFileSync("manifests/multi-region-api.yaml", "utf8"),
  readFileSync("manifests/routing.yaml", "utf8"),
  ...readdirSync("test/manifest/broken")
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => readFileSync(`test/manifest/broken/${file}`, "utf8")),
];

/** Whatever it is told, it must be told soon, in places that exist, and every time the same. */
function hold(text: string): void {
  const before = process.cpuUsage();
  const first = readManifest(text, "m.yaml");
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(CPU_SECONDS_MAX);
  const { diagnostics, manifest, source } = first;
  const lines = source.split("\n");
  for (const each of diagnostics) {
    const { line = 0, column = 0, endLine = 0, endColumn = 0 } = each.where ?? {};
    expect(line >= 1 && endLine >= line && endLine <= lines.length).toBe(true);
    expect(column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 1).toBe(true);
    expect(endColumn >= 1 && endColumn <= (lines[endLine - 1]?.length ?? 0) + 1).toBe(true);
    expect(each.help).toMatch(/\S/);
    expect(`${each.message}${each.help}`).not.toMatch(/[\p{Control}\p{Format}]/u);
    renderFrame(each, source);
  }
  expect(manifest === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
  expect(readManifest(text, "m.yaml").diagnostics).toEqual(diagnostics);
  agrees(text);
}

const real = fc.constantFrom(...texts);
const place = fc.double({ min: 0, max: 1, noNaN: true });
type Edit = (text: string) => string;

/** One change to a text: bytes turned, pieces cut out and put in, lines doubled and moved, two texts joined. */
const change: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(place, fc.nat(12), fc.array(piece, { maxLength: 3 })).map(([at, cut, put]): Edit => (text) => {
    const start = Math.floor(at * text.length);
    return text.slice(0, start) + put.join("") + text.slice(start + cut);
  }),
  fc.tuple(place, fc.nat(255)).map(([at, mask]): Edit => (text) => {
    const bytes = Buffer.from(text);
    const index = Math.floor(at * bytes.length);
    if (index < bytes.length) bytes[index] = (bytes[index] ?? 0) ^ mask;
    return bytes.toString("utf8");
  }),
  fc.tuple(place, place).map(([from, to]): Edit => (text) => {
    const lines = text.split("\n");
    const line = lines[Math.floor(from * lines.length)] ?? "";
    return lines.toSpliced(Math.floor(to * lines.length), 0, line).join("\n");
  }),
  fc.tuple(place, fc.integer({ min: -3, max: 5 })).map(([at, by]): Edit => (text) => {
    const lines = text.split("\n");
    const index = Math.floor(at * lines.length);
    const line = lines[index] ?? "";
    lines[index] = by < 0 ? line.slice(-by) : " ".repeat(by) + line;
    return lines.join("\n");
  }),
  fc.tuple(real, place, place).map(([other, from, at]): Edit => (text) => {
    return text.slice(0, Math.floor(at * text.length)) + other.slice(Math.floor(from * other.length));
  }),
  fc.constant<Edit>((text) => text.replaceAll("\n", "\r\n")),
);

const mutated = fc
  .tuple(real, fc.array(change, { minLength: 1, maxLength: 4 }))
  .map(([text, changes]) => changes.reduce((all, each) => each(all), text));

const anything = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString("utf8")),
  fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
  fc.string({ unit: "binary", maxLength: 200 }),
);

const sections = fc.constantFrom(
  "version",
  "name",
  "scopeId",
  "account",
  "tags",
  "accounts",
  "quotas",
  "zones",
  "certificates",
  "apis",
  "loadBalancers",
  "sites",
  "failover",
  "drain",
  "limits",
  "retire",
  "ignore",
  "other",
);
/** JSON of any shape under the keys of manifests, many levels down. */
const shaped = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.jsonValue({ maxDepth: 2 }),
    fc.array(tie("value"), { maxLength: 4 }),
    tie("mapping"),
  ),
  mapping: fc.dictionary(
    fc.oneof(
      fc.constantFrom(
        "shop.example.com",
        "*.example.com",
        "us-east-1",
        "regions",
        "mappings",
        "domains",
        "healthCheck",
        "certificate",
        "certificates",
        "names",
        "weight",
        "role",
        "restApi",
        "stage",
        "basePath",
        "routing",
        "record",
        "id",
      ),
      fc.string({ maxLength: 6 }),
    ),
    tie("value"),
    { maxKeys: 5 },
  ),
})).mapping;
const json = fc
  .dictionary(sections, fc.oneof(shaped, fc.jsonValue({ maxDepth: 4 })))
  .map((all) => JSON.stringify({ version: 1, name: "a", scopeId: "abc123", ...all }));

describe("no text breaks the reader", () => {
  test.each([
    ["manifests with something changed", mutated],
    ["bytes and pieces", anything],
    ["JSON under the keys of manifests", json],
  ])(`%s (seed ${SEED})`, (_name, arbitrary) => {
    fc.assert(fc.property(arbitrary, hold), {
      seed: SEED,
      numRuns: Number.MAX_SAFE_INTEGER,
      plugins: [fc.interruptAfterTimeLimit((SECONDS * 1_000) / 3)],
    });
  });
});

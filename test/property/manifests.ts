import * as fc from "fast-check";
import { readManifest } from "../../src/manifest/read.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";

/** A manifest as a document: what a user would write, as data. */
export interface Document {
  readonly version: 1;
  readonly name: string;
  readonly scopeId: string;
  readonly accounts: Readonly<Record<string, object>>;
  readonly zones: Readonly<Record<string, object>>;
  readonly certificates: Readonly<Record<string, CertificateDocument>>;
  readonly apis: Readonly<Record<string, ApiDocument>>;
  readonly retire?: readonly string[];
}

interface CertificateDocument {
  readonly domains: readonly string[];
  readonly keyAlgorithms: readonly string[];
}

interface ApiDocument {
  readonly certificate: string;
  readonly ipAddressType: string;
  readonly routing: string;
  readonly record?: string;
  readonly ttl?: number;
  readonly evaluateTargetHealth?: boolean;
  readonly healthCheck?: object;
  readonly regions: Readonly<
    Record<
      string,
      {
        readonly mappings: Readonly<Record<string, { readonly restApi: string; readonly stage: string }>>;
        readonly weight?: number;
        readonly role?: string;
      }
    >
  >;
}

/** Where one of the two zones is. */
export const DNS_ACCOUNT = "444455556666";
const REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1"];
const NAMES = ["shop.example.com", "api.example.com", "www.example.net", "*.deep.example.com"];

/** Ten characters, as API Gateway makes them; its own for each name and Region. */
const restApiOf = (name: string, region: string, variant: number): string =>
  `a${NAMES.indexOf(name)}r${REGIONS.indexOf(region)}v${variant}xxxx`;

const apiArbitrary = (name: string): fc.Arbitrary<ApiDocument> =>
  fc
    .record({
      regions: fc.subarray(REGIONS, { minLength: 1, maxLength: 3 }),
      shared: fc.boolean(),
      dualstack: fc.boolean(),
      evaluateTargetHealth: fc.boolean(),
      routing: fc.constantFrom("latency", "weighted", "failover", "simple"),
      ttl: fc.option(fc.constantFrom(30, 60, 600), { nil: undefined }),
      weights: fc.array(fc.constantFrom(0, 1, 10, 255), { minLength: 3, maxLength: 3 }),
      check: fc.option(
        fc.record({
          searchString: fc.option(fc.constantFrom("ok", "alive"), { nil: undefined }),
          intervalSeconds: fc.constantFrom(10, 30),
          failureThreshold: fc.integer({ min: 1, max: 10 }),
          gate: fc.constantFrom(true, false, "own"),
        }),
        { nil: undefined },
      ),
      paths: fc.uniqueArray(fc.constantFrom("v1", "v2", "(none)"), { minLength: 1, maxLength: 2 }),
      variant: fc.integer({ min: 0, max: 2 }),
      stage: fc.constantFrom("prod", "live"),
    })
    .map(({ shared, dualstack, check, paths, variant, stage, ...routed }) => ({
      certificate: shared ? "everything" : `own-${NAMES.indexOf(name)}`,
      ipAddressType: dualstack ? "dualstack" : "ipv4",
      ...recordsOf(routed),
      ...(check === undefined
        ? {}
        : { healthCheck: { host: "api", path: `/${stage}/health`, ...withoutUndefined(check) } }),
      regions: Object.fromEntries(
        rolesOf(routed).map(([region, role]) => [
          region,
          {
            ...role,
            mappings: Object.fromEntries(
              paths.map((path) => [path, { restApi: restApiOf(name, region, variant), stage }]),
            ),
          },
        ]),
      ),
    }));

interface Routed {
  readonly regions: readonly string[];
  readonly routing: string;
  readonly ttl: number | undefined;
  readonly weights: readonly number[];
  readonly evaluateTargetHealth: boolean;
}

/** One Region has no secondary. */
const policyOf = ({ routing, regions }: Routed): string =>
  routing === "failover" && regions.length < 2 ? "latency" : routing;

const recordsOf = (routed: Routed): Pick<ApiDocument, "routing" | "record" | "ttl" | "evaluateTargetHealth"> => ({
  routing: policyOf(routed),
  ...(routed.ttl === undefined ? { record: "alias" } : { record: "cname", ttl: routed.ttl }),
  ...(routed.ttl === undefined && policyOf(routed) !== "failover"
    ? { evaluateTargetHealth: routed.evaluateTargetHealth }
    : {}),
});

/** The Regions that the policy takes, each with what it says there. */
function rolesOf(routed: Routed): readonly (readonly [string, { readonly weight?: number; readonly role?: string }])[] {
  const { regions, weights } = routed;
  switch (policyOf(routed)) {
    case "weighted":
      // Not all of them 0.
      return regions.map((region, index) => [region, { weight: index === 0 ? 1 : (weights[index] ?? 0) }]);
    case "failover":
      return regions.slice(0, 2).map((region, index) => {
        const primary = (index + (weights[0] ?? 0)) % 2 === 0;
        return [region, { role: primary ? "primary" : "secondary" }];
      });
    case "simple":
      return regions.slice(0, 1).map((region) => [region, {}]);
    default:
      return regions.map((region) => [region, {}]);
  }
}

const withoutUndefined = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));

/** A valid manifest: one to three names in two zones, in one to three Regions each. */
export const documentArbitrary: fc.Arbitrary<Document> = fc
  .record({
    apis: fc
      .subarray(NAMES, { minLength: 1, maxLength: 3 })
      .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), apiArbitrary(name))))),
    keyAlgorithm: fc.constantFrom("RSA_2048", "EC_prime256v1"),
    extra: fc.boolean(),
    retire: fc.boolean(),
  })
  .map(({ apis, keyAlgorithm, extra, retire }) => documentOf(Object.fromEntries(apis), keyAlgorithm, extra, retire));

function documentOf(
  apis: Readonly<Record<string, ApiDocument>>,
  keyAlgorithm: string,
  extra: boolean,
  retire: boolean,
): Document {
  const used = new Set(Object.values(apis).map((api) => api.certificate));
  const own = NAMES.map(
    (name, index) =>
      [
        `own-${index}`,
        { domains: extra ? [name, name.replace("*.", "also.")] : [name], keyAlgorithms: [keyAlgorithm] },
      ] as const,
  );
  const all = [
    ["everything", { domains: extra ? [...NAMES, "more.example.com"] : NAMES, keyAlgorithms: [keyAlgorithm] }] as const,
    ...own,
  ];
  const unused = NAMES.filter((name) => apis[name] === undefined);
  return {
    version: 1,
    name: "property",
    scopeId: "abc123",
    accounts: { dns: { id: DNS_ACCOUNT, roleArn: `arn:aws:iam::${DNS_ACCOUNT}:role/signalbox` } },
    zones: { "example.com": {}, "example.net": { account: "dns" } },
    certificates: Object.fromEntries(
      all
        .filter(([label]) => used.has(label))
        .map(([label, { domains, keyAlgorithms }]) => [label, { domains: [...new Set(domains)], keyAlgorithms }]),
    ),
    apis,
    ...(retire && unused.length > 0 ? { retire: unused } : {}),
  };
}

/** The same document with the keys of every mapping in another order: `order` picks it. */
export function shuffled(value: unknown, order: number): unknown {
  if (Array.isArray(value)) return value.map((each) => shuffled(each, order));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => hash(a, order) - hash(b, order));
  return Object.fromEntries(entries.map(([key, member]) => [key, shuffled(member, order)]));
}

function hash(text: string, order: number): number {
  let value = order;
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return value;
}

/** Through the door, as a user's file would go. */
export function manifestOf(document: unknown): Manifest {
  const { manifest, diagnostics } = readManifest(JSON.stringify(document), "property.yaml");
  if (manifest === undefined) throw new Error(`the generator made a bad manifest: ${JSON.stringify(diagnostics)}`);
  return manifest;
}

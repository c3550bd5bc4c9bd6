import { suggester } from "../diagnostic/nearest.ts";
import type { Suggest } from "../diagnostic/nearest.ts";
import { asciiForm, display, parseDomainName } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { NO_PATH } from "../cloud/apigateway/base-path-mapping.ts";
import { certificateChoice } from "./certificate-choice.ts";
import type { Choose } from "./certificate-choice.ts";
import { hostNameProblem } from "./host-name.ts";
import type { Path } from "./located.ts";
import type { AccountSection, ApiRegion, HealthCheckSection, Limits } from "./manifest.ts";
import type { Report } from "./report.ts";
import type { ManifestParts, Shaped } from "./shape.ts";

/** A manifest on its way: names are domain names, defaults are filled in, and the rules have not spoken yet. */
export interface Draft {
  readonly name: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly accounts: readonly DraftAccount[];
  readonly quotas: readonly DraftQuota[];
  readonly zones: readonly DraftZone[];
  readonly certificates: readonly DraftCertificate[];
  readonly certificateByLabel: ReadonlyMap<string, DraftCertificate>;
  /** The names of all certificates. */
  readonly certificateNames: ReadonlySet<DomainName>;
  readonly apis: readonly DraftApi[];
  readonly drainMinimumSeconds: number;
  readonly limits: Limits;
  readonly retire: readonly PlacedName[];
  readonly sites: readonly PlacedName[];
  readonly loadBalancers: readonly DraftLoadBalancer[];
  /** As written, for rules of what is not built yet. */
  readonly file: ManifestParts;
  /** Sections (`apis`, …) of which a part could not be read: what is not found there may well be in the file. */
  readonly incomplete: ReadonlySet<string>;
  readonly nearest: Suggest;
}

interface Placed {
  readonly path: Path;
}

export interface PlacedName extends Placed {
  readonly name: DomainName;
}

export interface DraftAccount extends AccountSection, Placed {}

export interface DraftQuota extends Placed {
  /** As written: a label of `accounts`, or `default`. */
  readonly account: string;
  /** As written. */
  readonly key: string;
  readonly value: number;
}

interface DraftZone extends PlacedName {
  readonly id: string | undefined;
  /** As written: a label of `accounts`. */
  readonly account: string | undefined;
}

export interface DraftCertificate extends Placed {
  readonly label: string;
  /** As written. */
  readonly previousName: string | undefined;
  readonly domains: readonly PlacedName[];
  readonly names: ReadonlySet<DomainName>;
  readonly keyAlgorithms: readonly string[];
  readonly transparencyLogging: boolean;
}

export interface DraftLoadBalancer extends Placed {
  readonly label: string;
  readonly names: readonly PlacedName[];
}

export interface DraftApi extends PlacedName {
  /** As written. */
  readonly certificate: string | undefined;
  readonly previousName: PlacedName | undefined;
  /** The certificates that it may mean: in a good manifest, one. */
  readonly choices: readonly DraftCertificate[];
  readonly securityPolicy: string;
  readonly endpointAccessMode: string | undefined;
  readonly ipAddressType: "ipv4" | "dualstack";
  readonly routing: Routing;
  readonly record: "alias" | "cname";
  /** Seconds, of a CNAME. */
  readonly ttl: number;
  readonly evaluateTargetHealth: boolean;
  readonly healthCheck: HealthCheckSection | undefined;
  readonly regions: readonly DraftRegion[];
}

export type Routing = "latency" | "weighted" | "failover" | "simple";

export interface DraftRegion extends Placed {
  readonly region: string;
  readonly weight: number | undefined;
  readonly role: "primary" | "secondary" | undefined;
  /** As written. */
  readonly short: {
    readonly restApi?: string | undefined;
    readonly stage?: string | undefined;
    readonly basePath?: string | undefined;
  };
  readonly listed: boolean;
  /** In the order of base paths; only those that are complete. */
  readonly mappings: readonly (ApiRegion["mappings"][number] & Placed)[];
}

/** Reads the names and fills in the defaults. */
export function draft({ file, left }: Shaped, report: Report): Draft {
  const incomplete = new Set(left.map((path) => String(path[0] ?? "")));
  const read = (text: string, path: Path, on: "key" | "value", wildcard: boolean): DomainName | undefined => {
    const name = readName(text, wildcard);
    if (name.ok) return name.name;
    incomplete.add(String(path[0]));
    report({ code: name.code, message: `\`${text}\` ${name.problem}.`, help: meantName(text, wildcard) }, path, on);
    return undefined;
  };
  const requested = certificates(file, read);
  return {
    name: file.name,
    tags: file.tags ?? {},
    accounts: accounts(file),
    quotas: quotas(file),
    zones: zones(file, read),
    certificates: requested,
    certificateByLabel: new Map(requested.map((each) => [each.label, each])),
    certificateNames: new Set(requested.flatMap(({ names }) => [...names])),
    apis: apis(file, read, certificateChoice(requested)),
    drainMinimumSeconds: file.drain?.minimumSeconds ?? 900,
    limits: limits(file),
    retire: (file.retire ?? []).flatMap((text, index) =>
      placed(read(text, ["retire", index], "value", true), ["retire", index]),
    ),
    sites: Object.keys(file.sites ?? {}).flatMap((key) =>
      placed(read(key, ["sites", key], "key", true), ["sites", key]),
    ),
    loadBalancers: loadBalancers(file, read),
    file,
    incomplete,
    nearest: suggester(),
  };
}

function limits({ limits: given }: ManifestParts): Limits {
  return {
    deletePercent: given?.deletePercent ?? 30,
    updatePercent: given?.updatePercent ?? 30,
    deleteMax: given?.deleteMax ?? 10,
    regionsRemovedPerRun: given?.regionsRemovedPerRun ?? 1,
  };
}

type Read = (text: string, path: Path, on: "key" | "value", wildcard: boolean) => DomainName | undefined;

function readName(
  text: string,
  wildcard: boolean,
):
  | { readonly ok: true; readonly name: DomainName }
  | { readonly ok: false; readonly code: "BAD_DOMAIN_NAME" | "RESERVED_NAME"; readonly problem: string } {
  const parsed = parseDomainName(text);
  if (!parsed.ok) return { ok: false, code: "BAD_DOMAIN_NAME", problem: parsed.problem };
  if (parsed.name.startsWith("_signalbox"))
    return { ok: false, code: "RESERVED_NAME", problem: "is a name that markers have" };
  const problem = hostNameProblem(parsed.name, wildcard);
  return problem === undefined ? { ok: true, name: parsed.name } : { ok: false, code: "BAD_DOMAIN_NAME", problem };
}

/** What is left of a URL or of a name with a port is a name; one in other scripts has a form in ASCII; a wildcard has its place. */
function meantName(text: string, wildcard: boolean): string | undefined {
  const bare = /^(?:[a-z]+:\/\/)?([^\s/:]+)(?::[0-9]+)?(?:\/.*)?$/i.exec(text.trim())?.[1] ?? "";
  const meant = [bare, asciiForm(bare)].find((each) => each !== text && readName(each, wildcard).ok);
  if (meant !== undefined) return `Write \`${meant}\`.`;
  return wildcard && text.includes("*")
    ? "A wildcard is the whole leftmost label, and stands for one label: `*.example.com`."
    : undefined;
}

const placed = (name: DomainName | undefined, path: Path): readonly PlacedName[] =>
  name === undefined ? [] : [{ name, path }];

const accounts = (file: ManifestParts): Draft["accounts"] =>
  Object.entries(file.accounts ?? {}).map(([label, { id, roleArn, externalId }]) => ({
    label,
    id,
    roleArn,
    externalId,
    path: ["accounts", label],
  }));

const quotas = (file: ManifestParts): Draft["quotas"] =>
  Object.entries(file.quotas ?? {}).flatMap(([account, values]) =>
    Object.entries(values).map(([key, value]) => ({ account, key, value, path: ["quotas", account, key] })),
  );

function zones(file: ManifestParts, read: Read): Draft["zones"] {
  return Object.entries(file.zones ?? {}).flatMap(([key, zone]) => {
    const path = ["zones", key];
    return placed(read(key, path, "key", false), path).map((each) => ({
      ...each,
      id: zone?.id,
      account: zone?.account,
    }));
  });
}

function certificates(file: ManifestParts, read: Read): Draft["certificates"] {
  return Object.entries(file.certificates ?? {}).map(([label, section]) => {
    const domains = (section.domains ?? []).flatMap((text, index) => {
      const path = ["certificates", label, "domains", index];
      return placed(read(text, path, "value", true), path);
    });
    return {
      label,
      path: ["certificates", label],
      domains,
      names: new Set(domains.map(({ name }) => name)),
      previousName: section.previousName,
      keyAlgorithms: section.keyAlgorithms ?? ["RSA_2048"],
      transparencyLogging: section.transparencyLogging ?? true,
    };
  });
}

function loadBalancers(file: ManifestParts, read: Read): Draft["loadBalancers"] {
  return Object.entries(file.loadBalancers ?? {}).map(([label, { names }]) => ({
    label,
    path: ["loadBalancers", label],
    names: (names ?? []).flatMap((text, index) => {
      const path = ["loadBalancers", label, "names", index];
      return placed(read(text, path, "value", true), path);
    }),
  }));
}

/** Clients follow a Region that fails within a minute. Source: Route 53 Developer Guide, "Best practices for Route 53 DNS", checked 2026-11-24. */
const CNAME_TTL_SECONDS = 60;

type ApiFile = NonNullable<ManifestParts["apis"]>[string];

function apis(file: ManifestParts, read: Read, choose: Choose): Draft["apis"] {
  return Object.entries(file.apis ?? {}).flatMap(([key, section]) => {
    const path = ["apis", key];
    return placed(read(key, path, "key", true), path).map((each) => ({
      ...each,
      certificate: section.certificate,
      previousName: previousName(section.previousName, [...path, "previousName"], read),
      choices: choose(section.certificate, each.name),
      securityPolicy: section.securityPolicy ?? "TLS_1_2",
      endpointAccessMode: section.endpointAccessMode,
      ipAddressType: section.ipAddressType ?? "ipv4",
      routing: section.routing ?? "latency",
      record: section.record ?? "alias",
      ttl: section.ttl ?? CNAME_TTL_SECONDS,
      // What a failover alias needs, by the Route 53 API Reference (ResourceRecordSet, Failover, checked 2026-11-24).
      evaluateTargetHealth:
        section.evaluateTargetHealth ?? (section.routing === "failover" && section.record !== "cname"),
      healthCheck: healthCheck(section.healthCheck, path, read),
      regions: Object.entries(section.regions).map(([region, part]) =>
        draftRegion(region, part, [...path, "regions", region]),
      ),
    }));
  });
}

const previousName = (text: string | undefined, path: Path, read: Read): PlacedName | undefined =>
  text === undefined ? undefined : placed(read(text, path, "value", true), path)[0];

const gates = new Map<unknown, HealthCheckSection["gate"]>([
  [true, "shared"],
  ["own", "own"],
  [false, "none"],
]);

function healthCheck(section: ApiFile["healthCheck"], path: Path, read: Read): HealthCheckSection | undefined {
  // A host that is not built yet is refused by name elsewhere.
  if (section === undefined || section.host === "regional") return undefined;
  const host = section.host === "api" ? "api" : read(section.host, [...path, "healthCheck", "host"], "value", false);
  if (host === undefined) return undefined;
  return {
    host,
    path: section.path,
    searchString: section.searchString,
    intervalSeconds: section.intervalSeconds ?? 30,
    failureThreshold: section.failureThreshold ?? 3,
    gate: gates.get(section.gate) ?? "shared",
  };
}

function draftRegion(region: string, part: ApiFile["regions"][string], path: Path): DraftRegion {
  const { restApi, stage, basePath, mappings, weight, role } = part;
  const listed = Object.entries(mappings ?? {}).map(([key, mapping]) => ({
    ...mapping,
    basePath: key || NO_PATH,
    path: [...path, "mappings", key],
  }));
  const short =
    restApi === undefined || stage === undefined || mappings !== undefined
      ? []
      : [
          {
            restApi,
            stage,
            basePath: basePath === undefined || basePath === "" ? NO_PATH : basePath,
            path: basePath === undefined ? path : [...path, "basePath"],
          },
        ];
  return {
    region,
    path,
    weight,
    role,
    short: { restApi, stage, basePath },
    listed: mappings !== undefined,
    mappings: [...listed, ...short].toSorted((a, b) =>
      a.basePath < b.basePath ? -1 : a.basePath > b.basePath ? 1 : 0,
    ),
  };
}

/** For people: the name without its trailing dot, in quotes of code. */
export const quoted = (name: DomainName): string => `\`${display(name)}\``;

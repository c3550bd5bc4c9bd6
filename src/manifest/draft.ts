import { display, parseDomainName } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { NO_PATH } from "../cloud/apigateway/base-path-mapping.ts";
import { certificateChoice } from "./certificate-choice.ts";
import type { Choose } from "./certificate-choice.ts";
import { hostNameProblem } from "./host-name.ts";
import type { Path } from "./located.ts";
import type { ApiRegion, HealthCheckSection, Limits, ZoneSection } from "./manifest.ts";
import type { Report } from "./report.ts";
import type { ManifestParts, Shaped } from "./shape.ts";

/** A manifest on its way: names are domain names, defaults are filled in, and the rules have not spoken yet. */
export interface Draft {
  readonly name: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly zones: readonly (ZoneSection & Placed)[];
  readonly certificates: readonly DraftCertificate[];
  readonly apis: readonly DraftApi[];
  readonly drainMinimumSeconds: number;
  readonly limits: Limits;
  readonly retire: readonly PlacedName[];
  /** Sections (`apis`, …) of which a part could not be read: what is not found there may well be in the file. */
  readonly incomplete: ReadonlySet<string>;
}

interface Placed {
  readonly path: Path;
}

export interface PlacedName extends Placed {
  readonly name: DomainName;
}

export interface DraftCertificate extends Placed {
  readonly label: string;
  readonly domains: readonly PlacedName[];
  readonly keyAlgorithms: readonly string[];
  readonly transparencyLogging: boolean;
}

export interface DraftApi extends PlacedName {
  /** As written. */
  readonly certificate: string | undefined;
  /** The certificates that it may mean: in a good manifest, one. */
  readonly choices: readonly DraftCertificate[];
  readonly securityPolicy: string;
  readonly endpointAccessMode: string | undefined;
  readonly ipAddressType: "ipv4" | "dualstack";
  readonly evaluateTargetHealth: boolean;
  readonly healthCheck: HealthCheckSection | undefined;
  readonly regions: readonly DraftRegion[];
}

export interface DraftRegion extends Placed {
  readonly region: string;
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
    report({ code: name.code, message: `\`${text}\` ${name.problem}.` }, path, on);
    return undefined;
  };
  const requested = certificates(file, read);
  return {
    name: file.name,
    tags: file.tags ?? {},
    zones: zones(file, read),
    certificates: requested,
    apis: apis(file, read, certificateChoice(requested)),
    drainMinimumSeconds: file.drain?.minimumSeconds ?? 900,
    limits: limits(file),
    retire: (file.retire ?? []).flatMap((text, index) =>
      placed(read(text, ["retire", index], "value", true), ["retire", index]),
    ),
    incomplete,
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

const placed = (name: DomainName | undefined, path: Path): readonly PlacedName[] =>
  name === undefined ? [] : [{ name, path }];

function zones(file: ManifestParts, read: Read): Draft["zones"] {
  return Object.entries(file.zones ?? {}).flatMap(([key, zone]) => {
    const path = ["zones", key];
    return placed(read(key, path, "key", false), path).map((each) => ({ ...each, id: zone?.id }));
  });
}

function certificates(file: ManifestParts, read: Read): Draft["certificates"] {
  return Object.entries(file.certificates ?? {}).map(([label, section]) => ({
    label,
    path: ["certificates", label],
    domains: (section.domains ?? []).flatMap((text, index) => {
      const path = ["certificates", label, "domains", index];
      return placed(read(text, path, "value", true), path);
    }),
    keyAlgorithms: section.keyAlgorithms ?? ["RSA_2048"],
    transparencyLogging: section.transparencyLogging ?? true,
  }));
}

type ApiFile = NonNullable<ManifestParts["apis"]>[string];

function apis(file: ManifestParts, read: Read, choose: Choose): Draft["apis"] {
  return Object.entries(file.apis ?? {}).flatMap(([key, section]) => {
    const path = ["apis", key];
    return placed(read(key, path, "key", true), path).map((each) => ({
      ...each,
      certificate: section.certificate,
      choices: choose(section.certificate, each.name),
      securityPolicy: section.securityPolicy ?? "TLS_1_2",
      endpointAccessMode: section.endpointAccessMode,
      ipAddressType: section.ipAddressType ?? "ipv4",
      evaluateTargetHealth: section.evaluateTargetHealth ?? false,
      healthCheck: healthCheck(section.healthCheck, path, read),
      regions: Object.entries(section.regions).map(([region, part]) =>
        draftRegion(region, part, [...path, "regions", region]),
      ),
    }));
  });
}

const gates = new Map<unknown, HealthCheckSection["gate"]>([
  [true, "shared"],
  ["own", "own"],
  [false, "none"],
]);

function healthCheck(section: ApiFile["healthCheck"], path: Path, read: Read): HealthCheckSection | undefined {
  if (section === undefined) return undefined;
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
  const { restApi, stage, basePath, mappings } = part;
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
    short: { restApi, stage, basePath },
    listed: mappings !== undefined,
    mappings: [...listed, ...short].toSorted((a, b) =>
      a.basePath < b.basePath ? -1 : a.basePath > b.basePath ? 1 : 0,
    ),
  };
}

/** For people: the name without its trailing dot, in quotes of code. */
export const quoted = (name: DomainName): string => `\`${display(name)}\``;

import type { Diagnostic, Position } from "../diagnostic/diagnostic.ts";
import { hasErrors, sortDiagnostics } from "../diagnostic/sort.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { longestZone } from "../dns/zone-match.ts";
import { check } from "./check.ts";
import { draft } from "./draft.ts";
import type { Draft, DraftApi } from "./draft.ts";
import { locate } from "./located.ts";
import type { Located, Path } from "./located.ts";
import type { ApiSection, Manifest } from "./manifest.ts";
import { refuseNotBuilt } from "./not-built.ts";
import { reporter } from "./report.ts";
import { readShape } from "./shape.ts";
import type { ManifestParts } from "./shape.ts";
import { sourceText } from "./source-text.ts";
import type { SourceText } from "./source-text.ts";
import { unreadable } from "./text.ts";
import { readYaml } from "./yaml.ts";

/** A manifest, when it has no error; everything there is to say about it, by position; and the text that positions point into. */
export interface ManifestReading {
  readonly manifest: Manifest | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly source: string;
}

/** Reads a manifest's text, YAML or JSON. Reports everything that is wrong, not only the first; never throws on a text. */
export function readManifest(text: string, file: string): ManifestReading {
  const source = sourceText(text, file);
  const problem = unreadable(source);
  if (problem !== undefined) return { manifest: undefined, diagnostics: [problem], source: source.text };
  const { tree, diagnostics } = readYaml(source);
  if (tree === undefined)
    return { manifest: undefined, diagnostics: sortDiagnostics(diagnostics), source: source.text };
  const all = [...diagnostics];
  const report = reporter(source, tree.located, all);
  const notBuilt = refuseNotBuilt(tree.value, report);
  const shaped = readShape(tree.value, report);
  const drafted = draft({ file: shaped.file, left: [...notBuilt, ...shaped.left] }, report);
  check(drafted, report);
  const manifest = hasErrors(all) ? undefined : finished(drafted, shaped.file, source, tree.located);
  return { manifest, diagnostics: sortDiagnostics(all), source: source.text };
}

/** Only for a draft that every rule accepts. */
function finished(from: Draft, file: ManifestParts, source: SourceText, root: Located): Manifest {
  const { name, scopeId } = file;
  if (name === undefined || scopeId === undefined) throw new Error("an accepted manifest has a name and a scope");
  const zones = new Map(from.zones.map((zone) => [zone.name, zone.name]));
  return {
    file: source.file,
    name,
    scopeId,
    account: file.account,
    tags: from.tags,
    zones: by(from.zones, (zone) => zone.name).map((zone) => ({ name: zone.name, id: zone.id })),
    certificates: by(from.certificates, (certificate) => certificate.label).map(({ path: _path, ...certificate }) => ({
      ...certificate,
      domains: certificate.domains.map((domain) => domain.name),
    })),
    apis: by(from.apis, (api) => api.name).map((api) => section(api, zones)),
    drainMinimumSeconds: from.drainMinimumSeconds,
    limits: from.limits,
    retire: by(from.retire, (each) => each.name).map((each) => each.name),
    positions: positions(from, source, root),
  };
}

function section(api: DraftApi, zones: ReadonlyMap<DomainName, DomainName>): ApiSection {
  const { path: _path, certificate: _written, choices, ...rest } = api;
  const zone = longestZone(api.name, zones);
  const [certificate] = choices;
  if (zone === undefined || certificate === undefined)
    throw new Error(`an accepted name has a zone and a certificate: ${api.name}`);
  return {
    ...rest,
    zone,
    certificate: certificate.label,
    regions: by(api.regions, (each) => each.region).map((each) => ({
      region: each.region,
      mappings: each.mappings.map(({ basePath, restApi, stage }) => ({ basePath, restApi, stage })),
    })),
  };
}

function by<T>(list: readonly T[], key: (item: T) => string): readonly T[] {
  return list.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function positions(from: Draft, source: SourceText, root: Located): ReadonlyMap<string, Position> {
  const found = new Map<string, Position>();
  const add = (key: string, path: Path): void => void found.set(key, source.position(locate(root, path).at.key));
  if (root.entries.has("account")) add("account", ["account"]);
  for (const { name, path } of from.zones) add(`zones/${name}`, path);
  for (const { label, path } of from.certificates) add(`certificates/${label}`, path);
  for (const { name, path } of from.retire) add(`retire/${name}`, path);
  for (const { name, path, regions } of from.apis) {
    add(`apis/${name}`, path);
    for (const part of regions) add(`apis/${name}/regions/${part.region}`, part.path);
  }
  return found;
}

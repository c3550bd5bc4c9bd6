import type { AccountId } from "../cloud/call.ts";
import { isQuotaKey } from "../cloud/quotas.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { hasErrors, sortDiagnostics } from "../diagnostic/sort.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { longestZone } from "../dns/zone-match.ts";
import { check } from "./check.ts";
import { AMBIENT_LABEL } from "./check-accounts.ts";
import { draft } from "./draft.ts";
import type { Draft, DraftApi } from "./draft.ts";
import type { Located } from "./located.ts";
import type { ApiSection, Manifest, RoutingSection } from "./manifest.ts";
import { refuseNotBuilt } from "./not-built.ts";
import { positionsOf } from "./positions.ts";
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
  const report = reporter(source, tree, all);
  const notBuilt = refuseNotBuilt(tree.value, report);
  const shaped = readShape(tree.value, report);
  const drafted = draft({ file: shaped.file, left: [...notBuilt, ...shaped.left] }, report);
  check(drafted, report);
  const manifest = hasErrors(all) ? undefined : finished(drafted, shaped.file, source, tree);
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
    accounts: by(from.accounts, (account) => account.label).map(({ path: _path, ...account }) => account),
    quotas: quotas(from),
    zones: by(from.zones, (zone) => zone.name).map(({ name: zone, id, account }) => ({
      name: zone,
      account: account === undefined ? undefined : accountId(from, account),
      id,
    })),
    certificates: by(from.certificates, (certificate) => certificate.label).map(
      ({ label, previousName, domains, keyAlgorithms, transparencyLogging }) => ({
        label,
        ...(previousName === undefined ? {} : { previousName }),
        domains: domains.map((domain) => domain.name),
        keyAlgorithms,
        transparencyLogging,
      }),
    ),
    apis: by(from.apis, (api) => api.name).map((api) => section(api, zones)),
    drainMinimumSeconds: from.drainMinimumSeconds,
    limits: from.limits,
    retire: by(from.retire, (each) => each.name).map((each) => each.name),
    positions: positionsOf(from, source, root),
  };
}

/** Only for a label that is known. */
function accountId({ accounts }: Draft, label: string): AccountId {
  const id = accounts.find((each) => each.label === label)?.id;
  if (id === undefined) throw new Error(`an accepted manifest has the account ${label}`);
  return id;
}

const quotas = (from: Draft): Manifest["quotas"] =>
  by(from.quotas, ({ account, key }) => `${account} ${key}`).flatMap(({ account, key, value }) =>
    isQuotaKey(key) ? [{ account: account === AMBIENT_LABEL ? undefined : accountId(from, account), key, value }] : [],
  );

function section(api: DraftApi, zones: ReadonlyMap<DomainName, DomainName>): ApiSection {
  const zone = longestZone(api.name, zones);
  const [certificate] = api.choices;
  if (zone === undefined || certificate === undefined)
    throw new Error(`an accepted name has a zone and a certificate: ${api.name}`);
  return {
    name: api.name,
    ...(api.previousName === undefined ? {} : { previousName: api.previousName.name }),
    zone,
    certificate: certificate.label,
    securityPolicy: api.securityPolicy,
    endpointAccessMode: api.endpointAccessMode,
    ipAddressType: api.ipAddressType,
    routing: routing(api),
    cnameTtl: api.record === "cname" ? api.ttl : undefined,
    evaluateTargetHealth: api.evaluateTargetHealth,
    healthCheck: api.healthCheck,
    regions: by(api.regions, (each) => each.region).map((each) => ({
      region: each.region,
      mappings: each.mappings.map(({ basePath, restApi, stage }) => ({ basePath, restApi, stage })),
    })),
  };
}

/** Weights and roles are there, and only where the policy has them. */
function routing({ routing: policy, regions }: DraftApi): RoutingSection {
  switch (policy) {
    case "weighted":
      return {
        policy,
        weights: Object.fromEntries(
          by(regions, (each) => each.region).map(({ region, weight }) => [region, weight ?? 0]),
        ),
      };
    case "failover": {
      const primary = regions.find(({ role }) => role === "primary");
      if (primary === undefined) throw new Error("an accepted failover name has a primary Region");
      return { policy, primary: primary.region };
    }
    default:
      return { policy };
  }
}

function by<T>(list: readonly T[], key: (item: T) => string): readonly T[] {
  return list.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

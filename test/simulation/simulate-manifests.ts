import type { Manifest } from "../../src/manifest/manifest.ts";
import { DNS_ACCOUNT, manifestOf } from "../property/manifests.ts";
import type { Document } from "../property/manifests.ts";
import type { Chance } from "./simulate-random.ts";

/** What one version of the manifest says of one name, small enough to change at random. */
export interface NameVersion {
  readonly name: string;
  readonly regions: readonly string[];
  readonly check: { readonly interval: number; readonly threshold: number; readonly gate: boolean | "own" } | undefined;
  readonly ownCertificate: boolean;
  readonly dualstack: boolean;
  readonly evaluateTargetHealth: boolean;
  readonly variant: number;
  readonly paths: readonly string[];
  /** Where the policy does not go with the Regions and the check, it is latency. */
  readonly routing: Routing;
}

export type Routing = "latency" | "weighted" | "failover" | "simple";

/** One version of the manifest. Names in neither list are orphans where they stand. */
export interface Version {
  readonly names: readonly NameVersion[];
  readonly retire: readonly string[];
  readonly keyAlgorithm: string;
  readonly extra: boolean;
  /** All names stand before the REST APIs of the first of all, and share their checks. */
  readonly sharing: boolean;
}

export const OWNER = { manifest: "property", scope: "abc123" };
export const NAMES = ["shop.example.com", "www.example.net", "*.deep.example.com"];
const REGIONS = ["us-east-1", "us-west-2", "eu-west-1"];
const [EAST, WEST, BOTH] = [REGIONS.slice(0, 1), REGIONS.slice(1, 2), REGIONS.slice(0, 2)];
const STAGE = "prod";
const FIRST = "shop.example.com";

/** A name and a Region have a REST API of their own, in three variants. */
const restApiOf = (name: string, region: string, variant: number): string =>
  `a${String(NAMES.indexOf(name))}r${String(REGIONS.indexOf(region))}v${String(variant)}xxxx`;

/** A name with all that the version as a whole says of it. */
export interface NameWanted extends NameVersion {
  /** The name whose REST APIs it stands before. */
  readonly api: string;
}

/** Names that share an endpoint's check say the same of it. */
export const wantedNames = ({ names, sharing }: Version): readonly NameWanted[] =>
  names.map((each) => {
    const like = sharing ? (names[0] ?? each) : each;
    const { variant, check } = like;
    const own = { ...each, variant, check, api: sharing ? FIRST : each.name };
    const routing = routingOf(own);
    return { ...own, routing, evaluateTargetHealth: own.evaluateTargetHealth || routing === "failover" };
  });

function routingOf({ routing, regions, check }: NameVersion): Routing {
  const goes = { latency: true, weighted: true, failover: regions.length === 2 && check !== undefined };
  const simple = regions.length === 1 && check === undefined;
  return { ...goes, simple }[routing] ? routing : "latency";
}

export const mappingsOf = (each: NameWanted, region: string): readonly string[] =>
  each.paths.map((path) => `${path}=${restApiOf(each.api, region, each.variant)}/${STAGE}`);

export function firstVersion(chance: Chance): Version {
  const count = chance.pick([1, 1, 1, 1, 1, 1, 1, 2, 2, 3]);
  const names = NAMES.slice(0, count);
  return {
    names: names.map((name) => anyName(name, chance)),
    retire: [],
    keyAlgorithm: "RSA_2048",
    extra: false,
    sharing: chance.happens(0.4),
  };
}

function anyName(name: string, chance: Chance): NameVersion {
  return {
    name,
    regions: chance.pick([EAST, WEST, BOTH, BOTH, BOTH, BOTH, BOTH, REGIONS]),
    check: anyCheck(chance),
    ownCertificate: chance.happens(0.5),
    dualstack: chance.happens(0.15),
    evaluateTargetHealth: chance.happens(0.3),
    variant: chance.integer(0, 2),
    paths: chance.pick([["v1"], ["v1"], ["(none)"], ["v1", "v2"]]),
    routing: chance.pick(["latency", "latency", "latency", "weighted", "failover", "simple"]),
  };
}

const anyCheck = (chance: Chance): NameVersion["check"] =>
  chance.happens(0.4)
    ? undefined
    : {
        interval: chance.pick([10, 30]),
        threshold: chance.integer(2, 4),
        gate: chance.pick([true, true, false, "own"]),
      };

/** The next version: one to three things are other than they were. */
export function changed(version: Version, chance: Chance): Version {
  let next = version;
  for (let times = chance.pick([1, 1, 2]); times > 0; times--) next = changedOnce(next, chance);
  return next;
}

const WHOLE = 0.3;

function changedOnce(version: Version, chance: Chance): Version {
  if (chance.happens(WHOLE)) return changedAsAWhole(version, chance);
  const { name } = chance.pick(version.names);
  return {
    ...version,
    names: version.names.map((each) => (each.name === name ? { ...each, ...changedField(each, chance) } : each)),
  };
}

function changedField(each: NameVersion, chance: Chance): Partial<NameVersion> {
  return chance.pick<() => Partial<NameVersion>>([
    () => ({ regions: otherRegions(each.regions, chance) }),
    () => ({ regions: otherRegions(each.regions, chance) }),
    () => ({ regions: otherRegions(each.regions, chance) }),
    () => ({ regions: otherRegions(each.regions, chance) }),
    () => ({ check: anyCheck(chance) }),
    () => ({ check: anyCheck(chance) }),
    () => ({ ownCertificate: !each.ownCertificate }),
    () => ({ dualstack: !each.dualstack }),
    () => ({ evaluateTargetHealth: !each.evaluateTargetHealth }),
    () => ({ variant: (each.variant + 1) % 3 }),
    () => ({ paths: chance.pick([["v1"], ["(none)"], ["v1", "v2"], ["v2"]]) }),
    () => ({ routing: chance.pick(["latency", "weighted", "failover", "simple"]) }),
  ])();
}

function otherRegions(regions: readonly string[], chance: Chance): readonly string[] {
  if (regions.length > 2 && chance.happens(0.5)) return [chance.pick(regions)];
  const flipped = chance.pick(REGIONS.slice(0, chance.happens(0.9) ? 2 : 3));
  const next = REGIONS.filter((each) => regions.includes(each) !== (each === flipped));
  return next.length === 0 ? [chance.pick(REGIONS.filter((each) => !regions.includes(each)))] : next;
}

function changedAsAWhole(version: Version, chance: Chance): Version {
  const there = new Set(version.names.map((each) => each.name));
  const free = NAMES.filter((name) => !there.has(name));
  return chance.pick<() => Version>([
    () => ({ ...version, keyAlgorithm: version.keyAlgorithm === "RSA_2048" ? "EC_prime256v1" : "RSA_2048" }),
    () => ({ ...version, extra: !version.extra }),
    () => ({ ...version, sharing: !version.sharing }),
    () => {
      const [name] = free;
      return name === undefined
        ? version
        : {
            ...version,
            names: [...version.names, anyName(name, chance)],
            retire: version.retire.filter((each) => each !== name),
          };
    },
    () => without(version, chance, true),
    () => without(version, chance, true),
    () => without(version, chance, false),
  ])();
}

/** One name fewer: retired, or just no longer spoken of. One name stays always. */
function without(version: Version, chance: Chance, retired: boolean): Version {
  if (version.names.length < 2) return version;
  const { name } = chance.pick(version.names);
  return {
    ...version,
    names: version.names.filter((each) => each.name !== name),
    retire: retired ? [...version.retire, name] : version.retire,
  };
}

/**
 * The same manifest with every name and Region that any of the versions has, but for those that are to be left alone:
 * it looks wherever something may have been left.
 */
export function widest(version: Version, others: readonly Version[], leave: readonly string[]): Version {
  const all = new Map<string, NameVersion>();
  for (const each of [...others, version].flatMap(({ names }) => names)) {
    const regions = new Set([...(all.get(each.name)?.regions ?? []), ...each.regions]);
    all.set(each.name, { ...each, regions: REGIONS.filter((region) => regions.has(region)) });
  }
  return { ...version, names: [...all.values()].filter(({ name }) => !leave.includes(name)), retire: [] };
}

/** The same, and names that it does not speak of go out of service. */
export const retiring = (version: Version, names: readonly string[]): Version => ({
  ...version,
  retire: [...new Set([...version.retire, ...names])].filter((name) =>
    version.names.every((each) => each.name !== name),
  ),
});

export const certificateOf = (each: NameVersion): string =>
  each.ownCertificate ? `own-${String(NAMES.indexOf(each.name))}` : "everything";

export const domainsOf = (label: string, { extra }: Version): readonly string[] => {
  if (label === "everything") return extra ? [...NAMES, "more.example.com"] : NAMES;
  const name = NAMES[Number(label.replace("own-", ""))] ?? "";
  return extra ? [...new Set([name, name.replace("*.", "also.")])] : [name];
};

function documentOf(version: Version): Document {
  const labels = [...new Set(version.names.map(certificateOf))];
  return {
    version: 1,
    name: OWNER.manifest,
    scopeId: OWNER.scope,
    accounts: { dns: { id: DNS_ACCOUNT, roleArn: `arn:aws:iam::${DNS_ACCOUNT}:role/signalbox` } },
    zones: { "example.com": {}, "example.net": { account: "dns" } },
    certificates: Object.fromEntries(
      labels.map((label) => [label, { domains: domainsOf(label, version), keyAlgorithms: [version.keyAlgorithm] }]),
    ),
    apis: Object.fromEntries(wantedNames(version).map((each) => [each.name, apiOf(each)])),
    ...(version.retire.length > 0 ? { retire: version.retire } : {}),
  };
}

const apiOf = (each: NameWanted): Document["apis"][string] => ({
  certificate: certificateOf(each),
  routing: each.routing,
  record: "alias",
  ipAddressType: each.dualstack ? "dualstack" : "ipv4",
  evaluateTargetHealth: each.evaluateTargetHealth,
  ...(each.check === undefined
    ? {}
    : {
        healthCheck: {
          host: "api",
          path: `/${STAGE}/health`,
          intervalSeconds: each.check.interval,
          failureThreshold: each.check.threshold,
          gate: each.check.gate,
        },
      }),
  regions: Object.fromEntries(
    each.regions.map((region, index) => [
      region,
      {
        mappings: Object.fromEntries(
          each.paths.map((path) => [path, { restApi: restApiOf(each.api, region, each.variant), stage: STAGE }]),
        ),
        ...(each.routing === "weighted" ? { weight: 100 - 10 * index } : {}),
        ...(each.routing === "failover" ? { role: index === 0 ? "primary" : "secondary" } : {}),
      },
    ]),
  ),
});

const read = new Map<string, Manifest>();
const READ_MAX = 500;

/** Through the door, as a user's file would go. */
export function manifestOfVersion(version: Version): Manifest {
  const document = documentOf(version);
  const key = JSON.stringify(document);
  const known = read.get(key) ?? manifestOf(document);
  if (read.size >= READ_MAX) read.clear();
  read.set(key, known);
  return known;
}

/** All that any manifest of the simulation may refer to: REST APIs are not ours, so all of them are there. */
export const everyRestApi = NAMES.flatMap((name) =>
  REGIONS.flatMap((region) =>
    [0, 1, 2].map((variant) => ({ region, id: restApiOf(name, region, variant), stages: [STAGE] })),
  ),
);

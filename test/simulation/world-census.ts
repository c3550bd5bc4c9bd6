import type { ApiDomain, Certificate, Cloud, HealthCheck, RecordSet } from "../../src/cloud/cloud.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { DomainName } from "../../src/dns/domain-name.ts";
import { MAPPING_TARGET, parseMarker } from "../../src/resource/marker.ts";
import { DNS_ACCOUNT } from "../property/manifests.ts";
import { ACCOUNT } from "../world/world.ts";
import { NAMES, OWNER, certificateOf, domainsOf, mappingsOf, wantedNames } from "./simulate-manifests.ts";
import type { Version } from "./simulate-manifests.ts";
import { answersOf, regionOfAnswer } from "./world-answers.ts";

/** Things by what they are, with how many of each: counted from AWS, and counted from the manifest alone. */
type Count = ReadonlyMap<string, number>;

/** What is of ours and the manifest does not want. What orphaned names use is kept by promise, and not counted. */
export const surplusIn = (cloud: Cloud, version: Version): readonly string[] =>
  inNames(cloud, version).filter((each) => each.startsWith("too many"));

/** Everything in which the estate is not what the manifest says. */
export const amiss = (cloud: Cloud, version: Version): readonly string[] => [
  ...inNames(cloud, version),
  ...entriesIn(cloud, version),
];

const inNames = (cloud: Cloud, version: Version): readonly string[] => {
  const left = orphans(version, cloud);
  const mayShare = (each: string): boolean => left.length > 0 && /: (certificate|check|gate)/u.test(each);
  return differences(thereIs(cloud, left.map(domainName)), wantedBy(version)).filter((each) => !mayShare(each));
};

function* differencesOf(there: Count, wanted: Count): Generator<string> {
  for (const what of new Set([...there.keys(), ...wanted.keys()])) {
    const [is, should] = [there.get(what) ?? 0, wanted.get(what) ?? 0];
    if (is > should) yield `too many (${String(is)}, not ${String(should)}): ${what}`;
    if (is < should) yield `too few (${String(is)}, not ${String(should)}): ${what}`;
  }
}

const differences = (there: Count, wanted: Count): readonly string[] => [...differencesOf(there, wanted)];

const counted = (things: readonly string[]): Count => {
  const count = new Map<string, number>();
  for (const each of things) count.set(each, (count.get(each) ?? 0) + 1);
  return count;
};

/** Names of ours that are neither wanted nor retired: they and what they stand on are left alone. */
export function orphans(version: Version, cloud: Cloud): readonly string[] {
  const known = new Set([...version.names.map(({ name }) => name), ...version.retire]);
  const marked = new Set(recordsIn(cloud).map(({ Name }) => nameOfMarker(Name)));
  return NAMES.filter((name) => !known.has(name) && marked.has(name));
}

const nameOfMarker = (name: string): string =>
  name.startsWith("_signalbox.") ? name.slice("_signalbox.".length, -1).replace("_wildcard.", "*.") : "";

const recordsIn = (cloud: Cloud): readonly RecordSet[] =>
  [...cloud.accounts].flatMap(({ zones }) => [...zones].flatMap((zone) => [...zone.recordSets]));

function wantedBy(version: Version): Count {
  const things: string[] = [];
  const certificates = new Set<string>();
  const shared = new Set<string>();
  for (const each of wantedNames(version)) {
    for (const region of each.regions) {
      for (const type of each.dualstack ? ["A", "AAAA"] : ["A"]) things.push(`record ${type} ${each.name} ${region}`);
      things.push(`domain ${each.name} ${region} ${mappingsOf(each, region).toSorted().join(" ")}`);
      certificates.add(
        `certificate ${region} ${version.keyAlgorithm} ${[...domainsOf(certificateOf(each), version)].toSorted().join(" ")}`,
      );
      if (each.check === undefined) continue;
      const top = `${accountOf(each.name)} ${each.api} ${region}`;
      if (each.check.gate !== "own" && shared.has(top)) continue;
      if (each.check.gate !== "own") shared.add(top);
      things.push(`check ${String(each.check.interval)}`);
      if (each.check.gate !== false) things.push("gate");
    }
  }
  return counted([...things, ...certificates]);
}

/** Checks are in the account of the zone of their name. */
const accountOf = (name: string): string => (name.endsWith("example.net") ? DNS_ACCOUNT : ACCOUNT);

function thereIs(cloud: Cloud, left: readonly DomainName[]): Count {
  const account = cloud.accounts.get(ACCOUNT);
  const regions = [...(account?.regions ?? [])];
  return counted([
    ...NAMES.filter((name) => !left.includes(domainName(name))).flatMap((name) =>
      answersOf(cloud, domainName(name)).map((record) => `record ${record.Type} ${name} ${regionOfAnswer(record)}`),
    ),
    ...regions.flatMap(({ region, domains }) =>
      [...domains]
        .filter((each) => isOurs(each.tags) && !left.includes(each.name))
        .map((each) => domainText(each, region)),
    ),
    ...regions.flatMap(({ region, certificates }) =>
      [...certificates].filter((each) => isOurs(each.tags)).map((each) => certificateText(each, region)),
    ),
    ...[...cloud.accounts].flatMap(({ healthChecks }) =>
      [...healthChecks].filter((each) => isOurCheck(each)).map(checkText),
    ),
  ]);
}

const isOurs = (tags: Readonly<Record<string, string>> | undefined): boolean =>
  tags?.["signalbox:manifest"] === OWNER.manifest && tags["signalbox:scope"] === OWNER.scope;

const isOurCheck = ({ CallerReference }: HealthCheck): boolean => CallerReference.startsWith(`sb1.${OWNER.manifest}.`);

const domainText = ({ name, mappings }: ApiDomain, region: string): string =>
  `domain ${name.slice(0, -1)} ${region} ${[...(mappings ?? [])]
    .map((each) => `${each.basePath}=${each.restApiId}/${each.stage ?? ""}`)
    .toSorted()
    .join(" ")}`;

const certificateText = ({ keyAlgorithm, domains }: Certificate, region: string): string =>
  `certificate ${region} ${keyAlgorithm} ${domains
    .map((each) => each.slice(0, -1))
    .toSorted()
    .join(" ")}`;

const checkText = ({ HealthCheckConfig: config }: HealthCheck): string =>
  config.Type === "CALCULATED" ? "gate" : `check ${String(config.RequestInterval ?? 0)}`;

/** Names whose marker still has something on its way to deletion, and retired names that still have a marker. */
function entriesIn(cloud: Cloud, version: Version): readonly string[] {
  const left = orphans(version, cloud);
  return recordsIn(cloud).flatMap((record) => {
    const marker = record.Type === "TXT" ? parseMarker(record) : undefined;
    if (marker?.manifest !== OWNER.manifest) return [];
    const name = nameOfMarker(record.Name);
    if (left.includes(name)) return [];
    if (version.retire.includes(name)) return [`the marker of the retired ${name} is still there`];
    return marker.entries
      .filter(({ target }) => !target.startsWith(MAPPING_TARGET))
      .map(({ target }) => `${name} still has ${target} condemned`);
  });
}

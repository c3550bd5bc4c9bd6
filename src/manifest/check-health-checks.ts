import { BATCH_VALUE_CHARACTERS_MAX } from "../cloud/route53/limits.ts";
import { covers } from "../tls/coverage.ts";
import { longestZone } from "../dns/zone-match.ts";
import { quoted } from "./draft.ts";
import type { Draft, DraftApi, DraftRegion } from "./draft.ts";
import type { HealthCheckSection } from "./manifest.ts";
import type { Report } from "./report.ts";

export function hostIsNotTheName({ apis }: Draft, report: Report): void {
  for (const { name, healthCheck, path } of apis) {
    if (healthCheck === undefined || healthCheck.host === "api" || !covers(name, healthCheck.host)) continue;
    const message = `The health check asks ${quoted(healthCheck.host)}, the name that all Regions answer for.`;
    report({ code: "HEALTH_CHECK_HOST", message, help: "Use `host: api`, each Region's own REST API." }, [
      ...path,
      "healthCheck",
      "host",
    ]);
  }
}

export function pathHasStage({ apis }: Draft, report: Report): void {
  for (const { healthCheck, regions, path } of apis) {
    if (healthCheck?.host !== "api") continue;
    const first = healthCheck.path.split(/[/?]/)[1];
    const stages = new Set(
      regions.flatMap(({ mappings: [mapping] }) =>
        mapping === undefined || mapping.stage === first ? [] : [mapping.stage],
      ),
    );
    if (stages.size === 0) continue;
    const [stage] = stages;
    const message = `The path does not start with the stage ${[...stages].map((each) => `\`${each}\``).join(", ")}, so the REST API's own host answers 403.`;
    report({ code: "HEALTH_CHECK_STAGE", message, help: `Write \`path: /${stage}${healthCheck.path}\`.` }, [
      ...path,
      "healthCheck",
      "path",
    ]);
  }
}

/** Names that share a check (gate or not) say the same of it: it has one path, and one interval. */
export function sharedChecksAgree(draft: Draft, report: Report): void {
  const first = new Map<string, Sharing>();
  const zones = new Map(draft.zones.map((zone) => [zone.name, zone]));
  for (const api of draft.apis) {
    const account = longestZone(api.name, zones)?.account ?? ""; // inside of one account
    for (const region of api.regions) {
      const endpoint = endpointOf(api, region);
      const { healthCheck } = api;
      if (endpoint === undefined || healthCheck === undefined || healthCheck.gate === "own") continue;
      const key = `${account} ${healthCheck.gate} ${endpoint}`;
      const known = first.get(key) ?? { api, healthCheck, told: new Set() };
      first.set(key, known);
      const field = AGREED.find((each) => healthCheck[each] !== known.healthCheck[each]);
      if (field === undefined || known.told.has(api)) continue;
      known.told.add(api);
      disagree(field, endpoint, { api, healthCheck }, known, report);
    }
  }
}

/**
 * The marker that says who shares a check is one record set, and each swap of it has it twice in a batch.
 * Source: Route 53 Developer Guide, "Quotas", ChangeResourceRecordSets requests (characters in values), checked 2026-11-24.
 */
const NAMES_CHARACTERS_MAX = BATCH_VALUE_CHARACTERS_MAX / 2 - 1_000;
/** Of one name's fact beside the name: its word, the zone's id, quotes. */
const FACT_CHARACTERS = 45;

export function sharingNamesFitOneMarker(draft: Draft, report: Report): void {
  const characters = new Map<string, number>();
  for (const api of draft.apis) {
    for (const region of api.regions) {
      const endpoint = endpointOf(api, region);
      if (endpoint === undefined || api.healthCheck?.gate === "own") continue;
      const key = `${api.healthCheck?.gate ?? ""} ${endpoint}`;
      const before = characters.get(key) ?? 0;
      const after = before + api.name.length + FACT_CHARACTERS;
      characters.set(key, after);
      if (before > NAMES_CHARACTERS_MAX || after <= NAMES_CHARACTERS_MAX) continue;
      const message = `From ${quoted(api.name)} on there are more names that share the check of \`${endpoint}\` than one marker can hold.`;
      report({ code: "HEALTH_CHECK_USERS", message }, [...api.path, "healthCheck"]);
    }
  }
}

interface Checked {
  readonly api: DraftApi;
  readonly healthCheck: HealthCheckSection;
}

interface Sharing extends Checked {
  readonly told: Set<DraftApi>;
}

const AGREED = ["path", "searchString", "intervalSeconds", "failureThreshold"] as const;

/** An error at each of the two. */
function disagree(
  field: (typeof AGREED)[number],
  endpoint: string,
  one: Checked,
  other: Checked,
  report: Report,
): void {
  for (const [here, there] of [
    [one, other],
    [other, one],
  ] as const) {
    const message = `${quoted(here.api.name)} and ${quoted(there.api.name)} share the check of \`${endpoint}\`, and say differently what its \`${field}\` is: ${wordOf(here, field)} here, ${wordOf(there, field)} there.`;
    report({ code: "HEALTH_CHECKS_DIFFER", message }, [...here.api.path, "healthCheck", field]);
  }
}

const wordOf = ({ healthCheck }: Checked, field: (typeof AGREED)[number]): string =>
  healthCheck[field] === undefined ? "none" : `\`${healthCheck[field]}\``;

function endpointOf({ healthCheck }: DraftApi, { region, mappings: [mapping] }: DraftRegion): string | undefined {
  if (healthCheck === undefined) return undefined;
  if (healthCheck.host !== "api") return `${healthCheck.host.slice(0, -1)} (${region})`;
  return mapping === undefined ? undefined : `${mapping.restApi} (${region})`;
}

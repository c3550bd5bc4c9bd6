import { covers } from "../tls/coverage.ts";
import { quoted } from "./draft.ts";
import type { Draft, DraftApi, DraftRegion } from "./draft.ts";
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

/** Names whose checks ask the same endpoint in the same Region: one check would serve them all, which is not built; checks of their own are. */
export function endpointsAreNotShared({ apis }: Draft, report: Report): void {
  const users = new Map<string, DraftApi[]>();
  for (const api of apis) {
    for (const region of api.regions) {
      const endpoint = endpointOf(api, region);
      const list = endpoint === undefined ? undefined : users.get(endpoint);
      if (list !== undefined && list.at(-1) !== api) list.push(api);
      if (endpoint !== undefined && list === undefined) users.set(endpoint, [api]);
    }
  }
  const told = new Set<DraftApi>();
  for (const [endpoint, sharing] of users) {
    if (sharing.length === 1) continue;
    for (const api of sharing) {
      if (api.healthCheck?.gate === "own" || told.has(api)) continue;
      told.add(api);
      const other = sharing.find((each) => each !== api)?.name;
      const message = `${quoted(api.name)} and ${other === undefined ? "another name" : quoted(other)} check the same endpoint, \`${endpoint}\`; sharing a check is not built yet.`;
      report({ code: "NOT_BUILT_YET", message, help: "Write `gate: own` in the health check of each." }, [
        ...api.path,
        "healthCheck",
        "gate",
      ]);
    }
  }
}

function endpointOf({ healthCheck }: DraftApi, { region, mappings: [mapping] }: DraftRegion): string | undefined {
  if (healthCheck === undefined) return undefined;
  if (healthCheck.host !== "api") return `${healthCheck.host.slice(0, -1)} (${region})`;
  return mapping === undefined ? undefined : `${mapping.restApi} (${region})`;
}

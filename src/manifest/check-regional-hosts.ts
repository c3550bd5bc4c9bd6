import { parseDomainName } from "../dns/domain-name.ts";
import { longestZone } from "../dns/zone-match.ts";
import { sayNotCovered } from "./check-apis.ts";
import { quoted } from "./draft.ts";
import type { Draft, DraftApi } from "./draft.ts";
import { hostNameProblem } from "./host-name.ts";
import type { Report } from "./report.ts";

/** Stands for a Region's code in `regionalHosts`. */
const PLACEHOLDER = "{region}";

export function regionalHostsHaveARegion({ apis, file }: Draft, report: Report): void {
  for (const api of apis) {
    const section = file.apis?.[api.path[1] ?? ""];
    const hosts = section?.regionalHosts;
    if (hosts !== undefined && !hosts.includes(PLACEHOLDER)) {
      const message = `\`regionalHosts\` has no \`${PLACEHOLDER}\`, so every Region would have the same host.`;
      report({ code: "REGIONAL_HOSTS", message, help: example(api) }, [...api.path, "regionalHosts"]);
    }
    if (hosts === undefined && section?.healthCheck?.host === "regional") {
      const message = "`host: regional` asks each Region's own host, and the name has no `regionalHosts`.";
      report({ code: "REGIONAL_HOSTS", message, help: example(api) }, [...api.path, "healthCheck", "host"]);
    }
  }
}

const example = ({ name }: DraftApi): string =>
  `Write it as \`regionalHosts: "${PLACEHOLDER}.${name.replace(/^\*\./, "").slice(0, -1)}"\`.`;

/** They are names like others: in a zone, and covered. What is wrong with one is wrong with all, and told once. */
export function regionalHostsAreNames(draft: Draft, report: Report): void {
  const zones = new Map(draft.zones.map((zone) => [zone.name, zone]));
  for (const api of draft.apis) {
    const pattern = draft.file.apis?.[api.path[1] ?? ""]?.regionalHosts;
    const [first] = api.regions;
    if (pattern?.includes(PLACEHOLDER) !== true || first === undefined) continue;
    const path = [...api.path, "regionalHosts"];
    const host = pattern.replaceAll(PLACEHOLDER, first.region);
    const parsed = parseDomainName(host);
    const problem = parsed.ok ? hostNameProblem(parsed.name, false) : parsed.problem;
    if (!parsed.ok || problem !== undefined) {
      report({ code: "BAD_DOMAIN_NAME", message: `\`${host}\` ${problem}.`, help: example(api) }, path);
      continue;
    }
    if (!draft.incomplete.has("zones") && longestZone(parsed.name, zones) === undefined) {
      const message = `${quoted(parsed.name)} is in none of the manifest's zones.`;
      report({ code: "OUTSIDE_ZONES", message, help: example(api) }, path);
    }
    if (api.choices.length === 1) sayNotCovered(api.choices, parsed.name, path, report);
  }
}

import type { DomainName } from "../dns/domain-name.ts";
import { wildcardBase } from "../dns/domain-name.ts";
import { longestZone } from "../dns/zone-match.ts";
import { quoted } from "./draft.ts";
import type { Draft, PlacedName } from "./draft.ts";
import type { Report } from "./report.ts";

export function namesAreDistinct(draft: Draft, report: Report): void {
  distinct(draft.zones, "key", report);
  distinct(draft.apis, "key", report);
  distinct(draft.retire, "value", report);
  for (const { domains } of draft.certificates) distinct(domains, "value", report);
}

function distinct(names: readonly PlacedName[], on: "key" | "value", report: Report): void {
  const seen = new Set<DomainName>();
  for (const { name, path } of names) {
    if (seen.has(name))
      report(
        { code: "DUPLICATE", message: `${quoted(name)} is here a second time.`, help: "Remove one of the two." },
        path,
        on,
      );
    seen.add(name);
  }
}

export function namesAreInZones(draft: Draft, report: Report): void {
  if (draft.incomplete.has("zones")) return;
  const zones = new Map(draft.zones.map((zone) => [zone.name, zone]));
  const inside = (on: "key" | "value", why: string) => (each: PlacedName) => {
    if (longestZone(wildcardBase(each.name), zones) !== undefined) return;
    report(
      {
        code: "OUTSIDE_ZONES",
        message: `${quoted(each.name)} is in none of the manifest's zones${why}.`,
        help: zoneHelp(draft, each.name),
      },
      each.path,
      on,
    );
  };
  draft.apis.forEach(inside("key", ""));
  draft.retire.forEach(inside("value", ""));
  for (const { previousName } of draft.apis) if (previousName !== undefined) inside("value", "")(previousName);
  for (const { domains } of draft.certificates)
    domains.forEach(inside("value", ", so its validation record cannot be written"));
}

function zoneHelp({ zones, nearest }: Draft, name: DomainName): string {
  if (zones.length === 0) return "Add its hosted zone under `zones`, such as `example.com: {}`.";
  const ends = zones.slice(0, 500).map((zone) => zone.name);
  // A zone's name is short: two to five labels of the end.
  const all = wildcardBase(name).split(".").slice(0, -1).slice(-6);
  const [, ...above] = all.map((_, index) => `${all.slice(index).join(".")}.`);
  const meant = above.map((each) => nearest(each, ends)).find((each) => each !== undefined);
  const known = meant === undefined ? ends.slice(0, 5).map(quoted).join(", ") : quoted(meant as DomainName);
  return meant === undefined
    ? `Add its hosted zone under \`zones\`. There are: ${known}.`
    : `Did you mean a name in ${known}? Otherwise add its hosted zone under \`zones\`.`;
}

export function retiredNamesAreGone({ apis, retire }: Draft, report: Report): void {
  const wanted = new Set(apis.map((api) => api.name));
  for (const { name, path } of retire) {
    if (!wanted.has(name)) continue;
    report(
      {
        code: "RETIRED_AND_LISTED",
        message: `${quoted(name)} is retired here and listed under \`apis\`.`,
        help: "Remove it from one of the two.",
      },
      path,
    );
  }
}

import { NO_PATH } from "../cloud/apigateway/base-path-mapping.ts";
import { regionFacts, regionsOf } from "../cloud/region.ts";
import { nearest } from "../diagnostic/nearest.ts";
import { quoted } from "./draft.ts";
import type { Draft, DraftRegion } from "./draft.ts";
import type { Path } from "./located.ts";
import type { Report } from "./report.ts";

export function regionsExist({ apis, incomplete }: Draft, report: Report): void {
  for (const api of apis) {
    if (api.regions.length === 0 && !incomplete.has("apis")) {
      const help = "List a Region; to take the name out of service, list it under `retire`.";
      report(
        { code: "NO_REGIONS", message: `${quoted(api.name)} has no Region.`, help },
        [...api.path, "regions"],
        "key",
      );
    }
    for (const { region, path } of api.regions) {
      const facts = regionFacts(region);
      if (facts === undefined) sayUnknownRegion(region, path, "key", report);
      else if (!facts.latency)
        report({ code: "UNKNOWN_REGION", message: `Route 53 has no latency records for \`${region}\`.` }, path, "key");
    }
  }
}

const CODES = regionsOf("aws").map(({ code }) => code);

/** The code of the only Region with this word in its name: `Oregon`, `Frankfurt`. */
function codeByName(word: string): string | undefined {
  const named = regionsOf("aws").filter(({ name }) =>
    name
      .toLowerCase()
      .split(/[^a-z.]+/)
      .includes(word),
  );
  return named.length === 1 ? named[0]?.code : undefined;
}

/** A Region's code with the letter of one of its zones behind it. */
const ZONE = /^(.+-[0-9])-?[a-z]$/;

export function sayUnknownRegion(region: string, path: Path, on: "key" | "value", report: Report): void {
  const lower = region.trim().toLowerCase().replaceAll("_", "-");
  const within = ZONE.exec(lower)?.[1];
  const meant = [lower, within].find((each) => each !== undefined && regionFacts(each) !== undefined);
  const near = meant ?? codeByName(lower) ?? nearest(region, CODES);
  const message =
    within !== undefined && meant === within
      ? `\`${region}\` is an Availability Zone, not a Region.`
      : `There is no Region \`${region}\`.`;
  const help = near === undefined ? "Write its code, such as `us-east-1`." : `Did you mean \`${near}\`?`;
  report({ code: "UNKNOWN_REGION", message, help }, path, on);
}

export function mappingsAreWhole({ apis, incomplete }: Draft, report: Report): void {
  for (const part of apis.flatMap((api) => api.regions)) {
    const { restApi, stage, basePath } = part.short;
    const path = part.path;
    if (part.listed && (restApi ?? stage ?? basePath) !== undefined) {
      const message = `\`${part.region}\` has \`mappings\` and the short form as well.`;
      report(
        { code: "MAPPING_CONFLICT", message, help: "Move `restApi`, `stage` and `basePath` into `mappings`." },
        [...path, "mappings"],
        "key",
      );
    } else if (part.mappings.length === 0 && !incomplete.has("apis")) {
      const absent = part.listed
        ? "no mapping"
        : restApi === undefined && stage === undefined
          ? "no `restApi` and `stage`"
          : restApi === undefined
            ? "no `restApi`"
            : "no `stage`";
      const help = "Write it as `{ restApi: 2wkt1cxxxx, stage: prod, basePath: v1 }`.";
      report({ code: "MAPPING_MISSING", message: `\`${part.region}\` has ${absent}.`, help }, path, "key");
    }
  }
}

/** Characters: API Gateway Developer Guide, "Map stages to a custom domain name"; checked 2026-11-23. */
const BASE_PATH = /^[A-Za-z0-9$\-_.+!*'()]+$/;
const BASE_PATH_LONGEST = 300;

export function basePathsAreAllowed({ apis }: Draft, report: Report): void {
  for (const part of apis.flatMap((api) => api.regions)) eachBasePath(part, report);
}

function eachBasePath(part: DraftRegion, report: Report): void {
  const seen = new Set<string>();
  for (const { basePath, path } of part.mappings) {
    const on = part.listed ? "key" : "value";
    if (seen.has(basePath))
      report(
        {
          code: "DUPLICATE",
          message: `The base path \`${basePath}\` is here a second time.`,
          help: "Remove one of the two.",
        },
        path,
        on,
      );
    seen.add(basePath);
    if (/^[^/]+(\/[^/]+)+$/.test(basePath)) {
      const message = `The base path \`${basePath}\` has several levels, which is not built yet.`;
      report(
        { code: "NOT_BUILT_YET", message, help: "Use a path of one level, or give each level a name of its own." },
        path,
        on,
      );
    } else if (!BASE_PATH.test(basePath) || basePath.length > BASE_PATH_LONGEST) {
      const help = `Letters, digits and $-_.+!*'() without slashes, at most ${BASE_PATH_LONGEST} characters; \`${NO_PATH}\` is the empty path.`;
      report({ code: "BAD_BASE_PATH", message: `\`${basePath}\` cannot be a base path.`, help }, path, on);
    }
  }
}

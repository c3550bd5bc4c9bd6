import { ACM_LENGTHS } from "../cloud/acm/limits.ts";
import { isRegion } from "../cloud/region.ts";
import type { Draft } from "./draft.ts";
import type { Report } from "./report.ts";

/** Region codes are 9 (us-east-1) to 15 (cn-northwest-1 and longer ones) characters long. */
const REGION_CODE = { shortest: 9, longest: 16 };

export function nameHoldsNoRegion({ name }: Draft, report: Report): void {
  const region = name === undefined ? undefined : regionIn(name);
  if (region === undefined) return;
  const help = "One manifest describes all Regions of a service; name it after the service.";
  report({ code: "NAME_HAS_REGION", message: `The name holds the Region \`${region}\`.`, help }, ["name"]);
}

function regionIn(text: string): string | undefined {
  for (let start = 0; start + REGION_CODE.shortest <= text.length; start += 1) {
    for (let length = REGION_CODE.shortest; length <= REGION_CODE.longest; length += 1) {
      const part = text.slice(start, start + length);
      if (isRegion(part)) return part;
    }
  }
  return undefined;
}

export function datesExist({ file }: Draft, report: Report): void {
  for (const [index, { until }] of (file.ignore ?? []).entries()) {
    const day = new Date(`${until}T00:00:00Z`);
    if (!Number.isNaN(day.getTime()) && day.toISOString().startsWith(until)) continue;
    report({ code: "BAD_VALUE", message: `There is no day \`${until}\`.` }, ["ignore", index, "until"]);
  }
}

/** manifest, scope, address and mappings. */
const OWN_TAGS = 4;
/** AWS General Reference, "Tag naming limits and requirements"; checked 2026-11-23. */
const TAG_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export function tagsAreAllowed({ tags }: Draft, report: Report): void {
  const entries = Object.entries(tags);
  const most = ACM_LENGTHS.tags - OWN_TAGS;
  if (entries.length > most)
    report(
      { code: "BAD_TAG", message: `There are ${entries.length} tags; at most ${most} fit beside Signalbox's own.` },
      ["tags"],
      "key",
    );
  for (const [key, value] of entries) {
    const path = ["tags", key];
    const prefix = /^(aws|signalbox):/i.exec(key)?.[0];
    if (prefix !== undefined)
      report({ code: "RESERVED_TAG", message: `Tags that start with \`${prefix}\` are reserved.` }, path, "key");
    const keyProblem = key === "" ? "is empty" : textProblem(key, ACM_LENGTHS.tagKey);
    if (keyProblem !== undefined) report({ code: "BAD_TAG", message: `The tag's key ${keyProblem}.` }, path, "key");
    const valueProblem = textProblem(value, ACM_LENGTHS.tagValue);
    if (valueProblem !== undefined)
      report({ code: "BAD_TAG", message: `The value of the tag \`${key}\` ${valueProblem}.` }, path);
  }
}

function textProblem(text: string, longest: number): string | undefined {
  if (text.length > longest) return `is ${text.length} characters long; at most ${longest} are allowed`;
  return TAG_CHARACTERS.test(text)
    ? undefined
    : "holds a character that tags cannot have; allowed are letters, digits, blanks and _ . : / = + - @";
}

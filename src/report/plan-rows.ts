import { regionFacts } from "../cloud/region.ts";
import { display } from "../dns/domain-name.ts";
import type { Step, StepId } from "../plan/plan.ts";
import { apiDomain } from "../resource/api-domain.ts";
import { checkUser } from "../resource/check-user.ts";
import { healthCheck } from "../resource/health-check.ts";
import { isHomeName, zoneOfHome } from "../resource/health-check-identity.ts";
import { accountIn } from "../resource/kind.ts";
import { kindOf } from "../resource/kinds.ts";
import { markerRecord } from "../resource/marker-record.ts";
import { count, kindWords } from "./words.ts";

/** The steps of one name in one Region; "" where a step is in no Region. */
export interface StepGroup {
  readonly region: string;
  readonly steps: readonly Step[];
}

export interface NameGroup {
  readonly name: string;
  readonly regions: readonly StepGroup[];
}

/** By name, then by Region, each sorted; inside, the steps keep their order. What is in no Region comes first. */
export function grouped(steps: readonly Step[]): readonly NameGroup[] {
  const byName = new Map<string, Map<string, Step[]>>();
  for (const step of steps) {
    const name = headingOf(step);
    const regions = byName.get(name) ?? new Map<string, Step[]>();
    const region = regionOf(step);
    regions.set(region, [...(regions.get(region) ?? []), step]);
    byName.set(name, regions);
  }
  return sorted(byName).map(([name, regions]) => ({
    name,
    regions: sorted(regions).map(([region, inside]) => ({ region, steps: inside })),
  }));
}

function headingOf({ names: [name] }: Step): string {
  if (name === undefined) return "";
  return isHomeName(name) ? `shared below ${display(zoneOfHome(name))}` : display(name);
}

const sorted = <T>(map: ReadonlyMap<string, T>): readonly [string, T][] =>
  [...map].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** The Region a step works in: its spec says so, or its address names one. */
export function regionOf(step: Step): string {
  const spec = (step.change.after ?? step.change.before) as { readonly region?: unknown } | undefined;
  if (typeof spec?.region === "string" && spec.region !== "") return spec.region;
  return step.address.split("/").find((part) => regionFacts(part) !== undefined) ?? "";
}

/** The account that a step's resource is in. */
export function accountOf({ kind, change }: Step): string | undefined {
  const spec = change.after ?? change.before;
  return spec === undefined ? undefined : accountIn(kindOf(kind), spec);
}

/** What a step is about: `record set`, `gate`, or the station of a deletion. */
export function subject(step: Step): string {
  const [kind = ""] = step.address.split("/");
  return kind === "condemned" ? step.action : kindWords(kind);
}

/** Their addresses end with the name. */
const CHECKS = new Set([healthCheck.name, checkUser.name]);

/** The address without what its group says already. */
export function label(step: Step): string {
  const region = regionOf(step);
  const [name] = step.names;
  const isOfGroup = (part: string): boolean =>
    part === region || (name !== undefined && part === display(name) && (CHECKS.has(step.kind) || isHomeName(name)));
  const parts = step.address
    .split("/")
    .slice(1)
    .filter((part) => !isOfGroup(part));
  return parts.length === 0 && name !== undefined ? display(name) : parts.join("/");
}

/** What comes in one Region and waits for another Region: that is not to be read as its own. */
const elsewhere = (before: Step, step: Step): boolean =>
  (before.action === "probe" || before.action === "delete") &&
  (step.action === "create" || step.action === "update") &&
  regionOf(step) !== "" &&
  regionOf(before) !== regionOf(step);

/** What a step waits for, summarised: `after 2 issuances, endpoint probe`. What one of them waits for itself is left out. */
export function waitsFor(step: Step, byId: ReadonlyMap<StepId, Step>): string {
  const before = [...new Set(step.after)].flatMap((id) => byId.get(id) ?? []);
  const implied = new Set(before.flatMap((each) => each.after));
  const amounts = new Map<string, number>();
  for (const each of before) {
    if (implied.has(each.id)) continue;
    const what = elsewhere(each, step) ? `${subject(each)} in ${regionOf(each)}` : subject(each);
    amounts.set(what, (amounts.get(what) ?? 0) + 1);
  }
  const words = [...amounts].map(([what, amount]) => (amount === 1 ? what : count(amount, what)));
  // The swap that lets its deletion be sent is a call of the same step.
  if (step.kind === apiDomain.name && step.action === "delete") words.push("its claim");
  if (step.kind === markerRecord.name) words.push("its linger");
  return words.length === 0 ? "" : `after ${words.join(", ")}`;
}

import type { AccountId } from "../cloud/call.ts";
import type { Cloud, RegionalState } from "../cloud/cloud.ts";
import { accountOf, regionOf } from "../cloud/edit.ts";
import { quotaOf } from "../cloud/quotas.ts";
import type { QuotaKey } from "../cloud/quotas.ts";
import { checkUser } from "../resource/check-user.ts";
import type { HealthCheckSpec } from "../resource/health-check-identity.ts";
import { kindOf } from "../resource/kinds.ts";
import type { NameSpec } from "../resource/swap.ts";
import type { Step, StepId } from "./plan.ts";

/** A step, whether its order is known yet or not. */
export type Moved = Pick<Step, "id" | "kind" | "action" | "address" | "change">;

/** What of one thing that AWS counts, in one place, comes and goes. */
export interface Turnover<T extends Moved = Moved> {
  readonly key: QuotaKey;
  readonly what: "health checks" | "certificates" | "API domains";
  readonly account: AccountId;
  /** Empty for what counts per account. */
  readonly region: string;
  readonly now: number;
  readonly quota: number;
  readonly made: readonly T[];
  readonly gone: readonly T[];
}

/** By account or Region, as AWS counts. Health checks count in the account of their name's zone. */
export function turnovers<T extends Moved>(
  steps: readonly T[],
  ambient: AccountId,
  cloud: Cloud,
): readonly Turnover<T>[] {
  const of = (key: QuotaKey, what: Turnover["what"], place: Place, now: number, those: readonly T[]): Turnover<T> => ({
    key,
    what,
    ...place,
    now,
    quota: quotaOf(cloud, place.account, key),
    made: those.filter(({ action }) => action === "create"),
    gone: those.filter(({ action }) => action === "delete"),
  });
  const checks = byPlace(steps, "health-check", checkAccount).map(([account, those]) =>
    of(
      "route53.healthChecks",
      "health checks",
      { account, region: "" },
      accountOf(cloud, account).healthChecks.size,
      those,
    ),
  );
  const [certificates, domains] = ["certificate", "api-domain"].map((kind) => new Map(byPlace(steps, kind, regionIn)));
  const regions = [...new Set([...(certificates?.keys() ?? []), ...(domains?.keys() ?? [])])].toSorted();
  const regional = regions.flatMap((region) => {
    const state = regionOf(cloud, ambient, region);
    const place = { account: ambient, region };
    const seen = (domains?.get(region) ?? []).filter((step) => !isUnseen(step, state.domains));
    return [
      of("acm.certificates", "certificates", place, state.certificates.size, certificates?.get(region) ?? []),
      of("apigateway.domainNames", "API domains", place, state.domains.size, seen),
    ];
  });
  return [...checks, ...regional];
}

type Place = Pick<Turnover, "account" | "region">;

function byPlace<T extends Moved>(
  steps: readonly T[],
  kind: string,
  placeOf: (step: T) => string,
): readonly (readonly [string, readonly T[]])[] {
  const found = new Map<string, T[]>();
  for (const step of steps) {
    if (step.kind !== kind || (step.action !== "create" && step.action !== "delete")) continue;
    const known = found.get(placeOf(step));
    if (known === undefined) found.set(placeOf(step), [step]);
    else known.push(step);
  }
  found.delete("");
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const regionIn = ({ change }: Moved): string => regionOfSpec(change);

const regionOfSpec = (change: Moved["change"]): string =>
  ((change.after ?? change.before) as { readonly region?: string } | undefined)?.region ?? "";

const checkAccount = ({ change }: Moved): AccountId =>
  ((change.after ?? change.before) as HealthCheckSpec | undefined)?.zone.account ?? "";

/** The deletion of a domain that is not there, or not seen, frees nothing. */
const isUnseen = ({ action, change }: Moved, domains: RegionalState["domains"]): boolean =>
  action === "delete" && !domains.has((change.before as NameSpec).name);

/** What comes and what goes for it: of one name in one Region, or under one address. Either may be empty. */
export interface Exchange<T extends Moved = Moved> {
  readonly made: readonly T[];
  readonly gone: readonly T[];
}

/**
 * A turnover in the order in which room is best used: what only goes, what is exchanged, what is made for good. What goes
 * with other things of its name (a Region, the name itself) waits for those, and makes room for nothing.
 */
function exchanges<T extends Moved>({ made, gone }: Turnover<T>, steps: readonly Moved[]): readonly Exchange<T>[] {
  const found = new Map<string, { readonly made: T[]; readonly gone: T[] }>();
  const at = (step: T): { readonly made: T[]; readonly gone: T[] } => {
    const known = found.get(exchangeKey(step)) ?? { made: [], gone: [] };
    found.set(exchangeKey(step), known);
    return known;
  };
  for (const step of made) at(step).made.push(step);
  for (const step of gone) at(step).gone.push(step);
  const busy = new Set(steps.flatMap((step) => (isOtherRemoval(step) ? [ownerOf(step)] : [])));
  const all = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  const isLoose = ([one]: readonly T[]): boolean => one?.kind === "health-check" && !busy.has(ownerOf(one));
  return [
    ...all.filter((each) => each.made.length === 0 && isLoose(each.gone)),
    ...all.filter((each) => each.made.length > 0 && each.gone.length >= each.made.length),
    ...all.filter((each) => each.made.length > each.gone.length),
  ];
}

const ownerOf = ({ kind, change }: Moved): string | undefined => {
  const spec = change.after ?? change.before;
  return spec === undefined ? undefined : kindOf(kind).owningName?.(spec);
};

/** Nor does what a name leaves for a check that it shares, or the other way round: both wait for its record. */
const isOtherRemoval = ({ kind, action }: Moved): boolean =>
  kind === checkUser.name || (action === "delete" && kind !== "health-check");

const exchangeKey = (step: Moved): string => {
  const name = ownerOf(step);
  return name === undefined ? step.address : `${name} ${regionOfSpec(step.change)}`;
};

/**
 * The waves in which a turnover fits: each makes what there is room for, and what it replaces makes room for the next.
 * Undefined: there is not enough room even so.
 */
export function wavesOf<T extends Moved>(
  turnover: Turnover<T>,
  steps: readonly Moved[],
  quota = turnover.quota,
): readonly (readonly Exchange<T>[])[] | undefined {
  const waves: Exchange<T>[][] = [[]];
  let [room, freed] = [quota - turnover.now, 0];
  for (const each of exchanges(turnover, steps)) {
    if (each.made.length > room) {
      if (each.made.length > room + freed) return undefined;
      waves.push([]);
      [room, freed] = [room + freed, 0];
    }
    waves.at(-1)?.push(each);
    room -= each.made.length;
    freed += each.gone.length;
  }
  return waves;
}

/** The smallest quota that waves would do with. */
export function leastQuota(turnover: Turnover, steps: readonly Moved[]): number {
  let [least, enough] = [turnover.now, turnover.now + turnover.made.length];
  while (least < enough) {
    const middle = Math.floor((least + enough) / 2);
    if (wavesOf(turnover, steps, middle) === undefined) least = middle + 1;
    else enough = middle;
  }
  return least;
}

/**
 * The most that there can be at once, in any order that the steps may run in. What is made before anything must have
 * gone counts in full; what waits for so many deletions has their room.
 */
export function peakOf({ now, quota, made, gone }: Turnover, steps: readonly Step[]): number {
  if (now + made.length <= quota || gone.length === 0) return now + made.length;
  const before = goneBefore(steps, new Set(gone.map(({ id }) => id)));
  const rooms = made.map(({ id }) => before.get(id)?.size ?? 0).toSorted((a, b) => a - b);
  return now + rooms.reduce((most, room, place) => Math.max(most, place + 1 - room), 0);
}

/** Which of these deletions each step comes after. The plan's steps stand in an order in which they may run. */
function goneBefore(steps: readonly Step[], going: ReadonlySet<StepId>): ReadonlyMap<StepId, ReadonlySet<StepId>> {
  const none: ReadonlySet<StepId> = new Set();
  const found = new Map<StepId, ReadonlySet<StepId>>();
  for (const { id, after } of steps) {
    let all = none;
    for (const each of after) {
      const more = found.get(each) ?? none;
      if (more.size > 0 && more !== all) all = all.size === 0 ? more : new Set([...all, ...more]);
    }
    found.set(id, going.has(id) ? new Set([...all, id]) : all);
  }
  return found;
}

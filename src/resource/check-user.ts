import type { Call } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { accountOf } from "../cloud/edit.ts";
import { nameKeyPrefix } from "../cloud/route53/record-order.ts";
import { display, domainName, labels } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { address, namePart } from "./address.ts";
import type { Address } from "./address.ts";
import { drainOver, ourMarkers } from "./condemned.ts";
import { liveHealthCheck } from "./health-check.ts";
import { healthCheckAddress, homeRole, isHomeName, referencePrefix } from "./health-check-identity.ts";
import type { HealthCheckSpec } from "./health-check-identity.ts";
import { done, lost } from "./kind.ts";
import type { Change, Kind, Next, Observed, ZoneRef } from "./kind.ts";
import { markerName } from "./marker.ts";
import type { HomeUser, Marker } from "./marker.ts";
import { route53Call } from "./route53-call.ts";
import { guardOf, markerOf, movedOn, swapCall, writtenUnder, zoneOf } from "./swap.ts";
import type { NameSpec, NameSwap } from "./swap.ts";
import { listAt } from "./validation-record.ts";

/**
 * One name's place at a health check that several names share. Their markers may be in different zones, so no batch can
 * tell that nobody refers to the check any more: a home marker says who does, and whoever publishes or leaves swaps it.
 * The name and the zone of the spec are those of the home.
 */
export interface CheckUserSpec extends NameSpec {
  readonly region: string;
  /** What the user's records name: the gate, or the check. */
  readonly top: HealthCheckSpec;
  readonly user: DomainName;
  readonly userZone: ZoneRef;
}

export const checkUserAddress = (top: HealthCheckSpec, user: DomainName): Address =>
  address("check-user", ...healthCheckAddress(top).split("/").slice(1), namePart(user));

/** The key of the entry in a user's marker while it leaves. */
export const homeTarget = (home: DomainName): string => `check-user/${labels(home)[0] ?? ""}`;

/** The user, as a name of its own. */
export const userOf = ({ account, owner, userZone, user }: CheckUserSpec): NameSpec => ({
  account,
  owner,
  zone: userZone,
  name: user,
});

export const checkUser: Kind<CheckUserSpec> = {
  name: "check-user",
  inZone: true,
  address: (spec) => checkUserAddress(spec.top, spec.user),
  references: () => [],
  names: (spec) => [spec.user],
  owningName: (spec) => spec.user,
  takenBack: true,
  batch: (spec) => spec.zone.id,
  observe(cloud, scope) {
    const found: Observed<CheckUserSpec>[] = [];
    const zones = new Map(scope.zones.map((zone) => [`${zone.account} ${zone.id}`, zone]));
    for (const { marker, spec } of ourMarkers(cloud, scope)) {
      for (const user of isHomeName(spec.name) ? (marker.home?.users ?? []) : []) {
        const { account } = spec.zone;
        const userZone = zones.get(`${account} ${user.zone}`) ?? {
          account,
          id: user.zone,
          name: domainName("invalid"),
        };
        const own = { ...spec, region: marker.home?.region ?? "", top: topOf(spec, marker), user: user.name, userZone };
        found.push({
          address: checkUserAddress(own.top, user.name),
          spec: own,
          ours: true,
          edited: false,
          id: spec.name,
        });
      }
    }
    return found;
  },
  compare: (desired, { spec }) =>
    desired.userZone.id === spec.userZone.id
      ? []
      : [{ field: "zone", before: spec.userZone.id, after: desired.userZone.id }],
  next(changes, cloud) {
    const swaps = new Map<string, NameSwap>();
    for (const change of changes) {
      const part = partOf(change, cloud);
      if ("do" in part) return part;
      const spec = specOf(change);
      const { join, leave } = swaps.get(spec.name)?.delta.home ?? { join: [], leave: [] };
      const { region, host } = spec.top;
      const home = {
        region,
        host,
        join: "join" in part ? [...join, part.join] : join,
        leave: "leave" in part ? [...leave, part.leave] : leave,
      };
      swaps.set(spec.name, { spec, guard: guardOf(change), delta: { home } });
    }
    return swapCall([...swaps.values()], cloud);
  },
  probe(change) {
    const spec = specOf(change);
    return listAt(spec, markerName(spec.name));
  },
  reliesOn: ({ after }, cloud) => (after === undefined ? [] : checkReads(after.top, cloud)),
  condemnedAs: ({ spec }) => ({ name: spec.user, target: homeTarget(spec.name), incarnation: display(spec.name) }),
  permissions: { read: ["route53:ListResourceRecordSets"], write: ["route53:ChangeResourceRecordSets"] },
};

function specOf(change: Change<CheckUserSpec>): CheckUserSpec {
  const spec = change.after ?? change.before;
  if (spec === undefined) throw new Error(`change of ${change.address} has neither side`);
  return spec;
}

/** What a home marker tells of the check: not its settings. */
export function topOf({ account, owner, zone, name }: NameSpec, marker: Marker | undefined): HealthCheckSpec {
  return {
    account,
    owner,
    zone,
    name,
    role: homeRole(name),
    region: marker?.home?.region ?? "",
    host: marker?.home?.host ?? "",
    shared: true,
    path: "",
    searchString: undefined,
    intervalSeconds: 0,
    failureThreshold: 0,
    child: undefined,
  };
}

function checkReads(top: HealthCheckSpec, cloud: Cloud): readonly Call[] {
  const live = liveHealthCheck(cloud, top);
  const ids = live === undefined ? [] : [live.Id, ...(live.HealthCheckConfig.ChildHealthChecks ?? [])];
  return ids.map((id) => route53Call(top.zone.account, "GetHealthCheck", { HealthCheckId: id }));
}

type Part = { readonly join: HomeUser } | { readonly leave: DomainName };

function partOf(change: Change<CheckUserSpec>, cloud: Cloud): Part | Next {
  const { before, after } = change;
  if (after !== undefined) return register(after, change, cloud);
  return before === undefined ? done : takeOff(before, change, cloud);
}

const isUser = (marker: Marker | undefined, name: DomainName): boolean =>
  marker?.home?.users.some((user) => user.name === name) === true;

/**
 * SWAP(home, users += n), always, even when it is there: who is about to take the name off has read the home marker before
 * (rule G2 of the write protocol). A swap of this plan does, whatever else it was for.
 */
function register(spec: CheckUserSpec, change: Change<CheckUserSpec>, cloud: Cloud): Part | Next {
  const marker = markerOf(cloud, spec);
  const here = isUser(marker, spec.user) && writtenUnder(guardOf(change), marker);
  return here ? done : { join: { name: spec.user, zone: spec.userZone.id } };
}

/**
 * SWAP(home, users -= n), when the name's own marker was swapped by this plan after the home marker was read (rule G3: the
 * drain of its entry has seen to that), nothing of the name refers to the check, and what did is forgotten.
 */
function takeOff(spec: CheckUserSpec, change: Change<CheckUserSpec>, cloud: Cloud): Part | Next {
  const home = markerOf(cloud, spec);
  if (!isUser(home, spec.user)) return done;
  const user = userOf(spec);
  const drained = drainOver(cloud, user, homeTarget(spec.name), display(spec.name));
  if (drained !== true) return drained;
  if (!writtenUnder(guardOf(change), markerOf(cloud, user))) return movedOn(user);
  return refersTo(spec, cloud)
    ? lost(`the record of ${display(spec.user)}, which refers to it again`)
    : { leave: spec.user };
}

/** Whether a record of the user names the gate or the check, of whatever generation. */
function refersTo(spec: CheckUserSpec, cloud: Cloud): boolean {
  const { healthChecks } = accountOf(cloud, spec.zone.account);
  const prefix = referencePrefix(spec.top);
  for (const record of zoneOf(cloud, userOf(spec))?.recordSets.startingWith(nameKeyPrefix(spec.user)) ?? []) {
    const check = record.HealthCheckId === undefined ? undefined : healthChecks.get(record.HealthCheckId);
    if (check?.CallerReference.startsWith(prefix) === true) return true;
  }
  return false;
}

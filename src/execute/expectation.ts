import type { AccountId, Call, Region, Service } from "../cloud/call.ts";
import type { ApiDomain, Cloud, HealthCheck, RecordSet } from "../cloud/cloud.ts";
import { accountOf, regionOf } from "../cloud/edit.ts";
import { MINUTE } from "../cloud/instant.ts";
import type { Instant } from "../cloud/instant.ts";
import { recordKey } from "../cloud/route53/record-order.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { domainName } from "../dns/domain-name.ts";
import { canonicalJson } from "../plan/plan.ts";
import { diverged } from "./divergence.ts";

/** What an acknowledged write of this run must have come to, once reads of its service are no longer behind. */
export type Expectation = Since & (OfMarker | OfCheck | OfDomain);

interface Since {
  /** The call, in words. */
  readonly what: string;
  readonly account: AccountId;
  readonly at: Instant;
  /** Looks past the window that showed something else. */
  readonly doubts: number;
}

/** The TXT that a batch wrote (undefined: none), and the one that it deleted: a nonce makes both unlike all others. */
interface OfMarker {
  readonly of: "marker";
  readonly zoneId: string;
  readonly key: string;
  readonly values: string | undefined;
  readonly replaced: string | undefined;
}

interface OfCheck {
  readonly of: "check";
  readonly id: string;
  readonly by: "create" | "update" | "delete";
  readonly version: number;
  readonly path: string | undefined;
}

/** `host`: the regional domain name, which is never used twice. */
interface OfDomain {
  readonly of: "domain";
  readonly region: Region;
  readonly name: string;
  readonly host: string;
  readonly by: "create" | "delete";
}

/**
 * For how long after a write a read may still show what was before, in milliseconds. Certificates are not in it: the
 * answer to a repeated idempotency token may name one that is gone, which is no departure.
 */
// Assumed: AWS documents no bound for how far its reads are behind its writes (ListResourceRecordSets shows pending changes at once); these are generous ones.
const WINDOWS: Readonly<Partial<Record<Service, number>>> = { route53: MINUTE, apigateway: 2 * MINUTE };

/** What is simply not there counts this long after its write; later somebody may well have removed it. */
const ABSENCE_MAX = 5 * MINUTE;

/** Never on the first look: the second that shows something else, with time in between, settles it. */
const DOUBTS_MAX = 2;

interface Output {
  readonly HealthCheck?: HealthCheck;
  readonly regionalDomainName?: string;
}

/** What follows from a write that AWS acknowledged. `before`: what was known then. */
export function expectationsOf(call: Call, output: unknown, before: Cloud, at: Instant): readonly Expectation[] {
  const since = { what: call.operation, account: call.account, at, doubts: 0 };
  const answer = output as Output;
  const input = call.input as { readonly HealthCheckId?: string; readonly domainName?: string };
  switch (call.operation) {
    case "ChangeResourceRecordSets":
      return markersOf(call).map((marker) => ({ ...since, ...marker }));
    case "CreateHealthCheck":
    case "UpdateHealthCheck": {
      const check = answer.HealthCheck;
      if (check === undefined) return [];
      const by = call.operation === "CreateHealthCheck" ? "create" : "update";
      const { Id: id, HealthCheckVersion: version, HealthCheckConfig: config } = check;
      return [{ ...since, of: "check", id, by, version, path: config.ResourcePath }];
    }
    case "DeleteHealthCheck":
      return [{ ...since, of: "check", id: input.HealthCheckId ?? "", by: "delete", version: 0, path: undefined }];
    case "CreateDomainName":
    case "DeleteDomainName": {
      const name = domainName(input.domainName ?? "");
      const by = call.operation === "CreateDomainName" ? "create" : "delete";
      const old = regionOf(before, call.account, call.region).domains.get(name)?.regionalDomainName;
      const host = by === "create" ? answer.regionalDomainName : old;
      return host === undefined ? [] : [{ ...since, of: "domain", region: call.region, name, host, by }];
    }
    default:
      return [];
  }
}

interface Batch {
  readonly HostedZoneId: string;
  readonly ChangeBatch: {
    readonly Changes: readonly { readonly Action: string; readonly ResourceRecordSet: RecordSet }[];
  };
}

function markersOf(call: Call): readonly OfMarker[] {
  const { HostedZoneId: zoneId, ChangeBatch: batch } = call.input as Batch;
  const markers = new Map<string, OfMarker>();
  for (const { Action, ResourceRecordSet: record } of batch.Changes) {
    if (!record.Name.startsWith("_signalbox.")) continue;
    const key = recordKey(record);
    const known = markers.get(key) ?? { of: "marker", zoneId, key, values: undefined, replaced: undefined };
    const values = valuesOf(record);
    markers.set(key, Action === "CREATE" ? { ...known, values } : { ...known, replaced: values });
  }
  return [...markers.values()];
}

/** Whether the markers that a batch makes are there: a nonce makes each unlike all others, and a batch is applied as a whole. */
export function isSwapSeen(call: Call, cloud: Cloud): boolean {
  const markers = call.operation === "ChangeResourceRecordSets" ? markersOf(call) : [];
  const { zones } = accountOf(cloud, call.account);
  return markers.some((each) => {
    const live = zones.get(each.zoneId)?.recordSets.get(each.key);
    return live !== undefined && valuesOf(live) === each.values;
  });
}

const valuesOf = ({ ResourceRecords = [] }: RecordSet): string =>
  canonicalJson(ResourceRecords.map(({ Value }) => Value).toSorted());

/** A later write to the same thing takes the place of an earlier one. */
export function expecting(known: readonly Expectation[], more: readonly Expectation[]): readonly Expectation[] {
  return [...new Map([...known, ...more].map((each) => [subjectOf(each), each])).values()];
}

function subjectOf(each: Expectation): string {
  switch (each.of) {
    case "marker":
      return `marker ${each.account} ${each.zoneId} ${each.key}`;
    case "check":
      return `check ${each.account} ${each.id}`;
    case "domain":
      return `domain ${each.account} ${each.region} ${each.name}`;
  }
}

/** shown: as expected. other: somebody else has been there since. contradicted: nobody but AWS can have done that. */
type Sighting = "shown" | "other" | "absent" | "contradicted" | "unread";

export interface Judged {
  /** What is still to be seen. */
  readonly expected: readonly Expectation[];
  /** Something is not as it should be: look again before anything is done about it. */
  readonly doubtful: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Holds a fresh reading of the estate against what this run wrote. What was once as expected is not asked for again. */
export function judgeLook(expected: readonly Expectation[], read: Cloud): Judged {
  const still = expected.flatMap((each) => judgeOne(each, sightingOf(each, read), read.now));
  const wrong = still.filter(({ doubts }) => doubts >= DOUBTS_MAX);
  return {
    expected: still,
    doubtful: still.some(({ doubts }) => doubts > 0),
    diagnostics: wrong.map((each) =>
      diverged(
        subjectOf(each),
        `AWS acknowledged ${each.what} at ${new Date(each.at).toISOString()}, and reads of it ${Math.round((read.now - each.at) / 1000)} s later still show what was before.`,
      ),
    ),
  };
}

function judgeOne(each: Expectation, sighting: Sighting, now: Instant): readonly Expectation[] {
  const age = now - each.at;
  const late = age > (WINDOWS[each.of === "domain" ? "apigateway" : "route53"] ?? Infinity);
  switch (sighting) {
    case "shown":
    case "other":
      return [];
    case "unread":
      return [each];
    case "absent":
      if (age > ABSENCE_MAX && each.doubts === 0) return [];
      return [late ? { ...each, doubts: each.doubts + 1 } : each];
    case "contradicted":
      return [late ? { ...each, doubts: each.doubts + 1 } : each];
  }
}

function sightingOf(each: Expectation, read: Cloud): Sighting {
  const account = accountOf(read, each.account);
  if (account.unseen.size > 0) return "unread";
  switch (each.of) {
    case "marker": {
      const zone = account.zones.get(each.zoneId);
      return zone === undefined ? "unread" : markerSighting(each, zone.recordSets.get(each.key));
    }
    case "check":
      return checkSighting(each, account.healthChecks.get(each.id));
    case "domain": {
      const state = account.regions.get(each.region);
      return state === undefined ? "unread" : domainSighting(each, state.domains.get(each.name));
    }
  }
}

function markerSighting({ values, replaced }: OfMarker, live: RecordSet | undefined): Sighting {
  if (live === undefined) return values === undefined ? "shown" : "absent";
  const found = valuesOf(live);
  if (found === values) return "shown";
  return found === replaced ? "contradicted" : "other";
}

/** A version only grows, and each has its settings for ever; an id is never used twice. */
function checkSighting({ by, version, path }: OfCheck, live: HealthCheck | undefined): Sighting {
  if (by === "delete") return live === undefined ? "shown" : "contradicted";
  if (live === undefined) return by === "create" ? "absent" : "other";
  if (live.HealthCheckVersion > version) return "other";
  if (live.HealthCheckVersion < version) return "contradicted";
  return live.HealthCheckConfig.ResourcePath === path ? "shown" : "contradicted";
}

function domainSighting({ by, host }: OfDomain, live: ApiDomain | undefined): Sighting {
  if (live === undefined) return by === "delete" ? "shown" : "absent";
  if (live.regionalDomainName !== host) return "other";
  return by === "delete" ? "contradicted" : "shown";
}

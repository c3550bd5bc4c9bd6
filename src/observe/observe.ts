import type { AccountId, Region, Send } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { emptyCloud } from "../cloud/empty.ts";
import { withQuota } from "../cloud/quotas.ts";
import { checkedHosts } from "../desired/checked-host.ts";
import { renamedCertificates, successorsIn } from "../desired/renames.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { ourMarkers } from "../resource/condemned.ts";
import { isHomeName } from "../resource/health-check-identity.ts";
import type { Scope } from "../resource/kind.ts";
import { regionsIn } from "../resource/marker.ts";
import { withoutBuried } from "./buried.ts";
import { whoAmI, wrongAccounts, wrongAmbient } from "./accounts.ts";
import { observeApis } from "./apis.ts";
import { observeCertificates } from "./certificates.ts";
import { observeGateway } from "./gateway.ts";
import { reader } from "./read.ts";
import { carryOver } from "./carry-over.ts";
import { unreadable } from "./unreadable.ts";
import { withUnseen } from "./unseen.ts";
import { findZones, readHealthChecks, readRecordSets } from "./zones.ts";

/** The estate as it is, and what of it this run is about. */
export interface Observation {
  readonly cloud: Cloud;
  readonly scope: Scope;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ObserveOptions {
  readonly goal: "converge" | "retire";
  /** Regions to look at besides those of the manifest and of the markers. */
  readonly regions?: readonly Region[];
}

/**
 * Reads the estate. Zones with their markers come first, targets after: a target that was looked at before the
 * marker could be deleted by another run in between (rule F3 of the write protocol).
 */
export async function observe(
  manifest: Manifest,
  options: ObserveOptions,
  send: Send,
  learnt?: Cloud,
): Promise<Observation> {
  const from = reader(emptyCloud(0), send); // the first answer brings the time
  const account = await whoAmI("", from);
  if (account === undefined)
    return { cloud: from.cloud(), scope: emptyScope(manifest, ""), diagnostics: unreadable(manifest, from, "error") };
  const ambient = wrongAmbient(manifest, account);
  const wrong = ambient === undefined ? await wrongAccounts(manifest, account, from) : [ambient];
  if (wrong.length > 0) return { cloud: from.cloud(), scope: emptyScope(manifest, account), diagnostics: wrong };
  const found = await findZones(manifest, account, from);
  const listed = found.zones.filter((zone) => zone.id !== "");
  for (const zone of listed) await readRecordSets(zone, from);
  for (const each of new Set(listed.map((zone) => zone.account))) await readHealthChecks(each, from);
  const scope = scopeOf(manifest, options, account, found.zones, from.cloud());
  for (const region of regionsOf(manifest, options, scope, from.cloud())) {
    await observeCertificates(manifest, scope, region, from);
    await observeGateway(scope, region, from);
  }
  const missing = options.goal === "converge" ? await observeApis(manifest, account, from) : [];
  const fresh = withUnseen(withQuotas(manifest, account, withoutBuried(from.cloud(), scope)), from.faults);
  const cloud = learnt === undefined ? fresh : carryOver(learnt, fresh);
  return { cloud, scope, diagnostics: [...unreadable(manifest, from, "warning"), ...found.diagnostics, ...missing] };
}

/** Quotas that the manifest tells of. */
const withQuotas = (manifest: Manifest, ambient: AccountId, cloud: Cloud): Cloud =>
  manifest.quotas.reduce((raised, { account, key, value }) => withQuota(raised, account ?? ambient, key, value), cloud);

const ownerOf = (manifest: Manifest): Scope["owner"] => ({ manifest: manifest.name, scope: manifest.scopeId });

function emptyScope(manifest: Manifest, account: string): Scope {
  return {
    account,
    owner: ownerOf(manifest),
    zones: [],
    zoneByName: new Map(),
    wanted: new Set(),
    retired: new Set(),
    renamedCertificates: renamedCertificates(manifest),
    checkedHosts: checkedHosts(manifest),
    drainMinimumSeconds: manifest.drainMinimumSeconds,
  };
}

function scopeOf(
  manifest: Manifest,
  options: ObserveOptions,
  account: string,
  zones: Scope["zones"],
  cloud: Cloud,
): Scope {
  const scope: Scope = {
    ...emptyScope(manifest, account),
    zones,
    zoneByName: new Map(zones.map((zone) => [zone.name, zone])),
  };
  const named = manifest.apis.map((api) => api.name);
  const successors = successorsIn(manifest);
  if (options.goal === "converge")
    return {
      ...scope,
      wanted: new Set(named),
      retired: new Set([...manifest.retire, ...successors.keys()]),
      successors,
    };
  const marked = [...ourMarkers(cloud, scope)].flatMap(({ spec: { name } }) => (isHomeName(name) ? [] : [name]));
  return { ...scope, retired: new Set([...named, ...manifest.retire, ...successors.keys(), ...marked]) };
}

/**
 * Regions of the manifest, and those in which a marker says that something of ours is, or was: a run that lost a race
 * may have made it anew there since.
 */
function regionsOf(manifest: Manifest, options: ObserveOptions, scope: Scope, cloud: Cloud): readonly Region[] {
  const named = manifest.apis.flatMap((api) => api.regions.map((each) => each.region));
  const found = new Set([...named, ...(options.regions ?? [])]);
  for (const { marker } of ourMarkers(cloud, scope)) for (const region of regionsIn(marker)) found.add(region);
  return [...found].toSorted();
}

import type { Call, Region, Send } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { emptyCloud } from "../cloud/empty.ts";
import { checkedHosts } from "../desired/checked-host.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { ourMarkers } from "../resource/condemned.ts";
import type { Scope } from "../resource/kind.ts";
import { observeApis } from "./apis.ts";
import { observeCertificates } from "./certificates.ts";
import { observeGateway } from "./gateway.ts";
import { reader } from "./read.ts";
import type { Reader } from "./read.ts";
import { carryOver } from "./carry-over.ts";
import { findZones, readHealthChecks, readRecordSets } from "./zones.ts";

/** The estate as it is, and what of it this run is about. */
export interface Observation {
  readonly cloud: Cloud;
  readonly scope: Scope;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ObserveOptions {
  readonly goal: "converge" | "retire";
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
  const account = await whoAmI(from);
  if (account === undefined)
    return { cloud: from.cloud(), scope: emptyScope(manifest, ""), diagnostics: unreadable(from) };
  const wrong = wrongAccount(manifest, account);
  if (wrong !== undefined) return { cloud: from.cloud(), scope: emptyScope(manifest, account), diagnostics: [wrong] };
  const found = await findZones(manifest, account, from);
  for (const zone of found.zones) await readRecordSets(zone, account, from);
  await readHealthChecks(account, from);
  const scope = scopeOf(manifest, options, account, found.zones, from.cloud());
  for (const region of regionsOf(manifest, scope, from.cloud())) {
    await observeCertificates(manifest, scope, region, from);
    await observeGateway(scope, region, from);
  }
  const missing = options.goal === "converge" ? await observeApis(manifest, account, from) : [];
  const cloud = learnt === undefined ? from.cloud() : carryOver(learnt, from.cloud());
  return { cloud, scope, diagnostics: [...unreadable(from), ...found.diagnostics, ...missing] };
}

async function whoAmI(from: Reader): Promise<string | undefined> {
  const call: Call = { account: "", region: "us-east-1", service: "sts", operation: "GetCallerIdentity", input: {} };
  const output = (await from.read(call)) as { readonly Account?: string } | undefined;
  return output?.Account;
}

function wrongAccount(manifest: Manifest, account: string): Diagnostic | undefined {
  if (manifest.account === undefined || manifest.account === account) return undefined;
  const where = manifest.positions.get("account");
  return {
    code: "WRONG_ACCOUNT",
    severity: "error",
    message: `The manifest is for account ${manifest.account}, but these credentials are of ${account}.`,
    help: "Choose the credentials of that account (AWS_PROFILE, --profile), or correct `account:`.",
    ...(where === undefined ? {} : { where }),
  };
}

const ownerOf = (manifest: Manifest): Scope["owner"] => ({ manifest: manifest.name, scope: manifest.scopeId });

function emptyScope(manifest: Manifest, account: string): Scope {
  return {
    account,
    owner: ownerOf(manifest),
    zones: [],
    zoneByName: new Map(),
    wanted: new Set(),
    retired: new Set(),
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
  if (options.goal === "converge") return { ...scope, wanted: new Set(named), retired: new Set(manifest.retire) };
  const marked = [...ourMarkers(cloud, scope)].map(({ spec }) => spec.name);
  return { ...scope, retired: new Set([...named, ...manifest.retire, ...marked]) };
}

/**
 * Regions of the manifest, and those in which a marker says that something of ours is, or was: a run that lost a race
 * may have made it anew there since.
 */
function regionsOf(manifest: Manifest, scope: Scope, cloud: Cloud): readonly Region[] {
  const found = new Set(manifest.apis.flatMap((api) => api.regions.map((each) => each.region)));
  for (const { marker } of ourMarkers(cloud, scope)) {
    for (const { target } of [...marker.entries, ...marker.tombs]) {
      const [kind, region] = target.split("/");
      if (kind === "api-domain" && region !== undefined) found.add(region);
    }
    for (const record of marker.records) {
      const [, region] = record.setIdentifier.split("/");
      if (region !== undefined) found.add(region);
    }
  }
  return [...found].toSorted();
}

function unreadable(from: Reader): readonly Diagnostic[] {
  return from.faults.map(({ call, fault }) => ({
    code: "CANNOT_READ",
    severity: "error",
    subject: `${call.service}:${call.operation}`,
    message: `${call.service}:${call.operation} in ${call.region}${call.account === "" ? "" : ` of account ${call.account}`} answered ${fault.code}: ${fault.message}`,
    help: "What cannot be read is unknown, never absent, so nothing is planned. Give the credentials that permission, or wait until AWS answers.",
  }));
}

import type { Cloud } from "../../src/cloud/cloud.ts";
import { accountOf, regionOf, withRegion, withZone } from "../../src/cloud/edit.ts";
import { recordKey } from "../../src/cloud/route53/record-order.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Reachable } from "../../src/interlock/reachable.ts";
import type { Policy } from "../../src/interlock/policy.ts";
import type { Owner } from "../../src/resource/ownership.ts";
import { converged } from "../world/estate.ts";
import { storefront } from "../world/storefront.ts";
import { ACCOUNT } from "../world/world.ts";

export const SHOP = domainName("shop.example.com");
const OWNER: Owner = { manifest: storefront.name, scope: storefront.scopeId };
export const STRICT: Policy = { regionsRemovedPerRun: 1, shutsOutClients: false };
/** What a test lifts that wants to see another invariant fail. */
export const LIFTED: Policy = { regionsRemovedPerRun: Infinity, shutsOutClients: true };

/** The storefront, converged, as a state to be looked at. */
export async function standing(): Promise<Reachable> {
  const cloud = (await converged()).emulator.cloud();
  const [zone] = accountOf(cloud, ACCOUNT).zones;
  if (zone === undefined) throw new Error("no zone");
  return {
    cloud,
    baseline: cloud,
    account: ACCOUNT,
    owner: OWNER,
    policy: STRICT,
    names: [{ name: SHOP, zone: { ...zone, account: ACCOUNT }, retired: false }],
    held: [],
  };
}

export const records = (cloud: Cloud): readonly ReturnType<typeof recordKey>[] =>
  [...accountOf(cloud, ACCOUNT).zones].flatMap((zone) =>
    [...zone.recordSets].filter((each) => each.Type === "A").map(recordKey),
  );

export function withoutRecords(cloud: Cloud, keys: readonly string[]): Cloud {
  const [zone] = accountOf(cloud, ACCOUNT).zones;
  if (zone === undefined) throw new Error("no zone");
  let { recordSets } = zone;
  for (const key of keys) recordSets = recordSets.delete(key);
  return withZone(cloud, ACCOUNT, { ...zone, recordSets });
}

export function withoutDomain(cloud: Cloud, region: string): Cloud {
  const state = regionOf(cloud, ACCOUNT, region);
  return withRegion(cloud, ACCOUNT, { ...state, domains: state.domains.delete(SHOP) });
}

/** Every certificate of the Region changed. */
export function withCertificates(cloud: Cloud, region: string, change: object): Cloud {
  const state = regionOf(cloud, ACCOUNT, region);
  let { certificates } = state;
  for (const [arn, each] of certificates.entries()) certificates = certificates.set(arn, { ...each, ...change });
  return withRegion(cloud, ACCOUNT, { ...state, certificates });
}

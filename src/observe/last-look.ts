import type { Send } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { ourMarkers } from "../resource/condemned.ts";
import type { Scope } from "../resource/kind.ts";
import { isUnseenZone } from "../plan/unknown.ts";
import { reader } from "./read.ts";
import { readRecordSets } from "./zones.ts";

/**
 * Rule F4 of the write protocol: before a run says that there is nothing to do it reads the markers once more, after
 * all targets. If one has moved, another run was here in between.
 */
export async function unmoved(cloud: Cloud, scope: Scope, send: Send): Promise<boolean> {
  const from = reader(cloud, send);
  for (const zone of scope.zones) if (!isUnseenZone(cloud, zone)) await readRecordSets(zone, from);
  return from.faults.length === 0 && nonces(from.cloud(), scope) === nonces(cloud, scope);
}

const nonces = (cloud: Cloud, scope: Scope): string =>
  JSON.stringify([...ourMarkers(cloud, scope)].map(({ marker, spec }) => [spec.name, marker.generation, marker.nonce]));

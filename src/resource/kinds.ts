import { apiDomain } from "./api-domain.ts";
import { basePathMapping } from "./base-path-mapping.ts";
import { certificate } from "./certificate.ts";
import { checkUser } from "./check-user.ts";
import { condemned } from "./condemned.ts";
import { edgeEndpoint } from "./edge-endpoint.ts";
import { endpointProbe } from "./endpoint-probe.ts";
import { healthCheck } from "./health-check.ts";
import { issuance } from "./issuance.ts";
import type { AnySpec, Kind } from "./kind.ts";
import { markerRecord } from "./marker-record.ts";
import { recordSet } from "./record-set.ts";
import { recordSwitch } from "./record-switch.ts";
import { validationRecord } from "./validation-record.ts";

/** Every kind of resource, in the order in which a service comes to be. A plan finds the kind of a spec here, by name. */
export const kinds: readonly Kind<AnySpec>[] = [
  certificate,
  validationRecord,
  issuance,
  apiDomain,
  basePathMapping,
  healthCheck,
  checkUser,
  endpointProbe,
  recordSet,
  recordSwitch,
  edgeEndpoint,
  condemned,
  markerRecord,
];

const byName = new Map(kinds.map((kind) => [kind.name, kind]));

export function kindOf(name: string): Kind<AnySpec> {
  const kind = byName.get(name);
  if (kind === undefined) throw new Error(`no kind ${name}`);
  return kind;
}

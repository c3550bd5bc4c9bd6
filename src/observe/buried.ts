import type { Cloud } from "../cloud/cloud.ts";
import { regionOf, withRegion } from "../cloud/edit.ts";
import { ourMarkers } from "../resource/condemned.ts";
import type { Scope } from "../resource/kind.ts";

/** Without the domains that their marker says are gone and that only a late read still shows: to make one anew is right, and the model must not refuse it. */
export function withoutBuried(cloud: Cloud, scope: Scope): Cloud {
  let found = cloud;
  for (const { marker, spec } of ourMarkers(cloud, scope)) {
    for (const { target, incarnation } of marker.tombs) {
      const [kind, region = ""] = target.split("/");
      if (kind !== "api-domain") continue;
      const state = regionOf(found, scope.account, region);
      if (state.domains.get(spec.name)?.regionalDomainName !== incarnation) continue;
      found = withRegion(found, scope.account, { ...state, domains: state.domains.delete(spec.name) });
    }
  }
  return found;
}

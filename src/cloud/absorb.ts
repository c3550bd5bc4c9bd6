import { absorbAcm } from "./acm/absorb.ts";
import { absorbApiGateway } from "./apigateway/absorb.ts";
import type { Call } from "./call.ts";
import type { Cloud } from "./cloud.ts";
import { absorbCloudFront } from "./cloudfront/absorb.ts";
import { regionOf, withRegion } from "./edit.ts";
import { absorbElbv2 } from "./elbv2/absorb.ts";
import { probeKey } from "./probe.ts";
import type { ProbeInput } from "./probe.ts";
import { absorbRoute53 } from "./route53/absorb.ts";
import { absorbTagging } from "./tagging/absorb.ts";

/**
 * The Cloud with what AWS answered to a read folded in. Listings add and replace; what they do not tell (tags,
 * validation records, mappings) stays as it was. An answer that tells nothing about the Cloud leaves it as it is.
 */
export function absorb(cloud: Cloud, call: Call, output: unknown): Cloud {
  switch (call.service) {
    case "route53":
      return absorbRoute53(cloud, call, output);
    case "acm":
      return absorbAcm(cloud, call, output);
    case "apigateway":
      return absorbApiGateway(cloud, call, output);
    case "cloudfront":
      return absorbCloudFront(cloud, call, output);
    case "elbv2":
      return absorbElbv2(cloud, call, output);
    case "tagging":
      return absorbTagging(cloud, call, output);
    case "probe":
      return withPassedProbe(cloud, call);
    case "sts":
      return cloud;
  }
}

function withPassedProbe(cloud: Cloud, call: Call): Cloud {
  const state = regionOf(cloud, call.account, call.region);
  const probes = state.probes.set(probeKey(call.input as ProbeInput), cloud.now);
  return withRegion(cloud, call.account, { ...state, probes });
}

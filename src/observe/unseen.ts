import { area } from "../cloud/area.ts";
import type { Call } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { accountOf, withAccount } from "../cloud/edit.ts";
import type { Reader } from "./read.ts";

/** The Cloud with what could not be read marked as such: it is unknown, not absent. */
export function withUnseen(cloud: Cloud, faults: Reader["faults"]): Cloud {
  return faults.reduce((marked, { call, fault }) => {
    const account = accountOf(marked, call.account);
    return withAccount(marked, {
      ...account,
      unseen: account.unseen.set(areaOf(call), `${fault.code}: ${fault.message}`),
    });
  }, cloud);
}

/** Route 53 is one place for a whole account, but for the record sets of a zone. Who cannot even say who they are sees nothing there. */
function areaOf({ service, region, input }: Call): string {
  const { HostedZoneId } = (input ?? {}) as { readonly HostedZoneId?: string };
  if (service !== "route53" && service !== "sts") return area(service, region);
  return area("route53", HostedZoneId ?? region);
}

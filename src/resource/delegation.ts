import type { HostedZone } from "../cloud/cloud.ts";
import { delegationAbove } from "../cloud/route53/lookup.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display, domainName } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { Address } from "./address.ts";

/**
 * Why what the zone holds of a name is never asked for: an NS record below the apex sends resolvers to other name
 * servers (RFC 1034 §4.2.1). A record written here would look right and answer nobody.
 */
export function delegatedAway(
  zone: HostedZone | undefined,
  name: DomainName,
  subject: Address,
): Diagnostic | undefined {
  const cut = zone && delegationAbove(zone, name, "A");
  if (zone === undefined || cut === undefined) return undefined;
  const servers = cut.records.flatMap((record) => (record.ResourceRecords ?? []).map(({ Value }) => Value));
  return {
    code: "DELEGATED_AWAY",
    severity: "error",
    subject,
    message: `${display(name)} is not answered from the hosted zone ${display(zone.name)}: its NS record at ${display(cut.owner)} delegates to ${servers.map((each) => display(domainName(each))).join(", ")}.`,
    help: `Add the hosted zone ${display(cut.owner)} to \`zones:\`, or remove that NS record if nothing is behind it.`,
  };
}

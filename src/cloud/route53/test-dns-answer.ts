import { isWithin, parseDomainName } from "../../dns/domain-name.ts";
import { parseIpv4, parseIpv6 } from "../../dns/ip-address.ts";
import type { Call, Fault, Outcome, Region } from "../call.ts";
import type { Cloud, HostedZone, RecordSet } from "../cloud.ts";
import { accountOf } from "../edit.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import { drawnAnswer } from "./answer.ts";
import type { AnswerResult } from "./answer.ts";
import { DEFAULT_PLACE, placeOf } from "./client-place.ts";
import { invalidInput, noSuchHostedZone, refuse } from "./faults.ts";
import { hasVerdict } from "./health-check-age.ts";
import type { EndpointProbe } from "./health.ts";
import { bareId } from "./identifiers.ts";
import { policyOf } from "./routing-policy.ts";

interface Input {
  readonly HostedZoneId: string;
  readonly RecordName: string;
  readonly RecordType: RecordSet["Type"];
  readonly ResolverIP?: string;
  readonly EDNS0ClientSubnetIP?: string;
  readonly EDNS0ClientSubnetMask?: string | number;
}

/**
 * TestDNSAnswer: what a name server of a public zone answers to a client in a subnet, or to the resolver that asks for
 * it; without either, to a resolver in us-east-1. The zone need not be delegated.
 * Source: API Reference, TestDNSAnswer; Developer Guide, "Checking DNS responses from Route 53", checked 2026-11-23.
 */
// Assumed: health counts as it does in real answers; neither page says so.
export function testDnsAnswer(cloud: Cloud, call: Call): Outcome {
  const input = call.input as Input;
  const account = accountOf(cloud, call.account);
  const zone = account.zones.get(bareId(input.HostedZoneId));
  if (zone === undefined) return refuse(noSuchHostedZone(bareId(input.HostedZoneId)));
  // Assumed: the code and the wording for private zones; the page only says that they are not supported.
  if (zone.private) return refuse(invalidInput(`The hosted zone ${zone.id} is private`));
  const parsed = parseDomainName(input.RecordName);
  if (!parsed.ok) return refuse(invalidInput(`The record name '${input.RecordName}' ${parsed.problem}`));
  const region = clientRegion(input);
  if (typeof region !== "string") return refuse(region);

  // Assumed: a name server refuses a name outside its zone.
  if (!isWithin(parsed.name, zone.name)) return succeeded(cloud, output(zone, input, "REFUSED", []));
  const young: EndpointProbe = (config, id) => (hasVerdict(account, id, config, cloud.now) ? undefined : true);
  const result = drawnAnswer(cloud, call.account, zone.id, parsed.name, input.RecordType, region, young);
  const policy = unmodelledPolicy(result);
  if (policy !== undefined) return notEmulated(call, `${policy} routing`);
  return succeeded(cloud, output(zone, input, result.code === "NXDOMAIN" ? "NXDOMAIN" : "NOERROR", dataOf(result)));
}

function output(zone: HostedZone, input: Input, code: string, data: readonly string[]): unknown {
  return {
    Nameserver: zone.nameServers[0] ?? "",
    RecordName: input.RecordName,
    RecordType: input.RecordType,
    RecordData: data,
    ResponseCode: code,
    Protocol: "UDP",
  };
}

/** The client's subnet tells more than the resolver. Where a resolver is, its whole address tells. */
function clientRegion(input: Input): Region | Fault {
  const { EDNS0ClientSubnetIP: client, EDNS0ClientSubnetMask: mask, ResolverIP: resolver } = input;
  // Assumed: the wording of these.
  if (mask !== undefined && client === undefined)
    return invalidInput("EDNS0ClientSubnetMask needs EDNS0ClientSubnetIP");
  if (client === undefined) {
    if (resolver === undefined) return DEFAULT_PLACE;
    return placeOf(resolver, addressBits(resolver) ?? 0) ?? invalidInput(`Invalid ResolverIP: ${resolver}`);
  }
  const longest = addressBits(client);
  if (longest === undefined) return invalidInput(`Invalid EDNS0ClientSubnetIP: ${client}`);
  const told = mask === undefined ? (longest === 32 ? 24 : 64) : Number(mask);
  if (mask === "" || !Number.isInteger(told) || told < 0 || told > longest)
    return invalidInput(`Invalid EDNS0ClientSubnetMask: ${mask}`);
  return placeOf(client, told) ?? DEFAULT_PLACE;
}

function addressBits(address: string): number | undefined {
  if (parseIpv4(address) !== undefined) return 32;
  return parseIpv6(address) === undefined ? undefined : 128;
}

/** Where such record sets are met on the way, the model does not know which of them is the answer. */
function unmodelledPolicy({ records, via }: AnswerResult): string | undefined {
  const unmodelled: readonly string[] = ["geolocation", "geoproximity", "cidr"];
  return [...via, ...records].map(policyOf).find((policy) => unmodelled.includes(policy));
}

/**
 * As in the answer section of `dig`: CNAMEs on the way first. A delegation is no answer. An alias that leads to another
 * resource of AWS gives that resource's name.
 */
// Assumed: a name for every kind of resource; the guide says "an IP address or a domain name", and the model has no addresses.
function dataOf({ code, records, via }: AnswerResult): readonly string[] {
  if (code === "REFERRAL") return [];
  const cnames = via.filter(({ Type, AliasTarget }) => Type === "CNAME" && AliasTarget === undefined);
  return [...cnames, ...records].flatMap(({ AliasTarget: alias, ResourceRecords: values = [] }) =>
    alias === undefined ? values.map(({ Value }) => Value) : [alias.DNSName],
  );
}

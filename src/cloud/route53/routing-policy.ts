import type { RecordSet } from "../cloud.ts";

/** How Route 53 chooses among the record sets of one name and type. */
export type RoutingPolicy =
  | "simple"
  | "weighted"
  | "latency"
  | "failover"
  | "multivalue"
  | "geolocation"
  | "geoproximity"
  | "cidr";

/** The policies whose field is set: exactly one in a record set with a set identifier, none in a simple one. */
export function policiesOf(record: RecordSet): readonly RoutingPolicy[] {
  const policies: RoutingPolicy[] = [];
  if (record.Weight !== undefined) policies.push("weighted");
  if (record.Region !== undefined) policies.push("latency");
  if (record.Failover !== undefined) policies.push("failover");
  if (record.GeoLocation !== undefined) policies.push("geolocation");
  if (record.MultiValueAnswer === true) policies.push("multivalue");
  if (record.CidrRoutingConfig !== undefined) policies.push("cidr");
  if (record.GeoProximityLocation !== undefined) policies.push("geoproximity");
  return policies;
}

export function policyOf(record: RecordSet): RoutingPolicy {
  return policiesOf(record)[0] ?? "simple";
}

import type { ApiSection, Manifest } from "../../src/manifest/manifest.ts";
import { storefront, storefrontApi, withApi } from "./storefront.ts";

const routed = (routing: ApiSection["routing"], change: Partial<ApiSection> = {}): Manifest =>
  withApi({ routing, ...change });

const east = storefrontApi.regions.slice(0, 1);
const west = storefrontApi.regions.slice(1);
const ireland = { region: "eu-west-1", mappings: [{ basePath: "v1", restApi: "3c9mn2xxxx", stage: "prod" }] };

/** The storefront by every policy. */
export const latency = storefront;
export const weighted = routed({ policy: "weighted", weights: { "us-east-1": 90, "us-west-2": 10 } });
export const reweighted = routed({ policy: "weighted", weights: { "us-east-1": 0, "us-west-2": 10 } });
export const failover = routed({ policy: "failover", primary: "us-east-1" }, { evaluateTargetHealth: true });
export const exchanged = routed({ policy: "failover", primary: "us-west-2" }, { evaluateTargetHealth: true });
export const simple = routed({ policy: "simple" }, { regions: east });
export const simpleWest = routed({ policy: "simple" }, { regions: west });
export const cname = withApi({ cnameTtl: 60 });
/** By weight, and Ireland in place of Oregon. */
export const moved = routed(
  { policy: "weighted", weights: { "eu-west-1": 10, "us-east-1": 90 } },
  { regions: [ireland, ...east] },
);
/** A third Region by latency. */
export const three = withApi({ regions: [ireland, ...storefrontApi.regions] });
/** Ireland in place of Oregon as the secondary. */
export const otherSecondary = routed(
  { policy: "failover", primary: "us-east-1" },
  { evaluateTargetHealth: true, regions: [ireland, ...east] },
);

export const ROUTINGS: readonly Manifest[] = [latency, weighted, failover, simple, cname, moved, three];

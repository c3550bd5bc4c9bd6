import { createHash } from "node:crypto";
import type { Call, Outcome, Step } from "../call.ts";
import type { Cloud, RegionalState, RestApi } from "../cloud.ts";
import { regionOf, withRegion } from "../edit.ts";
import { succeeded } from "../outcome.ts";
import { Table } from "../table.ts";
import { notFound } from "./faults.ts";
import { pageOf } from "./page.ts";
import type { PageInput } from "./page.ts";

/** Of REST APIs only what a domain needs is known: identity, stages, whether the API's own host answers. */
export const restApiOutput = (api: RestApi): unknown => ({
  id: api.id,
  name: api.name,
  ...(api.createdAt === undefined ? {} : { createdDate: api.createdAt }),
  apiKeySource: "HEADER",
  endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "ipv4" },
  disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
  rootResourceId: rootResourceId(api),
});

/** Ten characters, as AWS's are; every API has the resource "/" from the start. */
const rootResourceId = ({ id }: RestApi): string =>
  createHash("sha256").update(`root of ${id}`).digest("hex").slice(0, 10);

/** What is known of a REST API. What nobody asked for is neither there nor absent. */
export function restApiIn(
  { restApis, restApisAsked }: RegionalState,
  id: string,
): RestApi | "absent" | "not looked at" {
  if (restApis === undefined) return "not looked at";
  return restApis.get(id) ?? (restApisAsked === undefined || restApisAsked.has(id) ? "absent" : "not looked at");
}

/** Notes that one REST API was asked for: found, or (undefined) not there. Of the others that tells nothing. */
export function askedForRestApi(state: RegionalState, id: string, found: RestApi | undefined): RegionalState {
  const before = state.restApis ?? Table.empty<RestApi>();
  const restApis = found === undefined ? before.delete(id) : before.set(id, found);
  const asked = state.restApis === undefined ? Table.empty<true>() : state.restApisAsked;
  return { ...state, restApis, ...(asked === undefined ? {} : { restApisAsked: asked.set(id, true) }) };
}

/** The REST API that the call names, or why there is none. */
export function findApi(cloud: Cloud, call: Call): { readonly found: RestApi } | { readonly no: Outcome } {
  const { restApiId = "" } = call.input as { readonly restApiId?: string };
  const found = regionOf(cloud, call.account, call.region).restApis?.get(restApiId);
  return found === undefined ? { no: notFound("API") } : { found };
}

export function withApi(cloud: Cloud, call: Call, api: RestApi): Cloud {
  const state = regionOf(cloud, call.account, call.region);
  const restApis = (state.restApis ?? Table.empty<RestApi>()).set(api.id, api);
  return withRegion(cloud, call.account, { ...state, restApis });
}

export const getRestApi: Step = (cloud, call) => {
  const sought = findApi(cloud, call);
  return "no" in sought ? sought.no : succeeded(cloud, restApiOutput(sought.found));
};

export const getRestApis: Step = (cloud, call) => {
  const { restApis } = regionOf(cloud, call.account, call.region);
  return succeeded(cloud, pageOf(restApis?.entries() ?? [], call.input as PageInput, restApiOutput));
};

/** Only the root: resources below it and methods are not modelled. Source: API Gateway API reference "GetResources", checked 2026-11-23. */
export const getResources: Step = (cloud, call) => {
  const sought = findApi(cloud, call);
  if ("no" in sought) return sought.no;
  const root = { id: rootResourceId(sought.found), path: "/" };
  return succeeded(
    cloud,
    pageOf([[root.id, root] as const], call.input as PageInput, (resource) => resource),
  );
};

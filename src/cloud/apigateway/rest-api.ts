import type { Call, Outcome, Step } from "../call.ts";
import type { Cloud, RestApi } from "../cloud.ts";
import { regionOf } from "../edit.ts";
import { succeeded } from "../outcome.ts";
import { notFound } from "./faults.ts";
import { pageOf } from "./page.ts";
import type { PageInput } from "./page.ts";

/** Of REST APIs only what a domain needs is known: identity, stages, whether the API's own host answers. */
const restApiOutput = (api: RestApi): unknown => ({
  id: api.id,
  name: api.name,
  apiKeySource: "HEADER",
  endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "ipv4" },
  disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
});

function findApi(cloud: Cloud, call: Call): { readonly found: RestApi } | { readonly no: Outcome } {
  const { restApiId = "" } = call.input as { readonly restApiId?: string };
  const found = regionOf(cloud, call.account, call.region).restApis?.get(restApiId);
  return found === undefined ? { no: notFound("API") } : { found };
}

export const getRestApi: Step = (cloud, call) => {
  const sought = findApi(cloud, call);
  return "no" in sought ? sought.no : succeeded(cloud, restApiOutput(sought.found));
};

export const getRestApis: Step = (cloud, call) => {
  const { restApis } = regionOf(cloud, call.account, call.region);
  return succeeded(cloud, pageOf(restApis?.entries() ?? [], call.input as PageInput, restApiOutput));
};

/** Not paged, and the list is named in the singular. Source: API Gateway API reference "GetStages", checked 2026-11-23. */
export const getStages: Step = (cloud, call) => {
  const sought = findApi(cloud, call);
  if ("no" in sought) return sought.no;
  return succeeded(cloud, { item: (sought.found.stages ?? []).map((stageName) => ({ stageName })) });
};

export const getStage: Step = (cloud, call) => {
  const sought = findApi(cloud, call);
  if ("no" in sought) return sought.no;
  const { stageName = "" } = call.input as { readonly stageName?: string };
  return sought.found.stages?.includes(stageName) ? succeeded(cloud, { stageName }) : notFound("stage");
};

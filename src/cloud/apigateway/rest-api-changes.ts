import type { Call, Step } from "../call.ts";
import type { Cloud, RestApi } from "../cloud.ts";
import { display } from "../../dns/domain-name.ts";
import { regionOf, withRegion } from "../edit.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import { badRequest } from "./faults.ts";
import { readPatches } from "./patch.ts";
import { findApi, restApiOutput, withApi } from "./rest-api.ts";

interface CreateRestApiInput {
  readonly name?: string;
  readonly endpointConfiguration?: {
    readonly types?: readonly string[];
    readonly ipAddressType?: string;
    readonly vpcEndpointIds?: readonly string[];
  };
  readonly disableExecuteApiEndpoint?: boolean;
}

/** The first option that is given and not modelled. */
export function unmodelledOption(input: unknown, modelled: readonly string[]): string | undefined {
  const given = Object.entries((input ?? {}) as Readonly<Record<string, unknown>>);
  return given.find(([option, value]) => !modelled.includes(option) && value !== undefined && value !== null)?.[0];
}

/**
 * An empty regional REST API: no resources but the root, no methods. Names need not be unique.
 * Source: API Gateway API reference "CreateRestApi", checked 2026-11-23.
 */
export const createRestApi: Step = (cloud, call, ids) => {
  const input = call.input as CreateRestApiInput;
  const unmodelled =
    unmodelledOption(input, ["name", "endpointConfiguration", "disableExecuteApiEndpoint"]) ??
    unmodelledEndpoint(input);
  if (unmodelled !== undefined) return notEmulated(call, unmodelled);
  const api: RestApi = {
    id: ids("rest-api"),
    name: input.name ?? "",
    disableExecuteApiEndpoint: input.disableExecuteApiEndpoint ?? false,
    stages: [],
    createdAt: cloud.now,
  };
  return succeeded(withApi(cloud, call, api), restApiOutput(api));
};

/** Source: API Gateway API reference "CreateRestApi" and "EndpointConfiguration" (EDGE is the default), checked 2026-11-23. */
function unmodelledEndpoint({ endpointConfiguration }: CreateRestApiInput): string | undefined {
  const { types = ["EDGE"], ipAddressType = "ipv4", vpcEndpointIds } = endpointConfiguration ?? {};
  if (types.length !== 1 || types[0] !== "REGIONAL") return `endpointConfiguration.types ${types.join(", ")}`;
  if (ipAddressType !== "ipv4") return `endpointConfiguration.ipAddressType ${ipAddressType}`;
  return vpcEndpointIds === undefined ? undefined : "endpointConfiguration.vpcEndpointIds";
}

/** What each path replaces. Source: API Gateway API reference "Patch operations" (UpdateRestApi), checked 2026-11-23. */
const PATHS: Readonly<Record<string, (api: RestApi, value: string) => RestApi | undefined>> = {
  "/name": (api, value) => ({ ...api, name: value }),
  "/disableExecuteApiEndpoint": (api, value) =>
    /^(?:true|false)$/i.test(value) ? { ...api, disableExecuteApiEndpoint: value.toLowerCase() === "true" } : undefined,
};

/** All patches or none. Paths that are not modelled are refused by name. */
export const updateRestApi: Step = (cloud, call) => {
  const sought = findApi(cloud, call);
  if ("no" in sought) return sought.no;
  const read = readPatches(call);
  if ("no" in read) return read.no;
  let api = sought.found;
  for (const { path, value } of read.patches) {
    const replace = Object.hasOwn(PATHS, path) ? PATHS[path] : undefined;
    if (replace === undefined) return notEmulated(call, `the patch path ${path}`);
    const replaced = replace(api, value);
    if (replaced === undefined) return badRequest(`Invalid value for ${path}: ${value}`);
    api = replaced;
  }
  return succeeded(withApi(cloud, call, api), restApiOutput(api));
};

/** Not while a mapping leads to it. Source: API Gateway guide "Delete a REST API" and the message as it is widely reported, checked 2026-11-23. */
export const deleteRestApi: Step = (cloud, call) => {
  const sought = findApi(cloud, call);
  if ("no" in sought) return sought.no;
  const { id } = sought.found;
  const mapped = mappedDomains(cloud, call, id, undefined);
  if (mapped.length > 0) {
    return badRequest(
      `Deleting RestApi ${id} failed. Please remove all base path mappings related to the RestApi in your domains: ${mapped.join(", ")}`,
    );
  }
  const state = regionOf(cloud, call.account, call.region);
  return succeeded(withRegion(cloud, call.account, { ...state, restApis: state.restApis?.delete(id) }));
};

/** The domains that have a mapping to the API, or to one stage of it. */
export function mappedDomains(cloud: Cloud, call: Call, id: string, stage: string | undefined): readonly string[] {
  const leads = (mapping: { readonly restApiId: string; readonly stage?: string }): boolean =>
    mapping.restApiId === id && (stage === undefined || mapping.stage === stage);
  const { domains } = regionOf(cloud, call.account, call.region);
  return [...domains].filter(({ mappings }) => [...(mappings ?? [])].some(leads)).map(({ name }) => display(name));
}

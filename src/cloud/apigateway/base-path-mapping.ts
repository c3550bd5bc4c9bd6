import type { Call, Outcome, Step } from "../call.ts";
import type { ApiDomain, BasePathMapping, RegionalState } from "../cloud.ts";
import { regionOf } from "../edit.ts";
import { succeeded } from "../outcome.ts";
import { quotaOf } from "../quotas.ts";
import { Table } from "../table.ts";
import { findDomain, withDomain } from "./domain-name.ts";
import { badRequest, conflict, limitExceeded, notFound } from "./faults.ts";
import { pageOf } from "./page.ts";
import type { PageInput } from "./page.ts";
import { readPatches } from "./patch.ts";
import { restApiIn } from "./rest-api.ts";

/** How API Gateway writes the empty base path. Source: API Gateway API reference "CreateBasePathMapping", checked 2026-11-23. */
export const NO_PATH = "(none)";

interface MappingInput {
  readonly basePath?: string;
  readonly restApiId?: string;
  readonly stage?: string;
}

/** The key of a base path among a domain's mappings. */
const keyOf = (basePath: string | undefined): string =>
  basePath === undefined || basePath === "" ? NO_PATH : basePath;

const mappingOutput = ({ basePath, restApiId, stage }: BasePathMapping): unknown => ({
  basePath,
  restApiId,
  ...(stage === undefined ? {} : { stage }),
});

/** Source: API Gateway API reference "CreateBasePathMapping", checked 2026-11-23. */
export const createBasePathMapping: Step = (cloud, call) => {
  const sought = findDomain(cloud, call);
  if ("no" in sought) return sought.no;
  const { basePath, restApiId = "", stage } = call.input as MappingInput;
  const mapping = { basePath: keyOf(basePath), restApiId, ...(stage === undefined ? {} : { stage }) };
  const fault =
    mappingFault(regionOf(cloud, call.account, call.region), mapping) ?? takenFault(sought.found, mapping.basePath);
  if (fault !== undefined) return fault;
  const quota = quotaOf(cloud, call.account, "apigateway.mappings");
  if ((sought.found.mappings?.size ?? 0) >= quota) return limitExceeded(`The limit of ${quota} mappings is reached`);
  return succeeded(withDomain(cloud, call, withMapping(sought.found, mapping)), mappingOutput(mapping));
};

function withMapping(domain: ApiDomain, mapping: BasePathMapping): ApiDomain {
  const mappings = domain.mappings ?? Table.empty<BasePathMapping>();
  return { ...domain, mappings: mappings.set(mapping.basePath, mapping) };
}

function takenFault(domain: ApiDomain, key: string): Outcome | undefined {
  return domain.mappings?.has(key) ? conflict("Base path already exists for this domain name") : undefined;
}

/** What a mapping leads to must exist, as far as it was looked at; a base path has one segment. */
function mappingFault(state: RegionalState, { basePath, restApiId, stage }: BasePathMapping): Outcome | undefined {
  if (basePath.includes("/")) {
    return badRequest(
      "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create a multi-level base path mapping, use API Gateway V2.",
    );
  }
  if (basePath !== NO_PATH && !/^[A-Za-z0-9$\-_.+!*'()]+$/.test(basePath))
    return badRequest(`Invalid base path: ${basePath}`);
  const api = restApiIn(state, restApiId);
  if (api === "absent" || restApiId === "") return badRequest("Invalid REST API identifier specified");
  if (api === "not looked at") return undefined;
  const absent = stage !== undefined && api.stages !== undefined && !api.stages.includes(stage);
  return absent ? badRequest("Invalid stage identifier specified") : undefined;
}

/** The mapping that the call names, with its domain; or why there is none. */
function findMapping(
  cloud: Parameters<Step>[0],
  call: Call,
): { readonly domain: ApiDomain; readonly mapping: BasePathMapping } | { readonly no: Outcome } {
  const sought = findDomain(cloud, call);
  if ("no" in sought) return sought;
  const mapping = sought.found.mappings?.get(keyOf((call.input as MappingInput).basePath));
  return mapping === undefined ? { no: notFound("base path mapping") } : { domain: sought.found, mapping };
}

export const getBasePathMapping: Step = (cloud, call) => {
  const sought = findMapping(cloud, call);
  return "no" in sought ? sought.no : succeeded(cloud, mappingOutput(sought.mapping));
};

export const getBasePathMappings: Step = (cloud, call) => {
  const sought = findDomain(cloud, call);
  if ("no" in sought) return sought.no;
  return succeeded(cloud, pageOf(sought.found.mappings?.entries() ?? [], call.input as PageInput, mappingOutput));
};

/** What each path replaces. Source: API Gateway API reference "Patch operations" (UpdateBasePathMapping), checked 2026-11-23. */
const PATHS: Readonly<Record<string, (mapping: BasePathMapping, value: string) => BasePathMapping>> = {
  "/basePath": (mapping, value) => ({ ...mapping, basePath: keyOf(value) }),
  "/restapiId": (mapping, value) => ({ ...mapping, restApiId: value }),
  "/stage": (mapping, value) => ({ ...mapping, stage: value }),
};

export const updateBasePathMapping: Step = (cloud, call) => {
  const sought = findMapping(cloud, call);
  if ("no" in sought) return sought.no;
  const read = readPatches(call);
  if ("no" in read) return read.no;
  let next = sought.mapping;
  for (const { path, value } of read.patches) {
    const replace = PATHS[path];
    if (replace === undefined) return badRequest(`Invalid patch path ${path}`);
    next = replace(next, value);
  }
  const removed = without(sought.domain, sought.mapping.basePath);
  const fault = mappingFault(regionOf(cloud, call.account, call.region), next) ?? takenFault(removed, next.basePath);
  return fault ?? succeeded(withDomain(cloud, call, withMapping(removed, next)), mappingOutput(next));
};

export const deleteBasePathMapping: Step = (cloud, call) => {
  const sought = findMapping(cloud, call);
  if ("no" in sought) return sought.no;
  return succeeded(withDomain(cloud, call, without(sought.domain, sought.mapping.basePath)));
};

function without(domain: ApiDomain, key: string): ApiDomain {
  return { ...domain, mappings: domain.mappings?.delete(key) };
}

import type { Call } from "../call.ts";
import type { ApiDomain, BasePathMapping, Cloud, RegionalState, RestApi } from "../cloud.ts";
import { regionOf, withRegion } from "../edit.ts";
import type { Instant } from "../instant.ts";
import { Table } from "../table.ts";
import { NO_PATH } from "./base-path-mapping.ts";
import { readName } from "./domain-shape.ts";
import { API_GATEWAY_TIMES } from "./limits.ts";
import { askedForRestApi } from "./rest-api.ts";

interface DomainOutput {
  readonly domainName?: string;
  readonly regionalDomainName?: string;
  readonly regionalHostedZoneId?: string;
  readonly regionalCertificateArn?: string;
  readonly distributionDomainName?: string;
  readonly distributionHostedZoneId?: string;
  readonly certificateArn?: string;
  readonly endpointConfiguration?: { readonly types?: readonly string[]; readonly ipAddressType?: string };
  readonly domainNameStatus?: string;
  readonly securityPolicy?: string;
  readonly endpointAccessMode?: string;
  readonly routingMode?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

interface MappingOutput {
  readonly basePath?: string;
  readonly restApiId?: string;
  readonly stage?: string;
}

interface RestApiOutput {
  readonly id?: string;
  readonly name?: string;
  readonly disableExecuteApiEndpoint?: boolean;
}

interface Input {
  readonly position?: string;
  readonly domainName?: string;
  readonly restApiId?: string;
  readonly resourceArn?: string;
}

type Page<T> = { readonly items?: readonly T[]; readonly position?: string };

/** Folds what API Gateway answered to a read into the Cloud; what an answer does not tell stays as it was. */
export function absorbApiGateway(cloud: Cloud, call: Call, output: unknown): Cloud {
  const state = regionOf(cloud, call.account, call.region);
  const next = read(state, call, output, cloud.now);
  return next === state ? cloud : withRegion(cloud, call.account, next);
}

function read(state: RegionalState, call: Call, output: unknown, now: Instant): RegionalState {
  const input = call.input as Input;
  switch (call.operation) {
    case "GetDomainName":
      return withDomain(state, output as DomainOutput, now);
    case "GetDomainNames":
      return ((output as Page<DomainOutput>).items ?? []).reduce((at, told) => withDomain(at, told, now), state);
    case "GetBasePathMapping":
      return withMappings(state, input, [output as MappingOutput], false);
    case "GetBasePathMappings":
      return withMappings(state, input, (output as Page<MappingOutput>).items ?? [], input.position === undefined);
    case "GetRestApi":
      return withRestApi(state, output as RestApiOutput);
    case "GetRestApis": {
      const { items = [], position } = output as Page<RestApiOutput>;
      const { restApisAsked, ...known } = items.reduce(withRestApi, state);
      const restApis = known.restApis ?? Table.empty<RestApi>();
      return {
        ...known,
        restApis,
        ...(position === undefined || restApisAsked === undefined ? {} : { restApisAsked }),
      };
    }
    case "GetStages": {
      const { item = [] } = output as { readonly item?: readonly { readonly stageName?: string }[] };
      return withStages(
        state,
        input.restApiId ?? "",
        item.map(({ stageName = "" }) => stageName),
      );
    }
    default:
      return state;
  }
}

/** Private domain names are not in public DNS, and several may share one name: they are left out. */
function withDomain(state: RegionalState, told: DomainOutput, now: Instant): RegionalState {
  const name = readName(told.domainName);
  const types = told.endpointConfiguration?.types ?? [];
  if (name === undefined || types.includes("PRIVATE")) return state;
  const domain: ApiDomain = {
    name,
    regionalDomainName: told.regionalDomainName ?? told.distributionDomainName ?? "",
    regionalHostedZoneId: told.regionalHostedZoneId ?? told.distributionHostedZoneId ?? "",
    ...(told.regionalCertificateArn === undefined ? {} : { regionalCertificateArn: told.regionalCertificateArn }),
    endpointTypes: types,
    ...edgeOf(told, types),
    ipAddressType: told.endpointConfiguration?.ipAddressType ?? "ipv4",
    securityPolicy: told.securityPolicy ?? "TLS_1_2",
    ...(told.endpointAccessMode === undefined ? {} : { endpointAccessMode: told.endpointAccessMode }),
    routingMode: told.routingMode ?? "BASE_PATH_MAPPING_ONLY",
    status: told.domainNameStatus ?? "AVAILABLE",
    ...updateDue(told, state.domains.get(name), now),
    tags: told.tags ?? {},
    mappings: knownMappings(state, name, told),
  };
  return { ...state, domains: state.domains.set(name, domain) };
}

/** AWS does not say when an update is over: the model counts on it, and only a read makes it so. */
function updateDue(told: DomainOutput, known: ApiDomain | undefined, now: Instant): Pick<ApiDomain, "updateDueAt"> {
  if (told.domainNameStatus !== "UPDATING") return {};
  const due = known?.updateDueAt ?? 0;
  return { updateDueAt: due > now ? due : now + API_GATEWAY_TIMES.updateTakes };
}

function edgeOf(
  { distributionDomainName, certificateArn }: DomainOutput,
  types: readonly string[],
): Pick<ApiDomain, "edge"> {
  if (distributionDomainName === undefined || !types.includes("EDGE")) return {};
  return { edge: { distributionDomainName, ...(certificateArn === undefined ? {} : { certificateArn }) } };
}

/** A domain that was deleted and made anew has another regional domain name, or another distribution, and none of the old one's mappings. */
function knownMappings(state: RegionalState, name: ApiDomain["name"], told: DomainOutput): ApiDomain["mappings"] {
  const known = state.domains.get(name);
  const hosts = [told.regionalDomainName, told.distributionDomainName];
  const isSame = [known?.regionalDomainName, known?.edge?.distributionDomainName].some(
    (host) => host !== undefined && hosts.includes(host),
  );
  return isSame ? known?.mappings : undefined;
}

/** `first`: the page that starts a listing, so that what it leaves out is gone. A mapping read by itself leaves the others as they are. */
function withMappings(
  state: RegionalState,
  input: Input,
  told: readonly MappingOutput[],
  first: boolean,
): RegionalState {
  const name = readName(input.domainName);
  const domain = name && state.domains.get(name);
  if (domain === undefined) return state;
  let mappings = first ? Table.empty<BasePathMapping>() : domain.mappings;
  for (const { basePath = "", restApiId = "", stage } of told) {
    const key = basePath === "" ? NO_PATH : basePath;
    mappings = mappings?.set(key, { basePath: key, restApiId, ...(stage === undefined ? {} : { stage }) });
  }
  return { ...state, domains: state.domains.set(domain.name, { ...domain, mappings }) };
}

function withRestApi(state: RegionalState, told: RestApiOutput): RegionalState {
  const { id = "", name = "", disableExecuteApiEndpoint = false } = told;
  return askedForRestApi(state, id, {
    stages: undefined,
    ...state.restApis?.get(id),
    id,
    name,
    disableExecuteApiEndpoint,
  });
}

function withStages(state: RegionalState, id: string, stages: readonly string[]): RegionalState {
  const api = state.restApis?.get(id);
  return api === undefined ? state : { ...state, restApis: state.restApis?.set(id, { ...api, stages }) };
}

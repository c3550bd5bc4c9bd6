import { parseDomainName } from "../../dns/domain-name.ts";
import { parseIpv4, parseIpv6 } from "../../dns/ip-address.ts";
import type { Account, HealthCheckConfig, HealthCheckType } from "../cloud.ts";
import { HEALTH_CHECK_CHILDREN_MAX } from "./limits.ts";

/** Where Route 53 has health checkers. Source: route53 model, HealthCheckRegion, checked 2026-11-23. */
const CHECKER_REGIONS = new Set([
  "us-east-1",
  "us-west-1",
  "us-west-2",
  "eu-west-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-northeast-1",
  "sa-east-1",
]);
const CHECKER_REGIONS_MIN = 3;

type TypeFacts = {
  readonly endpoint: boolean;
  readonly port?: number;
  readonly searches: boolean;
  readonly tls: boolean;
};
const TYPES: Readonly<Record<HealthCheckType, TypeFacts>> = {
  HTTP: { endpoint: true, port: 80, searches: false, tls: false },
  HTTPS: { endpoint: true, port: 443, searches: false, tls: true },
  HTTP_STR_MATCH: { endpoint: true, port: 80, searches: true, tls: false },
  HTTPS_STR_MATCH: { endpoint: true, port: 443, searches: true, tls: true },
  TCP: { endpoint: true, searches: false, tls: false },
  CALCULATED: { endpoint: false, searches: false, tls: false },
  CLOUDWATCH_METRIC: { endpoint: false, searches: false, tls: false },
  RECOVERY_CONTROL: { endpoint: false, searches: false, tls: false },
};

/** Whether health checkers send requests for it, as opposed to one that is computed from others. */
function isEndpointCheck(config: HealthCheckConfig): boolean {
  return TYPES[config.Type].endpoint;
}

/** The settings with what AWS fills in where nothing is said. Source: API Reference, HealthCheckConfig, checked 2026-11-23. */
// Assumed: EnableSNI is true for HTTPS and false else; ResourcePath stays absent.
export function withDefaults(config: HealthCheckConfig): HealthCheckConfig {
  const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
  const { endpoint, port, tls } = TYPES[config.Type];
  return {
    ...(port === undefined ? {} : { Port: port }),
    ...(endpoint ? { RequestInterval: 30, FailureThreshold: 3, MeasureLatency: false, EnableSNI: tls } : {}),
    Inverted: false,
    Disabled: false,
    ...given,
    Type: config.Type,
  };
}

/** What is wrong with the settings of a health check, or undefined. Source: API Reference, HealthCheckConfig, checked 2026-11-23. */
export function configProblem(config: HealthCheckConfig, account: Account): string | undefined {
  if (!Object.hasOwn(TYPES, config.Type)) return `Invalid health check type: ${config.Type}`;
  const problem = isEndpointCheck(config) ? endpointProblem(config) : undefined;
  if (problem !== undefined) return problem;
  return config.Type === "CALCULATED" ? calculatedProblem(config, account) : alarmProblem(config);
}

function endpointProblem(config: HealthCheckConfig): string | undefined {
  const { IPAddress: address, FullyQualifiedDomainName: host, SearchString: search } = config;
  if (address === undefined && host === undefined)
    return "Either IPAddress or FullyQualifiedDomainName must be specified";
  if (address !== undefined && !isPublicAddress(address)) return `Invalid IPAddress: ${address}`;
  if (host !== undefined && (host.length > 255 || !parseDomainName(host).ok))
    return `Invalid FullyQualifiedDomainName: ${host}`;
  const searches = TYPES[config.Type].searches;
  if (searches !== (search !== undefined))
    return `SearchString must ${searches ? "" : "not "}be specified for type ${config.Type}`;
  if (search !== undefined && (search.length < 1 || search.length > 255))
    return "SearchString must have 1 to 255 characters";
  if ((config.ResourcePath?.length ?? 0) > 255) return "ResourcePath must have at most 255 characters";
  return numberProblem(config) ?? checkerRegionsProblem(config.Regions);
}

function numberProblem(config: HealthCheckConfig): string | undefined {
  const { Port: port, RequestInterval: interval, FailureThreshold: threshold } = config;
  if (port === undefined && TYPES[config.Type].port === undefined)
    return `Port must be specified for type ${config.Type}`;
  if (port !== undefined && !isBetween(port, 1, 65_535)) return `Invalid Port: ${port}`;
  if (interval !== undefined && interval !== 10 && interval !== 30) return `Invalid RequestInterval: ${interval}`;
  if (threshold !== undefined && !isBetween(threshold, 1, 10)) return `Invalid FailureThreshold: ${threshold}`;
  return undefined;
}

function checkerRegionsProblem(regions: readonly string[] | undefined): string | undefined {
  if (regions === undefined) return undefined;
  const wrong = regions.find((region) => !CHECKER_REGIONS.has(region));
  if (wrong !== undefined) return `Invalid health check Region: ${wrong}`;
  return new Set(regions).size < CHECKER_REGIONS_MIN
    ? `At least ${CHECKER_REGIONS_MIN} Regions must be specified`
    : undefined;
}

function calculatedProblem(config: HealthCheckConfig, account: Account): string | undefined {
  const { ChildHealthChecks: children = [], HealthThreshold: threshold } = config;
  if (threshold === undefined || !isBetween(threshold, 0, 256)) return `Invalid HealthThreshold: ${threshold}`;
  if (children.length > HEALTH_CHECK_CHILDREN_MAX) return `Too many ChildHealthChecks: ${children.length}`;
  // Assumed: AWS refuses children that do not exist.
  const missing = children.find((id) => !account.healthChecks.has(id));
  return missing === undefined ? undefined : `The child health check ${missing} does not exist`;
}

function alarmProblem(config: HealthCheckConfig): string | undefined {
  const needed = config.Type === "CLOUDWATCH_METRIC";
  return needed && config.AlarmIdentifier === undefined
    ? "AlarmIdentifier must be specified for type CLOUDWATCH_METRIC"
    : undefined;
}

/** Checkers reach only public addresses: no private, shared, loopback, link-local or multicast ones. */
function isPublicAddress(address: string): boolean {
  const [a, b] = parseIpv4(address) ?? [];
  if (a !== undefined && b !== undefined) {
    if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
    if (a === 100 && b >= 64 && b < 128) return false;
    return !(a === 169 && b === 254) && !(a === 172 && b >= 16 && b < 32) && !(a === 192 && b === 168);
  }
  const first = parseIpv6(address)?.[0];
  return first !== undefined && first >= 0x2000 && first < 0x4000; // global unicast, RFC 4291 §2.4
}

function isBetween(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

import { parseDomainName } from "../../dns/domain-name.ts";
import { parseIpv4, parseIpv6 } from "../../dns/ip-address.ts";
import type { Account, HealthCheckConfig, HealthCheckType } from "../cloud.ts";

/** Source: API Reference, HealthCheckConfig (Regions), checked 2026-11-23. */
const CHECKER_REGIONS_MIN = 3;

type TypeFacts = {
  readonly endpoint: boolean;
  readonly port?: number;
  readonly searches: boolean;
  readonly tls: boolean;
};
/** What each type of check needs. Source: API Reference, HealthCheckConfig, checked 2026-11-23. */
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

export const HEALTH_CHECK_TYPES: readonly string[] = Object.keys(TYPES);

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

/**
 * What is wrong with the settings of a health check, or undefined, beyond lengths and ranges, which the front end
 * looks at. Source: API Reference, HealthCheckConfig, checked 2026-11-23.
 */
// Assumed: the wording, but for the two sentences that begin with "Invalid parameter".
export function configProblem(config: HealthCheckConfig, account: Account): string | undefined {
  if (TYPES[config.Type].endpoint) return endpointProblem(config);
  const { Type: type, IPAddress: address, Port: port } = config;
  if (address !== undefined) return `IPAddress must not be specified for type ${type}`;
  if (port !== undefined) return `Port must not be specified for type ${type}`;
  if (config.SearchString !== undefined) return `SearchString must not be specified for type ${type}`;
  return type === "CALCULATED" ? calculatedProblem(config, account) : alarmProblem(config);
}

function endpointProblem(config: HealthCheckConfig): string | undefined {
  const { IPAddress: address, FullyQualifiedDomainName: host, SearchString: search } = config;
  if (address === undefined && host === undefined)
    return "Either IPAddress or FullyQualifiedDomainName must be specified";
  if (address !== undefined && !isPublicAddress(address)) return `Invalid IPAddress: ${address}`;
  if (host !== undefined && !parseDomainName(host).ok) return `Invalid FullyQualifiedDomainName: ${host}`;
  const { searches, port } = TYPES[config.Type];
  if (searches !== (search !== undefined && search !== ""))
    return `SearchString must ${searches ? "" : "not "}be specified for type ${config.Type}`;
  if (config.Port === undefined && port === undefined) return `Port must be specified for type ${config.Type}`;
  const interval = config.RequestInterval;
  if (interval !== undefined && interval !== 10 && interval !== 30) return `Invalid RequestInterval: ${interval}`;
  const regions = config.Regions;
  if (regions !== undefined && new Set(regions).size < CHECKER_REGIONS_MIN)
    return `At least ${CHECKER_REGIONS_MIN} different Regions must be specified`;
  if (config.AlarmIdentifier !== undefined)
    return "Invalid parameter : Basic health checks must not have an metric region specified.";
  return config.ChildHealthChecks === undefined || config.ChildHealthChecks.length === 0
    ? undefined
    : `ChildHealthChecks must not be specified for type ${config.Type}`;
}

/** Source: Developer Guide, "Values that you specify when you create or update health checks", checked 2026-11-23. */
function calculatedProblem(config: HealthCheckConfig, account: Account): string | undefined {
  const { ChildHealthChecks: children = [], HealthThreshold: threshold } = config;
  if (threshold === undefined)
    return "Invalid parameter : Calculated health checks must have a health threshold specified.";
  if (config.AlarmIdentifier !== undefined) return "AlarmIdentifier must not be specified for type CALCULATED";
  for (const id of children) {
    const child = account.healthChecks.get(id);
    // Assumed: AWS refuses children that do not exist.
    if (child === undefined) return `The child health check ${id} does not exist`;
    if (child.HealthCheckConfig.Type === "CALCULATED")
      return `The child health check ${id} is calculated itself; a calculated health check cannot monitor it`;
  }
  return undefined;
}

// Assumed: whether there is such an alarm is not looked at.
function alarmProblem(config: HealthCheckConfig): string | undefined {
  if (config.AlarmIdentifier === undefined) return "AlarmIdentifier must be specified for type CLOUDWATCH_METRIC";
  return config.ChildHealthChecks === undefined || config.ChildHealthChecks.length === 0
    ? undefined
    : "ChildHealthChecks must not be specified for type CLOUDWATCH_METRIC";
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

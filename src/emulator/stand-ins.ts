import type { AccountId, Region } from "../cloud/call.ts";
import type { Cloud, RestApi } from "../cloud/cloud.ts";
import { accountOf, regionOf, withRegion } from "../cloud/edit.ts";
import { hashIds } from "../cloud/ids.ts";
import { quotaOf, withQuota } from "../cloud/quotas.ts";
import type { QuotaKey } from "../cloud/quotas.ts";
import { step } from "../cloud/step.ts";
import { Table } from "../cloud/table.ts";
import { display } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { withLoadBalancer } from "./stand-in-load-balancer.ts";
import type { LoadBalancerStandIn } from "./stand-in-load-balancer.ts";

/** What a manifest refers to and does not manage. */
export interface StandIns {
  /** Where the REST APIs and the load balancers are. */
  readonly account: AccountId;
  /** Public hosted zones, each in its own account. */
  readonly zones: readonly { readonly account: AccountId; readonly name: DomainName }[];
  readonly restApis: readonly RestApiStandIn[];
  /** Left out: none. */
  readonly loadBalancers?: readonly LoadBalancerStandIn[];
  /** Quotas that AWS has raised. Left out: none. */
  readonly quotas?: readonly { readonly account: AccountId; readonly key: QuotaKey; readonly value: number }[];
}

interface RestApiStandIn {
  readonly region: Region;
  readonly id: string;
  readonly stages: readonly string[];
}

/** The Cloud with what was wanted and missing put there, and what that was, in words for the user. */
export interface Prepared {
  readonly cloud: Cloud;
  readonly made: readonly string[];
}

/** Puts the hosted zones (with their NS and SOA), REST APIs and load balancers there that are not there yet, and the quotas. What exists is left as it is. */
export function prepareStandIns(cloud: Cloud, wanted: StandIns): Prepared {
  const made: string[] = [];
  let prepared = cloud;
  for (const { account, name } of wanted.zones) prepared = withHostedZone(prepared, account, name, made);
  for (const api of wanted.restApis) prepared = withRestApi(prepared, wanted.account, api, made);
  for (const balancer of wanted.loadBalancers ?? [])
    prepared = withLoadBalancer(prepared, wanted.account, balancer, made);
  for (const { account, key, value } of wanted.quotas ?? []) {
    if (quotaOf(prepared, account, key) === value) continue;
    prepared = withQuota(prepared, account, key, value);
    made.push(`${value} as the quota ${key} of account ${account}`);
  }
  return { cloud: prepared, made };
}

function withHostedZone(cloud: Cloud, account: AccountId, name: DomainName, made: string[]): Cloud {
  for (const zone of accountOf(cloud, account).zones) if (zone.name === name && !zone.private) return cloud;
  const input = {
    Name: name,
    CallerReference: `signalbox stand-in ${name}`,
    HostedZoneConfig: { Comment: "a stand-in", PrivateZone: false },
  };
  const call = { account, region: "us-east-1", service: "route53", operation: "CreateHostedZone", input } as const;
  const outcome = step(cloud, call, hashIds(`stand-in/${account}/${name}`));
  if (!outcome.ok) throw new Error(`no stand-in for zone ${name}: ${outcome.fault.code}: ${outcome.fault.message}`);
  made.push(`hosted zone ${display(name)}`);
  return outcome.cloud;
}

function withRestApi(cloud: Cloud, account: AccountId, wanted: RestApiStandIn, made: string[]): Cloud {
  const region = regionOf(cloud, account, wanted.region);
  const known = region.restApis?.get(wanted.id);
  const missing = [...new Set(wanted.stages)].filter((stage) => known?.stages?.includes(stage) !== true).toSorted();
  if (known !== undefined && missing.length === 0) return cloud;
  const api: RestApi = {
    id: wanted.id,
    name: known?.name ?? `stand-in-${wanted.id}`,
    disableExecuteApiEndpoint: known?.disableExecuteApiEndpoint ?? false,
    stages: [...(known?.stages ?? []), ...missing],
  };
  if (known === undefined) made.push(`REST API ${wanted.id} in ${wanted.region}`);
  made.push(...missing.map((stage) => `stage ${stage} of REST API ${wanted.id} in ${wanted.region}`));
  const restApis = (region.restApis ?? Table.empty<RestApi>()).set(api.id, api);
  return withRegion(cloud, account, { ...region, restApis });
}

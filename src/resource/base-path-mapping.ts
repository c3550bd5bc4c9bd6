import type { ApiDomain, BasePathMapping, Cloud } from "../cloud/cloud.ts";
import type { Region } from "../cloud/call.ts";
import { accountOf } from "../cloud/edit.ts";
import { display } from "../dns/domain-name.ts";
import { address, namePart } from "./address.ts";
import type { Address } from "./address.ts";
import { apiDomainAddress, gateway, liveDomain, mappingsTag, ourMappings, tagCall } from "./api-domain.ts";

import { call, done, lost, zoneFor, oneByOne } from "./kind.ts";
import type { Difference, Kind, Next, Observed } from "./kind.ts";
import { MAPPINGS_TAG, isOurs } from "./ownership.ts";
import type { NameSpec } from "./swap.ts";

/** What path of a domain leads to which stage of which REST API. It carries no tags: the tag of its domain says that it is ours. */
export interface BasePathMappingSpec extends NameSpec {
  readonly region: Region;
  /** `(none)` for the empty path. */
  readonly basePath: string;
  readonly restApi: string;
  readonly stage: string;
}

const addressOf = (spec: BasePathMappingSpec): Address =>
  address("base-path-mapping", spec.region, namePart(spec.name), spec.basePath);

const mappingOf = (live: ApiDomain | undefined, spec: BasePathMappingSpec): BasePathMapping | undefined =>
  live?.mappings?.get(spec.basePath);

export const basePathMapping: Kind<BasePathMappingSpec> = {
  name: "base-path-mapping",
  address: addressOf,
  references: (spec) => [apiDomainAddress(spec.region, spec.name)],
  names: (spec) => [spec.name],
  owningName: (spec) => spec.name,
  observe(cloud, scope) {
    const found: Observed<BasePathMappingSpec>[] = [];
    for (const { region, domains } of accountOf(cloud, scope.account).regions) {
      for (const domain of domains) {
        const zone = zoneFor(domain.name, scope);
        if (zone === undefined) continue;
        const mine = isOurs(domain.tags, scope.owner) ? ourMappings(domain) : [];
        for (const { basePath, restApiId, stage } of domain.mappings ?? []) {
          const spec = {
            account: scope.account,
            owner: scope.owner,
            zone,
            name: domain.name,
            region,
            basePath,
            restApi: restApiId,
            stage: stage ?? "",
          };
          found.push({
            address: addressOf(spec),
            spec,
            ours: mine.includes(basePath),
            edited: false,
            id: `${domain.regionalDomainName}/${basePath}`,
          });
        }
      }
    }
    return found;
  },
  compare: (desired, observed) => differences(desired, observed.spec.restApi, observed.spec.stage),
  next: oneByOne(bring, remove),
  probe(change) {
    const spec = change.after ?? change.before;
    return spec === undefined
      ? undefined
      : gateway(spec, "GetBasePathMappings", { domainName: display(spec.name), limit: 500 });
  },
  permissions: {
    read: ["apigateway:GET"],
    write: ["apigateway:POST", "apigateway:PATCH", "apigateway:DELETE", "apigateway:PUT"],
  },
};

function differences(spec: BasePathMappingSpec, restApi: string, stage: string): readonly Difference[] {
  const rows = [
    { field: "restApi", before: restApi, after: spec.restApi },
    { field: "stage", before: stage, after: spec.stage },
  ];
  return rows.filter((row) => row.before !== row.after);
}

/** In place, never by deletion: there is no moment without the mapping. The tag comes first, so that a kill leaves nothing that nobody owns. */
function bring(spec: BasePathMappingSpec, cloud: Cloud): Next {
  const domain = liveDomain(cloud, spec);
  if (domain === undefined) return lost("its domain");
  const paths = ourMappings(domain);
  if (!paths.includes(spec.basePath))
    return call(tagCall(spec, { [MAPPINGS_TAG]: mappingsTag([...paths, spec.basePath]) }));
  const live = mappingOf(domain, spec);
  const target = { domainName: display(spec.name), basePath: spec.basePath };
  if (live === undefined)
    return call(gateway(spec, "CreateBasePathMapping", { ...target, restApiId: spec.restApi, stage: spec.stage }));
  const changed = differences(spec, live.restApiId, live.stage ?? "");
  if (changed.length === 0) return done;
  const patchOperations = changed.map(({ field, after }) => ({
    op: "replace",
    path: field === "stage" ? "/stage" : "/restapiId",
    value: after,
  }));
  return call(gateway(spec, "UpdateBasePathMapping", { ...target, patchOperations }));
}

function remove(spec: BasePathMappingSpec, cloud: Cloud): Next {
  const domain = liveDomain(cloud, spec);
  if (domain === undefined) return done;
  if (mappingOf(domain, spec) !== undefined)
    return call(gateway(spec, "DeleteBasePathMapping", { domainName: display(spec.name), basePath: spec.basePath }));
  const paths = ourMappings(domain);
  if (!paths.includes(spec.basePath)) return done;
  return call(tagCall(spec, { [MAPPINGS_TAG]: mappingsTag(paths.filter((path) => path !== spec.basePath)) }));
}

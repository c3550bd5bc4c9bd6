import type { ApiDomain, BasePathMapping, Cloud } from "../cloud/cloud.ts";
import type { Region } from "../cloud/call.ts";
import { accountOf } from "../cloud/edit.ts";
import type { Instant } from "../cloud/instant.ts";
import { display } from "../dns/domain-name.ts";
import { address, namePart } from "./address.ts";
import type { Address } from "./address.ts";
import { apiDomainAddress, gateway, liveDomain, mappingTag, ourMappings, tagCall } from "./api-domain.ts";
import { underClaim } from "./claim.ts";
import type { Deletion } from "./claim.ts";
import { entryOf } from "./condemned.ts";
import { call, done, lost, oneByOne, wait, zoneFor } from "./kind.ts";
import type { Change, Difference, Kind, Next, Observed } from "./kind.ts";
import { MAPPING_TARGET, markerName } from "./marker.ts";
import type { Entry } from "./marker.ts";
import { isOurs } from "./ownership.ts";
import { guardOf, markerOf } from "./swap.ts";
import type { NameSpec } from "./swap.ts";
import { listAt } from "./validation-record.ts";

/** What path of a domain leads to which stage of which REST API. It carries no tags: a tag of its domain says that it is ours. */
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
  compare: (desired, observed, cloud) => [
    ...differences(desired, observed.spec.restApi, observed.spec.stage),
    ...(claimOn(desired, cloud) === undefined
      ? []
      : [{ field: "claim", before: "about to be deleted", after: "(none)" }]),
  ],
  next: oneByOne(bring, remove),
  probe(change) {
    const spec = change.after ?? change.before;
    return spec === undefined
      ? undefined
      : gateway(spec, "GetBasePathMappings", { domainName: display(spec.name), limit: 500 });
  },
  recheck: ({ before, after }) =>
    after !== undefined || before === undefined ? [] : [listAt(before, markerName(before.name))],
  permissions: {
    read: ["apigateway:GET"],
    write: ["apigateway:POST", "apigateway:PATCH", "apigateway:DELETE", "apigateway:PUT"],
  },
};

/** The key of its entry in the marker of its name: from the claim of its deletion until the next swap after the end of that. */
const targetOf = ({ region, basePath }: BasePathMappingSpec): string => `${MAPPING_TARGET}${region}/${basePath}`;

const entryAt = (spec: BasePathMappingSpec, cloud: Cloud): Entry | undefined =>
  entryOf(markerOf(cloud, spec), targetOf(spec));

/**
 * Until when a request to delete it may be on its way, or may have been done so lately that reads do not show it yet:
 * the end of its claim, which is past every such time. Undefined: none.
 */
function claimOn(spec: BasePathMappingSpec, cloud: Cloud): Instant | undefined {
  const end = entryAt(spec, cloud)?.claim?.notAfter ?? -Infinity;
  return cloud.now < end ? end : undefined;
}

function differences(spec: BasePathMappingSpec, restApi: string, stage: string): readonly Difference[] {
  const rows = [
    { field: "restApi", before: restApi, after: spec.restApi },
    { field: "stage", before: stage, after: spec.stage },
  ];
  return rows.filter((row) => row.before !== row.after);
}

/**
 * In place, never by deletion: there is no moment without the mapping. The tag comes first, so that a kill leaves nothing
 * that nobody owns. While a request to delete it may be on its way, it is not made anew.
 */
function bring(spec: BasePathMappingSpec, cloud: Cloud): Next {
  const domain = liveDomain(cloud, spec);
  if (domain === undefined) return lost("its domain");
  const claimed = claimOn(spec, cloud);
  if (claimed !== undefined) return wait("a request to delete it, which may be on its way", claimed);
  if (!ourMappings(domain).includes(spec.basePath)) return call(tagCall(spec, mappingTag(spec.basePath)));
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

/**
 * A mapping is deleted by its path, without a condition, and whether it may go is decided on others that stay. So its
 * deletion is claimed in the marker, as that of a domain is: of two runs that take different ones away, one has to look
 * again. Where there is no marker, nothing is answered that leads there. The tag stays as long as the domain: a run that
 * makes the mapping at this moment has read that it is there.
 */
function remove(spec: BasePathMappingSpec, cloud: Cloud, change: Change<BasePathMappingSpec>): Next {
  const domain = liveDomain(cloud, spec);
  if (domain === undefined || mappingOf(domain, spec) === undefined) return done;
  if (domain.mappings?.size === 1) return lost("the mappings that were to stay");
  const deletion: Deletion = {
    operation: "DeleteBasePathMapping",
    input: { domainName: display(spec.name), basePath: spec.basePath },
  };
  if (markerOf(cloud, spec) === undefined) return call(gateway(spec, deletion.operation, deletion.input));
  const fresh = { target: targetOf(spec), incarnation: domain.regionalDomainName, since: 0, drainedFrom: undefined };
  return underClaim(spec, entryAt(spec, cloud) ?? fresh, guardOf(change), deletion, cloud);
}

import type { Cloud } from "../cloud/cloud.ts";
import type { Region } from "../cloud/call.ts";
import { accountOf, regionOf } from "../cloud/edit.ts";
import { isRegional } from "../cloud/apigateway/domain-shape.ts";
import { nameKeyPrefix } from "../cloud/route53/record-order.ts";
import { display, domainName } from "../dns/domain-name.ts";
import { address, namePart } from "./address.ts";
import type { Address } from "./address.ts";
import { gateway, isBusy } from "./api-domain.ts";
import { drainOver, nameReads } from "./condemned.ts";
import { foreignReferrer, inWords, referredTo } from "./foreign-reference.ts";
import { call, done, lost, oneByOne, wait, zoneFor } from "./kind.ts";
import type { Kind, Next, Observed } from "./kind.ts";
import { isOurs } from "./ownership.ts";
import { isBehind, targetOf } from "./record-endpoint.ts";
import { zoneOf } from "./swap.ts";
import type { NameSpec } from "./swap.ts";

/**
 * What an API Gateway domain is as an edge-optimized one. Nothing ever wants it: where the domain is to be regional, it
 * goes as everything goes that records pointed to, and the domain stays.
 */
export interface EdgeEndpointSpec extends NameSpec {
  readonly region: Region;
  /** `d….cloudfront.net`, no trailing dot. */
  readonly distribution: string;
}

const addressOf = (spec: EdgeEndpointSpec): Address => address("edge-endpoint", spec.region, namePart(spec.name));

/** The key of its entry in the marker of its name. */
const edgeTarget = (region: Region): string => `edge-endpoint/${region}`;

export const edgeEndpoint: Kind<EdgeEndpointSpec> = {
  name: "edge-endpoint",
  address: addressOf,
  references: () => [],
  names: (spec) => [spec.name],
  owningName: (spec) => spec.name,
  observe(cloud, scope) {
    const found: Observed<EdgeEndpointSpec>[] = [];
    for (const { region, domains } of accountOf(cloud, scope.account).regions) {
      for (const { name, tags, edge } of domains) {
        const zone = edge === undefined ? undefined : zoneFor(name, scope);
        if (zone === undefined || edge === undefined || !isOurs(tags, scope.owner)) continue;
        const distribution = edge.distributionDomainName;
        const spec = { account: scope.account, owner: scope.owner, zone, name, region, distribution };
        found.push({ address: addressOf(spec), spec, ours: true, edited: false, id: distribution });
      }
    }
    return found;
  },
  compare: () => [],
  refuseRemoval({ id, address: of }, cloud, scope) {
    const host = domainName(id);
    const referrer = foreignReferrer(cloud, scope, (record) => targetOf(record) === host);
    return referrer === undefined ? undefined : referredTo(of, inWords(referrer));
  },
  next: oneByOne(() => done, remove),
  probe({ before }) {
    return before === undefined ? undefined : gateway(before, "GetDomainName", { domainName: display(before.name) });
  },
  recheck: ({ before }) => (before === undefined ? [] : nameReads(before)),
  condemnedAs: ({ spec, id }) => ({ name: spec.name, target: edgeTarget(spec.region), incarnation: id }),
  permissions: { read: ["apigateway:GET"], write: ["apigateway:PATCH"] },
};

/**
 * After its drain the domain is made regional alone. A request that is late does no harm: nobody of ours ever makes a
 * domain edge-optimized.
 * Source: API Gateway guide "Migrate a custom domain name to a different API endpoint type", checked 2026-11-24.
 */
function remove(spec: EdgeEndpointSpec, cloud: Cloud): Next {
  const live = regionOf(cloud, spec.account, spec.region).domains.get(spec.name);
  if (live === undefined || !isBehind(live, spec.distribution)) return done;
  if (!isOurs(live.tags, spec.owner) || !isRegional(live)) return lost("the domain's endpoint types");
  const drained = drainOver(cloud, spec, edgeTarget(spec.region), spec.distribution);
  if (drained !== true) return drained;
  if (isAnswered(spec, cloud)) return lost("its last reference: a record points to it again");
  if (isBusy(live)) return wait("API Gateway to finish the update");
  const patchOperations = [{ op: "remove", path: "/endpointConfiguration/types", value: "EDGE" }];
  return call(gateway(spec, "UpdateDomainName", { domainName: display(spec.name), patchOperations }));
}

function isAnswered(spec: EdgeEndpointSpec, cloud: Cloud): boolean {
  const host = domainName(spec.distribution);
  const records = zoneOf(cloud, spec)?.recordSets.startingWith(nameKeyPrefix(spec.name)) ?? [];
  return [...records].some((record) => targetOf(record) === host);
}

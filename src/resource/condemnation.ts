import type { Cloud, RecordSet } from "../cloud/cloud.ts";
import { accountOf } from "../cloud/edit.ts";
import { nameKeyPrefix, recordKey } from "../cloud/route53/record-order.ts";
import { domainName } from "../dns/domain-name.ts";
import { domainTarget } from "./api-domain.ts";
import { checkTarget } from "./health-check.ts";
import { isOurs } from "./ownership.ts";
import { targetOf } from "./record-endpoint.ts";
import { zoneOf } from "./swap.ts";
import type { NameDelta, NameSpec } from "./swap.ts";
import { isOwnCheck } from "./health-check-identity.ts";

/** What a swap takes the last reference from, and must therefore condemn in the very same batch. */
export function condemnedBy(
  spec: NameSpec,
  publish: readonly RecordSet[],
  drop: readonly RecordSet[],
  cloud: Cloud,
): NonNullable<NameDelta["condemn"]> {
  const remaining = [...remainingRecords(spec, drop, cloud), ...publish];
  const needed = new Set(
    remaining.flatMap((record) =>
      [...checksOf(record, spec, cloud), ...domainsOf(record, spec, cloud)].map((each) => each.target),
    ),
  );
  const found = drop.flatMap((record) => [...domainsOf(record, spec, cloud), ...checksOf(record, spec, cloud)]);
  const unique = new Map(
    found.filter((each) => each.ours && !needed.has(each.target)).map((each) => [each.target, each]),
  );
  return [...unique.values()].map(({ target, incarnation }) => ({ target, incarnation }));
}

interface Referred {
  readonly target: string;
  readonly incarnation: string;
  readonly ours: boolean;
}

function remainingRecords(spec: NameSpec, drop: readonly RecordSet[], cloud: Cloud): readonly RecordSet[] {
  const zone = zoneOf(cloud, spec);
  const dropped = new Set(drop.map(recordKey));
  return zone === undefined
    ? []
    : [...zone.recordSets.startingWith(nameKeyPrefix(spec.name))].filter((record) => !dropped.has(recordKey(record)));
}

function domainsOf(record: RecordSet, spec: NameSpec, cloud: Cloud): readonly Referred[] {
  const target = targetOf(record);
  if (target === undefined) return [];
  const found: Referred[] = [];
  for (const { region, domains } of accountOf(cloud, spec.account).regions) {
    const domain = domains.get(spec.name);
    if (domain === undefined || domainName(domain.regionalDomainName) !== target) continue;
    found.push({
      target: domainTarget(region),
      incarnation: domain.regionalDomainName,
      ours: isOurs(domain.tags, spec.owner),
    });
  }
  return found;
}

/** A check, and the children of a gate: they lose or keep their last user with it. What names share is left by another way (resource/check-user.ts). */
function checksOf(record: RecordSet, spec: NameSpec, cloud: Cloud): readonly Referred[] {
  const account = accountOf(cloud, spec.zone.account);
  const { healthChecks } = account;
  const top = record.HealthCheckId === undefined ? undefined : healthChecks.get(record.HealthCheckId);
  if (top === undefined) return [];
  const ids = [top.Id, ...(top.HealthCheckConfig.ChildHealthChecks ?? [])];
  const ours = (id: string): boolean => isOwnCheck(healthChecks.get(id), account, spec);
  return ids.map((id) => ({ target: checkTarget(id), incarnation: id, ours: ours(id) }));
}

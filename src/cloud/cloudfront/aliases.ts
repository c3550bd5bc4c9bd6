import { covers } from "../../tls/coverage.ts";
import { parseDomainName } from "../../dns/domain-name.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import type { AccountId, Outcome, Step } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { regionOf } from "../edit.ts";
import { refused, succeeded } from "../outcome.ts";
import { exceedsQuota } from "../quotas.ts";
import { aliasesOf, certificateOf } from "./distribution-config.ts";
import { invalidArgument, noSuchDistribution } from "./faults.ts";
import { pageOf } from "./page.ts";
import type { PageInput } from "./page.ts";
import { cloudFrontAt, cloudFrontOf } from "./state.ts";
import type { Fields } from "./state.ts";
import { CERTIFICATE_REGION } from "./viewer-certificate.ts";

const nameOf = (alias: string): DomainName | undefined => {
  const parsed = parseDomainName(alias);
  return parsed.ok ? parsed.name : undefined;
};

interface Holder {
  readonly alias: string;
  readonly name: DomainName;
  readonly id: string;
  readonly account: AccountId;
}

/** Every alias of every distribution that the Cloud knows, in whatever account. */
function* holders(cloud: Cloud): Generator<Holder> {
  for (const account of cloud.accounts) {
    for (const { id, config } of cloudFrontOf(account).distributions) {
      for (const alias of aliasesOf(config)) {
        const name = nameOf(alias);
        if (name !== undefined) yield { alias, name, id, account: account.id };
      }
    }
  }
}

/**
 * Why a distribution may not have its aliases; undefined when it may. An alias is of one distribution in all of AWS; a
 * wildcard and a name below it may be of two. `id` is its own, "" while it has none; `before`: how many aliases it has.
 * Source: CloudFront guide "Restrictions on using alternate domain names", checked 2026-11-24; the wording of
 * CNAMEAlreadyExists is as it is reported.
 */
// Assumed: the wordings of the others.
export function aliasFault(
  cloud: Cloud,
  account: AccountId,
  { id, config, before }: { readonly id: string; readonly config: Fields; readonly before: number },
): Outcome | undefined {
  const aliases = aliasesOf(config);
  const names = aliases.map(nameOf);
  const wrong = aliases.find((_, index) => names[index] === undefined);
  if (wrong !== undefined) return invalidArgument(`The alternate domain name '${wrong}' is not valid.`);
  if (new Set(names).size < names.length) return invalidArgument("An alternate domain name is there twice.");
  if (exceedsQuota(cloud, account, "cloudfront.aliases", before, aliases.length))
    return refused("TooManyDistributionCNAMEs", "Your request contains more CNAMEs than are allowed per distribution.");
  for (const holder of holders(cloud)) {
    if (holder.id === id || !names.includes(holder.name)) continue;
    const message = "One or more of the CNAMEs you provided are already associated with a different resource.";
    return refused("CNAMEAlreadyExists", message, 409);
  }
  return undefined;
}

interface ConflictInput extends PageInput {
  readonly DistributionId?: string;
  readonly Alias?: string;
}

/**
 * Aliases that are the given one or overlap with it, with ids partly hidden. The distribution that is named must be the
 * caller's own, with a certificate that covers the alias.
 * Source: CloudFront API reference "ListConflictingAliases", checked 2026-11-24.
 */
// Assumed: the wording of the refusals; how much is hidden; the named distribution's own alias is listed too.
export const listConflictingAliases: Step = (cloud, call) => {
  const { DistributionId: id = "", Alias: alias = "", ...paging } = call.input as ConflictInput;
  const distribution = cloudFrontAt(cloud, call.account).distributions.get(id);
  if (distribution === undefined) return noSuchDistribution();
  const name = nameOf(alias);
  if (name === undefined) return invalidArgument(`The alias '${alias}' is not valid.`);
  const { certificates } = regionOf(cloud, call.account, CERTIFICATE_REGION);
  const domains = certificates.get(certificateOf(distribution.config) ?? "")?.domains ?? [];
  if (!domains.some((domain) => covers(domain, name)))
    return invalidArgument(`The certificate of the distribution does not cover the alias ${alias}.`);
  const found = [...holders(cloud)].filter((holder) => covers(holder.name, name) || covers(name, holder.name));
  const entries = found.map((holder) => [`${holder.name} ${holder.id}`, holder] as const);
  const listed = pageOf(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)),
    paging,
  );
  if ("no" in listed) return listed.no;
  const { items, maxItems, nextMarker } = listed.page;
  return succeeded(cloud, {
    ConflictingAliasesList: {
      ...(nextMarker === undefined ? {} : { NextMarker: nextMarker }),
      MaxItems: maxItems,
      Quantity: items.length,
      Items: items.map((holder) => ({
        Alias: holder.alias,
        DistributionId: hidden(holder.id),
        AccountId: hidden(holder.account),
      })),
    },
  });
};

/** The first half in stars. */
const hidden = (id: string): string => "*".repeat(Math.ceil(id.length / 2)) + id.slice(Math.ceil(id.length / 2));

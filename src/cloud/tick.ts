import { nextDomainEvent, tickDomains } from "./apigateway/domain-updates.ts";
import { nextCertificateEvent, tickCertificates } from "./acm/issuance.ts";
import { publicZones } from "./acm/public-dns.ts";
import type { PublicZones } from "./acm/public-dns.ts";
import { nextCloudFrontEvent, tickCloudFront } from "./cloudfront/deployment.ts";
import type { Cloud, ZoneChange } from "./cloud.ts";
import { nextLoadBalancerEvent, tickLoadBalancers } from "./elbv2/provisioning.ts";
import type { Instant } from "./instant.ts";
import type { Table } from "./table.ts";
import { withAccount, withRegion } from "./edit.ts";
import { PROPAGATION_MS } from "./route53/limits.ts";

/**
 * The Cloud at `now`, with everything made true that falls due by then: validation records, issuance, time-outs,
 * renewal, expiry, the end of updates. The clock never runs backwards. This predicts; an observed Cloud, whose truth
 * is AWS, is moved with `withNow` instead.
 */
export function tick(cloud: Cloud, now: Instant): Cloud {
  if (now <= cloud.now) return cloud;
  const zones = zonesOnDemand(cloud);
  let next = cloud;
  for (const account of cloud.accounts) {
    for (const state of account.regions) {
      const certified = tickCertificates(state, account.id, zones, cloud.now, now);
      const ticked = tickLoadBalancers(tickDomains(certified, now), now);
      if (ticked !== state) next = withRegion(next, account.id, ticked);
    }
    next = tickCloudFront(next, account.id, now); // last: it lets go of certificates
  }
  return { ...withPredictedInsync(next, now), now };
}

/** A change that an observed Cloud knows to be PENDING, and not for how long, is as quick as others. */
function withPredictedInsync(cloud: Cloud, now: Instant): Cloud {
  let next = cloud;
  for (const account of cloud.accounts) {
    let { changes } = account;
    for (const change of changes) {
      const insyncAt = insyncOf(change, cloud.now);
      if (change.insyncAt === Infinity && insyncAt <= now) changes = changes.set(change.id, { ...change, insyncAt });
    }
    if (changes !== account.changes) next = withAccount(next, { ...account, changes });
  }
  return next;
}

const insyncOf = ({ insyncAt, submittedAt }: ZoneChange, now: Instant): Instant =>
  insyncAt === Infinity ? Math.max(submittedAt + PROPAGATION_MS, now + 1) : insyncAt;

/** The clock only: what happens in AWS meanwhile is learned by reading it, never predicted. */
export function withNow(cloud: Cloud, now: Instant): Cloud {
  return now <= cloud.now ? cloud : { ...cloud, now };
}

/**
 * The earliest instant after `cloud.now` at which something changes by itself; undefined when nothing will.
 * It may be far off (an expiry, a time-out of 72 hours): the caller bounds it.
 */
export function nextDue(cloud: Cloud): Instant | undefined {
  const zones = zonesOnDemand(cloud);
  let due = Infinity;
  for (const account of cloud.accounts) {
    due = Math.min(due, nextInsync(account.changes, cloud.now), nextCloudFrontEvent(account, cloud.now));
    for (const state of account.regions) {
      due = Math.min(due, nextCertificateEvent(state, account.id, zones, cloud.now), nextDomainEvent(state));
      due = Math.min(due, nextLoadBalancerEvent(state));
    }
  }
  if (due === Infinity) return undefined;
  return Math.max(due, cloud.now + 1);
}

function nextInsync(changes: Table<ZoneChange>, now: Instant): Instant {
  let due = Infinity;
  for (const change of changes) {
    const insyncAt = insyncOf(change, now);
    if (insyncAt > now) due = Math.min(due, insyncAt);
  }
  return due;
}

/** The public zones, gathered when the first thing depends on them: most ticks need none. */
function zonesOnDemand(cloud: Cloud): () => PublicZones {
  let zones: PublicZones | undefined;
  return () => (zones ??= publicZones(cloud));
}

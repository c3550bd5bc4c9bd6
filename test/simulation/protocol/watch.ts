import type { Account, Cloud, HealthCheck, RecordSet } from "../../../src/cloud/cloud.ts";
import type { Instant } from "../../../src/cloud/instant.ts";
import { ALIAS_TTL_SECONDS } from "../../../src/cloud/route53/limits.ts";
import { domainName } from "../../../src/dns/domain-name.ts";

/** An answer that clients may still have: until it is off every name server, and its TTL has passed after that. */
interface HeldAnswer {
  readonly record: RecordSet;
  /** The change that took it away. */
  readonly change: string;
}

/** Looks at the estate after every call, and remembers what clients may still hold. */
export interface Watch {
  /** Looks now. `what` is said with what is found. */
  look(cloud: Cloud, what: string): void;
  /** Until further notice no change is on every name server, whatever its time. */
  holdChanges(held: boolean, now: Instant): void;
  isHeld(change: string): boolean;
  /** Whatever was seen to be broken: I1 and I2 of the write protocol. */
  readonly broken: readonly string[];
}

const isAnswer = ({ Type }: RecordSet): boolean => Type === "A" || Type === "AAAA";

const answersOf = (cloud: Cloud): readonly RecordSet[] =>
  [...cloud.accounts].flatMap(({ zones }) => [...zones].flatMap((zone) => [...zone.recordSets].filter(isAnswer)));

/** When a change is on every name server, as the watch has it: a change that was held back is there when it was let go. */
export function watch(start: Cloud): Watch {
  const found = new Map<string, string>();
  const find = (problem: string, after: string): void =>
    void (found.has(problem) || found.set(problem, `${problem}, after ${after}`));
  const late = new Map<string, Instant>();
  let holding = false;
  let held: readonly HeldAnswer[] = [];
  let before = answersOf(start);
  let named = new Set(before.map(({ Name }) => Name));
  const insyncAt = (cloud: Cloud, id: string): Instant => {
    const change = [...cloud.accounts].flatMap(({ changes }) => [...changes]).find((each) => each.id === id);
    return Math.max(change?.insyncAt ?? 0, late.get(id) ?? 0);
  };
  return {
    get broken() {
      return [...found.values()];
    },
    isHeld: (change) => late.get(change) === Infinity,
    holdChanges(hold, now) {
      holding = hold;
      if (!hold) for (const [id, until] of late) if (until === Infinity) late.set(id, now);
    },
    look(cloud, what) {
      const now = answersOf(cloud);
      const newest = newestChange(cloud);
      if (holding && newest !== undefined && !late.has(newest.id) && newest.insyncAt > cloud.now)
        late.set(newest.id, Infinity);
      const there = new Set(now.map(text));
      const dropped = before.filter((record) => !there.has(text(record)));
      held = [...held, ...dropped.map((record) => ({ record, change: newest?.id ?? "" }))].filter(
        ({ change }) => insyncAt(cloud, change) + ALIAS_TTL_SECONDS * 1000 > cloud.now,
      );
      for (const name of named) if (!now.some(({ Name }) => Name === name)) find(`I1 ${name} has no answer`, what);
      for (const record of now) for (const each of problems(cloud, record)) find(`I2 the answer ${each}`, what);
      for (const { record } of held)
        for (const each of problems(cloud, record)) find(`I2 the held answer ${each}`, what);
      named = new Set([...named, ...now.map(({ Name }) => Name)]);
      before = now;
    },
  };
}

const text = (record: RecordSet): string => JSON.stringify(record);

const newestChange = (cloud: Cloud): { readonly id: string; readonly insyncAt: Instant } | undefined =>
  [...cloud.accounts]
    .flatMap(({ changes }) => [...changes])
    .toSorted((a, b) => b.submittedAt - a.submittedAt)
    .at(0);

/** What clients that follow this record would meet: its target of that very incarnation, and its health check with all below it. */
function problems(cloud: Cloud, record: RecordSet): readonly string[] {
  const label = `${record.SetIdentifier ?? record.Name} (${record.Type})`;
  const target = record.AliasTarget === undefined ? undefined : domainName(record.AliasTarget.DNSName);
  const accounts = [...cloud.accounts];
  const endpoint = accounts
    .flatMap(({ regions }) => [...regions].flatMap(({ domains }) => [...domains]))
    .find((each) => domainName(each.regionalDomainName) === target);
  const bare = endpoint !== undefined && [...(endpoint.mappings ?? [])].length === 0;
  return [
    ...(endpoint === undefined ? [`${label} leads to ${target ?? "nothing"}, which is gone`] : []),
    ...(bare ? [`${label} leads to ${target ?? "nothing"}, whose mappings are gone`] : []),
    ...missingChecks(accounts, record).map((id) => `${label} hangs on the health check ${id}, which is gone`),
  ];
}

function missingChecks(accounts: readonly Account[], { HealthCheckId }: RecordSet): readonly string[] {
  if (HealthCheckId === undefined) return [];
  const find = (id: string): HealthCheck | undefined =>
    accounts.map(({ healthChecks }) => healthChecks.get(id)).find((each) => each !== undefined);
  const children = find(HealthCheckId)?.HealthCheckConfig.ChildHealthChecks ?? [];
  return [HealthCheckId, ...children].filter((id) => find(id) === undefined);
}

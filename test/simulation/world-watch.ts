import type { Answer, Call } from "../../src/cloud/call.ts";
import type { Cloud, RecordSet } from "../../src/cloud/cloud.ts";
import { SECOND } from "../../src/cloud/instant.ts";
import type { Instant } from "../../src/cloud/instant.ts";
import { ALIAS_TTL_SECONDS } from "../../src/cloud/route53/limits.ts";
import { recordKey } from "../../src/cloud/route53/record-order.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { DomainName } from "../../src/dns/domain-name.ts";
import { certificateCovers } from "../../src/tls/coverage.ts";
import { ACCOUNT } from "../world/world.ts";
import { answersOf, domainAt, hostOf, regionOfAnswer, zonesOf } from "./world-answers.ts";
import { strangersIn, touched } from "./world-foreign.ts";
import type { Foreign } from "./world-foreign.ts";
import { unmarked } from "./world-marked.ts";
import { witness } from "./world-witness.ts";

/** Who did it: a run (its number and what it may do), a person, or a request that was long on its way. */
export interface Cause {
  readonly who: "run" | "person" | "late" | "time";
  readonly call: Call | undefined;
  /** The run was let shut clients out (`--lift clientClasses`). */
  readonly shutsOut?: boolean;
  /** Names that the run has to retire, and how many Regions it may take from another; undefined: no run. */
  readonly life?: {
    readonly retire: ReadonlySet<string>;
    readonly dropped: Map<string, Set<string>>;
    readonly limit: number;
    readonly taken: Map<string, number>;
    /** Its manifest says what the low quotas are. */
    readonly quotasTold: boolean;
  };
}

export interface Violation {
  readonly code: string;
  readonly message: string;
}

/** How often there was something to check, by the code of the invariant. */
export type Checked = Record<string, number>;

export interface Watch {
  /** Holds the invariants against what AWS really is after each change. Undefined: all hold. */
  after(before: Cloud, cloud: Cloud, cause: Cause): Violation | undefined;
  /** After each call of a run, whatever came of it. `fate`: what befell it on its way. */
  sent(cause: Cause, answer: Answer, fate: string | undefined, cloud: Cloud): Violation | undefined;
  /** A probe of an endpoint passed. */
  probed(host: string): void;
  /** A person has changed a record set of ours: it stays as it is now until somebody says otherwise. */
  edited(record: RecordSet, left: RecordSet | undefined): void;
  /** Domains that are there and that answers led to once, as `domain <name> <region>`. */
  everPublished(cloud: Cloud): readonly string[];
  /** Some manifest takes these names out of service. */
  mayGo(names: readonly string[]): void;
  /** From now on edits by hand may be overwritten. */
  decided(): void;
}

interface Held {
  readonly name: DomainName;
  readonly record: RecordSet;
  readonly until: Instant;
}

const DRAIN = 900 * SECOND;
const CODES = [
  "NAME_GOES_DARK",
  "TARGET_MISSING",
  "CERTIFICATE_DOES_NOT_COVER",
  "MAPPING_MISSING",
  "HEALTH_CHECK_MISSING",
  "FOREIGN_TOUCHED",
  "NOT_DRAINED",
  "NOT_PROBED",
  "MARKER_APART",
  "EDIT_REVERTED",
  "TOO_MANY_REGIONS_GONE",
  "CONTESTED_IGNORED",
  "VALIDATION_RECORD_LOST",
  "CONVERGED_UNSEEN",
  "ZONE_TOUCHED",
  "LAST_HEALTHY_REGION",
  "CLIENTS_SHUT_OUT",
  "NAME_EMPTIED",
  "CERTIFICATE_IN_USE",
  "DRILL_DISTURBED",
  "BATCH_TOO_LARGE",
  "QUOTA_TOO_SMALL",
];

export const noneChecked = (): Checked => Object.fromEntries(CODES.map((code) => [code, 0]));

/** `names` are those that any manifest may manage. */
export function watch(names: readonly DomainName[], start: Cloud, checked: Checked): Watch {
  const retired = new Set<string>();
  const foreign: Foreign = strangersIn(start);
  const answered = new Set<string>();
  const probes = new Set<string>();
  const lastUse = new Map<string, Instant>();
  const edits = new Map<string, { readonly record: RecordSet; readonly left: RecordSet | undefined }>();
  const incarnations = new Map<string, Set<string>>();
  let mayOverwrite = false;
  let held: readonly Held[] = [];
  const seen = (code: string, holds: boolean, message: () => string): Violation | undefined => {
    checked[code] = (checked[code] ?? 0) + 1;
    return holds ? undefined : { code, message: message() };
  };
  const byWitness = witness(names, start, seen);
  /** Whether the endpoint of a name in a Region is not the first that answered there. */
  const incarnation = (name: DomainName, record: RecordSet): string => {
    const key = `${name} ${regionOfAnswer(record)}`;
    const known = incarnations.get(key) ?? new Set<string>();
    incarnations.set(key, known.add(hostOf(record) ?? ""));
    return known.size > 1 ? " (made anew)" : "";
  };
  const began = (cloud: Cloud): void => {
    for (const name of names) if (answersOf(cloud, name).length > 0) answered.add(name);
    for (const name of names) for (const record of answersOf(cloud, name)) probes.add(hostOf(record) ?? "");
    for (const name of names) for (const record of answersOf(cloud, name)) incarnation(name, record);
  };
  began(start);

  /** What a change of the zones took away and brought. */
  function* recordsChanged(before: Cloud, cloud: Cloud, cause: Cause): Generator<Violation | undefined> {
    for (const name of names) {
      const old = answersOf(before, name);
      const now = answersOf(cloud, name);
      if (old.length === now.length && old.every((each, index) => each === now[index])) continue;
      const insync = insyncOfFresh(before, cloud);
      const gone = old.filter((each) => !now.includes(each));
      held = [...held, ...gone.map((record) => ({ name, record, until: insync + ALIAS_TTL_SECONDS * SECOND }))];
      for (const record of now) incarnation(name, record);
      for (const record of gone) for (const use of usesOf(record)) lastUse.set(use, insync);
      for (const record of now) {
        for (const use of usesOf(record)) lastUse.delete(use);
        const host = hostOf(record);
        if (!old.includes(record) && host !== undefined && (cause.who === "run" || cause.who === "late"))
          yield seen("NOT_PROBED", probes.has(host), () => `${host} was published and never probed`);
      }
      yield* regionsTaken(name, gone, now, cause);
    }
  }

  function* regionsTaken(
    name: DomainName,
    gone: readonly RecordSet[],
    now: readonly RecordSet[],
    { life }: Cause,
  ): Generator<Violation | undefined> {
    if (life === undefined || life.retire.has(name)) return;
    const dropped = life.dropped.get(name) ?? new Set();
    life.dropped.set(name, dropped);
    const answering = new Set(now.map(regionOfAnswer));
    for (const region of answering) dropped.delete(region);
    for (const record of gone) {
      const region = regionOfAnswer(record);
      if (record.Type !== "A" || answering.has(region)) continue;
      dropped.add(region);
      const times = (life.taken.get(`${name} ${region}`) ?? 0) + 1;
      life.taken.set(`${name} ${region}`, times);
      yield seen(
        "CONTESTED_IGNORED",
        times === 1,
        () => `${name} in ${region} was taken out of service ${String(times)} times by one run`,
      );
      yield seen(
        "TOO_MANY_REGIONS_GONE",
        dropped.size <= life.limit,
        () => `${name} has lost ${[...dropped].join(" and ")} in one run`,
      );
    }
  }

  /** What proves a name to ACM stays: renewals need it, and other certificates do. */
  function* validationsGone(before: Cloud, cloud: Cloud): Generator<Violation | undefined> {
    const now = new Set(validationsIn(cloud));
    for (const record of validationsIn(before))
      yield seen("VALIDATION_RECORD_LOST", now.has(record), () => `${record} was deleted`);
  }

  /** What is gone was no longer in use, and long enough. */
  function* thingsGone(before: Cloud, cloud: Cloud): Generator<Violation | undefined> {
    const still = new Set(targetsIn(cloud));
    for (const target of targetsIn(before)) {
      const used = lastUse.get(target);
      if (still.has(target) || used === undefined) continue;
      yield seen(
        "NOT_DRAINED",
        cloud.now >= used + DRAIN,
        () => `${target} went ${String((cloud.now - used) / SECOND)} s after its last answer was INSYNC`,
      );
    }
  }

  function* led(cloud: Cloud): Generator<Violation | undefined> {
    held = held.filter((each) => each.until > cloud.now);
    const checks = new Map(
      [...cloud.accounts].flatMap(({ healthChecks }) => [...healthChecks]).map((each) => [each.Id, each]),
    );
    for (const { name, record, how } of leadsOf(cloud)) {
      yield* endpointOf(cloud, name, record, how);
      const { HealthCheckId: id } = record;
      if (id === undefined) continue;
      const children = checks.get(id)?.HealthCheckConfig.ChildHealthChecks ?? [];
      const missing = [id, ...children].find((each) => !checks.has(each));
      yield seen(
        "HEALTH_CHECK_MISSING",
        missing === undefined,
        () => `${how} of ${name} hangs on the health check ${missing ?? ""}`,
      );
    }
  }

  function* leadsOf(cloud: Cloud): Generator<{ name: DomainName; record: RecordSet; how: string }> {
    for (const name of names) for (const record of answersOf(cloud, name)) yield { name, record, how: "an answer" };
    for (const { name, record } of held) yield { name, record, how: "a held answer" };
  }

  function* endpointOf(
    cloud: Cloud,
    name: DomainName,
    record: RecordSet,
    how: string,
  ): Generator<Violation | undefined> {
    const host = hostOf(record);
    if (host === undefined) return;
    const region = cloud.accounts.get(ACCOUNT)?.regions.get(regionOfAnswer(record));
    const domain = domainAt(region?.domains ?? [], host);
    yield seen(
      "TARGET_MISSING",
      domain !== undefined,
      () => `${how} of ${name} leads to ${host}, which does not exist${incarnation(name, record)}`,
    );
    if (domain === undefined) return;
    const certificate = region?.certificates.get(domain.regionalCertificateArn ?? "");
    const fits =
      certificate?.status === "ISSUED" &&
      (certificate.notAfter ?? Infinity) > cloud.now &&
      certificateCovers(certificate.domains, name);
    yield seen(
      "CERTIFICATE_DOES_NOT_COVER",
      fits,
      () => `${how} of ${name} meets in ${regionOfAnswer(record)} ${certificate?.status ?? "no certificate"}`,
    );
    yield seen(
      "MAPPING_MISSING",
      (domain.mappings?.size ?? 0) > 0,
      () =>
        `${how} of ${name} meets in ${regionOfAnswer(record)} a domain without a mapping${incarnation(name, record)}`,
    );
  }

  function* nameAnswers(cloud: Cloud): Generator<Violation | undefined> {
    for (const name of names) {
      const answers = answersOf(cloud, name).some((record) => record.Type !== "AAAA");
      if (answers) answered.add(name);
      if (answered.has(name) && !retired.has(name))
        yield seen("NAME_GOES_DARK", answers, () => `${name} answered and has no record any more`);
    }
  }

  function* markers(cloud: Cloud): Generator<Violation | undefined> {
    for (const { zone, name } of zonesOf(cloud, names)) {
      const apart = unmarked(zone, name, (record) => edits.has(keyOf(record)) || foreign.has(zone.id, record));
      if (apart !== "nothing") yield seen("MARKER_APART", apart === undefined, () => `${name}: ${apart ?? ""}`);
    }
  }

  function* stillEdited(cloud: Cloud): Generator<Violation | undefined> {
    for (const { record, left } of edits.values()) {
      const [there] = zonesOf(cloud, [domainName(record.Name)]);
      const live = there?.zone.recordSets.get(recordKey(record));
      yield seen(
        "EDIT_REVERTED",
        JSON.stringify(live) === JSON.stringify(left),
        () => `the edit by hand of ${record.Name} ${record.SetIdentifier ?? ""} did not stay`,
      );
    }
  }

  function* all(before: Cloud, cloud: Cloud, cause: Cause): Generator<Violation | undefined> {
    const call = cause.call?.operation;
    if (call === "ChangeResourceRecordSets") yield* recordsChanged(before, cloud, cause);
    if (call === "ChangeResourceRecordSets") yield* validationsGone(before, cloud);
    if (cause.who !== "person") yield* thingsGone(before, cloud);
    yield* led(cloud);
    yield* nameAnswers(cloud);
    if (call === "ChangeResourceRecordSets") yield* markers(cloud);
    if (cause.who !== "person" && !mayOverwrite) yield* stillEdited(cloud);
    yield* byWitness.changed(before, cloud, cause, (name) => retired.has(name));
    const hurt = touched(foreign, cloud);
    if (hurt !== undefined || foreign.any())
      yield seen("FOREIGN_TOUCHED", hurt === undefined, () => `${hurt ?? ""} is not ours, and is not as it was`);
  }

  return {
    after(before, cloud, cause) {
      if (cause.who === "person") foreign.add(before, cloud);
      return firstOf(all(before, cloud, cause));
    },
    sent: (...exchanged) => firstOf(byWitness.sent(...exchanged)),
    probed: (host) => void probes.add(domainName(host)),
    edited: (record, left) => void edits.set(keyOf(record), { record, left }),
    decided: () => void (mayOverwrite = true),
    everPublished: (cloud) =>
      [...(cloud.accounts.get(ACCOUNT)?.regions ?? [])].flatMap(({ region, domains }) =>
        [...domains]
          .filter(
            (each) => incarnations.get(`${each.name} ${region}`)?.has(domainName(each.regionalDomainName)) === true,
          )
          .map((each) => `domain ${each.name.slice(0, -1)} ${region}`),
      ),
    mayGo(gone) {
      for (const name of gone) retired.add(domainName(name));
    },
  };
}

function firstOf(found: Iterable<Violation | undefined>): Violation | undefined {
  for (const each of found) if (each !== undefined) return each;
  return undefined;
}

const keyOf = (record: RecordSet): string => recordKey(record);

const usesOf = (record: RecordSet): readonly string[] =>
  [hostOf(record), record.HealthCheckId].filter((use) => use !== undefined);

function targetsIn(cloud: Cloud): readonly string[] {
  return [...cloud.accounts].flatMap(({ regions, healthChecks }) => [
    ...[...regions].flatMap(({ domains }) => [...domains].map((each) => domainName(each.regionalDomainName))),
    ...[...healthChecks].map(({ Id }) => Id),
  ]);
}

/** When every name server has the change that was made between the two. */
function insyncOfFresh(before: Cloud, cloud: Cloud): Instant {
  for (const { id, changes } of cloud.accounts) {
    const known = before.accounts.get(id)?.changes;
    for (const change of changes) if (known?.has(change.id) !== true) return change.insyncAt;
  }
  return cloud.now;
}

const validationsIn = (cloud: Cloud): readonly string[] =>
  [...cloud.accounts]
    .flatMap(({ zones }) => [...zones].flatMap((zone) => [...zone.recordSets]))
    .filter(({ ResourceRecords: [first] = [] }) => first?.Value.endsWith("acm-validations.aws.") === true)
    .map(({ Name }) => Name);

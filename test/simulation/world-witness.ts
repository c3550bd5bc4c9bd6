import type { Answer, Call, Fault } from "../../src/cloud/call.ts";
import type { Cloud, HealthCheck, HostedZone, RecordSet } from "../../src/cloud/cloud.ts";
import { SECOND } from "../../src/cloud/instant.ts";
import type { Instant } from "../../src/cloud/instant.ts";
import { BATCH_RECORDS_MAX, BATCH_VALUE_CHARACTERS_MAX } from "../../src/cloud/route53/limits.ts";
import { nameKeyPrefix } from "../../src/cloud/route53/record-order.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { DomainName } from "../../src/dns/domain-name.ts";
import { ACCOUNT } from "../world/world.ts";
import { OWNER } from "./simulate-manifests.ts";
import { answersOf, domainAt, hostOf, regionOfAnswer, zonesOf } from "./world-answers.ts";
import type { Cause, Violation } from "./world-watch.ts";

/** Notes that there was something to check; a violation, where it does not hold. */
export type Seen = (code: string, holds: boolean, message: () => string) => Violation | undefined;

/** What befell a call on its way; undefined: AWS itself has answered. */
type Fate = string | undefined;

/** Sees to what a run is never to do, whatever it was told: written on what AWS has, not on what the interlock reads. */
export interface Witness {
  /** After each change. `mayGo`: names that some manifest takes out of service. */
  changed(
    before: Cloud,
    cloud: Cloud,
    cause: Cause,
    mayGo: (name: DomainName) => boolean,
  ): Iterable<Violation | undefined>;
  /** After each call of a run, whatever came of it. */
  sent(cause: Cause, answer: Answer, fate: Fate, cloud: Cloud): Iterable<Violation | undefined>;
}

type Run = NonNullable<Cause["life"]>;

interface Process {
  readonly began: Instant;
  /** When it has last seen a health check, as a count of calls. */
  readonly looks: Map<string, number>;
  /** When it has last read a zone. */
  zoneRead: Instant;
}

/** What a run reads may be so old. */
const STALE = 60 * SECOND;
/** Calls that use up a quota, or bind a certificate. */
const MAKES = /^(?:CreateHealthCheck|CreateDomainName|UpdateDomainName|RequestCertificate|ChangeResourceRecordSets)$/u;

/** By operation, what others may do meanwhile that it does not see. */
const UNSEEN_BY: ReadonlyMap<string, RegExp> = new Map([
  ["UpdateDomainName", /^(?:Change|CreateD|UpdateD)/u],
  ["ChangeResourceRecordSets", /^UpdateD/u],
]);

export function witness(names: readonly DomainName[], start: Cloud, seen: Seen): Witness {
  const processes = new Map<Run, Process>();
  const made: { readonly operation: string; readonly by: Run | undefined; readonly at: Instant }[] = [];
  const drills = new Map<string, number>();
  let zones = zonesIn(start);
  let calls = 0;

  /** Whether who did it had seen that the gate is under drill. Calm runs meet nobody. */
  const knew = ({ who, life }: Cause, gate: string): boolean => {
    if (who !== "run") return false;
    if (life === undefined) return true;
    const looks = processes.get(life)?.looks;
    return (looks?.get(gate) ?? 0) > (drills.get(gate) ?? 0);
  };
  /** Whether somebody else has done such a thing since the run began, or so shortly before that it may not show. */
  const others = (life: Run, operations: readonly string[]): boolean => {
    const since = (processes.get(life)?.began ?? 0) - STALE;
    return made.some(({ operation, by, at }) => by !== life && at >= since && operations.includes(operation));
  };

  /**
   * AWS puts no condition on UpdateDomainName: what others write between the read of the marker and the update, or so
   * shortly before that the read does not show it, is the window that is named in the docs; and so is an update of theirs
   * that a publication of ours cannot have seen.
   */
  const overtaken = ({ life, call }: Cause): boolean => {
    const theirs = UNSEEN_BY.get(call?.operation ?? "");
    if (theirs === undefined) return false;
    const read = life === undefined ? undefined : processes.get(life)?.zoneRead;
    const since = (read ?? Infinity) - STALE;
    return made.some(({ operation, by, at }) => by !== life && at >= since && theirs.test(operation));
  };

  function* zonesStay(cloud: Cloud): Generator<Violation | undefined> {
    const now = zonesIn(cloud);
    const hurt = [...zones].find(([key, text]) => now.get(key) !== text);
    yield seen("ZONE_TOUCHED", hurt === undefined, () => `${hurt?.[0] ?? ""} is not as it was`);
  }

  function* healthyStays(
    before: Cloud,
    cloud: Cloud,
    cause: Cause,
    name: DomainName,
  ): Generator<Violation | undefined> {
    const now = answersOf(cloud, name);
    const old = answersOf(before, name);
    // Somebody else's answer without a check is healthy, too: Route 53 goes on with it.
    if (strangersAnswer(cloud, name)) return;
    if (now.length === 0 || !old.some((each) => isHealthy(before, each))) return;
    // Where all are well, there is nothing to lose.
    if (old.every((each) => isHealthy(before, each)) && now.every((each) => isHealthy(cloud, each))) return;
    const surprise = now.some(({ HealthCheckId: id = "" }) => drills.has(id) && !knew(cause, id));
    if (surprise) return;
    yield seen(
      "LAST_HEALTHY_REGION",
      now.some((each) => isHealthy(cloud, each)),
      () => `a healthy Region answered for ${name}; ${now.map(regionOfAnswer).join(" and ")} are left, and none is`,
    );
  }

  function* clientsServed(before: Cloud, cloud: Cloud, name: DomainName): Generator<Violation | undefined> {
    const old = meetsAt(before, name);
    const now = meetsAt(cloud, name);
    if (old.size === 0 || now.size === 0) return;
    for (const { who, isServed } of CLASSES) {
      const everywhere = [...old.values()].every(isServed);
      const lost = [...now].find(([region, met]) => {
        const known = old.get(region);
        return !isServed(met) && (everywhere || (known !== undefined && isServed(known)));
      });
      yield seen(
        "CLIENTS_SHUT_OUT",
        lost === undefined,
        () =>
          `${who} were served by ${name}, and meet ${lost?.[1].key ?? ""} ${lost?.[1].policy ?? ""} in ${lost?.[0] ?? ""}`,
      );
    }
  }

  function* notEmptied(before: Cloud, cloud: Cloud, name: DomainName): Generator<Violation | undefined> {
    if (!isManaged(cloud, name) || answersOf(before, name).length === 0) return;
    yield seen("NAME_EMPTIED", answersOf(cloud, name).length > 0, () => `${name} is managed, and has no answer left`);
  }

  function* certificatesUnbound(before: Cloud, cloud: Cloud): Generator<Violation | undefined> {
    const bound = presentedIn(before);
    for (const account of before.accounts) {
      for (const { region, certificates } of account.regions) {
        const left = cloud.accounts.get(account.id)?.regions.get(region)?.certificates;
        if (left === certificates) continue;
        for (const { arn } of certificates)
          if (left?.has(arn) !== true)
            yield seen("CERTIFICATE_IN_USE", !bound.has(arn), () => `${arn} was deleted while a domain presents it`);
      }
    }
  }

  /** An update names the version that it has read; a deletion cannot, so it is judged by what the run had seen. */
  function* drillsStay(before: Cloud, cloud: Cloud, cause: Cause): Generator<Violation | undefined> {
    if (drills.size === 0) return;
    const now = new Map(checksIn(cloud));
    for (const [id, check] of checksIn(before)) {
      if (!isUnderDrill(check)) continue;
      const live = now.get(id);
      if (live === undefined && !knew(cause, id)) continue;
      const same = live === check || JSON.stringify(live) === JSON.stringify(check);
      yield seen(
        "DRILL_DISTURBED",
        same,
        () => `the gate ${id} is under drill, and is ${live ? "changed" : "deleted"}`,
      );
    }
  }

  function* judged(
    before: Cloud,
    cloud: Cloud,
    cause: Cause,
    mayGo: (name: DomainName) => boolean,
  ): Generator<Violation | undefined> {
    const operation = cause.call?.operation ?? "";
    const inZone = operation === "ChangeResourceRecordSets";
    yield* drillsStay(before, cloud, cause);
    if (operation === "DeleteCertificate") yield* certificatesUnbound(before, cloud);
    if (inZone || /Zone|Key/u.test(operation)) yield* zonesStay(cloud);
    for (const name of names) {
      if (mayGo(name)) continue;
      if (inZone || operation.endsWith("HealthCheck")) yield* healthyStays(before, cloud, cause, name);
      if (cause.shutsOut !== true && (inZone || operation === "UpdateDomainName") && !overtaken(cause))
        yield* clientsServed(before, cloud, name);
      if (inZone) yield* notEmptied(before, cloud, name);
    }
  }

  /** What only the call itself shows. */
  function* ofCall(
    call: Call,
    life: Run | undefined,
    answer: Answer,
    fate: Fate,
    cloud: Cloud,
  ): Generator<Violation | undefined> {
    if (call.operation === "ChangeResourceRecordSets") {
      const size = sizeOf(call);
      const fits = size.records <= BATCH_RECORDS_MAX && size.characters <= BATCH_VALUE_CHARACTERS_MAX;
      yield seen("BATCH_TOO_LARGE", fits, () => `a batch has ${JSON.stringify(size)}`);
    }
    if (life === undefined || fate !== undefined || answer.ok === "unknown") return;
    const fault = answer.ok ? undefined : answer.fault;
    const text = (): string => `${call.operation} met ${fault?.code ?? ""}: ${fault?.message ?? ""}`;
    const { CertificateArn: arn } = call.input as { readonly CertificateArn?: string };
    if (call.operation === "DeleteCertificate" && !others(life, ["CreateDomainName", "UpdateDomainName"]))
      yield seen("CERTIFICATE_IN_USE", !presentedIn(cloud).has(arn), text);
    if (life.quotasTold && MAKES.test(call.operation) && !others(life, [call.operation]))
      yield seen("QUOTA_TOO_SMALL", fault === undefined || !isOfQuota(fault), text);
  }

  return {
    *changed(before, cloud, cause, mayGo) {
      const operation = cause.call?.operation ?? "";
      if (MAKES.test(operation)) made.push({ operation, by: cause.life, at: cloud.now });
      if (cause.who !== "person") {
        yield* judged(before, cloud, cause, mayGo);
        return;
      }
      zones = zonesIn(cloud);
      for (const [id, check] of checksIn(cloud))
        if (!isUnderDrill(check)) drills.delete(id);
        else if (!drills.has(id)) drills.set(id, calls);
    },
    *sent({ call, life }, answer, fate, cloud) {
      if (call === undefined) return;
      calls += 1;
      if (life !== undefined) {
        const process = processes.get(life) ?? { began: cloud.now, looks: new Map<string, number>(), zoneRead: 0 };
        processes.set(life, process);
        if (answer.ok === true && call.operation === "ListResourceRecordSets") process.zoneRead = cloud.now;
        if (answer.ok === true) for (const id of checksSeen(call, cloud)) process.looks.set(id, calls);
      }
      yield* ofCall(call, life, answer, fate, cloud);
    },
  };
}

/** The health checks that a read shows. */
function checksSeen({ operation, account, input }: Call, cloud: Cloud): readonly string[] {
  if (operation === "GetHealthCheck") return [(input as { readonly HealthCheckId: string }).HealthCheckId];
  return operation === "ListHealthChecks"
    ? Array.from(cloud.accounts.get(account)?.healthChecks ?? [], ({ Id }) => Id)
    : [];
}

const presentedIn = (cloud: Cloud): ReadonlySet<string | undefined> =>
  new Set(
    [...cloud.accounts].flatMap(({ regions }) =>
      [...regions].flatMap(({ domains }) => [...domains].map((each) => each.regionalCertificateArn)),
    ),
  );

export const isOfQuota = ({ code, message }: Fault): boolean =>
  /LimitExceeded|TooMany(?!Requests)/u.test(code) || /limit of \d+ exceeded|maximum number/iu.test(message);

function* checksIn(cloud: Cloud): Generator<readonly [string, HealthCheck]> {
  for (const { healthChecks } of cloud.accounts) for (const each of healthChecks) yield [each.Id, each];
}

export const isUnderDrill = ({
  HealthCheckConfig: { Type, HealthThreshold = 0, ChildHealthChecks = [] },
}: HealthCheck): boolean => Type === "CALCULATED" && HealthThreshold > ChildHealthChecks.length;

/** All endpoints of the simulation are well: only a drill fails a Region. */
function isHealthy(cloud: Cloud, { HealthCheckId: id }: RecordSet): boolean {
  if (id === undefined) return true;
  for (const { healthChecks } of cloud.accounts) {
    const check = healthChecks.get(id);
    if (check !== undefined) return !isUnderDrill(check);
  }
  return true;
}

const textOfZone = new WeakMap<HostedZone, readonly (readonly [string, string])[]>();

/** What each zone rests on, and the zone itself. */
function zonesIn(cloud: Cloud): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { zones } of cloud.accounts) {
    for (const zone of zones) {
      const texts = textOfZone.get(zone) ?? [...restsOn(zone)];
      textOfZone.set(zone, texts);
      for (const [key, text] of texts) found.set(key, text);
    }
  }
  return found;
}

function* restsOn(zone: HostedZone): Generator<readonly [string, string]> {
  yield [`the zone ${zone.id}`, `${zone.name} ${String(zone.private)} ${zone.nameServers.join(" ")}`];
  for (const record of zone.recordSets)
    if (/^(?:NS|SOA|DS|DNSKEY)$/u.test(record.Type))
      yield [`${record.Type} of ${record.Name} in ${zone.id}`, JSON.stringify(record)];
}

/** What a client meets at an endpoint. */
interface Met {
  readonly key: string;
  readonly policy: string;
}

const CLASSES: readonly { readonly who: string; readonly isServed: (met: Met) => boolean }[] = [
  { who: "clients with RSA only", isServed: ({ key }) => key.startsWith("RSA") },
  { who: "clients with ECDSA only", isServed: ({ key }) => key.startsWith("EC") },
  { who: "clients without TLS 1.3", isServed: ({ policy }) => !policy.includes("TLS13_1_3_") },
];

/** By Region: what the answers of a name lead to. */
function meetsAt(cloud: Cloud, name: DomainName): ReadonlyMap<string, Met> {
  const found = new Map<string, Met>();
  for (const record of answersOf(cloud, name)) {
    const at = regionOfAnswer(record);
    const region = cloud.accounts.get(ACCOUNT)?.regions.get(at);
    const domain = domainAt(region?.domains ?? [], hostOf(record) ?? name);
    const key = region?.certificates.get(domain?.regionalCertificateArn ?? "")?.keyAlgorithm;
    if (domain !== undefined && key !== undefined) found.set(at, { key, policy: domain.securityPolicy });
  }
  return found;
}

function strangersAnswer(cloud: Cloud, name: DomainName): boolean {
  for (const { zone } of zonesOf(cloud, [name]))
    for (const { Type, AliasTarget, HealthCheckId } of zone.recordSets.startingWith(nameKeyPrefix(name)))
      if (Type === "A" && AliasTarget === undefined && HealthCheckId === undefined) return true;
  return false;
}

/** Whether a marker says that the name is ours. */
function isManaged(cloud: Cloud, name: DomainName): boolean {
  const at = domainName(`_signalbox.${name.replace("*.", "_wildcard.")}`);
  for (const { zone } of zonesOf(cloud, [name]))
    for (const { ResourceRecords = [] } of zone.recordSets.startingWith(nameKeyPrefix(at)))
      if (ResourceRecords.some(({ Value }) => Value.includes(`manifest=${OWNER.manifest} scope=${OWNER.scope}`)))
        return true;
  return false;
}

/** As Route 53 counts a batch: what is replaced counts twice. */
function sizeOf({ input }: Call): { readonly records: number; readonly characters: number } {
  const { ChangeBatch } = input as { readonly ChangeBatch: { readonly Changes: readonly Change[] } };
  let [records, characters] = [0, 0];
  for (const { Action, ResourceRecordSet } of ChangeBatch.Changes) {
    const times = Action === "UPSERT" ? 2 : 1;
    const { ResourceRecords: values = [] } = ResourceRecordSet;
    records += times * Math.max(1, values.length);
    characters += times * values.reduce((sum, { Value }) => sum + Value.length, 0);
  }
  return { records, characters };
}

interface Change {
  readonly Action: string;
  readonly ResourceRecordSet: RecordSet;
}

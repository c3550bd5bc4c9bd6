import type { Region } from "../cloud/call.ts";
import type { Cloud, HealthCheck, HostedZone } from "../cloud/cloud.ts";
import { accountOf } from "../cloud/edit.ts";
import { answersByRegion } from "../cloud/route53/answer.ts";
import type { AnswerResult } from "../cloud/route53/answer.ts";
import type { Table } from "../cloud/table.ts";
import type { WatchedName } from "./reachable.ts";

export const ADDRESS_TYPES = ["A", "AAAA"] as const;
export type AddressType = (typeof ADDRESS_TYPES)[number];

interface Known {
  /** Health is looked at, too. */
  readonly checks: Table<HealthCheck>;
  readonly answers: Map<string, ReadonlyMap<Region, AnswerResult>>;
}

/** Zones never change, so what one answers is asked once: most calls of a plan leave the zone as it is. */
const KNOWN = new WeakMap<HostedZone, Known>();

const NOTHING: ReadonlyMap<Region, AnswerResult> = new Map();

/** What clients near every Region are answered. */
export function answersFrom(
  cloud: Cloud,
  { name, zone }: WatchedName,
  type: AddressType,
): ReadonlyMap<Region, AnswerResult> {
  const { zones, healthChecks } = accountOf(cloud, zone.account);
  const live = zones.get(zone.id);
  if (live === undefined) return NOTHING;
  let known = KNOWN.get(live);
  if (known?.checks !== healthChecks) {
    known = { checks: healthChecks, answers: new Map() };
    KNOWN.set(live, known);
  }
  const key = `${type} ${name}`;
  const answers = known.answers.get(key) ?? answersByRegion(cloud, zone.account, zone.id, name, type);
  known.answers.set(key, answers);
  return answers;
}

export const isAnswered = (result: AnswerResult | undefined): boolean =>
  result?.code === "NOERROR" && result.records.length > 0;

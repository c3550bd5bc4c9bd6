import type { Region } from "../cloud/call.ts";
import type { Cloud, HealthCheck, HostedZone } from "../cloud/cloud.ts";
import { accountOf } from "../cloud/edit.ts";
import { answersByRegion } from "../cloud/route53/answer.ts";
import type { AnswerResult } from "../cloud/route53/answer.ts";
import type { Table } from "../cloud/table.ts";
import type { WatchedName } from "./reachable.ts";

export const ADDRESS_TYPES = ["A", "AAAA"] as const;
export type AddressType = (typeof ADDRESS_TYPES)[number];

type Answers = Map<string, ReadonlyMap<Region, AnswerResult>>;

/** Zones and tables never change, so what one answers is asked once: most calls of a plan leave the zone as it is. Health is looked at, too. */
const KNOWN = new WeakMap<HostedZone, WeakMap<Table<HealthCheck>, Answers>>();

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
  const byHealth = KNOWN.get(live) ?? new WeakMap<Table<HealthCheck>, Answers>();
  KNOWN.set(live, byHealth);
  const known: Answers = byHealth.get(healthChecks) ?? new Map();
  byHealth.set(healthChecks, known);
  const key = `${type} ${name}`;
  const answers = known.get(key) ?? answersByRegion(cloud, zone.account, zone.id, name, type);
  known.set(key, answers);
  return answers;
}

export const isAnswered = (result: AnswerResult | undefined): boolean =>
  result?.code === "NOERROR" && result.records.length > 0;

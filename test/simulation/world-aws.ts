import type { Answer, Call, Fault, Outcome } from "../../src/cloud/call.ts";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { isRead } from "../../src/cloud/conditional.ts";
import { deniedFault } from "../../src/cloud/denied-fault.ts";
import { hashIds } from "../../src/cloud/ids.ts";
import { SECOND } from "../../src/cloud/instant.ts";
import type { Instant } from "../../src/cloud/instant.ts";
import { step } from "../../src/cloud/step.ts";
import { throttledFault } from "../../src/cloud/throttle-fault.ts";
import { tick } from "../../src/cloud/tick.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import { recentClouds } from "../../src/emulator/recent-clouds.ts";
import { noWeatherYet, strike } from "../../src/emulator/weather.ts";
import type { Misbehaviour, Weather } from "../../src/emulator/weather.ts";
import { ACCOUNT } from "../world/world.ts";
import type { Chance } from "./simulate-random.ts";
import type { Cause } from "./world-watch.ts";

/** How AWS is to misbehave beyond what one call can show. */
export interface Roughness {
  readonly weather: Weather;
  /** How probable it is that a write lands long after its answer was given up. */
  readonly late: number;
  /** Whether a deletion by name may land late as well. */
  readonly lateDeletes: boolean;
  /** The first call of this operation lands after fourteen minutes. */
  readonly lateOnce?: string;
  /** Milliseconds that a change may take to every name server beyond the usual. */
  readonly slowInsync: number;
}

export const fair: Roughness = { weather: { seed: "", rules: [] }, late: 0, lateDeletes: false, slowInsync: 0 };

/** What befell a call. */
export type Fate = Misbehaviour["do"] | "late" | undefined;

export interface RoughAws {
  call(call: Call, cause: Cause): { readonly answer: Answer; readonly fate: Fate };
  /** Straight through, whatever the weather: what a person does in the console. */
  direct(call: Call, cause: Cause, accepted: () => void): Outcome;
  /** The request is on its way when its sender dies, and lands some time later. */
  launch(call: Call): void;
  /** Everything that is still on its way lands, one after the other, and all changes reach every name server. */
  clear(): void;
  cloud(): Cloud;
  now(): Instant;
  advance(until: Instant): void;
  emulator(): ReturnType<typeof createEmulator>;
}

interface Flying {
  readonly call: Call;
  readonly calls: number;
  readonly at: Instant;
}

const LATE_CALLS_MAX = 40;
const LATE_SECONDS = [0, 1, 20, 100, 400, 1_500];

const LATE_ONCE = 840 * SECOND;

/** Deletions by name and without a condition: a late one takes whatever has the name by then. */
const BY_NAME = new Set(["DeleteDomainName", "DeleteBasePathMapping"]);

/** The embedded AWS in rough weather. `changed` is told of each change of the real Cloud, whatever caused it. */
export function roughAws(
  start: Cloud,
  seed: string,
  rough: Roughness,
  chance: Chance,
  changed: (before: Cloud, after: Cloud, cause: Cause) => void,
): RoughAws {
  let emulator = createEmulator({ cloud: start, seed });
  let renewed = 0;
  let state = noWeatherYet(rough.weather);
  let calls = 0;
  let lateUsed = false;
  let flying: readonly Flying[] = [];
  const recent = recentClouds(start);

  /** `accepted`: before anybody is told of the change. */
  const through = (call: Call, cause: Cause, accepted: () => void = () => undefined): Outcome => {
    const before = emulator.cloud();
    const outcome = emulator.call(call);
    if (outcome.ok) accepted();
    if (outcome.ok && call.operation === "ChangeResourceRecordSets") slow(before);
    tell(before, cause);
    return outcome;
  };
  const tell = (before: Cloud, cause: Cause): void => {
    const after = emulator.cloud();
    if (after === before) return;
    recent.add(after);
    changed(before, after, cause);
  };
  /** Some changes take long to every name server; those of one zone keep their order. */
  const slow = (before: Cloud): void => {
    if (rough.slowInsync === 0) return;
    const cloud = delayed(before, emulator.cloud(), Math.floor(chance.roll() * rough.slowInsync));
    renewed += 1;
    emulator = createEmulator({ cloud, seed: `${seed} ${String(renewed)}` });
  };
  const land = (all: boolean): void => {
    for (const each of flying) {
      if (!all && (each.calls > calls || each.at > emulator.now())) continue;
      flying = flying.filter((other) => other !== each);
      through(each.call, { who: "late", call: each.call });
    }
  };
  const advance = (until: Instant): void => {
    const due = Math.min(until, ...flying.filter((each) => each.calls <= calls).map(({ at }) => at));
    const before = emulator.cloud();
    emulator.advance(Math.max(due, emulator.now()));
    tell(before, { who: "time", call: undefined });
    land(false);
  };
  const launch = (call: Call): void => {
    const at = emulator.now() + chance.pick(LATE_SECONDS) * SECOND;
    flying = [...flying, { call, calls: calls + chance.integer(1, LATE_CALLS_MAX), at }];
  };
  const mayBeLate = (call: Call): boolean => !isRead(call) && (rough.lateDeletes || !BY_NAME.has(call.operation));
  const unknown = (): Answer => ({ ok: "unknown", reason: "ECONNRESET: the connection was cut", at: emulator.now() });
  const answered = (outcome: Outcome): Answer =>
    outcome.ok
      ? { ok: true, output: outcome.output, at: emulator.now() }
      : { ok: false, fault: outcome.fault, at: emulator.now() };
  const refused = (fault: Fault): Answer => ({ ok: false, fault, at: emulator.now() });

  return {
    call(sent, cause) {
      calls += 1;
      land(false);
      const call = sent.account === "" ? { ...sent, account: ACCOUNT } : sent;
      if (call.operation === rough.lateOnce && !lateUsed) {
        lateUsed = true;
        flying = [...flying, { call, calls, at: emulator.now() + LATE_ONCE }];
        return { answer: unknown(), fate: "late" };
      }
      if (mayBeLate(call) && chance.happens(rough.late)) {
        launch(call);
        return { answer: unknown(), fate: "late" };
      }
      const next = strike(rough.weather, state, call);
      state = next.state;
      const what = next.misbehaviour;
      const fate = what?.do;
      switch (what?.do) {
        case "lose-request":
          return { answer: unknown(), fate };
        case "lose-answer":
          through(call, cause);
          return { answer: unknown(), fate };
        case "throttle":
          return { answer: refused(throttledFault(call, SECOND)), fate };
        case "deny":
          return { answer: refused(deniedFault(call)), fate };
        case "fault":
          return { answer: refused(what.fault), fate };
        case "stale":
          return { answer: answered(stale(recent.at(emulator.now() - what.seconds * SECOND), call)), fate };
        default:
          return { answer: answered(through(call, cause)), fate };
      }
    },
    direct: through,
    launch,
    clear() {
      land(true);
      const last = Math.max(
        emulator.now(),
        ...[...emulator.cloud().accounts].flatMap(({ changes }) => [...changes].map(({ insyncAt }) => insyncAt)),
      );
      while (emulator.now() < last) advance(last);
    },
    cloud: () => emulator.cloud(),
    now: () => emulator.now(),
    advance,
    emulator: () => emulator,
  };
}

/** A read as it would have been answered from an earlier Cloud; GetChange of a later change says that it is on its way. */
function stale(earlier: Cloud, call: Call): Outcome {
  return step(tick(earlier, earlier.now), call, hashIds("stale"));
}

function delayed(before: Cloud, after: Cloud, milliseconds: number): Cloud {
  let { accounts } = after;
  for (const account of after.accounts) {
    const known = before.accounts.get(account.id)?.changes;
    const fresh = [...account.changes].find(({ id }) => known?.has(id) !== true);
    if (fresh === undefined) continue;
    const others = [...account.changes].filter((each) => each !== fresh && each.zoneId === fresh.zoneId);
    const insyncAt = Math.max(fresh.insyncAt + milliseconds, ...others.map((each) => each.insyncAt + 1));
    accounts = accounts.set(account.id, { ...account, changes: account.changes.set(fresh.id, { ...fresh, insyncAt }) });
  }
  return { ...after, accounts };
}

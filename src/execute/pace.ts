import type { Answer, Call, Send } from "../cloud/call.ts";
import type { Clock, Instant } from "../cloud/instant.ts";
import { bucketsOf } from "../cloud/rates.ts";
import { isOneShot } from "./dated.ts";
import { take } from "../cloud/throttle.ts";
import type { BucketState } from "../cloud/throttle.ts";
import { RETRIES_MAX, UNREACHABLE_RETRIES_MAX, judge, retryAt } from "./retry.ts";

/**
 * A Send that keeps to AWS's request rates per (account, Region, service, action), and repeats what had no effect:
 * throttled requests, and reads that met a transient trouble. Writes with an unknown effect are the executor's business.
 */
export function paced(send: Send, clock: Clock, isRead: (call: Call) => boolean): Send {
  const states = new Map<string, BucketState>();
  const admit = async (call: Call): Promise<void> => {
    for (const { key, bucket } of bucketsOf(call)) {
      for (;;) {
        const { state, waitMs } = take(states.get(key), bucket, clock.now());
        if (waitMs <= 0) {
          states.set(key, state);
          break;
        }
        await passTime(clock, clock.now() + waitMs);
      }
    }
  };
  return async (call) => {
    for (let attempt = 0; ; attempt++) {
      await admit(call);
      const answer = await send(call);
      if (attempt >= retriesMax(answer) || !mayRepeat(call, answer, isRead)) return answer;
      await passTime(
        clock,
        retryAt(clock.now(), attempt, answer.ok === false ? answer.fault : { code: "", message: "", status: 0 }),
      );
    }
  };
}

/** Where nobody answers at all, the user is told sooner. */
const retriesMax = (answer: Answer): number =>
  answer.ok === false && answer.fault.code === "NetworkError" ? UNREACHABLE_RETRIES_MAX : RETRIES_MAX;

/** A simulated clock stops at everything that falls due on the way. */
async function passTime(clock: Clock, until: Instant): Promise<void> {
  while (clock.now() < until) await clock.waitUntil(until);
}

function mayRepeat(call: Call, answer: Answer, isRead: (call: Call) => boolean): boolean {
  if (answer.ok === true) return false;
  // Sent once and never again: only what certainly never left may be tried anew.
  if (isOneShot(call)) return answer.ok === false && answer.fault.code === "NetworkError";
  if (answer.ok === "unknown") return isRead(call);
  const verdict = judge(call, answer.fault);
  return verdict === "throttled" || (verdict === "transient" && (isRead(call) || answer.fault.code === "NetworkError"));
}

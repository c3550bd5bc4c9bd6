import type { Call, Fault, Outcome } from "../cloud/call.ts";
import type { Instant } from "../cloud/instant.ts";
import { SECOND } from "../cloud/instant.ts";
import { deniedFault } from "../cloud/denied-fault.ts";
import { throttledFault } from "../cloud/throttle-fault.ts";
import { ConnectionCut } from "./connection-cut.ts";
import { throttling } from "./throttling.ts";
import { noWeatherYet, strike, type Misbehaviour, type Weather } from "./weather.ts";

/** What a call came to. `heldBackMs`: the answer is to leave so much later, in real milliseconds. */
export type Answered = Outcome & { readonly heldBackMs?: number };

/** What stands behind the front. */
export interface Behind {
  now(): Instant;
  perform(call: Call): Outcome;
  /** Answers a read as it would have been answered at `at`. */
  recall(call: Call, at: Instant): Outcome;
  /** Lets time pass where it does not pass by itself; says how much of it is still to pass, in real milliseconds. */
  linger(milliseconds: number): number;
}

export interface FrontOptions {
  /** Whether AWS's request rates hold. */
  readonly throttle?: boolean;
  readonly weather?: Weather;
}

/** Lets calls through to what is behind, at AWS's rates and in the given weather. Throws ConnectionCut when the caller is to get no answer. */
export function frontOf(options: FrontOptions, behind: Behind): (call: Call) => Answered {
  const throttled = options.throttle === true ? throttling() : () => undefined;
  const befalls = options.weather === undefined ? () => undefined : forecast(options.weather);
  return (call) => {
    const misbehaviour = befalls(call);
    if (misbehaviour?.do === "lose-request") throw new ConnectionCut();
    const fault = faultOf(call, misbehaviour) ?? throttled(call, behind.now());
    return fault === undefined ? letThrough(call, misbehaviour, behind) : { ok: false, fault };
  };
}

function forecast(weather: Weather): (call: Call) => Misbehaviour | undefined {
  let state = noWeatherYet(weather);
  return (call) => {
    const next = strike(weather, state, call);
    state = next.state;
    return next.misbehaviour;
  };
}

function faultOf(call: Call, misbehaviour: Misbehaviour | undefined): Fault | undefined {
  switch (misbehaviour?.do) {
    case "throttle":
      return throttledFault(call, SECOND);
    case "deny":
      return deniedFault(call);
    case "fault":
      return misbehaviour.fault;
    default:
      return undefined;
  }
}

function letThrough(call: Call, misbehaviour: Misbehaviour | undefined, behind: Behind): Answered {
  switch (misbehaviour?.do) {
    case "stale":
      return behind.recall(call, behind.now() - misbehaviour.seconds * SECOND);
    case "lose-answer":
      behind.perform(call);
      throw new ConnectionCut();
    case "slow": {
      const heldBackMs = behind.linger(misbehaviour.milliseconds);
      return { ...behind.perform(call), heldBackMs };
    }
    default:
      return behind.perform(call);
  }
}

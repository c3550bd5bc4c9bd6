import { createHash } from "node:crypto";
import type { Call, Fault } from "../cloud/call.ts";
import { isRead } from "../cloud/conditional.ts";
import { remembered } from "../dns/remembered.ts";

/** How the embedded AWS is to misbehave: the same weather meets the same calls in the same way. */
export interface Weather {
  readonly seed: string;
  /** Each call meets the first that strikes. */
  readonly rules: readonly WeatherRule[];
}

/** Globs (`*`, `?`) say which calls a rule is about; left out, all calls to AWS (a probe only where it is named). */
export interface WeatherRule {
  readonly services?: readonly string[] | undefined;
  readonly operations?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly accounts?: readonly string[] | undefined;
  /** From 0 to 1. */
  readonly chance: number;
  /** So many of its calls are left in peace first. */
  readonly after?: number | undefined;
  /** It strikes so often at most. */
  readonly times?: number | undefined;
  readonly what: Misbehaviour;
}

export type Misbehaviour =
  /** The service's own refusal of a call that comes too soon. */
  | { readonly do: "throttle" }
  /** The service's own refusal of a call that no policy allows. */
  | { readonly do: "deny" }
  | { readonly do: "fault"; readonly fault: Fault }
  /** The connection is cut before the call has had its effect. */
  | { readonly do: "lose-request" }
  /** The call has its effect, and then the connection is cut. */
  | { readonly do: "lose-answer" }
  /** A read is answered from what was so many seconds ago. Writes are let through. */
  | { readonly do: "stale"; readonly seconds: number }
  /** The answer comes so much later. */
  | { readonly do: "slow"; readonly milliseconds: number };

/** How many calls there were: in all, and for each rule those that it is about and those that it struck. */
export interface WeatherState {
  readonly calls: number;
  readonly rules: readonly { readonly met: number; readonly struck: number }[];
}

export const noWeatherYet = (weather: Weather): WeatherState => ({
  calls: 0,
  rules: weather.rules.map(() => ({ met: 0, struck: 0 })),
});

/** What befalls the next call, if anything. */
export function strike(
  weather: Weather,
  state: WeatherState,
  call: Call,
): { readonly state: WeatherState; readonly misbehaviour: Misbehaviour | undefined } {
  const number = state.calls + 1;
  let misbehaviour: Misbehaviour | undefined;
  const rules = weather.rules.map((rule, index) => {
    const { met, struck } = state.rules[index] ?? { met: 0, struck: 0 };
    if (!isAbout(rule, call)) return { met, struck };
    const strikes =
      misbehaviour === undefined &&
      met >= (rule.after ?? 0) &&
      struck < (rule.times ?? Infinity) &&
      roll(weather.seed, index, number) < rule.chance;
    if (strikes) misbehaviour = rule.what;
    return { met: met + 1, struck: struck + (strikes ? 1 : 0) };
  });
  return { state: { calls: number, rules }, misbehaviour };
}

function isAbout(rule: WeatherRule, call: Call): boolean {
  if (rule.what.do === "stale" && !isRead(call)) return false;
  if (rule.services === undefined && call.service === "probe") return false;
  return (
    isAny(rule.services, call.service) &&
    isAny(rule.operations, call.operation) &&
    isAny(rule.regions, call.region) &&
    isAny(rule.accounts, call.account)
  );
}

const isAny = (globs: readonly string[] | undefined, text: string): boolean =>
  globs === undefined || globs.some((glob) => matchesGlob(glob, text));

/** `*` is any text, `?` any character; case does not matter. */
export function matchesGlob(glob: string, text: string): boolean {
  return patternOf(glob).test(text);
}

const patternOf = remembered((glob) => {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${pattern}$`, "iu");
});

const ROLL_BYTES = 6;

/** From 0 up to, and without, 1. */
function roll(seed: string, rule: number, call: number): number {
  const hash = createHash("sha256").update(`weather ${seed} ${rule} ${call}`).digest();
  return hash.readUIntBE(0, ROLL_BYTES) / 2 ** (8 * ROLL_BYTES);
}

const STALE_SECONDS = 5;

const fault = (code: string, status: number, message: string): Misbehaviour => ({
  do: "fault",
  fault: { code, status, message },
});

/**
 * An ordinary bad day. Route 53's listing of records shows what was written at once, so it is never stale here; ACM,
 * API Gateway and the tagging API lag.
 */
export function defaultWeather(seed: string): Weather {
  return {
    seed,
    rules: [
      { chance: 0.03, what: { do: "throttle" } },
      {
        chance: 0.02,
        what: fault("InternalFailure", 500, "The request processing has failed because of an unknown error."),
      },
      {
        chance: 0.01,
        what: fault("ServiceUnavailable", 503, "The request has failed due to a temporary failure of the server."),
      },
      { chance: 0.01, what: { do: "lose-request" } },
      { chance: 0.02, what: { do: "lose-answer" } },
      {
        services: ["acm", "apigateway", "tagging"],
        chance: 0.05,
        what: { do: "stale", seconds: STALE_SECONDS },
      },
    ],
  };
}

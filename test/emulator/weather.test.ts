import { describe, expect, test } from "vitest";
import type { Call } from "../../src/cloud/call.ts";
import { defaultWeather, matchesGlob, noWeatherYet, strike } from "../../src/emulator/weather.ts";
import type { Misbehaviour, Weather, WeatherRule } from "../../src/emulator/weather.ts";
import { ACCOUNT, createZone, listZones } from "./world.ts";

const rule = (what: Partial<WeatherRule>): WeatherRule => ({ chance: 1, what: { do: "throttle" }, ...what });

/** What befalls these calls, one after the other. */
function befalls(weather: Weather, calls: readonly Call[]): readonly (Misbehaviour["do"] | undefined)[] {
  let state = noWeatherYet(weather);
  return calls.map((call) => {
    const next = strike(weather, state, call);
    state = next.state;
    return next.misbehaviour?.do;
  });
}

const many = (call: Call, count: number): readonly Call[] => Array.from({ length: count }, () => call);
const acm: Call = {
  account: "444455556666",
  region: "eu-west-1",
  service: "acm",
  operation: "ListCertificates",
  input: {},
};
const probe: Call = { account: ACCOUNT, region: "us-east-1", service: "probe", operation: "Probe", input: {} };

describe("which calls a rule is about", () => {
  const cases: readonly (readonly [string, Partial<WeatherRule>, readonly boolean[]])[] = [
    // [createZone, listZones, acm, probe]
    ["all calls to AWS", {}, [true, true, true, false]],
    ["a service", { services: ["acm"] }, [false, false, true, false]],
    ["a probe, where it is named", { services: ["probe"] }, [false, false, false, true]],
    ["an operation by a glob", { operations: ["List*"] }, [false, true, true, false]],
    ["a glob in another case", { operations: ["createhosted????"] }, [true, false, false, false]],
    ["a Region", { regions: ["eu-*"] }, [false, false, true, false]],
    ["an account", { accounts: [ACCOUNT] }, [true, true, false, false]],
    [
      "all of them together",
      { services: ["route53"], operations: ["List*"], regions: ["eu-*"] },
      [false, false, false, false],
    ],
    ["stale: reads only", { what: { do: "stale", seconds: 1 } }, [false, true, true, false]],
    ["no chance", { chance: 0 }, [false, false, false, false]],
  ];
  test.each(cases)("%s", (_name, what, struck) => {
    const weather = { seed: "s", rules: [rule(what)] };
    for (const [index, call] of [createZone("a.com"), listZones, acm, probe].entries())
      expect(befalls(weather, [call])[0] !== undefined).toBe(struck[index]);
  });
});

test.each([
  ["a.c", "abc", false],
  ["a*c", "abbc", true],
  ["a?c", "ac", false],
  ["(a|b)", "a", false],
])("glob %s on %s", (glob, text, matches) => {
  expect(matchesGlob(glob, text)).toBe(matches);
});

describe("when a rule strikes", () => {
  test("after so many of its own calls, and so many times", () => {
    const weather = { seed: "s", rules: [rule({ operations: ["List*"], after: 1, times: 2 })] };
    const struck = befalls(weather, [createZone("a.com"), ...many(listZones, 4)]);
    expect(struck).toEqual([undefined, undefined, "throttle", "throttle", undefined]);
  });

  test("the first that strikes is what befalls a call; the others only count it", () => {
    const weather = {
      seed: "s",
      rules: [rule({ times: 1 }), rule({ after: 1, what: { do: "deny" } })],
    };
    expect(befalls(weather, many(listZones, 3))).toEqual(["throttle", "deny", "deny"]);
  });

  test("a seed says what befalls which call: the same each time, and another with another", () => {
    const calls = many(listZones, 200);
    const once = befalls(defaultWeather("7"), calls);
    expect(befalls(defaultWeather("7"), calls)).toEqual(once);
    expect(befalls(defaultWeather("8"), calls)).not.toEqual(once);
  });

  test("about as often as its chance says", () => {
    const struck = befalls({ seed: "s", rules: [rule({ chance: 0.25 })] }, many(listZones, 4_000));
    const share = struck.filter((each) => each !== undefined).length / struck.length;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.03);
  });
});

test("on an ordinary bad day everything happens, and Route 53 is never stale", () => {
  const kinds = (call: Call): ReadonlySet<unknown> => new Set(befalls(defaultWeather("1"), many(call, 2_000)));
  const everywhere = [undefined, "fault", "lose-answer", "lose-request", "throttle"] as const;
  expect(kinds(listZones)).toEqual(new Set(everywhere));
  expect(kinds(acm)).toEqual(new Set([...everywhere, "stale"]));
});

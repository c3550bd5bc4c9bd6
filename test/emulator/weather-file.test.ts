import { describe, expect, test } from "vitest";
import { parseWeather } from "../../src/emulator/weather-file.ts";

const FILE = "storm.yaml";

test("every kind of rule, in YAML", () => {
  const text = `
seed: 7
rules:
  - { chance: 0.5, do: throttle }
  - { chance: 1, do: deny, services: [route53], operations: ["Change*"], accounts: [000000000012, "222233334444"] }
  - { chance: 1, do: lose-request, after: 3 }
  - { chance: 1, do: lose-answer, times: 1, regions: [eu-*] }
  - { chance: 1, do: { fault: { code: InternalFailure, message: no, status: 500 } } }
  - { chance: 1, do: { fault: { code: Whatever } } }
  - { chance: 1, do: { stale: { seconds: 5 } } }
  - { chance: 1, do: { slow: { milliseconds: 20 } } }
`;
  expect(parseWeather(text, FILE)).toEqual({
    weather: {
      seed: "7",
      rules: [
        { chance: 0.5, what: { do: "throttle" } },
        {
          chance: 1,
          services: ["route53"],
          operations: ["Change*"],
          accounts: ["000000000012", "222233334444"],
          what: { do: "deny" },
        },
        { chance: 1, after: 3, what: { do: "lose-request" } },
        { chance: 1, times: 1, regions: ["eu-*"], what: { do: "lose-answer" } },
        { chance: 1, what: { do: "fault", fault: { code: "InternalFailure", message: "no", status: 500 } } },
        { chance: 1, what: { do: "fault", fault: { code: "Whatever", message: "", status: 400 } } },
        { chance: 1, what: { do: "stale", seconds: 5 } },
        { chance: 1, what: { do: "slow", milliseconds: 20 } },
      ],
    },
  });
});

test("JSON, without a seed", () => {
  const text = JSON.stringify({ rules: [{ chance: 1, do: "throttle" }] });
  expect(parseWeather(text, FILE)).toEqual({
    weather: { seed: "0", rules: [{ chance: 1, what: { do: "throttle" } }] },
  });
});

describe("what is wrong is said, with its place", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["nothing", "", "storm.yaml:1:1: "],
    ["no YAML", "rules: [", "storm.yaml:1:9: "],
    ["no rules", "seed: 1", "storm.yaml:1:1: rules: "],
    ["a chance above 1", "rules:\n  - chance: 2\n    do: throttle", "storm.yaml:2:13: rules.0.chance: "],
    ["no chance", "rules:\n  - do: throttle", "storm.yaml:2:5: rules.0.chance: "],
    [
      "an unknown key",
      "rules:\n  - chance: 1\n    do: deny\n    sevrices: [acm]",
      "storm.yaml:4:5: rules.0: there is no `sevrices` here",
    ],
    [
      "an unknown deed",
      "rules:\n  - chance: 1\n    do: explode",
      "storm.yaml:3:9: rules.0.do: `do` is throttle, deny, ",
    ],
    [
      "a deed of another shape",
      "rules:\n  - chance: 1\n    do: { stale: 5 }",
      "storm.yaml:3:9: rules.0.do: `do` is throttle, deny, ",
    ],
    [
      "a service that is none",
      "rules:\n  - chance: 1\n    do: deny\n    services: [acm, lambda]",
      "storm.yaml:4:21: `lambda` is none of the services that are modelled",
    ],
    [
      "an operation that is none",
      'rules:\n  - chance: 1\n    do: deny\n    operations: ["Frob*"]',
      "storm.yaml:4:18: `Frob*` is none of the operations that are modelled",
    ],
  ];
  test.each(cases)("%s", (_name, text, start) => {
    const read = parseWeather(text, FILE);
    const [first = ""] = "problems" in read ? read.problems : [];
    expect(first.slice(0, start.length)).toBe(start);
  });

  test("all of it at once", () => {
    const read = parseWeather("rules:\n  - { chance: 2, do: deny }\n  - { chance: 1, do: no }", FILE);
    expect("problems" in read ? read.problems : []).toHaveLength(2);
  });
});

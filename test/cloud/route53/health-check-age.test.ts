import { describe, expect, test } from "vitest";
import { accountOf } from "../../../src/cloud/edit.ts";
import { DAY, SECOND } from "../../../src/cloud/instant.ts";
import { hasObservations, hasVerdict, madeToday, withMade } from "../../../src/cloud/route53/health-check-age.ts";
import { ACCOUNT, NOW, estate } from "./estate.ts";

const empty = accountOf(estate(), ACCOUNT);
const made = (...checks: readonly (readonly [string, number])[]) =>
  checks.reduce(
    (account, [id, at]) => ({ ...account, healthChecksMade: withMade(account.healthChecksMade, id, at) }),
    empty,
  );

describe("checks made within a day", () => {
  const account = made(["a", NOW - DAY - 1], ["b", NOW - DAY], ["c", NOW - DAY + 1], ["d", NOW]);
  test.each([
    [NOW, ["c", "d"]],
    [NOW - 1, ["b", "c", "d"]],
    [NOW + DAY, []],
  ])("at %i", (now, expected) => expect([...madeToday(account, now)]).toEqual(expected));
  test("two at one instant are two", () => expect(madeToday(made(["a", NOW], ["b", NOW]), NOW).size).toBe(2));
  test("what is old is forgotten, what is asked is kept", () => expect(account.healthChecksMade.size).toBe(4));
});

describe("the first data of a check", () => {
  const account = made(["x", NOW - 1], ["hc", NOW], ["y", NOW]);
  test.each<[string, object, number, boolean, boolean]>([
    ["at once", {}, 0, false, false],
    ["before the first request's time", {}, 29, false, false],
    ["after it", {}, 30, true, false],
    ["after the requests that make a verdict", {}, 90, true, true],
    ["faster", { RequestInterval: 10, FailureThreshold: 1 }, 10, true, true],
  ])("%s", (_, config, seconds, observed, judged) => {
    const now = NOW + seconds * SECOND;
    const settings = { Type: "HTTPS", ...config } as const;
    expect(hasObservations(account, "hc", settings, now)).toBe(observed);
    expect(hasVerdict(account, "hc", settings, now)).toBe(judged);
  });
  test("a check whose making was not seen is old", () => {
    expect(hasVerdict(account, "other", { Type: "HTTPS" }, NOW)).toBe(true);
  });
});

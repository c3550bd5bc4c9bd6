import { describe, expect, test } from "vitest";
import type { Answer, Call } from "../../src/cloud/call.ts";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { HOUR } from "../../src/cloud/instant.ts";
import type { Clock } from "../../src/cloud/instant.ts";
import type { Diagnostic } from "../../src/diagnostic/diagnostic.ts";
import type { Event } from "../../src/execute/event.ts";
import { Run } from "../../src/execute/run.ts";
import type { Plan, Step } from "../../src/plan/plan.ts";
import type { Address } from "../../src/resource/address.ts";
import { storefront } from "../world/storefront.ts";
import { RETIRE, reconcile, world } from "../world/world.ts";
import { live } from "./estates.ts";

const START = 1_000_000;

const step = (id: string, ...after: readonly string[]): Step => {
  const address = `thing/${id}` as Address;
  return {
    id,
    kind: "record-set",
    action: "create",
    address,
    change: { address, before: undefined, after: undefined, guard: undefined },
    differences: [],
    after,
    names: [],
  };
};

const planOf = (...steps: readonly Step[]): Plan => ({
  version: 1,
  owner: { manifest: "m", scope: "s" },
  account: "1",
  readAt: START,
  retired: [],
  nonce: "n",
  steps,
  held: [],
  diagnostics: [],
  foreign: {},
  unchanged: {},
});

const diagnostic: Diagnostic = { code: "REFUSED_BY_AWS", severity: "error", message: "no" };

const calling = (operation: string): Call => ({
  account: "1",
  region: "us-east-1",
  service: "route53",
  operation,
  input: {},
});

function runOf(
  steps: readonly Step[] = [],
  answer: Answer = { ok: true, output: {}, at: START },
): Run & { time: { now: number } } {
  const time = { now: START };
  const clock: Clock = { now: () => time.now, waitUntil: async (until) => void (time.now = until) };
  return Object.assign(new Run(planOf(...steps), emptyCloud(START), clock, async () => answer), { time });
}

const states = (events: Iterable<Event>): readonly string[] =>
  [...events].flatMap((event) => (event.type === "step" ? [`${event.id} ${event.state}`] : []));

describe("a step that fails", () => {
  const [one, two, three, four] = [step("one"), step("two", "one"), step("three", "two", "four"), step("four")];

  test("stops all that waits for it, near and far, and nothing else", () => {
    const run = runOf([one, two, three, four]);
    expect(states(run.fail(one, diagnostic, false))).toEqual(["one failed", "two skipped", "three skipped"]);
    expect(run.isOver()).toBe(false);
    expect(states(run.finish(four))).toEqual(["four done"]);
    expect(run.isOver()).toBe(true);
    expect(run.diagnostics).toEqual([diagnostic]);
  });

  test("fails once, and is told once", () => {
    const run = runOf([one, two]);
    expect(states(run.fail(one, diagnostic, false))).toHaveLength(2);
    expect(states(run.fail(one, diagnostic, false))).toEqual([]);
    expect(run.diagnostics).toHaveLength(1);
  });

  const verdicts: readonly (readonly [string, readonly boolean[], string, number])[] = [
    ["nothing failed", [], "converged", 0],
    ["live has moved", [true], "replan", 0],
    ["AWS has refused", [false], "failed", 1],
    ["both: what has moved is looked at again", [false, true], "replan", 1],
  ];
  test.each(verdicts)("%s", (_what, replans, verdict, told) => {
    const run = runOf([one, four]);
    replans.forEach((replan, index) => states(run.fail([one, four][index] ?? one, diagnostic, replan)));
    expect(run.verdict()).toBe(verdict);
    expect(run.diagnostics).toHaveLength(told);
  });

  test("a state is told when it changes, and so is its reason", () => {
    const run = runOf([one]);
    const told = [
      ["waiting", "a"],
      ["waiting", "a"],
      ["waiting", "b"],
      ["calling", "b"],
    ] as const;
    expect(told.flatMap(([state, why]) => states(run.show(one, state, why)))).toEqual([
      "one waiting",
      "one waiting",
      "one calling",
    ]);
  });
});

describe("tries", () => {
  test("are counted from the first trouble, until it passes", () => {
    const run = runOf([step("one")]);
    expect(run.mayTry("one")).toBe(true);
    run.tryAgainAt("one", START + 1_000);
    run.time.now += 500;
    expect(run.mayTry("one")).toBe(false);
    run.time.now += 500;
    expect(run.mayTry("one")).toBe(true);
    run.tryAgainAt("one", START + 3_000);
    expect(run.troubleOf("one")).toMatchObject({ attempts: 2, settlings: 0, since: START });
    run.tryAgainAt("one", START + 4_000, true);
    expect(run.troubleOf("one")).toMatchObject({ attempts: 2, settlings: 1, since: START });
    run.tryAgainNow("one");
    expect(run.mayTry("one")).toBe(true);
    expect(run.troubleOf("one")).toEqual({ attempts: 0, settlings: 0, since: START + 1_000 });
  });
});

describe("requests", () => {
  test("all are counted, writes for themselves", async () => {
    const run = runOf();
    for (const operation of ["GetChange", "ChangeResourceRecordSets", "Probe", "CreateHealthCheck"])
      await run.exchange(calling(operation));
    expect({ calls: run.calls, writes: run.writes }).toEqual({ calls: 4, writes: 2 });
  });

  test("an event has AWS's code, and the output where there is one", () => {
    const run = runOf();
    const codes = (answer: Answer): unknown => run.event(calling("CreateHealthCheck"), [step("one")], answer);
    expect(codes({ ok: true, output: { Id: "x" }, at: 0 })).toMatchObject({
      code: "ok",
      write: true,
      steps: ["one"],
      output: { Id: "x" },
    });
    expect(codes({ ok: false, fault: { code: "Denied", message: "", status: 403 }, at: 0 })).toMatchObject({
      code: "Denied",
    });
    expect(codes({ ok: "unknown", reason: "", at: 0 })).toMatchObject({ code: "unknown" });
  });
});

describe("time is AWS's", () => {
  test("by the Date of the last answer, which the machine's clock only carries on", async () => {
    const run = runOf([], { ok: true, output: {}, at: START + HOUR });
    expect(run.awsNow()).toBe(START);
    await run.exchange(calling("GetChange"));
    run.time.now += 5_000;
    expect(run.awsNow()).toBe(START + HOUR + 5_000);
    expect(run.cloud.now).toBe(START + HOUR);
    expect(run.onOurClock(START + HOUR + 60_000)).toBe(START + 60_000);
  });

  test.each([
    ["an hour fast", HOUR],
    ["an hour slow", -HOUR],
  ])("on a machine whose clock is %s a drain is as long as on any other", async (_how, wrong) => {
    const into = world(live, undefined, "skewed");
    const clock: Clock = {
      now: () => into.emulator.now() + wrong,
      waitUntil: async (until) => into.emulator.advance(until - wrong),
    };
    expect((await reconcile({ ...into, ports: { ...into.ports, clock } }, storefront, RETIRE)).outcome).toBe(
      "converged",
    );
    const of = (operation: string): number => into.log.find(({ call }) => call.operation === operation)?.answer.at ?? 0;
    const drained = of("DeleteDomainName") - of("ChangeResourceRecordSets");
    expect(drained).toBeGreaterThanOrEqual(930_000);
    expect(drained).toBeLessThan(1_100_000);
  });
});

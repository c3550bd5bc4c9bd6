import { describe, expect, test } from "vitest";
import { emptyCloud } from "../../src/cloud/empty.ts";
import type { Diagnostic } from "../../src/diagnostic/diagnostic.ts";
import type { Executed } from "../../src/execute/execute.ts";
import { added, atRest, noRounds, refusedWith, whyNot } from "../../src/execute/rounds.ts";
import type { Tally } from "../../src/execute/rounds.ts";
import type { Action, Held, Plan, Step } from "../../src/plan/plan.ts";
import type { Address } from "../../src/resource/address.ts";

const step = (kind: string, action: Action, of: string): Step => {
  const address = `${kind}/${of}` as Address;
  return {
    id: `${action} ${of}`,
    kind,
    action,
    address,
    change: { address, before: undefined, after: undefined, guard: undefined },
    differences: [],
    after: [],
    names: [],
  };
};

const plan = (steps: readonly Step[] = [], held: readonly Held[] = []): Plan => ({
  version: 1,
  owner: { manifest: "m", scope: "s" },
  account: "111122223333",
  readAt: 0,
  retired: [],
  nonce: "n",
  steps,
  held,
  diagnostics: [],
  foreign: {},
  unchanged: {},
});

const executed = (over: Partial<Executed> = {}): Executed => ({
  outcome: "converged",
  cloud: emptyCloud(0),
  writes: 0,
  calls: 0,
  done: new Set(),
  effected: new Set(),
  expected: [],
  forgot: false,
  diagnostics: [],
  ...over,
});

const diagnostic = (code: string): Diagnostic => ({ code, severity: "error", message: code });

/** A tally of so many rounds of one plan, every step of it done. */
function after(rounds: number, of: Plan = plan()): Tally {
  let tally = noRounds;
  for (let round = 0; round < rounds; round++)
    tally = added(tally, of, executed({ done: new Set(of.steps.map(({ id }) => id)) }));
  return tally;
}

const condemn = step("api-domain", "condemn", "us-west-2/shop.example.com");
const dropRecord = step("record-set", "delete", "shop.example.com/A/storefront/us-west-2");
const deleteCheck = step("health-check", "delete", "one");
const create = step("record-set", "create", "shop.example.com/A/storefront/us-east-1");

describe("the tally", () => {
  test("writes, calls, rounds and diagnostics add up; the last outcome counts", () => {
    const first = added(
      noRounds,
      plan(),
      executed({ outcome: "replan", writes: 3, calls: 5, diagnostics: [diagnostic("ONE")] }),
    );
    const second = added(
      first,
      plan(),
      executed({ outcome: "failed", writes: 4, calls: 6, diagnostics: [diagnostic("TWO")] }),
    );
    expect(second).toMatchObject({ outcome: "failed", writes: 7, calls: 11, rounds: 2 });
    expect(second.diagnostics.map(({ code }) => code)).toEqual(["ONE", "TWO"]);
  });

  test("what was taken out of service is remembered: condemned, or a record dropped, and only when it is done", () => {
    const of = plan([condemn, dropRecord, deleteCheck, create]);
    expect([...after(1, of).condemned]).toEqual([condemn.address, dropRecord.address]);
    expect([...added(noRounds, of, executed({ done: new Set([dropRecord.id]) })).condemned]).toEqual([
      dropRecord.address,
    ]);
  });

  test("and where its write has had its effect, though it had not settled when the round ended", () => {
    const cut = executed({ outcome: "replan", effected: new Set([dropRecord.id, create.id]) });
    expect([...added(noRounds, plan([condemn, dropRecord, create]), cut).condemned]).toEqual([dropRecord.address]);
  });

  test("and stays so over later rounds", () => {
    expect([...added(after(1, plan([condemn])), plan([dropRecord]), executed()).condemned]).toEqual([condemn.address]);
  });
});

const asked = (tally: Tally, of: Plan, agreed?: (plan: Plan) => readonly Diagnostic[]): readonly Diagnostic[] =>
  whyNot(tally, of, { lift: [], ...(agreed === undefined ? {} : { agreed }) }, { regionsRemovedPerRun: 1 });

describe("why a round is not begun", () => {
  const codes = (tally: Tally, of: Plan, agreed?: () => readonly Diagnostic[]): readonly string[] =>
    asked(tally, of, agreed).map(({ code }) => code);

  test("nothing speaks against the first round, nor against another with other things to do", () => {
    expect(codes(noRounds, plan([condemn, dropRecord]))).toEqual([]);
    expect(codes(after(1, plan([dropRecord])), plan([condemn, create]))).toEqual([]);
  });

  test("CONTESTED: it would take out of service a second time what it took out before", () => {
    const [why] = asked(after(1, plan([dropRecord])), plan([dropRecord]));
    expect(why).toMatchObject({ code: "CONTESTED", subject: dropRecord.address });
    expect(codes(after(1, plan([condemn])), plan([create, condemn]))).toEqual(["CONTESTED"]);
  });

  test("to put back what was taken out, or to go on with its removal, is not a contest", () => {
    const back: Step = { ...create, address: dropRecord.address };
    const drain: Step = { ...condemn, action: "drain" };
    expect(codes(after(1, plan([dropRecord, condemn])), plan([back, drain]))).toEqual([]);
  });

  test("NOT_CONVERGING: after ten rounds", () => {
    expect(codes(after(9), plan([create]))).toEqual([]);
    expect(codes(after(10), plan([create]))).toEqual(["NOT_CONVERGING"]);
  });

  test("what was agreed to is asked in every round, with the plan that would run", () => {
    const plans: Plan[] = [];
    const agreed = (of: Plan): readonly Diagnostic[] => {
      plans.push(of);
      return of.steps.length > 1 ? [diagnostic("OTHER_PLAN")] : [];
    };
    expect(asked(noRounds, plan([create]), agreed)).toEqual([]);
    expect(asked(after(1), plan([create, condemn]), agreed).map(({ code }) => code)).toEqual(["OTHER_PLAN"]);
    expect(plans.map(({ steps }) => steps.length)).toEqual([1, 2]);
  });

  test("an endless run is stopped whatever was agreed to", () => {
    expect(codes(after(10), plan([create]), () => [diagnostic("OTHER_PLAN")])).toEqual(["NOT_CONVERGING"]);
  });
});

describe("the end", () => {
  const edit: Held = {
    address: create.address,
    kind: "record-set",
    differences: [],
    diagnostic: diagnostic("EDITED_BY_HAND"),
  };

  test("nothing left to do is converged, unless edits by hand wait for a decision", () => {
    expect(atRest({ ...after(1), outcome: "replan" }, plan()).outcome).toBe("converged");
    expect(atRest(after(1), plan([], [edit])).outcome).toBe("refused");
  });

  test("a refusal keeps what was counted, and adds why", () => {
    const tally = added(noRounds, plan(), executed({ writes: 2, diagnostics: [diagnostic("ONE")] }));
    const refused = refusedWith(tally, [diagnostic("TWO")]);
    expect(refused).toMatchObject({ outcome: "refused", writes: 2, rounds: 1 });
    expect(refused.diagnostics.map(({ code }) => code)).toEqual(["ONE", "TWO"]);
  });
});

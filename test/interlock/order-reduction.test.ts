import { describe, expect, test } from "vitest";
import type { Call } from "../../src/cloud/call.ts";
import { chosenCalls } from "../../src/interlock/order-reduction.ts";
import type { Calling } from "../../src/interlock/order-reduction.ts";
import type { Action, Step } from "../../src/plan/plan.ts";
import type { Address } from "../../src/resource/address.ts";

const step = (id: string, action: Action, after: readonly string[] = []): Step => ({
  id,
  kind: "record-set",
  action,
  address: id as Address,
  change: { address: id as Address, before: undefined, after: undefined, guard: undefined },
  differences: [],
  after,
  names: [],
});
const call = (operation: string, changes: readonly (readonly [string, string, string])[] = []): Call => ({
  account: "1",
  region: "us-east-1",
  service: "route53",
  operation,
  input: {
    ChangeBatch: { Changes: changes.map(([Action, Type, Name]) => ({ Action, ResourceRecordSet: { Type, Name } })) },
  },
});
const batch = (...changes: readonly (readonly [string, string, string])[]): Call =>
  call("ChangeResourceRecordSets", changes);

const swapMarker = [
  ["DELETE", "TXT", "_signalbox.shop."],
  ["CREATE", "TXT", "_signalbox.shop."],
] as const;
const publish = batch(...swapMarker, ["CREATE", "A", "shop."]);
const drop = batch(...swapMarker, ["DELETE", "A", "shop."]);

const chosen = (
  calls: readonly Calling[],
  steps = calls.map((each) => each.step),
  unnoticed: readonly string[] = [],
): readonly string[] =>
  chosenCalls(calls, steps, (each) => unnoticed.includes(each.step.id)).map((each) => each.step.id);

describe("which calls are tried first", () => {
  const update = { step: step("update", "update"), call: call("UpdateDomainName") };
  const remove = { step: step("remove", "delete"), call: drop };

  test("two that take something away: every order of them", () => {
    expect(chosen([update, remove])).toEqual(["update", "remove"]);
  });

  test.each([
    ["a certificate is requested", call("RequestCertificate")],
    ["an endpoint is made", call("CreateDomainName")],
    ["an endpoint is probed", call("Probe")],
    ["a marker alone is swapped", batch(...swapMarker)],
    ["a validation record is made", batch(["CREATE", "CNAME", "_abc.shop."])],
  ])("%s: no client can notice, so at once and alone", (_what, hidden) => {
    expect(chosen([remove, { step: step("hidden", "create"), call: hidden }])).toEqual(["hidden"]);
  });

  test.each([
    ["a TXT that is no marker", batch(["CREATE", "TXT", "other."]), ["other", "remove"]],
    ["a CNAME that proves nothing", batch(["CREATE", "CNAME", "www."]), ["other", "remove"]],
  ])("%s is not hidden", (_what, open, both) => {
    expect(chosen([{ step: step("other", "create"), call: open }, remove])).toEqual(both);
  });

  test("an answer is added: at once, when all that takes away waits for it", () => {
    const give = { step: step("give", "create"), call: publish };
    const waiting = step("later", "delete", ["between"]);
    expect(chosen([give], [give.step, step("between", "create", ["give"]), waiting])).toEqual(["give"]);
    expect(chosen([give, remove])).toEqual(["give", "remove"]);
  });

  test("what the clients of this name do not notice goes at once", () => {
    expect(chosen([update, remove], undefined, ["remove"])).toEqual(["remove"]);
  });
});

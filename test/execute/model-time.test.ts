import { describe, expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { accountOf, withAccount } from "../../src/cloud/edit.ts";
import { Table } from "../../src/cloud/table.ts";
import { caughtUp } from "../../src/execute/model-time.ts";
import { look } from "../../src/pipeline.ts";
import type { Step } from "../../src/plan/plan.ts";
import { storefront } from "../world/storefront.ts";
import { ACCOUNT, CONVERGE, world } from "../world/world.ts";
import { empty, live } from "./estates.ts";

/** The first step of a plan that is of this kind. */
async function stepOf(start: Cloud, options: typeof CONVERGE, kind: string): Promise<Step> {
  const { plan } = await look(storefront, options, world(start).ports);
  const step = plan.steps.find((each) => each.kind === kind);
  if (step === undefined) throw new Error(`no step of kind ${kind}`);
  return step;
}

describe("the model's time passes", () => {
  test("not at all where something can be sent at once", async () => {
    const { model, next } = caughtUp(empty, [await stepOf(empty, CONVERGE, "certificate")]);
    expect(next).toMatchObject({ do: "call", call: { operation: "RequestCertificate" } });
    expect(model).toBe(empty);
  });

  test("until what it waits for is there: validation records some seconds after the request", async () => {
    const step = await stepOf(empty, CONVERGE, "certificate");
    const into = world(empty);
    const next = caughtUp(empty, [step]).next;
    if (next.do !== "call") throw new Error("no call");
    into.emulator.call(next.call);
    const requested = into.emulator.cloud();
    const after = caughtUp(requested, [step]);
    expect(after.next).toEqual({ do: "done" });
    expect(after.model.now).toBeGreaterThan(requested.now);
  });

  test("not when nothing that it waits for is due: the model stays as it was, and no certificate expires over it", async () => {
    const step = await stepOf(empty, CONVERGE, "record-set");
    const account = accountOf(live, ACCOUNT);
    const changes = Table.from(
      [...account.changes].map((each) => [each.id, { ...each, submittedAt: Infinity, insyncAt: Infinity }] as const),
    );
    const pending = withAccount(live, { ...account, changes });
    expect(caughtUp(live, [step]).next).toEqual({ do: "done" });
    expect(caughtUp(pending, [step])).toMatchObject({ model: { now: live.now }, next: { do: "wait" } });
  });
});

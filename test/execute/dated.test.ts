import { describe, expect, test } from "vitest";
import type { Answer, Call } from "../../src/cloud/call.ts";
import { MINUTE } from "../../src/cloud/instant.ts";
import { storefront } from "../world/storefront.ts";
import { CONVERGE, reconcile } from "../world/world.ts";
import type { Done } from "../world/world.ts";
import { empty, expectAsUndisturbed, refusal, undisturbed, worldWhere } from "./estates.ts";

/** Runs from nothing, and tells all that was sent. */
async function play(
  instead: (call: Call, times: number) => Answer | undefined,
): Promise<{ readonly done: Done; readonly sent: readonly { readonly call: Call; readonly at: number }[] }> {
  const wanted = await undisturbed(empty, storefront, CONVERGE);
  const sent: { call: Call; at: number }[] = [];
  const into = worldWhere(empty, (call, _send, world) => {
    sent.push({ call, at: world.emulator.now() });
    return instead(call, sent.filter((each) => each.call.operation === call.operation).length);
  });
  const done = await reconcile(into, storefront, CONVERGE);
  expect(done.outcome).toBe("converged");
  await expectAsUndisturbed(into, storefront, CONVERGE, wanted.census);
  return { done, sent };
}

const dated = ({ call }: { readonly call: Call }): boolean => call.signedAt !== undefined;
/** The validation record's batch comes first. */
const FIRST_OF_NAME = 2;

describe("the first batch of a name", () => {
  test("has the date of the read of its marker, and what it relies on is read after that", async () => {
    const { sent } = await play(() => undefined);
    const [batch, ...others] = sent.filter(dated);
    expect(others).toEqual([]);
    const reads = sent.slice(0, sent.findIndex(dated)).map(({ call }) => call.operation);
    const list = reads.lastIndexOf("ListResourceRecordSets");
    expect(batch?.call.signedAt).toBe(sent[list]?.at);
    expect(reads.slice(list + 1)).toEqual([
      "GetDomainName",
      "GetHealthCheck",
      "GetHealthCheck",
      "GetDomainName",
      "GetHealthCheck",
      "GetHealthCheck",
    ]);
  });

  test.each<readonly [string, Answer]>([
    ["its answer is lost", { ok: "unknown", reason: "timeout", at: 0 }],
    ["it came too late", refusal("InvalidSignatureException", 403, "Signature expired")],
    ["a server's error", refusal("InternalFailure", 500)],
  ])("%s: it is made again, with another date", async (_what, answer) => {
    const { sent } = await play(({ operation }, times) =>
      operation === "ChangeResourceRecordSets" && times === FIRST_OF_NAME ? answer : undefined,
    );
    const dates = sent.filter(dated).map(({ call }) => call.signedAt ?? 0);
    expect(dates).toHaveLength(2);
    expect(dates[1]).toBeGreaterThan(dates[0] ?? 0);
  });

  test("what it relies on cannot be read: it waits, and goes when it can", async () => {
    const { sent } = await play(({ operation }, times) =>
      operation === "GetHealthCheck" && times <= 3 ? refusal("AccessDenied", 403) : undefined,
    );
    const [batch] = sent.filter(dated);
    expect((batch?.at ?? 0) - (batch?.call.signedAt ?? 0)).toBeLessThan(MINUTE);
    expect(sent.filter(({ call }) => call.operation === "GetHealthCheck")).toHaveLength(3 + 4);
  });
});

import { describe, expect, test } from "vitest";
import type { Manifest } from "../../../src/manifest/manifest.ts";
import { storefrontApi, withApi } from "../../world/storefront.ts";
import { changesOf, condemns, isCall } from "./calls.ts";
import { constantReference, withoutEntries } from "./distortions.ts";
import { after, expectMends } from "./estates.ts";
import { stage } from "./stage.ts";
import type { Distortion, Matches } from "./stage.ts";

// Counter-examples of the write protocol about health checks, whose ids AWS makes up and whose references burn.

const MISSING = expect.stringMatching(/^I2 /u) as string;

/** The interval of a check cannot be changed: another one is another check. */
function checked(intervalSeconds: 10 | 30, gate: "none" | "shared"): Manifest {
  const { healthCheck } = storefrontApi;
  if (healthCheck === undefined) throw new Error("no health check");
  return withApi({ healthCheck: { ...healthCheck, intervalSeconds, gate } });
}

const kinds = [
  ["named by the record", "none"],
  ["under a gate", "shared"],
] as const;

describe("H1: a check is replaced by another one, and wanted again after it was deleted", () => {
  test.each(kinds)("its reference is burnt, and the next generation is taken: %s", async (_what, gate) => {
    const [slow, fast] = [checked(30, gate), checked(10, gate)];
    const on = stage(await after(slow), "H1");
    for (const [index, manifest] of [fast, slow, fast, slow].entries()) {
      await on.start(`A${String(index)}`, manifest);
      expect((await on.rest(`A${String(index)}`))?.outcome).toBe("converged");
    }
    expect(on.watch.broken).toEqual([]);
    await expectMends(on.into.emulator.cloud(), slow, [slow]);
  });
  test("with one reference a check, AWS refuses for ever", async () => {
    const on = stage(await after(checked(30, "none")), "H1 constant");
    await on.start("A", checked(10, "none"), constantReference);
    for (let tries = 0; tries < 10; tries++) await on.past("A", isCall("CreateHealthCheck"));
    const made = on.sent.filter(({ call }) => call.operation === "CreateHealthCheck");
    expect(made.map(({ answer }) => answer.ok)).toEqual(made.map(() => false));
  });
});

describe("H2: B condemned a check and is about to delete it; A wants that very check again", () => {
  const play = async (gate: "none" | "shared", a?: Distortion): Promise<readonly string[]> => {
    const [slow, fast] = [checked(30, gate), checked(10, gate)];
    const on = stage(await after(slow), "H2");
    await on.start("B", fast);
    expect(await on.upTo("B", isCall("DeleteHealthCheck"))).toBeDefined();
    await on.start("A", slow, a);
    const uses: Matches = (call) => changesOf(call).length > 0 || isCall("UpdateHealthCheck")(call);
    await on.past("A", uses);
    if (a !== undefined) await on.past("A", uses); // a second try, where there is one
    await on.past("B", isCall("DeleteHealthCheck"));
    if (a !== undefined) return on.watch.broken;
    await on.rest("A");
    await on.rest("B");
    await expectMends(on.into.emulator.cloud(), slow, [slow, fast]);
    return on.watch.broken;
  };
  test.each(kinds)("what is condemned is not used again: %s", async (_what, gate) =>
    expect(await play(gate)).toEqual([]),
  );
  test("used again, it is deleted under the record that names it", async () =>
    expect(await play("none", withoutEntries)).toContainEqual(MISSING));
});

describe("H2, under a gate: A decided to give the gate its old child back before B condemned that", () => {
  test("a gate never loses its child", async () => {
    const [slow, fast] = [checked(30, "shared"), checked(10, "shared")];
    const on = stage(await after(slow), "H2 gate");
    await on.start("B", fast);
    expect(await on.upTo("B", condemns("health-check/"))).toBeDefined(); // its gates have the new children
    await on.start("A", slow);
    expect(await on.upTo("A", isCall("UpdateHealthCheck"))).toBeDefined();
    expect(await on.upTo("B", isCall("DeleteHealthCheck"))).toBeDefined();
    await on.past("A", isCall("UpdateHealthCheck"));
    await on.past("B", isCall("DeleteHealthCheck"));
    await on.rest("A");
    await on.rest("B");
    expect(on.watch.broken).toEqual([]);
    await expectMends(on.into.emulator.cloud(), slow, [slow, fast]);
  });
});

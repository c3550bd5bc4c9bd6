import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/cloud/call.ts";
import { reconcile } from "../world/world.ts";
import { answering, atWrite, expectAsUndisturbed, runs, undisturbed } from "./estates.ts";

// Of src/execute/send-one.ts: a write whose answer is lost may have happened or not, and the run finds out which.

describe.each(runs)("%s", (_what, start, manifest, options, staysUp) => {
  test.each([
    ["had its effect", true],
    ["had none", false],
  ])("a write whose answer is lost and that %s, each in turn: converges to the same", async (_how, happens) => {
    const { census, writes } = await undisturbed(start, manifest, options);
    for (let number = 1; number <= writes.length; number++) {
      let operation = "";
      const into = atWrite(
        start,
        number,
        async (call, send): Promise<Answer> => {
          operation = call.operation;
          if (happens) await send(call);
          return { ok: "unknown", reason: "the connection was closed", at: into.emulator.now() };
        },
        `lost ${String(number)}`,
      );
      const done = await reconcile(into, manifest, options);
      const lost = { number, operation };
      expect({ ...lost, outcome: done.outcome, diagnostics: done.diagnostics }).toEqual({
        ...lost,
        outcome: "converged",
        diagnostics: [],
      });
      expect(done.events.some((event) => event.type === "call" && event.write && event.code === "unknown")).toBe(true);
      await expectAsUndisturbed(into, manifest, options, census);
      if (staysUp) expect(answering(into)).toBeGreaterThan(0);
    }
    expect(writes.length).toBeGreaterThan(4);
  });
});

test("every write operation is among them", async () => {
  const all = await Promise.all(runs.map(([, start, manifest, options]) => undisturbed(start, manifest, options)));
  expect([...new Set(all.flatMap(({ writes }) => writes))].toSorted()).toEqual([
    "AddTagsToCertificate",
    "ChangeResourceRecordSets",
    "CreateBasePathMapping",
    "CreateDomainName",
    "CreateHealthCheck",
    "DeleteBasePathMapping",
    "DeleteCertificate",
    "DeleteDomainName",
    "DeleteHealthCheck",
    "RequestCertificate",
    "TagResource",
    "UpdateBasePathMapping",
    "UpdateCertificateOptions",
    "UpdateDomainName",
    "UpdateHealthCheck",
  ]);
});

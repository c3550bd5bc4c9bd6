import { describe, expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { execute } from "../../src/execute/execute.ts";
import type { ExecuteOptions } from "../../src/execute/execute.ts";
import { look } from "../../src/pipeline.ts";
import { broken } from "../simulation/estate.ts";
import { storefront } from "../world/storefront.ts";
import { CONVERGE, reconcile, world } from "../world/world.ts";
import type { Done } from "../world/world.ts";
import {
  anotherIn,
  answering,
  answersTo,
  atWrite,
  codesOf,
  eastOnly,
  empty,
  expectAsUndisturbed,
  live,
  quicker,
  reasons,
  refusal,
  undisturbed,
  worldWhere,
} from "./estates.ts";

const patiently: ExecuteOptions = { wait: true, signal: new AbortController().signal };

describe("only a proof of this very plan will do", () => {
  test("a proof of another plan throws, and nothing is sent", async () => {
    const into = world(empty);
    const [one, other] = [await look(storefront, CONVERGE, into.ports), await look(storefront, CONVERGE, into.ports)];
    if (other.proof?.safe !== true) throw new Error("not proved");
    const from = into.log.length;
    await expect(execute(one.plan, other.proof, into.ports.send, into.ports.clock, patiently).next()).rejects.toThrow(
      "the proof is of another plan",
    );
    expect(into.log.length).toBe(from);
  });

  test("the events begin with the plan's steps and digest, and end with the outcome", async () => {
    const into = world(empty);
    const { events, look: last } = await reconcile(into, storefront);
    expect(events[0]).toMatchObject({ type: "started", digest: expect.stringMatching(/^[0-9a-f]{64}$/u) });
    expect(events.at(-1)).toMatchObject({ type: "finished", outcome: "converged", writes: 12, diagnostics: [] });
    const written = events.filter((event) => event.type === "call" && event.write);
    expect(written).toHaveLength(12);
    expect(last.plan.steps).toEqual([]);
  });
});

describe("stopped by the user", () => {
  /** Interrupted when AWS has done the write of that number. */
  async function interrupted(start: Cloud, manifest: Manifest, number: number): Promise<{ after: Cloud; done: Done }> {
    const abort = new AbortController();
    const into = atWrite(
      start,
      number,
      async (call, send) => {
        const answer = await send(call);
        abort.abort();
        return answer;
      },
      `interrupted ${String(number)}`,
    );
    const done = await reconcile(into, manifest, { signal: abort.signal });
    return { after: into.emulator.cloud(), done };
  }

  test("before the next write, whichever it is; a run anew converges to the same", async () => {
    const { census, writes } = await undisturbed(empty, storefront, CONVERGE);
    for (let number = 1; number < writes.length; number++) {
      const { after, done } = await interrupted(empty, storefront, number);
      expect({ number, outcome: done.outcome, writes: done.writes }).toEqual({
        number,
        outcome: "interrupted",
        writes: number,
      });
      const into = world(after, undefined, `again ${String(number)}`);
      expect((await reconcile(into, storefront)).outcome).toBe("converged");
      await expectAsUndisturbed(into, storefront, CONVERGE, census);
    }
  });

  test("the last write done and nothing left to wait for, the signal comes too late", async () => {
    const { writes } = await undisturbed(empty, storefront, CONVERGE);
    const { done } = await interrupted(empty, storefront, writes.length);
    expect(done.writes).toBe(writes.length);
  });

  test("while it waits for a drain: nothing is dark, and a run anew goes on", async () => {
    const { census, writes } = await undisturbed(live, eastOnly, CONVERGE);
    const { after, done } = await interrupted(live, eastOnly, 2);
    expect(writes.length).toBeGreaterThan(2);
    expect(done.outcome).toBe("interrupted");
    expect(broken(after)).toEqual([]);
    const into = world(after, undefined, "again");
    expect((await reconcile(into, eastOnly)).outcome).toBe("converged");
    await expectAsUndisturbed(into, eastOnly, CONVERGE, census);
  });

  test("before the first write, when it was stopped already", async () => {
    const into = world(empty);
    const done = await reconcile(into, storefront, { signal: AbortSignal.abort() });
    expect({ outcome: done.outcome, writes: done.writes }).toEqual({ outcome: "interrupted", writes: 0 });
  });
});

describe("without waiting", () => {
  test("it stops when all that can be written is written, settling; runs anew bring it to its end", async () => {
    const into = world(empty);
    const first = await reconcile(into, storefront, { wait: false });
    expect({ outcome: first.outcome, diagnostics: first.diagnostics }).toEqual({
      outcome: "settling",
      diagnostics: [],
    });
    expect(first.writes).toBeGreaterThan(0);
    expect(into.emulator.now() - empty.now).toBeLessThan(30_000);
    const second = await reconcile(into, storefront);
    expect({ outcome: second.outcome, writes: first.writes + second.writes }).toEqual({
      outcome: "converged",
      writes: 12,
    });
  });

  test("a failure is not hidden behind what settles", async () => {
    const into = worldWhere(empty, (call) =>
      call.operation === "RequestCertificate" && call.region === "us-west-2"
        ? refusal("AccessDeniedException")
        : undefined,
    );
    const done = await reconcile(into, storefront, { wait: false });
    expect({ outcome: done.outcome, codes: codesOf(done) }).toEqual({ outcome: "failed", codes: ["REFUSED_BY_AWS"] });
  });
});

describe("another writer between the look and the write", () => {
  const rows: readonly (readonly [string, Manifest])[] = [
    ["with the same manifest", quicker],
    ["with one Region fewer", eastOnly],
    ["with what was there before", storefront],
  ];
  test.each(rows)(
    "%s: the run looks again, plans anew and converges; the other's end was whole",
    async (_who, theirs) => {
      const wanted = await undisturbed(live, quicker, CONVERGE);
      let other: Done | undefined;
      const into = worldWhere(live, async (call, _send, at) => {
        if (call.operation !== "ChangeResourceRecordSets" || other !== undefined) return undefined;
        other = await reconcile(anotherIn(at), theirs);
        expect(broken(at.emulator.cloud())).toEqual([]);
        return undefined;
      });
      const done = await reconcile(into, quicker);
      expect({ outcome: done.outcome, codes: codesOf(done), theirs: other?.outcome }).toEqual({
        outcome: "converged",
        codes: [],
        theirs: "converged",
      });
      const refused = answersTo(done.events, "ChangeResourceRecordSets").filter((code) => code !== "ok");
      expect([...new Set(refused)]).toEqual(["InvalidChangeBatch"]);
      expect(reasons(done.events, "failed")).not.toEqual([]);
      await expectAsUndisturbed(into, quicker, CONVERGE, wanted.census);
    },
  );

  test("who undoes what this run took away is told of: CONTESTED, and both Regions answer on", async () => {
    let batches = 0;
    const into = worldWhere(live, async (call, _send, at) => {
      if (call.operation === "ChangeResourceRecordSets" && ++batches === 2)
        expect((await reconcile(anotherIn(at), storefront)).outcome).toBe("converged");
      return undefined;
    });
    const done = await reconcile(into, eastOnly);
    expect({ outcome: done.outcome, codes: codesOf(done) }).toEqual({ outcome: "refused", codes: ["CONTESTED"] });
    expect(answering(into)).toBe(2);
    expect(broken(into.emulator.cloud())).toEqual([]);
  });

  test("who writes before each of this run's writes wears it out: NOT_CONVERGING", async () => {
    const into = worldWhere(live, (call) =>
      call.operation === "ChangeResourceRecordSets" ? refusal("InvalidChangeBatch") : undefined,
    );
    const done = await reconcile(into, quicker);
    expect({ outcome: done.outcome, codes: codesOf(done), rounds: done.rounds }).toEqual({
      outcome: "refused",
      codes: ["NOT_CONVERGING"],
      rounds: 10,
    });
    expect(answering(into)).toBe(2);
  });
});

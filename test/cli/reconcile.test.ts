import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { answersFrom } from "../../src/cli/answers-from.ts";
import type { JournalEnd, JournalHead } from "../../src/cli/journal-head.ts";
import type { Event } from "../../src/execute/event.ts";
import type { PlanJson } from "../../src/report/plan-json.ts";
import type { RunJson } from "../../src/report/summary.ts";
import { editByHand } from "./edit-by-hand.ts";
import { EXAMPLE, folder, signalbox } from "./session.ts";
import type { Circumstances, Ended } from "./session.ts";

let place: ReturnType<typeof folder>;
let state: string;
beforeEach(() => {
  place = folder();
  state = place.path("state.json");
});
afterEach(() => place.remove());

const run = (command: string, flags: readonly string[] = [], circumstances?: Circumstances): Promise<Ended> =>
  signalbox([command, EXAMPLE, "--local", "--local-state", state, ...flags], circumstances);

/** A manifest of its own, made from the example. */
function changed(change: (text: string) => string): string {
  const file = place.path("changed.yaml");
  writeFileSync(file, change(readFileSync(EXAMPLE, "utf8")));
  return file;
}

describe("a manifest's life on the embedded AWS", () => {
  test("plan 2, reconcile 0, plan 0, destroy 0, and then there is everything to do again", async () => {
    const planned = await run("plan");
    expect(planned.code).toBe(2);
    expect(planned.stdout).toContain("Plan: 13 to create, 2 to wait for, 2 to check, 0 unchanged\nProved safe: ");
    expect(planned.stderr).toContain("Put into the embedded AWS as stand-ins: hosted zone example.com");

    const made = await run("reconcile", ["--yes"]);
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(/\nConverged: \d+ writes, \d+ calls, T\+\d\d:\d\d\n$/u);
    expect(made.stderr).toMatch(/^T\+00:00 {2}start {4}17 steps, plan [0-9a-f]{8}$/mu);

    expect(await run("plan")).toMatchObject({
      code: 0,
      stdout: "Nothing to do: all is as the manifest says, 17 resources unchanged\n",
      stderr: "",
    });
    const again = await run("reconcile", ["--yes"]);
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(again.stdout).toContain("Converged: nothing had to be changed\n");

    const gone = await run("destroy", ["--yes"]);
    expect(gone.code).toBe(0);
    expect(gone.stdout).toContain("at least 15 min drain");
    expect((await run("destroy", ["--yes"])).stdout).toContain("Nothing to do: nothing of storefront is there");
    expect((await run("plan")).code).toBe(2);
  });

  test("the same run gives the same bytes, but for the journal's name", async () => {
    const first = await run("reconcile", ["--yes"]);
    state = place.path("other.json");
    const second = await run("reconcile", ["--yes"]);
    const withoutJournal = (text: string): string => text.replace(/^Journal: .*$/mu, "");
    expect(second.stdout).toBe(first.stdout);
    expect(withoutJournal(second.stderr)).toBe(withoutJournal(first.stderr));
  });

  test("clients are answered by the nearest Region, and by the other when that one fails", async () => {
    await run("reconcile", ["--yes"]);
    const clients = ["us-east-1", "us-west-2"];
    const regions = (failed: readonly string[]): unknown =>
      answersFrom(state, { clients, failed }).map((row) => row.region);
    expect(regions([])).toEqual(["us-east-1", "us-west-2"]);
    expect(regions(["us-east-1"])).toEqual(["us-west-2", "us-west-2"]);
    expect(answersFrom(state, { clients })[0]).toMatchObject({ name: "shop.example.com", client: "us-east-1" });
  });
});

describe("consent", () => {
  test.each(["reconcile", "destroy"])(
    "%s without a terminal needs --yes: 3, and nothing was even opened",
    async (command) => {
      const { code, stdout, stderr } = await run(command);
      expect([code, stdout]).toEqual([3, ""]);
      expect(stderr).toContain("there is no terminal to ask at");
      expect(stderr).toContain("Add --yes");
      expect(existsSync(state)).toBe(false);
    },
  );

  test.each([["n"], [""], [undefined]])("the answer %o declines: 3, nothing written", async (answer) => {
    const { code, stderr } = await run("reconcile", [], { answer: () => answer });
    expect(code).toBe(3);
    expect(stderr).toContain("declined: nothing was changed");
    expect((await run("plan")).code).toBe(2);
  });

  test.each(["y", "Yes "])("the answer %o goes ahead; the second time nothing is asked", async (answer) => {
    const questions: string[] = [];
    const ask = (question: string): string => {
      questions.push(question);
      return answer;
    };
    expect((await run("reconcile", [], { answer: ask })).code).toBe(0);
    expect((await run("reconcile", [], { answer: ask })).code).toBe(0);
    expect(questions).toEqual(["Do this? [y/N] "]);
  });
});

describe("interrupted", () => {
  test("while it looks: 130, nothing written", async () => {
    const { code, stdout } = await run("reconcile", ["--yes"], { signal: AbortSignal.abort() });
    expect(code).toBe(130);
    expect(stdout).toContain("Interrupted: nothing was changed.");
    expect((await run("plan", [], { signal: AbortSignal.abort() })).code).toBe(130);
  });

  test("at the question: 130", async () => {
    const stop = new AbortController();
    const answer = (): undefined => {
      stop.abort();
    };
    expect((await run("reconcile", [], { answer, signal: stop.signal })).code).toBe(130);
  });

  test("in the middle: no write after it, what is left is said, and the next run goes on", async () => {
    const stop = new AbortController();
    let after = "";
    const watch = (text: string): void => {
      if (stop.signal.aborted) after += text;
      if (text.includes("CreateHealthCheck")) stop.abort();
    };
    const { code, stdout } = await run("reconcile", ["--yes"], { signal: stop.signal, watch });
    expect(code).toBe(130);
    expect(after).not.toContain("call     ");
    expect(stdout).toMatch(/\nInterrupted: \d writes, .*\n\d+ steps of 17 left:\n {2}create /u);
    expect(stdout).toContain(`Go on with: signalbox reconcile ${EXAMPLE} --local --local-state ${state} --yes\n`);
    expect((await run("reconcile", ["--yes"])).code).toBe(0);
  });
});

describe("flags", () => {
  test("--no-wait: 4 while something settles, and the next run finds it settled", async () => {
    const { code, stdout } = await run("reconcile", ["--yes", "--no-wait"]);
    expect(code).toBe(4);
    expect(stdout).toMatch(/\nStill settling: .*\n\d+ steps of 17 left:\n/u);
    expect((await run("reconcile", ["--yes"])).code).toBe(0);
  });

  test("a saved plan is carried out", async () => {
    const file = place.path("plan.json");
    expect((await run("plan", ["--out", file])).stderr).toContain(`Saved to ${file}`);
    expect((await run("reconcile", ["--yes", "--plan", file])).code).toBe(0);
    // Every change of it is done: live is its after.
    expect((await run("reconcile", ["--yes", "--plan", file])).code).toBe(0);
  });

  test("a saved plan that does not hold what is to be done is refused: 3", async () => {
    const file = place.path("plan.json");
    await run("plan", ["--out", file]);
    const other = changed((text) => text.replace("basePath: v1 }", "basePath: v2 }"));
    const flags = ["--local", "--local-state", state, "--yes", "--plan", file];
    const { code, stderr, stdout } = await signalbox(["reconcile", other, ...flags]);
    expect(code).toBe(3);
    expect(stderr + stdout).toContain("PLAN_STALE");
    expect((await run("plan")).stdout).toContain("0 unchanged");
  });

  test("a saved plan that was edited is refused: 3; one that is not there is an error: 1", async () => {
    const file = place.path("plan.json");
    await run("plan", ["--out", file]);
    writeFileSync(file, readFileSync(file, "utf8").replace('"create"', '"delete"'));
    const refused = await run("reconcile", ["--yes", "--plan", file]);
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain("PLAN_FILE_UNREADABLE");
    expect((await run("reconcile", ["--yes", "--plan", place.path("none.json")])).code).toBe(1);
  });

  test("an edit by hand: plan 2, reconcile 3, until it is decided", async () => {
    await run("reconcile", ["--yes"]);
    const address = await editByHand(state);
    const planned = await run("plan");
    expect(planned.code).toBe(2);
    expect(planned.stdout).toContain(`Held back: 1 edit by hand, for you to decide\n  ${address}\n`);
    expect(planned.stdout).toContain(`--overwrite ${address}\n`);
    expect(planned.stdout).toContain(`--accept-live ${address}\n`);
    expect((await run("reconcile", ["--yes"])).code).toBe(3);
    expect((await run("reconcile", ["--yes", "--overwrite", address])).code).toBe(0);
    expect((await run("plan")).code).toBe(0);
  });

  test("decisions may be repeated; those that nothing needs are said", async () => {
    await run("reconcile", ["--yes"]);
    const flags = ["a/1", "a/2"].flatMap((address) => ["--overwrite", address]);
    const { code, stdout } = await run("plan", [...flags, "--accept-live", "a/3"]);
    expect(code).toBe(0);
    expect(stdout.match(/warning\[NOT_EDITED\]: a\/\d/gu)).toEqual([1, 2, 3].map((n) => `warning[NOT_EDITED]: a/${n}`));
  });

  test("a copy of the manifest with another scope is refused: 3", async () => {
    await run("reconcile", ["--yes"]);
    const copy = changed((text) => text.replace("scopeId: 7f3k9q", "scopeId: aaaaaa"));
    expect((await signalbox(["plan", copy, "--local", "--local-state", state])).code).toBe(3);
  });
});

describe("JSON", () => {
  test("plan: one document, of a stated shape", async () => {
    const { code, stdout } = await run("plan", ["--format", "json"]);
    expect(code).toBe(2);
    const plan = JSON.parse(stdout) as PlanJson;
    expect(plan).toMatchObject({
      version: 1,
      manifest: "storefront",
      scope: "7f3k9q",
      account: "000000000000",
      summary: { create: 13, update: 0, delete: 0, wait: 2, check: 2, held: 0, unchanged: 0, foreign: 0 },
      proof: { safe: true },
    });
    expect(plan.steps).toHaveLength(17);
  });

  test("reconcile: one document with the outcome and the plan; all else is on stderr", async () => {
    const { code, stdout, stderr } = await run("reconcile", ["--yes", "--format", "json"]);
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as RunJson & { plan: PlanJson };
    expect(document).toMatchObject({ version: 1, outcome: "converged", left: [], held: [], diagnostics: [] });
    expect(document.writes).toBeGreaterThan(0);
    expect(document.plan.steps).toHaveLength(17);
    expect(stderr).toContain("start    17 steps");
  });

  test("refused without a terminal: a document too", async () => {
    const { code, stdout } = await run("reconcile", ["--format", "json"]);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, outcome: "refused", writes: 0 });
  });
});

describe("what is on disk", () => {
  const journals = (): readonly string[] => readdirSync(place.path("journal"));

  test("a run that writes leaves a journal beside the state; others leave none", async () => {
    await run("plan");
    expect(existsSync(place.path("journal"))).toBe(false);
    await run("reconcile", ["--yes"]);
    await run("reconcile", ["--yes"]);
    const [name = "", ...more] = journals();
    expect(more).toEqual([]);
    const events = readFileSync(place.path(`journal/${name}`), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Event | JournalHead | JournalEnd);
    expect(events.map((event) => event.type)).toEqual(expect.arrayContaining(["started", "step", "call", "finished"]));
    const [head, started] = events;
    expect(head).toMatchObject({ type: "head", version: 1, goal: "converge", manifest: { name: "storefront" } });
    expect(events.at(-1)).toEqual({ type: "end", outcome: "converged", diagnostics: [] });
    expect(started?.type === "started" && name.endsWith(`-${started.digest.slice(0, 8)}.jsonl`)).toBe(true);
    expect(events.find((event) => event.type === "call" && event.write)).toHaveProperty("input");
  });

  test("a journal that cannot be written stops nothing, and is said once", async () => {
    writeFileSync(place.path("journal"), "a file where the folder should be");
    const { code, stderr } = await run("reconcile", ["--yes"]);
    expect(code).toBe(0);
    expect(stderr.match(/warning: the journal cannot be written/gu)).toHaveLength(1);
  });

  test("the state's file comes from the environment too; the flag goes before it", async () => {
    const env = { SIGNALBOX_LOCAL_STATE: place.path("from-env") };
    mkdirSync(env.SIGNALBOX_LOCAL_STATE);
    await signalbox(["reconcile", EXAMPLE, "--local", "--yes"], { env });
    expect((await signalbox(["plan", EXAMPLE, "--local"], { env })).code).toBe(0);
    expect(readdirSync(env.SIGNALBOX_LOCAL_STATE)).toContain("journal");
    expect((await run("plan", [], { env })).code).toBe(2);
  });

  test("a state that is none: an error that names it", async () => {
    writeFileSync(state, "not a state");
    const { code, stdout, stderr } = await run("plan");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(`the embedded AWS cannot be opened: ${state}`);
  });
});

test("on a terminal a run is a table that is drawn over itself", async () => {
  const { code, stderr } = await run("reconcile", ["--yes"], { answer: () => undefined, columns: 60 });
  expect(code).toBe(0);
  expect(stderr).toContain("17 of 17 done");
  expect(stderr).not.toContain("start    17 steps");
});

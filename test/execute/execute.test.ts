import { describe, expect, test } from "vitest";
import type { Answer, Call, Send } from "../../src/cloud/call.ts";
import type { Cloud, HealthCheck } from "../../src/cloud/cloud.ts";
import { isRead } from "../../src/cloud/conditional.ts";
import { accountOf, withAccount } from "../../src/cloud/edit.ts";
import { Table } from "../../src/cloud/table.ts";
import { execute } from "../../src/execute/execute.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import { hasChanges } from "../../src/plan/plan.ts";
import { census } from "../simulation/estate.ts";
import { storefront, storefrontApi, withApi } from "../world/storefront.ts";
import { ACCOUNT, CONVERGE, RETIRE, prepare, reconcile, world, writesSince } from "../world/world.ts";
import type { World } from "../world/world.ts";

const empty = ((): Cloud => {
  const into = world();
  prepare(into, storefront);
  return into.emulator.cloud();
})();

const live = await (async (): Promise<Cloud> => {
  const into = world(empty, undefined, "live");
  expect((await reconcile(into, storefront)).outcome).toBe("converged");
  return into.emulator.cloud();
})();

const east = withApi({ regions: storefrontApi.regions.slice(0, 1) });
const slower = withApi({
  regions: storefrontApi.regions.slice(0, 1),
  healthCheck: { host: "api", path: "/prod/other", searchString: "ok", intervalSeconds: 10, failureThreshold: 2, gate: "shared" },
});

const signal = new AbortController().signal;

describe("the proof", () => {
  test("of another plan is no proof", async () => {
    const into = world(empty);
    const { plan, proof } = await look(storefront, CONVERGE, into.ports);
    if (proof?.safe !== true) throw new Error("not proved");
    const from = into.log.length;
    const running = execute({ ...plan, nonce: "other" }, proof, into.ports.send, into.ports.clock, { wait: true, signal });
    await expect(running.next()).rejects.toThrow("the proof is of another plan");
    expect(into.log).toHaveLength(from);
  });
});

/** Every write of AWS, with its number; `meddle` may answer in AWS's stead. */
function meddling(meddle: (call: Call, number: number, send: Send) => Promise<Answer> | undefined): (send: Send) => Send {
  let writes = 0;
  return (send) => async (call) => (isRead(call) ? undefined : meddle(call, ++writes, send)) ?? send(call);
}

const lost = (at: number): Answer => ({ ok: "unknown", reason: "the connection was reset", at });

describe("the answer to a write is lost", () => {
  const estates: readonly (readonly [string, Cloud, Manifest, typeof CONVERGE])[] = [
    ["the first apply", empty, storefront, CONVERGE],
    ["an update, a replacement and one Region fewer", live, slower, CONVERGE],
    ["destroy", live, storefront, RETIRE],
  ];
  describe.each(estates)("%s", (_what, start, manifest, options) => {
    test.each([
      ["it had its effect", true],
      ["it had none", false],
    ])("%s: each write in turn, and the estate comes out the same", async (_how, effect) => {
      const straight = world(start, undefined, "straight");
      expect((await reconcile(straight, manifest, options)).outcome).toBe("converged");
      const writes = writesSince(straight, 0);
      const wanted = census(straight.emulator.cloud());
      for (let nth = 1; nth <= writes.length; nth++) {
        const into: World = world(
          start,
          meddling((call, number, send) => (number === nth ? (effect ? send(call) : Promise.resolve()).then(() => lost(into.emulator.now())) : undefined)),
          `lost ${String(nth)} ${String(effect)}`,
        );
        const done = await reconcile(into, manifest, options);
        const which = `write ${String(nth)}, ${writes[nth - 1]?.operation ?? ""}`;
        expect({ which, outcome: done.outcome, diagnostics: done.diagnostics }).toMatchObject({ outcome: "converged" });
        expect(census(into.emulator.cloud()), which).toEqual(wanted);
      }
      const kinds = new Set(writes.map((call) => call.operation));
      expect(kinds.size).toBeGreaterThan(3);
    });
  });
});

/** Somebody swaps the marker of the name, as another run's bump would: same facts, another nonce. */
function bump(into: World): void {
  const [zone] = accountOf(into.emulator.cloud(), ACCOUNT).zones;
  const marker = [...(zone?.recordSets ?? [])].find((record) => record.Name === "_signalbox.shop.example.com.");
  if (marker === undefined) throw new Error("no marker");
  const next = { ...marker, ResourceRecords: (marker.ResourceRecords ?? []).map(({ Value }) => ({ Value: Value.replace(/nonce=\S+/u, "nonce=other.9") })) };
  const Changes = [{ Action: "DELETE", ResourceRecordSet: marker }, { Action: "CREATE", ResourceRecordSet: next }];
  const outcome = into.emulator.call({ account: ACCOUNT, region: "us-east-1", service: "route53", operation: "ChangeResourceRecordSets", input: { HostedZoneId: zone?.id, ChangeBatch: { Changes } } });
  if (!outcome.ok) throw new Error(outcome.fault.message);
}

describe("another writer in the middle", () => {
  test("swaps the marker between plan and write: the batch is refused, nothing is rebased, the next round converges", async () => {
    const into: World = world(live, meddling((call, number, send) => {
      if (number === 1) bump(into);
      return send(call);
    }), "bumped");
    const done = await reconcile(into, east);
    const refused = into.log.filter(({ call, answer }) => call.operation === "ChangeResourceRecordSets" && answer.ok === false);
    expect(refused).toHaveLength(1);
    expect(done.events.filter((event) => event.type === "finished").map((event) => event.outcome)).toEqual(["replan", "converged"]);
    expect({ outcome: done.outcome, rounds: done.rounds }).toEqual({ outcome: "converged", rounds: 2 });
  });

  test("that puts back what this run took away, every time: CONTESTED", async () => {
    const into = world(live, undefined, "contested");
    const rounds: string[] = [];
    const contested: World = { ...into, ports: { ...into.ports, send: async (call) => {
      const deletes = call.operation === "ChangeResourceRecordSets" && JSON.stringify(call.input).includes('"Action":"DELETE","ResourceRecordSet":{"Name":"shop');
      const answer = await into.ports.send(call);
      if (deletes) {
        rounds.push(call.operation);
        await reconcile(into, storefront);
      }
      return answer;
    } } };
    const done = await reconcile(contested, east);
    expect({ outcome: done.outcome, codes: done.diagnostics.map(({ code }) => code) }).toEqual({ outcome: "refused", codes: ["CONTESTED"] });
    expect(rounds).toHaveLength(1);
  });
});

describe("the user stops it", () => {
  test("before the next write, and a second run converges", async () => {
    const controller = new AbortController();
    const into = world(empty, meddling((call, number, send) => {
      if (number === 3) controller.abort();
      return send(call);
    }), "stopped");
    const done = await reconcile(into, storefront, { signal: controller.signal });
    expect({ outcome: done.outcome, writes: done.writes }).toEqual({ outcome: "interrupted", writes: 3 });
    expect(writesSince(into, 0)).toHaveLength(3);
    expect((await reconcile(into, storefront)).outcome).toBe("converged");
    expect(census(into.emulator.cloud())).toEqual(census(live));
  });

  test("without --wait it stops as soon as all is written that can be", async () => {
    const into = world(empty, undefined, "not waiting");
    const first = await reconcile(into, storefront, { wait: false });
    expect(first.outcome).toBe("settling");
    let runs = 1;
    for (; (await reconcile(into, storefront, { wait: false })).outcome === "settling"; runs++) into.emulator.advance(into.emulator.now() + 600_000);
    expect(runs).toBeGreaterThan(1);
    expect(hasChanges((await look(storefront, CONVERGE, into.ports)).plan)).toBe(false);
  });
});

describe("AWS and the model disagree", () => {
  /** As read, but for as many health checks as an account may have: the model refuses another. */
  function full(cloud: Cloud): Cloud {
    const account = accountOf(cloud, ACCOUNT);
    const checks = Array.from({ length: 200 }, (_each, index): HealthCheck => ({ Id: `h${String(index)}`, CallerReference: `theirs ${String(index)}`, HealthCheckVersion: 1, HealthCheckConfig: { Type: "HTTPS", RequestInterval: 30 } }));
    return withAccount(cloud, { ...account, healthChecks: Table.from(checks.map((check) => [check.Id, check])) });
  }

  test("AWS accepts what the model refuses: diverged, and nothing more is written", async () => {
    const into = world(empty, undefined, "diverged");
    const { plan, proof } = await look(storefront, CONVERGE, into.ports);
    if (proof?.safe !== true) throw new Error("not proved");
    const running = execute(plan, { ...proof, start: full(proof.start) }, into.ports.send, into.ports.clock, { wait: true, signal });
    let next = await running.next();
    while (next.done !== true) next = await running.next();
    expect({ outcome: next.value.outcome, codes: next.value.diagnostics.map(({ code }) => code) }).toEqual({ outcome: "diverged", codes: ["MODEL_DIVERGENCE"] });
    expect(writesSince(into, 0).at(-1)?.operation).toBe("CreateHealthCheck");
    expect(writesSince(into, 0).filter((call) => call.operation === "CreateHealthCheck")).toHaveLength(1);
  });

  test("AWS refuses for good what the model accepts: the step fails with AWS's own words, the others go on", async () => {
    const into: World = world(empty, meddling((call) =>
      call.operation === "CreateHealthCheck" && call.region === "us-east-1" && JSON.stringify(call.input).includes("8h2jk1xxxx")
        ? Promise.resolve({ ok: false, fault: { code: "TooManyHealthChecks", message: "You have 200.", status: 400 }, at: into.emulator.now() })
        : undefined), "refused");
    const done = await reconcile(into, storefront);
    expect({ outcome: done.outcome, diagnostics: done.diagnostics }).toMatchObject({ outcome: "failed", diagnostics: [{ code: "REFUSED_BY_AWS", message: expect.stringContaining("TooManyHealthChecks: You have 200.") }] });
    const answers = [...accountOf(into.emulator.cloud(), ACCOUNT).zones].flatMap((zone) => [...zone.recordSets]).filter((record) => record.Type === "A");
    expect(answers.map((record) => record.Region)).toEqual(["us-east-1"]);
  });
});

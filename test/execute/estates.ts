import { expect } from "vitest";
import type { Answer, Call, Send } from "../../src/cloud/call.ts";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { isRead } from "../../src/cloud/conditional.ts";
import type { Instant } from "../../src/cloud/instant.ts";
import { answerOf } from "../../src/emulator/send.ts";
import type { Event } from "../../src/execute/event.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { atAwsPace, look } from "../../src/pipeline.ts";
import type { PlanOptions } from "../../src/plan/options.ts";
import { hasChanges } from "../../src/plan/plan.ts";
import { answersIn, broken, census } from "../simulation/estate.ts";
import { storefront, storefrontApi, withApi } from "../world/storefront.ts";
import { ACCOUNT, CONVERGE, RETIRE, prepare, reconcile, world } from "../world/world.ts";
import type { Done, World } from "../world/world.ts";

/** The zone and the APIs, and nothing of ours. */
export const empty: Cloud = (() => {
  const into = world();
  prepare(into, storefront);
  return into.emulator.cloud();
})();

/** The storefront, converged. */
export const live: Cloud = await (async () => {
  const into = world(empty);
  expect((await reconcile(into, storefront)).outcome).toBe("converged");
  return into.emulator.cloud();
})();

/** With the APIs that this manifest refers to. */
function withApis(start: Cloud, manifest: Manifest): Cloud {
  const into = world(start);
  prepare(into, manifest);
  return into.emulator.cloud();
}

const tenSeconds = {
  host: "api",
  path: "/prod/healthcheck",
  searchString: "ok",
  intervalSeconds: 10,
  failureThreshold: 2,
  gate: "shared",
} as const;

export const quicker = withApi({ healthCheck: tenSeconds });
export const eastOnly = withApi({ regions: storefrontApi.regions.slice(0, 1) });
const quickerEast = withApi({ regions: storefrontApi.regions.slice(0, 1), healthCheck: tenSeconds });

/** What changes in place, as far as it can be. */
const inPlace: Manifest = {
  ...withApi({
    securityPolicy: "TLS_1_0",
    regions: storefrontApi.regions.map((each) => ({
      ...each,
      mappings: [{ basePath: "v1", restApi: "other00000", stage: "prod" }],
    })),
  }),
  tags: { team: "checkout" },
  certificates: storefront.certificates.map((each) => ({ ...each, transparencyLogging: false })),
};

const moreNames: Manifest = {
  ...storefront,
  certificates: storefront.certificates.map((each) => ({
    ...each,
    domains: [...each.domains, domainName("more.example.com")],
  })),
};

/** What is run, from what, and whether answers must stand throughout: together they make every kind of write. */
export const runs: readonly (readonly [string, Cloud, Manifest, PlanOptions, boolean])[] = [
  ["the first apply", empty, storefront, CONVERGE, false],
  ["another interval and one Region fewer", live, quickerEast, CONVERGE, true],
  ["what changes in place", withApis(live, inPlace), inPlace, { ...CONVERGE, lift: ["updatePercent"] }, true],
  ["another certificate", live, moreNames, { ...CONVERGE, lift: ["deletePercent"] }, true],
  ["destroy", live, storefront, RETIRE, false],
];

export const refusal = (code: string, status = 400, message = "not now"): Answer => ({
  ok: false,
  fault: { code, message, status },
  at: 0,
});

/** A world whose AWS answers as `instead` says; undefined: as it would. */
export const worldWhere = (
  start: Cloud,
  instead: (call: Call, send: Send, into: World) => Promise<Answer | undefined> | Answer | undefined,
  seed = "where",
): World => {
  const into: World = world(
    start,
    (send) => async (call) => {
      const answer = await instead(call, send, into);
      if (answer === undefined) return send(call);
      return answer.at === 0 ? { ...answer, at: into.emulator.now() } : answer;
    },
    seed,
  );
  return into;
};

/** The same, from the write of that number on (1 is the first). */
export function atWrite(
  start: Cloud,
  number: number,
  instead: (call: Call, send: Send, into: World) => Promise<Answer | undefined>,
  seed: string,
): World {
  let writes = 0;
  return worldWhere(
    start,
    (call, send, into) => (!isRead(call) && ++writes === number ? instead(call, send, into) : undefined),
    seed,
  );
}

/** Another process at work on the same AWS, which is not disturbed. */
export function anotherIn(into: World): World {
  const { emulator } = into;
  let nonces = 0;
  const ports = {
    send: async (call: Call): Promise<Answer> => answerOf(emulator, { ...call, account: ACCOUNT }),
    clock: { now: () => emulator.now(), waitUntil: async (until: Instant) => emulator.advance(until) },
    nonce: () => `another${String((nonces += 1))}`,
  };
  return { ...into, ports: atAwsPace(ports) };
}

/** Nothing is left to do, nothing is doubled or left over: the same things as after a run without trouble. */
export async function expectAsUndisturbed(
  into: World,
  manifest: Manifest,
  options: PlanOptions,
  wanted: unknown,
): Promise<void> {
  expect(census(into.emulator.cloud())).toEqual(wanted);
  expect(broken(into.emulator.cloud())).toEqual([]);
  expect(hasChanges((await look(manifest, options, into.ports)).plan)).toBe(false);
}

/** What a run without trouble leaves behind, the writes that it tried, and how many of them AWS took. */
export async function undisturbed(
  start: Cloud,
  manifest: Manifest,
  options: PlanOptions,
): Promise<{ census: unknown; writes: readonly string[]; accepted: number }> {
  const into = world(start, undefined, "undisturbed");
  const done = await reconcile(into, manifest, options);
  expect({ outcome: done.outcome, diagnostics: done.diagnostics }).toMatchObject({ outcome: "converged" });
  const tried = done.events.flatMap((event) => (event.type === "call" && event.write ? [event] : []));
  const accepted = tried.filter(({ code }) => code === "ok").length;
  return { census: census(into.emulator.cloud()), writes: tried.map(({ operation }) => operation), accepted };
}

export const codesOf = (done: Done): readonly string[] => done.diagnostics.map(({ code }) => code);

export const answering = (into: World): number => answersIn(into.emulator.cloud()).length;

/** Why steps waited, failed or were skipped. */
export const reasons = (events: readonly Event[], state: string): readonly string[] =>
  events.flatMap((event) => (event.type === "step" && event.state === state ? [event.why ?? ""] : []));

/** AWS's codes for one operation, in turn. */
export const answersTo = (events: readonly Event[], operation: string): readonly string[] =>
  events.flatMap((event) => (event.type === "call" && event.operation === operation ? [event.code] : []));

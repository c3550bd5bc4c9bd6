import { describe, expect, test } from "vitest";
import type { Account, Cloud } from "../src/cloud/cloud.ts";
import { accountOf, regionOf } from "../src/cloud/edit.ts";
import { quotaOf } from "../src/cloud/quotas.ts";
import { sdkTransport } from "../src/emulator/in-process.ts";
import { respondAs } from "../src/emulator/respond.ts";
import { answerOf } from "../src/emulator/send.ts";
import { liveSend } from "../src/live/send.ts";
import type { Manifest } from "../src/manifest/manifest.ts";
import { atAwsPace, look } from "../src/pipeline.ts";
import type { Ports } from "../src/pipeline.ts";
import { hasChanges } from "../src/plan/plan.ts";
import { loadPlan, matchSavedPlan, savePlan } from "../src/plan/saved-plan.ts";
import type { Plan } from "../src/plan/plan.ts";
import { NETWORK, onOneCertificate, twoAccounts } from "./world/two-accounts.ts";
import { ACCOUNT, CONVERGE, RETIRE, prepare, reconcile, world, writesSince } from "./world/world.ts";
import type { World } from "./world/world.ts";

const example = twoAccounts;
const mixed = onOneCertificate;

/** Where every sort of thing is, counted. */
function whereabouts(cloud: Cloud): Readonly<Record<string, object>> {
  const counted = ({ zones, healthChecks, regions }: Account): object => ({
    zones: [...zones].map((zone) => zone.name),
    ours: [...zones].flatMap((zone) => [...zone.recordSets].filter(({ Type }) => Type !== "NS" && Type !== "SOA"))
      .length,
    healthChecks: healthChecks.size,
    certificates: [...regions].reduce((sum, each) => sum + each.certificates.size, 0),
    domains: [...regions].reduce((sum, each) => sum + each.domains.size, 0),
  });
  return Object.fromEntries([...cloud.accounts].map((account) => [account.id, counted(account)]));
}

/** Route 53 only where the zones are, everything else only in the service's account. */
function astray(into: World, from = 0): readonly string[] {
  return into.log.slice(from).flatMap(({ call }) => {
    if (call.service === "sts") return [];
    const { HostedZoneId } = call.input as { readonly HostedZoneId?: string };
    const holds = (id: string): boolean => accountOf(into.emulator.cloud(), id).zones.has(HostedZoneId ?? "");
    const right =
      call.service === "route53" ? HostedZoneId === undefined || holds(call.account) : call.account === ACCOUNT;
    return right ? [] : [`${call.service}:${call.operation} in ${call.account}`];
  });
}

async function standing(manifest: Manifest): Promise<World> {
  const into = world();
  prepare(into, manifest);
  const done = await reconcile(into, manifest);
  expect({ outcome: done.outcome, diagnostics: done.diagnostics }).toEqual({ outcome: "converged", diagnostics: [] });
  return into;
}

describe("the example: the zone is in another account", () => {
  test("apply, plan again, destroy", async () => {
    const into = await standing(example);
    expect(whereabouts(into.emulator.cloud())).toEqual({
      [ACCOUNT]: { zones: [], ours: 0, healthChecks: 0, certificates: 2, domains: 2 },
      // Two answers, their marker, and the record that proves the name.
      [NETWORK]: { zones: ["example.com."], ours: 4, healthChecks: 4, certificates: 0, domains: 0 },
    });
    const again = await look(example, CONVERGE, into.ports);
    expect(hasChanges(again.plan)).toBe(false);
    expect(again.plan.diagnostics).toEqual([]);

    const destroyed = await reconcile(into, example, RETIRE);
    expect(destroyed.outcome).toBe("converged");
    expect(whereabouts(into.emulator.cloud())).toEqual({
      [ACCOUNT]: { zones: [], ours: 0, healthChecks: 0, certificates: 0, domains: 0 },
      [NETWORK]: { zones: ["example.com."], ours: 1, healthChecks: 0, certificates: 0, domains: 0 },
    });
    expect(astray(into)).toEqual([]);
    expect(writesSince(into, 0).map(({ account }) => account)).toContain(NETWORK);
  });

  test("is proved: on a model in which both accounts are", async () => {
    const into = world();
    prepare(into, example);
    const { proof, seen } = await look(example, CONVERGE, into.ports);
    expect(proof).toMatchObject({ safe: true });
    expect([...seen.cloud.accounts].map(({ id }) => id)).toContain(NETWORK);
    const removed = await look(example, { ...RETIRE }, (await standing(example)).ports);
    expect(removed.proof).toMatchObject({ safe: true });
  });

  test("the quota that the manifest tells of counts in that account only", async () => {
    const into = world();
    prepare(into, example);
    const { cloud } = (await look(example, CONVERGE, into.ports)).seen;
    expect([quotaOf(cloud, NETWORK, "route53.healthChecks"), quotaOf(cloud, ACCOUNT, "route53.healthChecks")]).toEqual([
      1_000, 200,
    ]);
  });

  test("a saved plan of it is good until another account is meant", async () => {
    const into = world();
    prepare(into, example);
    const { plan } = await look(example, CONVERGE, into.ports);
    const saved = loadPlan(savePlan(plan)) as Plan;
    expect(matchSavedPlan(saved, (await look(example, CONVERGE, into.ports)).plan)).toEqual([]);
    const moved: Manifest = {
      ...example,
      accounts: [],
      zones: example.zones.map((zone) => ({ ...zone, account: undefined })),
    };
    prepare(into, moved);
    const codes = matchSavedPlan(saved, (await look(moved, CONVERGE, into.ports)).plan).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(["PLAN_STALE"]));
  });
});

describe("through the SDK, with the ambient credentials and the role", () => {
  const atSdk = (manifest: Manifest, id: string): World => {
    const into = world();
    prepare(into, manifest);
    const { emulator, log } = into;
    const requestHandler = sdkTransport(respondAs(emulator));
    const send = liveSend({
      requestHandler,
      credentials: () => ({ accessKeyId: ACCOUNT, secretAccessKey: "x" }),
      assume: {
        roles: new Map([[NETWORK, { roleArn: `arn:aws:iam::${id}:role/signalbox-dns` }]]),
        sessionName: "signalbox-checkout",
        region: "eu-west-1",
      },
      clock: into.ports.clock,
      probe: async (call) => answerOf(emulator, call),
    });
    const logged: Ports["send"] = async (call) => {
      const answer = await send(call);
      log.push({ call, answer });
      return answer;
    };
    return { ...into, ports: atAwsPace({ ...into.ports, send: logged }) };
  };

  test("it converges, each call in its account", async () => {
    const into = atSdk(example, NETWORK);
    expect(await reconcile(into, example)).toMatchObject({ outcome: "converged", diagnostics: [] });
    const { healthChecks } = accountOf(into.emulator.cloud(), NETWORK);
    expect([healthChecks.size, accountOf(into.emulator.cloud(), ACCOUNT).healthChecks.size]).toEqual([4, 0]);
    expect(astray(into)).toEqual([]);
  });

  test("a role that leads into another account is noticed before anything is read", async () => {
    const into = atSdk(example, "777788889999");
    const done = await reconcile(into, example);
    expect(done.outcome).toBe("refused");
    expect(done.diagnostics).toMatchObject([{ code: "WRONG_ACCOUNT", where: { line: expect.any(Number) } }]);
    expect(new Set(into.log.map(({ call }) => call.service))).toEqual(new Set(["sts"]));
  });
});

describe("names in zones of two accounts, on one certificate", () => {
  test("apply, one Region fewer, destroy: everything is in its own account", async () => {
    const into = await standing(mixed);
    expect(whereabouts(into.emulator.cloud())).toEqual({
      [ACCOUNT]: { zones: ["example.org."], ours: 4, healthChecks: 4, certificates: 2, domains: 4 },
      [NETWORK]: { zones: ["example.com."], ours: 4, healthChecks: 4, certificates: 0, domains: 0 },
    });
    const fewer = { ...mixed, apis: mixed.apis.map((each) => ({ ...each, regions: each.regions.slice(0, 1) })) };
    const done = await reconcile(into, fewer);
    expect({ outcome: done.outcome, diagnostics: done.diagnostics }).toMatchObject({ outcome: "converged" });
    const [, gone] = example.apis[0]?.regions ?? [];
    expect(regionOf(into.emulator.cloud(), ACCOUNT, gone?.region ?? "").domains.size).toBe(0);
    expect([ACCOUNT, NETWORK].map((id) => accountOf(into.emulator.cloud(), id).healthChecks.size)).toEqual([2, 2]);
    expect((await reconcile(into, fewer, RETIRE)).outcome).toBe("converged");
    expect([ACCOUNT, NETWORK].map((id) => accountOf(into.emulator.cloud(), id).healthChecks.size)).toEqual([0, 0]);
    expect(astray(into)).toEqual([]);
  });
});

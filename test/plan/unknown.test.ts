import { describe, expect, test } from "vitest";
import type { Call } from "../../src/cloud/call.ts";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { accountOf, regionOf } from "../../src/cloud/edit.ts";
import { look } from "../../src/pipeline.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { NETWORK, OWN, apart, onOneCertificate } from "../world/two-accounts.ts";
import { ACCOUNT, CONVERGE, RETIRE, prepare, reconcile, world, writesSince } from "../world/world.ts";
import type { World } from "../world/world.ts";

const THEIRS = "checkout.example.com.";
const [first, second] = ["eu-central-1", "eu-west-1"];

const started = async (manifest: Manifest, stands: boolean): Promise<Cloud> => {
  const into = world();
  prepare(into, manifest);
  if (stands) expect((await reconcile(into, manifest)).outcome).toBe("converged");
  return into.emulator.cloud();
};
const empty = await started(apart, false);
const live = await started(apart, true);

/** An AWS that refuses some calls. */
const denying = (start: Cloud, denied: (call: Call) => boolean): World =>
  world(
    start,
    (send) => async (call) => {
      const answer = await send(call);
      const fault = { code: "AccessDenied", message: `User: me is not authorized`, status: 403 };
      return denied(call) ? { ok: false, fault, at: answer.at } : answer;
    },
    "denying",
  );

const heldIn = (plan: Plan): readonly string[] => plan.held.map((each) => each.address);
const namesIn = (plan: Plan): readonly string[] => [...new Set(plan.steps.flatMap((step) => step.names))].toSorted();

/** The Regions of `apart`, but each name has one of its own. */
const eachItsOwn: Manifest = {
  ...apart,
  apis: apart.apis.map((each, index) => ({ ...each, regions: each.regions.slice(index, index + 1) })),
};

describe("a name of which a part cannot be read is not planned, and the others are", () => {
  const parts: readonly (readonly [string, (call: Call) => boolean])[] = [
    ["the other account", ({ account }) => account === NETWORK],
    ["the list of its zones", ({ account, operation }) => account === NETWORK && operation === "ListHostedZonesByName"],
    ["a zone", ({ account, operation }) => account === NETWORK && operation === "ListResourceRecordSets"],
    ["its health checks", ({ account, operation }) => account === NETWORK && operation === "ListHealthChecks"],
  ];
  test.each(parts)("%s", async (_what, denied) => {
    const into = denying(empty, denied);
    const { plan, proof } = await look(apart, CONVERGE, into.ports);
    expect(heldIn(plan)).toEqual(["name/checkout.example.com"]);
    expect(plan.held[0]?.diagnostic).toMatchObject({ code: "NOT_PLANNED", severity: "warning" });
    expect(plan.diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(["warning CANNOT_READ"]);
    expect(namesIn(plan)).toEqual([OWN]);
    expect(proof).toMatchObject({ safe: true });
    const done = await reconcile(into, apart);
    expect(done.outcome).toBe("refused");
    expect(accountOf(into.emulator.cloud(), ACCOUNT).healthChecks.size).toBe(4);
    expect(writesSince(into, 0).filter(({ account }) => account === NETWORK)).toEqual([]);
  });

  test.each([
    ["acm", "ListCertificates"],
    ["tagging", "GetResources"],
    ["apigateway", "GetDomainNames"],
  ])("a Region: %s:%s", async (service, operation) => {
    const [theirs] = eachItsOwn.apis[0]?.regions ?? [];
    const into = denying(
      empty,
      (call) => call.service === service && call.operation === operation && call.region === theirs?.region,
    );
    const { plan } = await look(eachItsOwn, CONVERGE, into.ports);
    expect(heldIn(plan)).toEqual(["name/checkout.example.com"]);
    expect(namesIn(plan)).toEqual([OWN]);
  });

  test("both, when they have a certificate in common", async () => {
    const start = await started(onOneCertificate, false);
    const into = denying(start, ({ account }) => account === NETWORK);
    const { plan } = await look(onOneCertificate, CONVERGE, into.ports);
    expect(heldIn(plan)).toEqual(["name/checkout.example.com", "name/checkout.example.org"]);
    expect(plan.steps).toEqual([]);
  });
});

describe("nothing is taken away for want of knowledge", () => {
  test("a Region that the manifest no longer names, and that cannot be read", async () => {
    const fewer = {
      ...apart,
      apis: apart.apis.map((each) => ({ ...each, regions: each.regions.filter(({ region }) => region === first) })),
    };
    const into = denying(live, ({ service, region }) => service === "apigateway" && region === second);
    const { plan } = await look(fewer, CONVERGE, into.ports);
    expect(heldIn(plan)).toEqual(["name/checkout.example.com", "name/checkout.example.org"]);
    expect(plan.steps).toEqual([]);
  });

  test("destroy takes what it can see, and only that", async () => {
    // The zone of the other name is not read, so a record in it might refer to what goes.
    const zone = denying(live, ({ account, operation }) => account === NETWORK && operation === "ListHealthChecks");
    expect((await look(apart, RETIRE, zone.ports)).plan.steps).toEqual([]);
    const start = await started(eachItsOwn, true);
    const [theirs] = eachItsOwn.apis[0]?.regions ?? [];
    const region = denying(start, (call) => call.service === "acm" && call.region === theirs?.region);
    const done = await reconcile(region, eachItsOwn, RETIRE);
    expect(done.outcome).toBe("refused");
    const { cloud } = region.emulator;
    const checks = [ACCOUNT, NETWORK].map((id) => accountOf(cloud(), id).healthChecks.size);
    expect(checks).toEqual([0, 2]);
    expect(regionOf(cloud(), ACCOUNT, theirs?.region ?? "").domains.size).toBe(1);
    expect(
      [...accountOf(cloud(), NETWORK).zones].some((each) => [...each.recordSets].some(({ Name }) => Name === THEIRS)),
    ).toBe(true);
  });

  test("a name that is to be retired, in a zone that cannot be read, is not said to be gone", async () => {
    const retired = {
      ...apart,
      apis: apart.apis.slice(1),
      certificates: apart.certificates.slice(1),
      retire: apart.apis.slice(0, 1).map(({ name }) => name),
    };
    const into = denying(live, ({ account }) => account === NETWORK);
    const { plan } = await look(retired, CONVERGE, into.ports);
    expect(heldIn(plan)).toEqual(["name/checkout.example.com"]);
    expect(plan.diagnostics.map(({ code }) => code)).toEqual(["CANNOT_READ"]);
  });
});

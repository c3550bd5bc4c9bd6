import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/cloud/call.ts";
import { isRead } from "../../src/cloud/conditional.ts";
import { accountOf, regionOf, withRegion } from "../../src/cloud/edit.ts";
import { MINUTE } from "../../src/cloud/instant.ts";
import type { PlanOptions } from "../../src/plan/options.ts";
import { broken } from "../simulation/estate.ts";
import { answers, elsewhere } from "../world/estate.ts";
import { storefront, storefrontApi, withApi } from "../world/storefront.ts";
import { ACCOUNT, CONVERGE, RETIRE, reconcile } from "../world/world.ts";
import {
  answering,
  answersTo,
  codesOf,
  empty,
  expectAsUndisturbed,
  live,
  quicker,
  reasons,
  refusal,
  runs,
  undisturbed,
  worldWhere,
} from "./estates.ts";

// What is done about an answer that was lost is in lost-answers.test.ts.

/** For each key the first answers are this; undefined afterwards. */
function firstAnswers(answer: Answer, count: number): (key: string) => Answer | undefined {
  const given = new Map<string, number>();
  return (key) => {
    const before = given.get(key) ?? 0;
    given.set(key, before + 1);
    return before < count ? answer : undefined;
  };
}

describe.each(runs)("%s", (_what, start, manifest, options) => {
  test.each([
    ["throttled", refusal("ThrottlingException")],
    ["met with a server's error", refusal("InternalFailure", 500)],
    ["never arrived", refusal("NetworkError", 0)],
  ])("every write twice %s: is sent again, and it converges to the same", async (_how, answer) => {
    const wanted = await undisturbed(start, manifest, options);
    const first = firstAnswers(answer, 2);
    let faults = 0;
    const into = worldWhere(start, (call) => {
      // What a claim lets one send is claimed anew, and then has another date.
      const { signedAt: _date, ...undated } = call;
      const instead = isRead(call)
        ? undefined
        : first(JSON.stringify(undated).replace(/(?:until|released)=[^ "\\]+/gu, ""));
      if (instead !== undefined) faults++;
      return instead;
    });
    const done = await reconcile(into, manifest, options);
    expect({ outcome: done.outcome, diagnostics: done.diagnostics }).toEqual({ outcome: "converged", diagnostics: [] });
    expect(faults).toBeGreaterThanOrEqual(2 * wanted.accepted);
    await expectAsUndisturbed(into, manifest, options, wanted.census);
  });
});

describe("REFUSED_BY_AWS", () => {
  const denied = refusal("AccessDenied", 403, "not authorized to perform route53:CreateHealthCheck");

  test("one Region's chain stops, and what waits for it; the other goes on", async () => {
    const into = worldWhere(empty, (call) =>
      call.operation === "CreateHealthCheck" && JSON.stringify(call.input).includes("us-west-2") ? denied : undefined,
    );
    const done = await reconcile(into, storefront);
    expect({ outcome: done.outcome, codes: codesOf(done) }).toEqual({ outcome: "failed", codes: ["REFUSED_BY_AWS"] });
    expect(done.diagnostics[0]).toMatchObject({
      message:
        "CreateHealthCheck in us-east-1 of account 111122223333: AccessDenied: not authorized to perform route53:CreateHealthCheck",
      subject: expect.stringContaining("us-west-2"),
    });
    expect(answers(into).map((record) => record.Region)).toEqual(["us-east-1"]);
    expect(answersTo(done.events, "CreateHealthCheck").filter((code) => code === "AccessDenied")).toHaveLength(1);
    expect(reasons(done.events, "skipped").every((why) => /us-west-2.* did not come about/u.test(why))).toBe(true);
    expect(reasons(done.events, "skipped").length).toBeGreaterThan(0);
    expect(broken(into.emulator.cloud())).toEqual([]);
    expect(done.rounds).toBe(1);
  });

  test("on a live estate nothing goes dark, and nothing that still serves is taken away", async () => {
    const into = worldWhere(live, (call) => (call.operation === "CreateHealthCheck" ? denied : undefined));
    const done = await reconcile(into, quicker);
    expect({ outcome: done.outcome, codes: [...new Set(codesOf(done))] }).toEqual({
      outcome: "failed",
      codes: ["REFUSED_BY_AWS"],
    });
    expect(answering(into)).toBe(2);
    expect(broken(into.emulator.cloud())).toEqual([]);
    expect([...accountOf(into.emulator.cloud(), ACCOUNT).healthChecks]).toEqual([
      ...accountOf(live, ACCOUNT).healthChecks,
    ]);
  });

  test("permission given, the next run goes on from there", async () => {
    let allowed = false;
    const into = worldWhere(empty, (call) => (call.operation === "CreateHealthCheck" && !allowed ? denied : undefined));
    expect((await reconcile(into, storefront)).outcome).toBe("failed");
    allowed = true;
    expect((await reconcile(into, storefront)).outcome).toBe("converged");
    await expectAsUndisturbed(into, storefront, CONVERGE, (await undisturbed(empty, storefront, CONVERGE)).census);
  });

  test("a server's error that does not pass is final in the end", async () => {
    const into = worldWhere(empty, (call) =>
      call.operation === "CreateHealthCheck" ? refusal("InternalFailure", 500) : undefined,
    );
    const done = await reconcile(into, storefront);
    expect({ outcome: done.outcome, codes: [...new Set(codesOf(done))] }).toEqual({
      outcome: "failed",
      codes: ["REFUSED_BY_AWS"],
    });
  });

  test("PROBE_FAILED: an endpoint that does not answer for ten minutes is not published", async () => {
    const into = worldWhere(empty, (call) =>
      call.service === "probe" && call.region === "us-west-2" ? refusal("ProbeFailed", 502, "no answer") : undefined,
    );
    const done = await reconcile(into, storefront);
    expect({ outcome: done.outcome, codes: codesOf(done) }).toEqual({ outcome: "failed", codes: ["PROBE_FAILED"] });
    expect(answers(into).map((record) => record.Region)).toEqual(["us-east-1"]);
  });
});

describe("a probe that the model refuses, since another run has done a step", () => {
  const mappings = [{ basePath: "v1", restApi: "other00000", stage: "prod" }];
  const another = withApi({ regions: storefrontApi.regions.map((each) => ({ ...each, mappings })) });
  const apis = another.apis.flatMap(({ regions }) => regions.map(({ region }) => region));

  test("it is no divergence: the run looks again", async () => {
    const start = (() => {
      const into = worldWhere(live, () => undefined);
      const restApis = apis.map((region) => ({ region, id: "other00000", stages: ["prod", "gone"] }));
      into.emulator.prepare({ account: ACCOUNT, zones: [], restApis });
      const at = { account: ACCOUNT, region: "us-west-2", service: "apigateway" } as const;
      const toGone = [
        { op: "replace", path: "/restapiId", value: "other00000" },
        { op: "replace", path: "/stage", value: "gone" },
      ];
      const input = { domainName: "shop.example.com", basePath: "v1", patchOperations: toGone };
      expect(into.emulator.call({ ...at, operation: "UpdateBasePathMapping", input })).toMatchObject({ ok: true });
      const cloud = into.emulator.cloud();
      const here = regionOf(cloud, ACCOUNT, at.region);
      const api = here.restApis?.get("other00000");
      if (api === undefined) throw new Error("no API");
      return withRegion(cloud, ACCOUNT, {
        ...here,
        restApis: here.restApis?.set(api.id, { ...api, stages: ["prod"] }),
      });
    })();
    let reads = 0;
    const into = worldWhere(start, (call, _send, at) => {
      if (call.region !== "us-west-2" || call.operation !== "GetBasePathMappings" || ++reads !== 2) return undefined;
      const patchOperations = [{ op: "replace", path: "/stage", value: "prod" }];
      const input = { domainName: "shop.example.com", basePath: "v1", patchOperations };
      const done = at.emulator.call({ ...call, account: ACCOUNT, operation: "UpdateBasePathMapping", input });
      expect(done.ok).toBe(true);
      return undefined;
    });
    const all = await reconcile(into, another, { ...CONVERGE, lift: ["updatePercent"] });
    expect(reads).toBeGreaterThan(2);
    expect({ outcome: all.outcome, diagnostics: all.diagnostics }).toEqual({ outcome: "converged", diagnostics: [] });
    expect(all.rounds).toBe(2);
  });
});

describe("what settles", () => {
  test("a certificate that its domain let go of moments ago is deleted when AWS has noticed", async () => {
    const into = worldWhere(live, () => undefined);
    const done = await reconcile(into, storefront, RETIRE);
    expect(done.outcome).toBe("converged");
    const refused = answersTo(done.events, "DeleteCertificate").filter((code) => code !== "ok");
    expect(new Set(refused)).toEqual(new Set(["ResourceInUseException"]));
    expect(reasons(done.events, "waiting")).toContainEqual(expect.stringContaining("ResourceInUseException"));
    await expectAsUndisturbed(into, storefront, RETIRE, (await undisturbed(live, storefront, RETIRE)).census);
  });

  test("one that something foreign holds for good is final after half an hour, and all else is gone", async () => {
    const asked: number[] = [];
    const into = worldWhere(live, (call, _send, at) => {
      if (call.operation !== "DeleteCertificate" || call.region !== "us-west-2") return undefined;
      asked.push(at.emulator.now());
      return refusal("ResourceInUseException");
    });
    const done = await reconcile(into, storefront, RETIRE);
    expect({ outcome: done.outcome, codes: codesOf(done) }).toEqual({ outcome: "failed", codes: ["REFUSED_BY_AWS"] });
    expect((asked.at(-1) ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(30 * MINUTE);
    expect(accountOf(into.emulator.cloud(), ACCOUNT).healthChecks.size).toBe(0);
  });
});

describe("what serves several steps", () => {
  test("a batch that is refused is sent step by step, and what AWS takes is done", async () => {
    const into = worldWhere(empty, (call) =>
      JSON.stringify(call.input).match(/"Type":"A"/gu)?.length === 2 ? refusal("InvalidChangeBatch") : undefined,
    );
    const done = await reconcile(into, storefront);
    expect({ outcome: done.outcome, rounds: done.rounds }).toEqual({ outcome: "converged", rounds: 1 });
    await expectAsUndisturbed(into, storefront, CONVERGE, (await undisturbed(empty, storefront, CONVERGE)).census);
  });
});

describe("what was proved is what runs", () => {
  const dual = withApi({ securityPolicy: "TLS_1_0", ipAddressType: "dualstack" });
  const lift: Pick<PlanOptions, "lift"> = { lift: ["updatePercent"] };

  test("OTHER_THAN_PROVED: half of a change that somebody else has made is not sent; the run plans anew", async () => {
    let theirs = false;
    const into = worldWhere(live, (call, _send, at) => {
      if (call.operation === "GetDomainName" && call.region === "us-east-1" && !theirs) {
        theirs = true;
        elsewhere(at, "us-east-1", "apigateway", "UpdateDomainName", {
          domainName: "shop.example.com",
          patchOperations: [{ op: "replace", path: "/securityPolicy", value: "TLS_1_0" }],
        });
      }
      return undefined;
    });
    const done = await reconcile(into, dual, lift);
    expect(theirs).toBe(true);
    expect(reasons(done.events, "failed")).toEqual([
      expect.stringContaining("UpdateDomainName would not be the call that was proved"),
    ]);
    expect({ outcome: done.outcome, codes: codesOf(done) }).toEqual({ outcome: "converged", codes: [] });
    expect(done.rounds).toBeGreaterThan(1);
    await expectAsUndisturbed(into, dual, CONVERGE, (await undisturbed(live, dual, { ...CONVERGE, ...lift })).census);
  });

  test("what somebody else has done altogether is not done again", async () => {
    const into = worldWhere(live, (call, _send, at) => {
      if (call.operation === "GetDomainName")
        at.emulator.call({
          account: ACCOUNT,
          region: call.region,
          service: "apigateway",
          operation: "UpdateDomainName",
          input: {
            domainName: "shop.example.com",
            patchOperations: [
              { op: "replace", path: "/securityPolicy", value: "TLS_1_0" },
              { op: "replace", path: "/endpointConfiguration/ipAddressType", value: "dualstack" },
            ],
          },
        });
      return undefined;
    });
    const done = await reconcile(into, dual, lift);
    expect({ outcome: done.outcome, sent: answersTo(done.events, "UpdateDomainName") }).toEqual({
      outcome: "converged",
      sent: [],
    });
  });

  test("MODEL_DIVERGENCE: AWS accepts what the model refuses, by what AWS itself has shown; nothing more is sent", async () => {
    const into = worldWhere(live, async (call, send) => {
      const answer = await send(call);
      if (call.operation !== "GetDomainName" || answer.ok !== true) return answer;
      return { ...answer, output: { ...(answer.output as object), endpointAccessMode: "BASIC" } };
    });
    const done = await reconcile(into, dual, lift);
    expect({ outcome: done.outcome, codes: codesOf(done), writes: done.writes }).toEqual({
      outcome: "diverged",
      codes: ["MODEL_DIVERGENCE"],
      writes: 1,
    });
    expect(done.diagnostics[0]).toMatchObject({
      subject: "apigateway:UpdateDomainName",
      message: expect.stringContaining("endpointAccessMode is not supported"),
    });
    expect(answering(into)).toBe(2);
  });
});

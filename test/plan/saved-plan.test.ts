import { describe, expect, test } from "vitest";
import { look } from "../../src/pipeline.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { loadPlan, matchSavedPlan, savePlan } from "../../src/plan/saved-plan.ts";
import { storefront, withApi } from "../world/storefront.ts";
import { CONVERGE, prepare, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";

function bare(): World {
  const into = world();
  prepare(into, storefront);
  return into;
}

const planIn = async (into: World, manifest = storefront): Promise<Plan> =>
  (await look(manifest, CONVERGE, into.ports)).plan;
const codeOf = (loaded: ReturnType<typeof loadPlan>): string => ("code" in loaded ? loaded.code : "loaded");

describe("the file", () => {
  test("gives the plan back", async () => {
    const plan = await planIn(bare());
    expect(loadPlan(savePlan(plan))).toEqual(JSON.parse(JSON.stringify(plan)));
  });

  test.each<readonly [string, (text: string) => string]>([
    ["edited", (text) => text.replace("/prod/healthcheck", "/prod/other")],
    ["cut off", (text) => text.slice(0, -20)],
    ["something else", () => "{}"],
    ["of another version", (text) => text.replace('"version": 1', '"version": 2')],
  ])("%s, it is refused", async (_what, spoil) => {
    const text = savePlan(await planIn(bare()));
    expect(spoil(text)).not.toBe(text);
    expect(codeOf(loadPlan(spoil(text)))).toBe("PLAN_FILE_UNREADABLE");
  });
});

describe("a saved plan is good while live is its before or its after", () => {
  test("nothing has moved", async () => {
    const into = bare();
    expect(matchSavedPlan(await planIn(into), await planIn(into))).toEqual([]);
  });

  test("a part of it is done already", async () => {
    const into = bare();
    const saved = await planIn(into);
    const stopped = new AbortController();
    const halfway: World = {
      ...into,
      ports: {
        ...into.ports,
        send: async (call) => {
          if (call.operation === "CreateDomainName") stopped.abort();
          return into.ports.send(call);
        },
      },
    };
    await reconcile(halfway, storefront, { signal: stopped.signal });
    const fresh = await planIn(into);
    expect(fresh.steps.length).toBeLessThan(saved.steps.length);
    expect(matchSavedPlan(saved, fresh)).toEqual([]);
  });

  test("all of it is done", async () => {
    const into = bare();
    const saved = await planIn(into);
    await reconcile(into, storefront);
    expect(matchSavedPlan(saved, await planIn(into))).toEqual([]);
  });

  test("stale: the manifest now wants something else", async () => {
    const into = bare();
    const stale = matchSavedPlan(await planIn(into), await planIn(into, withApi({ securityPolicy: "TLS_1_0" })));
    expect(new Set(stale.map(({ code }) => code))).toEqual(new Set(["PLAN_STALE"]));
    expect(stale.map(({ subject }) => subject)).toContain("api-domain/us-east-1/shop.example.com");
  });

  test("stale: it is another scope's", async () => {
    const into = bare();
    const plan = await planIn(into);
    expect(matchSavedPlan(plan, { ...plan, owner: { ...plan.owner, scope: "other1" } })).toMatchObject([
      { code: "PLAN_STALE" },
    ]);
  });
});

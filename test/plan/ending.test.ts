import { describe, expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import { outlook } from "../../src/plan/outlook.ts";
import { storefront, storefrontApi, withApi } from "../world/storefront.ts";
import { CONVERGE, prepare, reconcile, world } from "../world/world.ts";

const east = withApi({ regions: storefrontApi.regions.slice(0, 1) });

class Killed extends Error {}

const live = await (async (): Promise<Cloud> => {
  const into = world();
  prepare(into, storefront);
  expect((await reconcile(into, storefront)).outcome).toBe("converged");
  return into.emulator.cloud();
})();

/** A run without the west was killed as soon as AWS had deleted its domain: the entry stands, the domain does not. */
const unseen = await (async (): Promise<Cloud> => {
  const into = world(live, (send) => async (call) => {
    const answer = await send(call);
    if (call.operation === "DeleteDomainName") throw new Killed();
    return answer;
  });
  await expect(reconcile(into, east)).rejects.toThrow(Killed);
  return into.emulator.cloud();
})();

const planFor = async (manifest: Manifest) => {
  const { ports } = world(unseen, undefined, "planned");
  const { plan, seen, proof } = await look(manifest, CONVERGE, ports);
  return { plan, seen, proof, domains: plan.steps.filter(({ kind }) => kind === "api-domain").map(({ id }) => id) };
};

describe("an API domain whose entry stands and that is not seen", () => {
  test.each([
    ["not wanted", east],
    ["wanted again", storefront],
  ])("%s: its deletion is planned once more, and nothing in its place", async (_what, manifest) => {
    const { plan, proof, domains } = await planFor(manifest);
    expect(domains).toEqual(["delete api-domain/us-west-2/shop.example.com"]);
    expect(proof?.safe).toBe(true);
    const [drain, deletion, release] = ["drain ", "delete api-domain/", "release "].map((start) =>
      plan.steps.find(({ id }) => id.startsWith(start) && id.includes("us-west-2")),
    );
    expect(deletion?.after).toContain(drain?.id);
    expect(release?.after).toContain(deletion?.id);
  });

  test("it frees no quota", async () => {
    const { plan, seen } = await planFor(east);
    expect(outlook(plan, seen.cloud).quotas.filter(({ what }) => what === "API domains")).toEqual([]);
  });

  test("wanted again, it is made anew in the next round", async () => {
    const into = world(unseen, undefined, "anew");
    const done = await reconcile(into, storefront);
    expect({ outcome: done.outcome, rounds: done.rounds }).toEqual({ outcome: "converged", rounds: 2 });
  });
});

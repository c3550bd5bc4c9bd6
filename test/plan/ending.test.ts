import { describe, expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { accountOf } from "../../src/cloud/edit.ts";
import { look } from "../../src/pipeline.ts";
import { outlook } from "../../src/plan/outlook.ts";
import { storefront, storefrontApi, withApi } from "../world/storefront.ts";
import { ACCOUNT, CONVERGE, prepare, reconcile, world } from "../world/world.ts";

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

describe("an entry whose domain's name another one has by now", () => {
  /** A run that had not seen the entry made the domain anew, and was stopped before it published it. */
  const superseded = (() => {
    const into = world(unseen, undefined, "superseded");
    const [west] = accountOf(live, ACCOUNT).regions.get("us-west-2")?.domains ?? [];
    const input = {
      domainName: "shop.example.com",
      regionalCertificateArn: west?.regionalCertificateArn,
      endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "ipv4" },
      tags: west?.tags,
    };
    const made = into.emulator.call({
      account: ACCOUNT,
      region: "us-west-2",
      service: "apigateway",
      operation: "CreateDomainName",
      input,
    });
    expect(made).toMatchObject({ ok: true });
    return into.emulator.cloud();
  })();

  test.each([
    ["not wanted", east],
    ["wanted again", storefront],
  ])("%s: the entry is released when its claim is over, and then it converges", async (_what, manifest) => {
    const { ports, emulator } = world(superseded, undefined, `superseded, ${_what}`);
    const { plan, proof } = await look(manifest, CONVERGE, ports);
    expect(proof).toMatchObject({ safe: true });
    expect(plan.steps.filter(({ kind }) => kind === "api-domain")).toEqual([]);
    expect(plan.steps.map(({ id }) => id)).toContain("release condemned/shop.example.com/api-domain/us-west-2");
    const done = await reconcile({ ports }, manifest);
    expect({ outcome: done.outcome, diagnostics: done.diagnostics }).toEqual({ outcome: "converged", diagnostics: [] });
    const domains = accountOf(emulator.cloud(), ACCOUNT).regions.get("us-west-2")?.domains;
    expect(domains?.size ?? 0).toBe(manifest === east ? 0 : 1);
  });
});

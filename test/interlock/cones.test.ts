import { expect, test } from "vitest";
import { domainName } from "../../src/dns/domain-name.ts";
import { cones } from "../../src/interlock/cones.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import { storefront, storefrontApi } from "../world/storefront.ts";
import { CONVERGE, RETIRE, prepare, reconcile, world } from "../world/world.ts";

const api = domainName("api.example.com");
/** Two names, each with a certificate of its own. */
const two: Manifest = {
  ...storefront,
  certificates: [
    ...storefront.certificates,
    { label: "api", domains: [api], keyAlgorithms: ["RSA_2048"], transparencyLogging: true },
  ],
  apis: [storefrontApi, { ...storefrontApi, name: api, certificate: "api", healthCheck: undefined }],
};

test("each name has its own steps and those that they wait for, and every step is in some cone", async () => {
  const into = world();
  prepare(into, two);
  const { plan, proof, seen } = await look(two, CONVERGE, into.ports);
  const found = cones(plan, seen.cloud);
  expect(found.map(({ watched }) => watched?.name)).toEqual(["shop.example.com.", "api.example.com."].toSorted());
  for (const cone of found) {
    const strange = cone.watched?.name === api ? "shop.example.com" : "api.example.com";
    expect(
      cone.steps
        .filter((step) => step.address.startsWith("record-set/") || step.address.startsWith("api-domain/"))
        .some((step) => step.address.includes(strange)),
    ).toBe(false);
    for (const step of cone.steps) for (const id of step.after) expect(cone.steps.map((each) => each.id)).toContain(id);
  }
  expect(new Set(found.flatMap((cone) => cone.steps.map((step) => step.id))).size).toBe(plan.steps.length);
  // One state a call or wait and cone, not one an interleaving of them.
  expect(proof).toMatchObject({ safe: true });
  expect(proof?.safe === true ? proof.states : Infinity).toBeLessThan(6 * plan.steps.length);
});

test("the deletion of a certificate is in the cone of every name that it covers", async () => {
  const into = world();
  prepare(into, two);
  expect((await reconcile(into, two)).outcome).toBe("converged");
  const { plan, seen } = await look(two, RETIRE, into.ports);
  for (const cone of cones(plan, seen.cloud)) {
    const certificates = cone.steps.filter((step) => step.kind === "certificate").map((step) => step.address);
    expect(certificates).toContain(
      cone.watched?.name === api ? "certificate/api/us-east-1/RSA_2048" : "certificate/storefront/us-east-1/RSA_2048",
    );
    expect(cone.watched?.retired).toBe(true);
  }
});

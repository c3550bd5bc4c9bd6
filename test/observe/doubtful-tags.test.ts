import { describe, expect, test } from "vitest";
import type { Call } from "../../src/cloud/call.ts";
import { regionOf } from "../../src/cloud/edit.ts";
import { TAGGING_TIMES } from "../../src/cloud/tagging/limits.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { look } from "../../src/pipeline.ts";
import { observe } from "../../src/observe/observe.ts";
import { hasChanges } from "../../src/plan/plan.ts";
import { ADDRESS_TAG, isOurs, ownerTags } from "../../src/resource/ownership.ts";
import type { Address } from "../../src/resource/address.ts";
import { converged } from "../world/estate.ts";
import { storefront } from "../world/storefront.ts";
import { ACCOUNT, CONVERGE, reconcile } from "../world/world.ts";
import type { World } from "../world/world.ts";

const EAST = "us-east-1";
const owner = { manifest: storefront.name, scope: storefront.scopeId };

const acm = (operation: string, input: unknown): Call => ({
  account: ACCOUNT,
  region: EAST,
  service: "acm",
  operation,
  input,
});

function does(into: World, call: Call): unknown {
  const outcome = into.emulator.call(call);
  if (!outcome.ok) throw new Error(outcome.fault.message);
  return outcome.output;
}

const tagReads = async (into: World, manifest = storefront): Promise<number> => {
  const from = into.log.length;
  await observe(manifest, { goal: "converge" }, into.ports.send);
  return into.log.slice(from).filter(({ call }) => call.operation === "ListTagsForCertificate").length;
};

const request = (name: string, tags: Readonly<Record<string, string>>): Call =>
  acm("RequestCertificate", {
    DomainName: name,
    ValidationMethod: "DNS",
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  });

describe("tags that the tagging API does not show yet", () => {
  test("a certificate that was just requested under another manifest is seen as ours, and goes", async () => {
    const into = await converged();
    const address = "certificate/older/us-east-1/RSA_2048" as Address;
    does(into, request("older.shop.example.com", ownerTags(owner, address)));
    const { cloud } = await observe(storefront, { goal: "converge" }, into.ports.send);
    const seen = [...regionOf(cloud, ACCOUNT, EAST).certificates].find(({ domains }) =>
      domains.includes(domainName("older.shop.example.com")),
    );
    expect(isOurs(seen?.tags, owner)).toBe(true);
    expect(seen?.tags?.[ADDRESS_TAG]).toBeDefined();
    expect((await reconcile(into, storefront)).outcome).toBe("converged");
    expect(regionOf(into.emulator.cloud(), ACCOUNT, EAST).certificates.size).toBe(1);
  });

  test("tags that were just added are not added again", async () => {
    const into = await converged();
    const manifest = { ...storefront, tags: { ...storefront.tags, team: "checkout" } };
    const done = await reconcile(into, manifest, { lift: ["updatePercent"] });
    expect({ outcome: done.outcome, rounds: done.rounds }).toEqual({ outcome: "converged", rounds: 1 });
    expect(hasChanges((await look(manifest, CONVERGE, into.ports)).plan)).toBe(false);
  });

  test("ACM is asked about young certificates, and no longer once the tagging API has had its time", async () => {
    const into = await converged();
    expect(await tagReads(into)).toBe(0);
    does(into, request("foreign.example.org", { team: "theirs" }));
    expect(await tagReads(into)).toBe(1);
    const later = into.emulator.now() + TAGGING_TIMES.settledWithin;
    while (into.emulator.now() < later) into.emulator.advance(later); // it stops at whatever is due before
    expect(await tagReads(into)).toBe(0);
  });

  test("and about those that a plan would tag", async () => {
    const into = await converged();
    expect(await tagReads(into, { ...storefront, tags: { ...storefront.tags, team: "checkout" } })).toBe(2);
  });
});

import { expect, test } from "vitest";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { converged } from "../world/estate.ts";
import { storefront, storefrontApi, withApi } from "../world/storefront.ts";
import { CONVERGE, prepare, reconcile, world } from "../world/world.ts";

async function planned(manifest: Manifest): Promise<Plan> {
  const into = await converged();
  prepare(into, manifest);
  return (await look(manifest, CONVERGE, into.ports)).plan;
}

/** Whether the one step waits for the other, directly or by way of others. */
function waitsFor({ steps }: Plan, step: RegExp, other: RegExp): boolean {
  const before = (id: string): readonly string[] => {
    const direct = steps.find((each) => each.id === id)?.after ?? [];
    return [...direct, ...direct.flatMap(before)];
  };
  const waiting = steps.filter(({ id }) => step.test(id));
  return waiting.length > 0 && waiting.every(({ id }) => before(id).some((each) => other.test(each)));
}

const WEST = /^api-domain\/us-west-2/u;
const PROBE = /^endpoint-probe\/us-east-1/u;
const certificates = storefront.certificates.map((each) => ({
  ...each,
  domains: [...each.domains, domainName("pay.example.com")],
}));
const otherApi = withApi({
  regions: storefrontApi.regions.map((region) => ({
    ...region,
    mappings: region.mappings.map((mapping) => ({ ...mapping, restApi: `new${mapping.restApi.slice(3)}` })),
  })),
});

const rows: readonly (readonly [string, Manifest, RegExp, RegExp])[] = [
  ["a new certificate is probed", { ...storefront, certificates }, PROBE, /^api-domain\/us-east-1/u],
  ["before the old one goes", { ...storefront, certificates }, /^delete certificate\/.*us-east-1/u, PROBE],
  ["another API behind the mapping is probed", otherApi, PROBE, /^base-path-mapping\/us-east-1/u],
  ["before the old one's check goes", otherApi, /^delete health-check\/us-east-1/u, PROBE],
  ["IPv6 is published after the probe", withApi({ ipAddressType: "dualstack" }), /AAAA.*us-east-1$/u, PROBE],
  ["a new certificate comes to one Region after the other", { ...storefront, certificates }, WEST, PROBE],
  ["another API, too", otherApi, /^base-path-mapping\/us-west-2/u, PROBE],
  ["and the probe is after the endpoint has it", withApi({ ipAddressType: "dualstack" }), PROBE, /^api-domain\//u],
];

test.each(rows)("%s", async (_what, manifest, step, other) => {
  expect(waitsFor(await planned(manifest), step, other)).toBe(true);
});

test("a first apply brings up all Regions at once", async () => {
  const into = world();
  prepare(into, storefront);
  const { plan } = await look(storefront, CONVERGE, into.ports);
  expect(waitsFor(plan, WEST, PROBE)).toBe(false);
});

test.each([
  ["nothing", storefront],
  ["tags", { ...storefront, tags: { team: "checkout" } }],
  ["a check's path", withApi({ healthCheck: { ...must(storefrontApi.healthCheck), failureThreshold: 5 } })],
])("where only %s changed, no endpoint is probed", async (_what, manifest) => {
  expect((await planned(manifest)).steps.filter(({ id }) => PROBE.test(id))).toEqual([]);
});

test("where the endpoint does not answer after the change, nothing of the old goes", async () => {
  const into = await converged();
  const broken: Manifest = { ...storefront, certificates };
  const probes = { send: into.ports.send };
  const ports = {
    ...into.ports,
    send: async (call: Parameters<typeof probes.send>[0]) =>
      call.operation === "Probe"
        ? ({ ok: false, fault: { code: "ProbeFailed", message: "500", status: 502 }, at: into.emulator.now() } as const)
        : probes.send(call),
  };
  const done = await reconcile({ ports }, broken);
  expect(done.outcome).toBe("failed");
  expect(done.diagnostics.map(({ code }) => code)).toContain("PROBE_FAILED");
  expect(into.log.filter(({ call }) => call.operation.startsWith("Delete"))).toEqual([]);
  const updated = into.log.filter(({ call }) => call.operation === "UpdateDomainName");
  expect(updated.map(({ call }) => call.region)).toEqual(["us-east-1"]);
});

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("missing");
  return value;
}

import { expect, test } from "vitest";
import { domainName } from "../../src/dns/domain-name.ts";
import type { DomainName } from "../../src/dns/domain-name.ts";
import { invariants } from "../../src/interlock/invariants.ts";
import { policyOf } from "../../src/interlock/policy.ts";
import { prove } from "../../src/interlock/prove.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { converged, edit } from "../world/estate.ts";
import { storefront, storefrontApi } from "../world/storefront.ts";
import { CONVERGE, prepare, reconcile } from "../world/world.ts";

const SHOP = domainName("shop.example.com");
const STORE = domainName("store.example.com");

const renamed = (previousName: DomainName = SHOP): Manifest => ({
  ...storefront,
  certificates: storefront.certificates.map((each) => ({ ...each, domains: [STORE] })),
  apis: [{ ...storefrontApi, name: STORE, previousName }],
});

const taken = (plan: Plan, name: DomainName): readonly string[] =>
  plan.steps.flatMap(({ id, action, names }) => (action === "delete" && names.includes(name) ? [id] : []));

/** Everything that a step waits for, directly or by way of others. */
function before(plan: Plan, id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (each: string): void => {
    for (const one of plan.steps.find((step) => step.id === each)?.after ?? []) {
      if (found.has(one)) continue;
      found.add(one);
      add(one);
    }
  };
  add(id);
  return found;
}

test("nothing of the old name goes before all of the new one answers", async () => {
  const into = await converged();
  prepare(into, renamed());
  const { plan } = await look(renamed(), CONVERGE, into.ports);
  const published = plan.steps.flatMap(({ id, kind, action }) =>
    kind === "record-set" && action === "create" ? [id] : [],
  );
  expect(published).toHaveLength(2);
  const going = taken(plan, SHOP);
  expect(going.length).toBeGreaterThan(4);
  for (const id of going) expect([...before(plan, id)]).toEqual(expect.arrayContaining(published));
  expect(plan.retired).toEqual([SHOP]);
});

test("when the new one does not come about, the old one stays", async () => {
  const into = await converged();
  prepare(into, renamed());
  const ports = {
    ...into.ports,
    send: async (call: Parameters<typeof into.ports.send>[0]) =>
      call.operation === "Probe"
        ? ({ ok: false, fault: { code: "ProbeFailed", message: "500", status: 502 }, at: into.emulator.now() } as const)
        : into.ports.send(call),
  };
  expect((await reconcile({ ports }, renamed())).outcome).toBe("failed");
  expect(into.log.filter(({ call }) => call.operation.startsWith("Delete"))).toEqual([]);
});

test("once it is done, `previousName` may go: a remark says so", async () => {
  const into = await converged();
  prepare(into, renamed());
  expect((await reconcile(into, renamed())).outcome).toBe("converged");
  const { plan } = await look(renamed(), CONVERGE, into.ports);
  expect(plan.steps).toEqual([]);
  expect(plan.diagnostics).toMatchObject([
    { code: "RETIRED_AND_GONE", severity: "remark", help: "Remove `previousName` of store.example.com." },
  ]);
});

test("an edit by hand of the old name holds its end back, not the new name", async () => {
  const into = await converged();
  prepare(into, renamed());
  edit(into);
  const { plan } = await look(renamed(), CONVERGE, into.ports);
  expect(taken(plan, SHOP)).toEqual([]);
  expect(plan.steps.some(({ names, kind }) => kind === "record-set" && names.includes(STORE))).toBe(true);
});

test("an edit by hand of the new name holds both back", async () => {
  const into = await converged();
  const pay: Manifest = {
    ...storefront,
    apis: [{ ...storefrontApi, name: STORE }],
    certificates: renamed().certificates,
  };
  const both = { ...pay, apis: [storefrontApi, ...pay.apis], certificates: onBoth };
  prepare(into, both);
  expect((await reconcile(into, both)).outcome).toBe("converged");
  edit(into, STORE);
  const { plan } = await look({ ...renamed(), certificates: onBoth }, CONVERGE, into.ports);
  expect(plan.steps).toEqual([]);
  expect(plan.diagnostics.map(({ code }) => code)).toContain("HELD_BACK");
});

test("a certificate's new key is written into its tags, and nothing is requested", async () => {
  const into = await converged();
  const certificates = storefront.certificates.map((each) => ({ ...each, label: "shop", previousName: each.label }));
  const manifest: Manifest = { ...storefront, certificates, apis: [{ ...storefrontApi, certificate: "shop" }] };
  const from = into.log.length;
  expect((await reconcile(into, manifest)).outcome).toBe("converged");
  const writes = into.log.slice(from).map(({ call }) => call.operation);
  expect(writes.filter((each) => !/^(?:Get|List|Describe)/u.test(each))).toEqual([
    "AddTagsToCertificate",
    "AddTagsToCertificate",
  ]);
});

const onBoth = storefront.certificates.map((each) => ({ ...each, domains: [SHOP, STORE] }));

test("a plan that takes the old name away sooner is not proved", async () => {
  const into = await converged();
  prepare(into, renamed());
  const { plan, seen } = await look(renamed(), CONVERGE, into.ports);
  const hasty = {
    ...plan,
    steps: plan.steps.map((step) =>
      step.id.startsWith("delete record-set/")
        ? { ...step, after: step.after.filter((id) => !/store/u.test(id)) }
        : step,
    ),
  };
  const { proof } = prove(hasty, seen.cloud, invariants, policyOf(storefront.limits, []));
  expect(proof).toMatchObject({
    safe: false,
    violation: {
      code: "NAME_GOES_DARK",
      message: "shop.example.com stops answering before store.example.com answers, which takes over from it.",
    },
  });
});

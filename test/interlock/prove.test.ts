import { describe, expect, test } from "vitest";
import { domainName } from "../../src/dns/domain-name.ts";
import { invariants } from "../../src/interlock/invariants.ts";
import type { Proof } from "../../src/interlock/proof.ts";
import { prove } from "../../src/interlock/prove.ts";
import { look } from "../../src/pipeline.ts";
import type { Look } from "../../src/pipeline.ts";
import type { Plan, Step } from "../../src/plan/plan.ts";
import { planDigest } from "../../src/plan/plan.ts";
import { LIMITS } from "../../src/plan/options.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { converged } from "../world/estate.ts";
import { LIFTED } from "./estates.ts";
import { storefront, storefrontApi, withApi } from "../world/storefront.ts";
import { CONVERGE, RETIRE, prepare, world } from "../world/world.ts";

interface Planned {
  readonly plan: Plan;
  readonly proof: Proof;
  /** Proves the plan with its steps changed by hand, as a faulty planner would have made it. */
  readonly broken: (change: (step: Step) => Step | undefined, retired?: Plan["retired"]) => Proof;
}

async function planned(manifest: Manifest, options = CONVERGE): Promise<Planned> {
  const into = await converged();
  prepare(into, manifest);
  const { plan, proof, seen } = await look(manifest, { ...options, lift: LIMITS }, into.ports);
  if (proof === undefined) throw new Error("refused");
  const broken: Planned["broken"] = (change, retired = plan.retired) => {
    const steps = plan.steps.flatMap((step) => change(step) ?? []);
    const ids = new Set(steps.map((step) => step.id));
    const known = steps.map((step) => ({ ...step, after: step.after.filter((id) => ids.has(id)) }));
    const { proof: of } = prove({ ...plan, steps: known, retired }, seen.cloud, invariants, LIFTED);
    if (of === undefined) throw new Error("refused");
    return of;
  };
  return { plan, proof, broken };
}

const exchanged = withApi({
  regions: [{ region: "eu-west-1", mappings: [{ basePath: "v1", restApi: "euw1000000", stage: "prod" }] }],
});
const oneRegion = withApi({ regions: storefrontApi.regions.slice(0, 1) });

const operations = (proof: Proof): readonly string[] =>
  proof.safe ? [] : proof.trace.map((entry) => ("waitUntil" in entry ? "wait" : entry.call.operation));

describe("an honest plan is proved", () => {
  test("and the proof is bound to it", async () => {
    const { plan, proof } = await planned(exchanged);
    expect(proof).toMatchObject({
      safe: true,
      digest: planDigest(plan),
      invariants: invariants.map((each) => each.code),
    });
  });

  test("the states of a first apply grow with the steps, not with their orders", async () => {
    const into = world();
    prepare(into, storefront);
    const { plan, proof } = await look(storefront, CONVERGE, into.ports);
    expect(proof?.safe === true && proof.states).toBeLessThan(2 * plan.steps.length);
  });

  test("destroy, whose name is meant to stop answering", async () => {
    expect((await planned(storefront, RETIRE)).proof).toMatchObject({ safe: true });
  });
});

describe("a faulty plan is refused, with the shortest way to the harm", () => {
  test("NAME_GOES_DARK: the old Regions go before the new one is published", async () => {
    const { broken } = await planned(exchanged);
    const proof = broken((step) =>
      step.kind === "record-set" && step.action === "delete" ? { ...step, after: [] } : step,
    );
    expect(proof).toMatchObject({ safe: false, violation: { code: "NAME_GOES_DARK", name: "shop.example.com." } });
    expect(operations(proof).filter((each) => each === "ChangeResourceRecordSets")).toHaveLength(2);
  });

  test("NAME_GOES_DARK: a name is taken out of service that nobody retired", async () => {
    const { broken } = await planned(storefront, RETIRE);
    expect(broken((step) => step, [])).toMatchObject({ safe: false, violation: { code: "NAME_GOES_DARK" } });
  });

  test("PLAN_CANNOT_FINISH: an endpoint cannot go while its record stands", async () => {
    const { broken } = await planned(oneRegion);
    const proof = broken((step) => (step.kind === "api-domain" || step.kind === "condemned" ? step : undefined));
    // Without the batch that drops the record nothing condemns the endpoint: the plan never comes to its end.
    expect(proof).toMatchObject({ safe: false, violation: { code: "PLAN_CANNOT_FINISH" } });
  });

  test("CERTIFICATE_DOES_NOT_COVER: the domain takes a certificate for another name", async () => {
    const manifest = {
      ...storefront,
      certificates: storefront.certificates.map((each) => ({ ...each, domains: [domainName("other.example.com")] })),
    };
    const { proof } = await planned(manifest);
    // AWS itself refuses a certificate that does not cover the domain, and so does the model, before any client could meet it.
    expect(proof).toMatchObject({ safe: false, violation: { code: "REFUSED_BY_MODEL" } });
  });

  test("PLAN_CANNOT_FINISH: something is waited for that never comes", async () => {
    const { broken } = await planned(oneRegion);
    const proof = broken((step) => (step.action === "drain" ? undefined : step));
    expect(proof).toMatchObject({ safe: false, violation: { code: "PLAN_CANNOT_FINISH" } });
  });

  test("NOT_PROVED is said, not passed over, when there are too many states even in one order", async () => {
    const { plan, seen } = await shrinking();
    expect(prove(plan, seen.cloud, invariants, LIFTED, 2).proof).toMatchObject({
      safe: false,
      violation: { code: "NOT_PROVED" },
    });
  });
});

async function shrinking(): Promise<Pick<Look, "plan" | "seen">> {
  const into = await converged();
  return look(oneRegion, { ...CONVERGE, lift: LIMITS }, into.ports);
}

describe("a component with too many states", () => {
  test("is put in one order, and so is the plan that is proved and run", async () => {
    const into = await converged();
    // Certificates of two Regions go, and their entries are released: in each order.
    const { plan, seen } = await look(storefront, { ...RETIRE, lift: LIMITS }, into.ports);
    const whole = prove(plan, seen.cloud, invariants, LIFTED);
    expect(whole.plan).toBe(plan);
    const most = whole.proof?.safe === true ? whole.proof.states - 1 : 0;
    const { plan: ordered, proof } = prove(plan, seen.cloud, invariants, LIFTED, most);
    expect(proof).toMatchObject({ safe: true, digest: planDigest(ordered), inOneOrder: 1 });
    expect(proof?.safe === true && proof.states).toBeLessThanOrEqual(most);
    for (const [place, step] of ordered.steps.entries())
      if (place > 0) expect(step.after).toContain(ordered.steps[place - 1]?.id);
  });
});

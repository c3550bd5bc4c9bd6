import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Cloud, RecordSet } from "../../src/cloud/cloud.ts";
import { accountOf, regionOf, withAccount, withRegion, withZone } from "../../src/cloud/edit.ts";
import { MINUTE } from "../../src/cloud/instant.ts";
import { withQuota } from "../../src/cloud/quotas.ts";
import { recordKey } from "../../src/cloud/route53/record-order.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { exitOfPlan } from "../../src/cli/verdict.ts";
import { invariants } from "../../src/interlock/invariants.ts";
import type { Policy } from "../../src/interlock/policy.ts";
import { prove } from "../../src/interlock/prove.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import type { PlanOptions } from "../../src/plan/options.ts";
import { LIMITS } from "../../src/plan/options.ts";
import type { Plan, Step } from "../../src/plan/plan.ts";
import { planJson } from "../../src/report/plan-json.ts";
import { proofLines } from "../../src/report/proof-text.ts";
import { plainStyler } from "../../src/report/styler.ts";
import type { Address } from "../../src/resource/address.ts";
import { certificate } from "../../src/resource/certificate.ts";
import type { CertificateSpec } from "../../src/resource/certificate.ts";
import { call, done, oneByOne } from "../../src/resource/kind.ts";
import { readMarker } from "../../src/resource/swap.ts";
import type { NameSpec } from "../../src/resource/swap.ts";
import { renderMarker } from "../../src/resource/marker.ts";
import { converged } from "../world/estate.ts";
import { storefront, storefrontApi, withApi } from "../world/storefront.ts";
import { ACCOUNT, CONVERGE, prepare, world } from "../world/world.ts";
import type { World } from "../world/world.ts";
import { LIFTED, SHOP, STRICT } from "./estates.ts";

// Plans that no planner of ours makes, one for each invariant: the shortest way to the harm, as a person reads it.

const HERE = "test/interlock/counter-examples";

interface Unsafe {
  readonly plan: Plan;
  readonly cloud: Cloud;
  readonly policy?: Policy;
}

async function looked(into: World, manifest: Manifest, options: PlanOptions = CONVERGE) {
  prepare(into, manifest);
  const { plan, seen } = await look(manifest, { ...options, lift: LIMITS }, into.ports);
  return { plan, cloud: seen.cloud };
}

const standing = async (manifest: Manifest, options: PlanOptions = CONVERGE) =>
  looked(await converged(), manifest, options);

const changed = (plan: Plan, change: (step: Step) => Step | undefined): Plan => {
  const steps = plan.steps.flatMap((step) => change(step) ?? []);
  const ids = new Set(steps.map((step) => step.id));
  return { ...plan, steps: steps.map((step) => ({ ...step, after: step.after.filter((id) => ids.has(id)) })) };
};

const isDeletion = (step: Step): boolean => step.kind === "record-set" && step.action === "delete";

const exchanged = withApi({
  regions: [{ region: "eu-west-1", mappings: [{ basePath: "v1", restApi: "euw1000000", stage: "prod" }] }],
});
const eastOnly = withApi({ regions: storefrontApi.regions.slice(0, 1) });
const westOnly = withApi({ regions: storefrontApi.regions.slice(1) });

function zoneIn(cloud: Cloud) {
  const [zone] = accountOf(cloud, ACCOUNT).zones;
  if (zone === undefined) throw new Error("no zone");
  return zone;
}

/** The marker says that all this has drained long ago, although records still lead there. */
function withDrained(
  cloud: Cloud,
  targets: readonly { readonly target: string; readonly incarnation: string }[],
): Cloud {
  const zone = zoneIn(cloud);
  const read = readMarker(zone, SHOP);
  if (read.state !== "read") throw new Error("no marker");
  const entries = targets.map((each) => ({ ...each, since: 1, drainedFrom: 0 }));
  const record = renderMarker(SHOP, { ...read.marker, entries });
  return withZone(cloud, ACCOUNT, { ...zone, recordSets: zone.recordSets.set(recordKey(record), record) });
}

/** A step of a kind that is told to take away what is not its own. */
function taking(plan: Plan, cloud: Cloud, record: RecordSet): Unsafe {
  const zone = zoneIn(cloud);
  const name = domainName(record.Name);
  const read = readMarker(zone, name);
  const spec = {
    account: ACCOUNT,
    owner: plan.owner,
    zone: { account: ACCOUNT, id: zone.id, name: zone.name },
    name,
    type: record.Type,
    setIdentifier: record.SetIdentifier ?? "",
    live: record,
  } as NameSpec;
  const address = `record-set/${record.Name}` as Address;
  const guard = { basis: read.state === "read" ? read.marker.nonce : undefined, nonce: plan.nonce };
  const change = { address, before: spec, after: undefined, guard };
  const base = { action: "delete", kind: "record-set", differences: [], after: [], names: [name] } as const;
  const step: Step = { ...base, id: `delete ${address}`, address, change };
  const recordSets = zone.recordSets.set(recordKey(record), record);
  return { plan: { ...plan, steps: [step] }, cloud: withZone(cloud, ACCOUNT, { ...zone, recordSets }), policy: LIFTED };
}

const foreign: RecordSet = { Name: "www.example.com.", Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] };

const first = (cloud: Cloud, type: string): RecordSet => {
  const found = [...zoneIn(cloud).recordSets].find((each) => each.Type === type);
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
};

const cases: Readonly<Record<string, () => Promise<Unsafe>>> = {
  async NAME_GOES_DARK() {
    const { plan, cloud } = await standing(exchanged);
    return { plan: changed(plan, (step) => (isDeletion(step) ? { ...step, after: [] } : step)), cloud, policy: LIFTED };
  },
  async NAME_EMPTIED() {
    const { plan, cloud } = await looked(world(), storefront);
    const taken = plan.steps
      .filter((step) => step.kind === "record-set")
      .map((step): Step => {
        const change = { ...step.change, before: step.change.after, after: undefined };
        return { ...step, id: `delete ${step.id}`, action: "delete", change, after: [step.id] };
      });
    return { plan: { ...plan, steps: [...plan.steps, ...taken] }, cloud, policy: LIFTED };
  },
  async TARGET_MISSING() {
    const { plan, cloud } = await standing(eastOnly);
    const incarnation = regionOf(cloud, ACCOUNT, "us-west-2").domains.get(SHOP)?.regionalDomainName ?? "";
    const kept = changed(plan, (step) => (isDeletion(step) || step.kind === "api-domain" ? step : undefined));
    return { plan: kept, cloud: withDrained(cloud, [{ target: "api-domain/us-west-2", incarnation }]), policy: LIFTED };
  },
  async CERTIFICATE_DOES_NOT_COVER() {
    const { plan, cloud } = await standing(eastOnly);
    const state = regionOf(cloud, ACCOUNT, "us-east-1");
    let { certificates } = state;
    for (const each of state.certificates)
      certificates = certificates.set(each.arn, { ...each, notAfter: cloud.now + 5 * MINUTE });
    return { plan, cloud: withRegion(cloud, ACCOUNT, { ...state, certificates }), policy: LIFTED };
  },
  async CLIENTS_SHUT_OUT() {
    const certificates = storefront.certificates.map((each) => ({ ...each, keyAlgorithms: ["EC_prime256v1"] }));
    return { ...(await standing({ ...storefront, certificates })), policy: STRICT };
  },
  async HEALTH_CHECK_MISSING() {
    const { plan, cloud } = await standing(eastOnly);
    const gates = plan.steps.filter((step) => step.id.startsWith("delete gate/"));
    const targets = gates.map(({ change }) => {
      const { id = "" } = change.before as { readonly id?: string };
      return { target: `health-check/${id}`, incarnation: id };
    });
    const kept = changed(plan, (step) => (isDeletion(step) || gates.includes(step) ? step : undefined));
    return { plan: kept, cloud: withDrained(cloud, targets), policy: LIFTED };
  },
  async LAST_HEALTHY_REGION() {
    const { plan, cloud } = await standing(westOnly);
    const account = accountOf(cloud, ACCOUNT);
    let { healthChecks } = account;
    for (const each of account.healthChecks) {
      const config = { ...each.HealthCheckConfig, Disabled: true, Inverted: true };
      if (config.FullyQualifiedDomainName?.includes("us-west-2") === true)
        healthChecks = healthChecks.set(each.Id, { ...each, HealthCheckConfig: config });
    }
    return { plan, cloud: withAccount(cloud, { ...account, healthChecks }), policy: LIFTED };
  },
  async TOO_MANY_REGIONS_GONE() {
    return { ...(await standing(exchanged)), policy: STRICT };
  },
  async CERTIFICATE_IN_USE() {
    const certificates = storefront.certificates.map((each) => ({ ...each, keyAlgorithms: ["EC_prime256v1"] }));
    const { plan, cloud } = await standing({ ...storefront, certificates });
    const isOld = ({ kind, action }: Step): boolean => kind === "certificate" && action === "delete";
    // The kind itself looks at what is bound first. Here it is one that does not.
    const careless = oneByOne<CertificateSpec>(
      () => done,
      ({ account, region, arn }) =>
        call({ account, region, service: "acm", operation: "DeleteCertificate", input: { CertificateArn: arn } }),
    );
    vi.spyOn(certificate, "next").mockImplementation(careless);
    return { plan: changed(plan, (step) => (isOld(step) ? step : undefined)), cloud, policy: LIFTED };
  },
  async VALIDATION_RECORD_LOST() {
    const { plan, cloud } = await standing(storefront);
    const record = first(cloud, "CNAME");
    const [, base = ""] = /^_[^.]+\.(.*)$/u.exec(record.Name) ?? [];
    const taken = taking(plan, cloud, record);
    return { ...taken, plan: changed(taken.plan, (step) => ({ ...step, names: [domainName(base)] })) };
  },
  async DRILL_DISTURBED() {
    const { plan, cloud } = await standing(eastOnly);
    const account = accountOf(cloud, ACCOUNT);
    const gate = [...account.healthChecks].find((each) => each.HealthCheckConfig.Type === "CALCULATED");
    const deletion = plan.steps.find((step) => step.id.startsWith("delete health-check/"));
    if (gate === undefined || deletion === undefined) throw new Error("no gate");
    const config = { ...gate.HealthCheckConfig, HealthThreshold: 256 };
    const healthChecks = account.healthChecks.set(gate.Id, { ...gate, HealthCheckConfig: config });
    // The step takes the gate for the endpoint's own check.
    const after = { ...(deletion.change.before as NameSpec), role: "endpoint", id: gate.Id, failureThreshold: 5 };
    const step: Step = { ...deletion, action: "update", after: [], change: { ...deletion.change, after } };
    return {
      plan: { ...plan, steps: [step] },
      cloud: withAccount(cloud, { ...account, healthChecks }),
      policy: LIFTED,
    };
  },
  async ZONE_TOUCHED() {
    const { plan, cloud } = await standing(storefront);
    return taking(plan, cloud, first(cloud, "NS"));
  },
  async FOREIGN_TOUCHED() {
    const { plan, cloud } = await standing(storefront);
    return taking(plan, cloud, foreign);
  },
  async QUOTA_TOO_SMALL() {
    const { plan, cloud } = await looked(world(), storefront);
    return { plan, cloud: withQuota(cloud, ACCOUNT, "route53.healthChecks", 3) };
  },
  async BATCH_TOO_LARGE() {
    const { plan, cloud } = await looked(world(), withApi({ healthCheck: undefined }));
    const long = changed(plan, (step) => {
      const after = { ...(step.change.after as NameSpec), setIdentifier: "x".repeat(33_000) };
      return step.kind === "record-set" ? { ...step, change: { ...step.change, after } } : step;
    });
    return { plan: long, cloud };
  },
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe("what an unsafe plan leads to, in the fewest steps", () => {
  test.each(Object.keys(cases))("%s", async (code) => {
    const { plan, cloud, policy = STRICT } = await (cases[code] as () => Promise<Unsafe>)();
    const { proof } = prove({ ...plan, diagnostics: [] }, cloud, invariants, policy);
    const happened = `${proofLines(plan, proof, plainStyler).join("\n")}\n`;
    const file = join(HERE, `${code}.txt`);
    if (process.env["REWRITE"] === "1") writeFileSync(file, happened);
    expect(happened).toBe(existsSync(file) ? readFileSync(file, "utf8") : "");
    expect(happened).toContain(`Not proved safe: ${code}\n`);
    expect(exitOfPlan({ ...plan, diagnostics: [] }, proof)).toBe(3);
    const json = planJson(plan, proof).proof;
    expect(json).toMatchObject({ safe: false, violation: { code } });
    // Without the invariant nothing stands in the way of just this harm.
    const others = invariants.filter((each) => each.code !== code);
    const { proof: without } = prove({ ...plan, diagnostics: [] }, cloud, others, policy);
    expect(without?.safe === false && without.violation.code === code).toBe(false);
  });

  test("there is one for each invariant", () => {
    const expected = invariants.map((each) => each.code);
    expect(Object.keys(cases).toSorted()).toEqual(expected.toSorted());
    expect(readdirSync(HERE).toSorted()).toEqual(expected.map((code) => `${code}.txt`).toSorted());
  });
});

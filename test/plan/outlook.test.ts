import { describe, expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { accountOf, withAccount } from "../../src/cloud/edit.ts";
import { quotasSuffice } from "../../src/interlock/invariants/quotas-suffice.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import { outlook, quotaWarnings } from "../../src/plan/outlook.ts";
import type { Step } from "../../src/plan/plan.ts";
import { outlookLines } from "../../src/report/outlook-text.ts";
import { converged } from "../world/estate.ts";
import { storefront, withApi } from "../world/storefront.ts";
import { twoAccounts } from "../world/two-accounts.ts";
import { ACCOUNT, CONVERGE, RETIRE, prepare, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";

async function said(into: World, manifest: Manifest, options = CONVERGE): Promise<readonly string[]> {
  const { plan, seen } = await look(manifest, options, into.ports);
  return outlookLines(outlook(plan, seen.cloud));
}

/** With 200 health checks more. */
function crowded(cloud: Cloud): Cloud {
  const account = accountOf(cloud, ACCOUNT);
  const [one] = account.healthChecks;
  if (one === undefined) throw new Error("no check");
  let { healthChecks } = account;
  for (let n = 0; n < 200; n++)
    healthChecks = healthChecks.set(`more-${String(n)}`, { ...one, Id: `more-${String(n)}` });
  return withAccount(cloud, { ...account, healthChecks });
}

const check = {
  host: "api",
  path: "/prod/healthcheck",
  searchString: "ok",
  failureThreshold: 2,
  gate: "shared",
} as const;

describe("what a plan means for quotas and for the bill", () => {
  test("a first apply: two checks with HTTPS and a string at $2.50, two gates at $0.50", async () => {
    const into = world();
    prepare(into, storefront);
    expect(await said(into, storefront)).toEqual([
      "Quotas: health checks 0 → 4 of 200; certificates 0 → 1 of 2500 in us-east-1 and 1 other Region; API domains 0 → 1 of 120 in us-east-1 and 1 other Region",
      "Health checks cost about $0.00 → $6.00 a month",
    ]);
  });
  test("a replacement needs room on the way, and a fast interval costs more", async () => {
    const fast = withApi({ healthCheck: { ...check, intervalSeconds: 10 } });
    expect(await said(await converged(), fast)).toEqual([
      "Quotas: health checks 4 → 4 (6 on the way) of 200",
      "Health checks cost about $6.00 → $8.00 a month",
    ]);
  });
  test("destroy costs nothing afterwards", async () => {
    expect((await said(await converged(), storefront, RETIRE)).at(-1)).toBe(
      "Health checks cost about $6.00 → $0.00 a month",
    );
  });
  test("nothing to do: only what it costs anyway", async () => {
    expect(await said(await converged(), storefront)).toEqual(["Health checks cost about $6.00 a month"]);
  });
  test("where there is more than AWS gives by default, still more is a warning, with the numbers", async () => {
    const into = await converged();
    const { plan, seen } = await look(
      withApi({ healthCheck: { ...check, intervalSeconds: 10 } }),
      CONVERGE,
      into.ports,
    );
    const copies = (step: Step): readonly Step[] =>
      step.kind === "health-check" && step.action === "create" ? Array.from({ length: 100 }, () => step) : [step];
    expect(quotaWarnings(plan, seen.cloud)).toEqual([]);
    const many = { ...plan, steps: plan.steps.flatMap(copies) };
    expect(quotaWarnings(many, seen.cloud)).toEqual([]); // the proof refuses it, with the numbers
    expect(quotasSuffice.adds(many, seen.cloud)).toMatchObject([{ code: "QUOTA_TOO_SMALL" }]);
    const more = crowded(seen.cloud);
    expect(quotasSuffice.adds(many, more)).toEqual([]);
    expect(quotaWarnings(many, more)).toMatchObject([
      {
        code: "QUOTA_EXCEEDED",
        message: "The plan needs 404 health checks; there are 204, and the quota is 200.",
      },
    ]);
  });
});

describe("health checks are in the account of their name's zone", () => {
  test("and count there, against the quota that the manifest tells of", async () => {
    const into = world();
    prepare(into, twoAccounts);
    expect(await said(into, twoAccounts)).toEqual([
      "Quotas: health checks 0 → 4 of 1000 in account 444455556666; certificates 0 → 1 of 2500 in eu-central-1 and 1 other Region; API domains 0 → 1 of 120 in eu-central-1 and 1 other Region",
      "Health checks cost about $0.00 → $6.00 a month",
    ]);
    expect((await reconcile(into, twoAccounts)).outcome).toBe("converged");
    expect(await said(into, twoAccounts, RETIRE)).toContain("Health checks cost about $6.00 → $0.00 a month");
  });
});

import { expect, test } from "vitest";
import { planDigest } from "../../src/plan/plan.ts";
import { planJson } from "../../src/report/plan-json.ts";
import { edited, plan, safe, step, unsafe } from "./small-plan.ts";

test("the documented shape, whole", () => {
  const of = plan({
    steps: [
      step("create", "validation-record/shop.example.com"),
      step("update", "api-domain/us-east-1/shop.example.com", {
        after: ["validation-record/shop.example.com"],
        differences: [{ field: "certificate", before: "old", after: "new" }],
      }),
    ],
    held: [edited],
    foreign: { "record-set": 3 },
    unchanged: { gate: 2, certificate: 1 },
  });
  expect(planJson(of, safe(of, 90_000))).toEqual({
    version: 1,
    manifest: "storefront",
    scope: "7f3k9q",
    account: "111122223333",
    digest: planDigest(of),
    readAt: "2026-01-01T00:00:00.000Z",
    summary: { create: 1, update: 1, delete: 0, wait: 0, check: 0, held: 1, unchanged: 3, foreign: 3 },
    steps: [
      {
        id: "validation-record/shop.example.com",
        action: "create",
        kind: "validation-record",
        account: "111122223333",
        address: "validation-record/shop.example.com",
        region: null,
        names: ["shop.example.com"],
        after: [],
        differences: [],
      },
      {
        id: "api-domain/us-east-1/shop.example.com",
        action: "update",
        kind: "api-domain",
        account: "111122223333",
        address: "api-domain/us-east-1/shop.example.com",
        region: "us-east-1",
        names: ["shop.example.com"],
        after: ["validation-record/shop.example.com"],
        differences: [{ field: "certificate", before: "old", after: "new" }],
      },
    ],
    held: [
      {
        address: edited.address,
        kind: "record-set",
        differences: edited.differences,
        diagnostic: edited.diagnostic,
      },
    ],
    diagnostics: [],
    foreign: { "record-set": 3 },
    unchanged: { gate: 2, certificate: 1 },
    proof: { safe: true, states: 3, shapes: 1, invariants: ["NAME_GOES_DARK", "TARGET_MISSING"], durationSeconds: 90 },
    outlook: { quotas: [], monthlyCost: { before: 0, after: 0 } },
  });
});

test("a proof that failed: the violation and the way there", () => {
  expect(planJson(plan(), unsafe).proof).toEqual({
    safe: false,
    violation: {
      code: "NAME_GOES_DARK",
      name: "shop.example.com",
      viewpoint: "us-east-1",
      message: "it answered before, and does not any more.",
      help: "Publish the other Region first.",
    },
    trace: [
      {
        step: "delete record-set/shop.example.com/A/storefront/us-east-1",
        service: "route53",
        region: "us-east-1",
        operation: "ChangeResourceRecordSets",
      },
      { waitUntil: "2026-01-01T00:00:30.000Z" },
    ],
    at: "2026-01-01T00:00:30.000Z",
  });
});

test("no proof is null", () => {
  expect(planJson(plan(), undefined).proof).toBeNull();
});

import { describe, expect, test } from "vitest";
import { MINUTE } from "../../src/cloud/instant.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { planText } from "../../src/report/plan-text.ts";
import type { Held } from "../../src/plan/plan.ts";
import type { Address } from "../../src/resource/address.ts";
import { plainStyler } from "../../src/report/styler.ts";
import { edited, plan, safe, step, unsafe } from "./small-plan.ts";

const text = (
  of: ReturnType<typeof plan>,
  proof: Parameters<typeof planText>[0]["proof"],
  goal: "converge" | "retire" = "converge",
): string => planText({ plan: of, proof, goal }, plainStyler);

test("by name, then by Region, with what waits for what", () => {
  const of = plan({
    steps: [
      step("create", "certificate/main/us-east-1/RSA_2048", { spec: { region: "us-east-1" } }),
      step("ensure", "validation-record/shop.example.com", { after: ["certificate/main/us-east-1/RSA_2048"] }),
      step("settle", "issuance/main/us-east-1/RSA_2048", {
        after: ["certificate/main/us-east-1/RSA_2048", "validation-record/shop.example.com"],
      }),
      step("update", "api-domain/us-east-1/shop.example.com", {
        after: ["issuance/main/us-east-1/RSA_2048"],
        differences: [
          { field: "certificate", before: "old", after: "new" },
          { field: "tags", before: "(none)", after: "team" },
        ],
      }),
      step("create", "gate/us-west-2/api.example.com"),
      step("create", "record-set/blog.example.com/A/storefront/eu-west-1", { names: [domainName("blog.example.com")] }),
    ],
    unchanged: { "record-set": 2, gate: 1 },
    foreign: { "record-set": 3, certificate: 1 },
  });
  expect(text(of, safe(of, 22 * MINUTE))).toBe(`blog.example.com
  eu-west-1
    + record set  blog.example.com/A/storefront

shop.example.com
  every Region
    + validation record  shop.example.com  after certificate
  us-east-1
    + certificate  main/RSA_2048
    · issuance     main/RSA_2048     after validation record
    ~ API domain   shop.example.com  after issuance
        certificate  old → new
        tags         (none) → team
  us-west-2
    + gate  api.example.com

Plan: 4 to create, 1 to update, 1 to wait for, 3 unchanged
1 foreign certificate and 3 foreign record sets seen, 0 touched
Proved safe: 3 states visited, 2 invariants hold in each
Takes about 22 min
Quotas: health checks 0 → 1 of 200; certificates 0 → 1 of 2500 in us-east-1
Health checks cost about $0.00 → $2.75 a month`);
});

test("a drain says how much of the time is its own", () => {
  const of = plan({
    steps: [
      step("drain", "condemned/shop.example.com/api-domain/us-east-1", { spec: { drainMinimumSeconds: 1800 } }),
      step("delete", "api-domain/us-east-1/shop.example.com", {
        after: ["condemned/shop.example.com/api-domain/us-east-1"],
      }),
    ],
  });
  expect(text(of, safe(of, 40 * MINUTE))).toBe(`shop.example.com
  us-east-1
    · drain       shop.example.com/api-domain
    - API domain  shop.example.com             after drain, its claim

Plan: 1 to delete, 1 to wait for, 0 unchanged
Proved safe: 3 states visited, 2 invariants hold in each
Takes about 40 min, of which at least 30 min drain`);
});

test("what had too many orders to prove is said to go in one", () => {
  const of = plan({ steps: [step("create", "gate/us-west-2/api.example.com")] });
  expect(text(of, { ...safe(of), inOneOrder: 2 })).toContain(
    "\nThe steps of 2 names go one after the other: they have too many orders to prove\nTakes",
  );
});

test("edits by hand: the field, the address, and the two ways out", () => {
  const of = plan({ held: [edited] });
  expect(text(of, safe(of))).toBe(`Held back: 1 edit by hand, for you to decide
  record-set/shop.example.com/A/storefront/us-east-1
    healthCheck  (none) → gate
    put back what the manifest says:  --overwrite record-set/shop.example.com/A/storefront/us-east-1
    keep it as it is:                 --accept-live record-set/shop.example.com/A/storefront/us-east-1

Plan: 1 held back, 0 unchanged
Proved safe: 3 states visited, 2 invariants hold in each`);
});

test("not proved: the way there, and what would make it safe", () => {
  expect(text(plan(), unsafe)).toContain(`Not proved safe: NAME_GOES_DARK
  shop.example.com, for clients near us-east-1: it answered before, and does not any more.
  The shortest way there, harm done at T+00:30:
    1.  route53 ChangeResourceRecordSets in us-east-1  delete record-set/shop.example.com/A/storefront/us-east-1
    2.  wait until T+00:30
  What would make it safe: Publish the other Region first.`);
});

test("not proved from the start", () => {
  expect(text(plan(), { ...unsafe, trace: [] })).toContain("Before the first call.");
});

test("refused: its diagnostics, and that nothing is done", () => {
  const of = plan({
    diagnostics: [{ code: "WRONG_ACCOUNT", severity: "error", message: "Not this account.", help: "Take another." }],
  });
  expect(text(of, undefined)).toBe(`error[WRONG_ACCOUNT]: Not this account.
  = help: Take another.

Plan: none
Refused: nothing will be done, and nothing was proved.`);
});

describe("nothing to do", () => {
  const of = plan({ unchanged: { "record-set": 1 }, foreign: { "record-set": 1 } });
  test("converge", () => {
    expect(text(of, safe(of))).toBe(`Nothing to do: all is as the manifest says, 1 resource unchanged
1 foreign record set seen, 0 touched`);
  });
  test("retire", () => {
    expect(text(plan(), safe(plan()), "retire")).toBe("Nothing to do: nothing of storefront is there");
  });
});

test("colours go around what they colour, never into the columns", () => {
  const marked = { ...plainStyler, green: (part: string) => `<${part}>`, dim: (part: string) => `{${part}}` };
  const of = plan({
    steps: [
      step("create", "gate/us-east-1/api"),
      step("create", "record-set/shop.example.com/A/x", {
        spec: { region: "us-east-1" },
        after: ["gate/us-east-1/api"],
      }),
    ],
  });
  expect(planText({ plan: of, proof: safe(of), goal: "converge" }, marked)).toContain(`  {us-east-1}
    <+> gate        api
    <+> record set  shop.example.com/A/x  {after gate}`);
});

test("a name's DNS in another account is said, once", () => {
  const zone = { account: "444455556666", id: "Z1", name: domainName("example.com") };
  const steps = [
    step("create", "api-domain/us-east-1/shop.example.com", { spec: { region: "us-east-1", zone } }),
    step("create", "gate/us-east-1/api.example.com", { spec: { region: "us-east-1", zone } }),
    step("create", "record-set/shop.example.com/A/storefront/us-east-1", { spec: { region: "us-east-1", zone } }),
  ];
  const [headline] = text(plan({ steps }), safe(plan({ steps }))).split("\n");
  expect(headline).toBe("shop.example.com  DNS in account 444455556666");
});

test("what could not be read is said as it is, and is no edit to decide about", () => {
  const held: Held = {
    address: "name/shop.example.com" as Address,
    kind: "name",
    differences: [],
    diagnostic: { code: "NOT_PLANNED", severity: "warning", message: "shop.example.com is left as it is." },
  };
  const of = plan({ held: [held] });
  const said = text(of, safe(of));
  expect(said).toContain("warning[NOT_PLANNED]: shop.example.com is left as it is.");
  expect(said).toContain("1 held back");
  expect(said).not.toContain("--overwrite");
});

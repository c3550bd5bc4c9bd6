import type { SafeProof, Unsafe } from "../../src/interlock/proof.ts";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { planDigest } from "../../src/plan/plan.ts";
import type { Action, Held, Plan, Step } from "../../src/plan/plan.ts";
import type { Address } from "../../src/resource/address.ts";
import type { AnySpec } from "../../src/resource/kind.ts";

export const START = Date.UTC(2026, 0, 1);
const shop = domainName("shop.example.com");

/** A step on `shop.example.com`. */
export function step(action: Action, address: string, more: Partial<Step> & { readonly spec?: object } = {}): Step {
  const { spec = {}, ...rest } = more;
  const [kind = ""] = address.split("/");
  const zone = { account: "111122223333", id: "Z1", name: domainName("example.com") };
  const after = { account: "111122223333", zone, ...spec } as AnySpec;
  return {
    id: address,
    kind: kind === "gate" ? "health-check" : kind,
    action,
    address: address as Address,
    change: { address: address as Address, before: undefined, after, guard: undefined },
    differences: [],
    after: [],
    names: [shop],
    ...rest,
  };
}

export const plan = (part: Partial<Plan> = {}): Plan => ({
  version: 1,
  owner: { manifest: "storefront", scope: "7f3k9q" },
  account: "111122223333",
  readAt: START,
  retired: [],
  nonce: "n",
  steps: [],
  held: [],
  diagnostics: [],
  foreign: {},
  unchanged: {},
  ...part,
});

export const safe = (of: Plan, duration = 0): SafeProof => ({
  safe: true,
  digest: planDigest(of),
  states: 3,
  shapes: 1,
  inOneOrder: 0,
  invariants: ["NAME_GOES_DARK", "TARGET_MISSING"],
  duration,
  start: emptyCloud(START),
});

export const unsafe: Unsafe = {
  safe: false,
  violation: {
    code: "NAME_GOES_DARK",
    name: shop,
    viewpoint: "us-east-1",
    message: "it answered before, and does not any more.",
    help: "Publish the other Region first.",
  },
  trace: [
    {
      call: { account: "1", region: "us-east-1", service: "route53", operation: "ChangeResourceRecordSets", input: {} },
      step: "delete record-set/shop.example.com/A/storefront/us-east-1",
    },
    { waitUntil: START + 30_000 },
  ],
  at: START + 30_000,
};

export const edited: Held = {
  address: "record-set/shop.example.com/A/storefront/us-east-1" as Address,
  kind: "record-set",
  differences: [{ field: "healthCheck", before: "(none)", after: "gate" }],
  diagnostic: { code: "EDITED_BY_HAND", severity: "warning", message: "It was changed." },
};

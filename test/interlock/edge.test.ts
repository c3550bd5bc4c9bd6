import { expect, test } from "vitest";
import type { ApiDomain, Cloud } from "../../src/cloud/cloud.ts";
import { accountOf, regionOf, withRegion } from "../../src/cloud/edit.ts";
import { MINUTE } from "../../src/cloud/instant.ts";
import { aliasTargetExists } from "../../src/interlock/invariants/alias-target-exists.ts";
import { certificateCoversHost } from "../../src/interlock/invariants/certificate-covers-host.ts";
import { certificateInUseStays } from "../../src/interlock/invariants/certificate-in-use-stays.ts";
import type { Reachable } from "../../src/interlock/reachable.ts";
import { isDistributionHost } from "../../src/cloud/apigateway/hosts.ts";
import { converged } from "../world/estate.ts";
import { madeEdge } from "../world/edge.ts";
import { ACCOUNT } from "../world/world.ts";
import { SHOP, standing } from "./estates.ts";

const EAST = "us-east-1";

/** One of the storefront's two domains is edge-optimized, and its record leads to the distribution. */
async function edged(): Promise<Reachable> {
  const into = await converged();
  madeEdge(into, EAST);
  const cloud = into.emulator.cloud();
  return { ...(await standing()), cloud, baseline: cloud };
}

function withoutEdge(cloud: Cloud): Cloud {
  const state = regionOf(cloud, ACCOUNT, EAST);
  const { edge: _edge, ...domain } = state.domains.get(SHOP) as ApiDomain;
  const regional = { ...domain, regionalDomainName: `d-new.execute-api.${EAST}.amazonaws.com` };
  return withRegion(cloud, ACCOUNT, { ...state, domains: state.domains.set(SHOP, regional) });
}

function withoutCertificates(cloud: Cloud): Cloud {
  const state = regionOf(cloud, ACCOUNT, EAST);
  const [held] = state.certificates;
  return held === undefined
    ? cloud
    : withRegion(cloud, ACCOUNT, { ...state, certificates: state.certificates.delete(held.arn) });
}

const codes = (found: readonly { readonly code: string }[]): readonly string[] => [
  ...new Set(found.map(({ code }) => code)),
];

test("a domain behind a distribution is an endpoint like every other", async () => {
  const at = await edged();
  expect(aliasTargetExists.check(at)).toEqual([]);
  expect(certificateCoversHost.check(at)).toEqual([]);
});

test("a record must not lead to a distribution that is gone, nor an answer that resolvers still hold", async () => {
  const at = await edged();
  expect(codes(aliasTargetExists.check({ ...at, cloud: withoutEdge(at.cloud) }))).toEqual(["TARGET_MISSING"]);
  const [zone] = accountOf(at.cloud, ACCOUNT).zones;
  const record = [...(zone?.recordSets ?? [])].find(({ AliasTarget: to }) => isDistributionHost(to?.DNSName ?? ""));
  if (record === undefined) throw new Error("no record leads to a distribution");
  const since = await standing();
  const held = [{ name: SHOP, record, until: at.cloud.now + MINUTE }];
  const gone: Reachable = { ...since, baseline: at.cloud, held };
  expect(codes(aliasTargetExists.check(gone))).toEqual(["TARGET_MISSING"]);
  expect(aliasTargetExists.check({ ...gone, held: [] })).toEqual([]);
});

test("its certificate in us-east-1 must stand", async () => {
  const at = await edged();
  expect(codes(certificateCoversHost.check({ ...at, cloud: withoutCertificates(at.cloud) }))).toEqual([
    "CERTIFICATE_DOES_NOT_COVER",
  ]);
  const arn = regionOf(at.cloud, ACCOUNT, EAST).domains.get(SHOP)?.edge?.certificateArn;
  const deletion = {
    account: ACCOUNT,
    region: EAST,
    service: "acm",
    operation: "DeleteCertificate",
    input: { CertificateArn: arn },
  } as const;
  expect(codes(certificateInUseStays.allows(deletion, at))).toEqual(["CERTIFICATE_IN_USE"]);
});

import { describe, expect, test } from "vitest";
import type { Answer, Call } from "../../src/cloud/call.ts";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { accountOf, regionOf } from "../../src/cloud/edit.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { unmoved } from "../../src/observe/last-look.ts";
import { look } from "../../src/pipeline.ts";
import { observe } from "../../src/observe/observe.ts";
import type { Observation } from "../../src/observe/observe.ts";
import { census } from "../simulation/estate.ts";
import { storefront, storefrontApi, withApi } from "../world/storefront.ts";
import { ACCOUNT, CONVERGE, prepare, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";

const live = await (async (): Promise<Cloud> => {
  const into = world();
  prepare(into, storefront);
  expect((await reconcile(into, storefront)).outcome).toBe("converged");
  return into.emulator.cloud();
})();

const at = (start = live): World => world(start, undefined, "observed");
const seenIn = (
  into: World,
  manifest = storefront,
  goal: "converge" | "retire" = "converge",
  learnt?: Cloud,
): Promise<Observation> => observe(manifest, { goal }, into.ports.send, learnt);

/** AWS, but for one operation. */
function but(operation: string, answer: (call: Call) => Partial<Answer>): World {
  const into = at();
  return {
    ...into,
    ports: {
      ...into.ports,
      send: async (call) =>
        call.operation === operation ? ({ at: into.emulator.now(), ...answer(call) } as Answer) : into.ports.send(call),
    },
  };
}
const refusing = (operation: string, code: string): World =>
  but(operation, () => ({ ok: false, fault: { code, message: "no", status: 400 } }));

test("what is seen is what there is", async () => {
  const { cloud, diagnostics, scope } = await seenIn(at());
  expect(diagnostics).toEqual([]);
  expect(census(cloud)).toEqual(census(live));
  expect(scope).toMatchObject({ account: ACCOUNT, wanted: new Set(["shop.example.com."]), retired: new Set() });
});

test("markers are read before all targets", async () => {
  const into = at();
  await seenIn(into);
  const operations = into.log.map(({ call }) => call.operation);
  expect(operations.lastIndexOf("ListResourceRecordSets")).toBeLessThan(
    Math.min(...["ListHealthChecks", "GetDomainNames", "ListCertificates"].map((each) => operations.indexOf(each))),
  );
});

describe("a Region that the account has not enabled", () => {
  const regions = [
    ...storefrontApi.regions,
    { region: "eu-central-2", mappings: [{ basePath: "v1", restApi: "zh00000000", stage: "prod" }] },
  ];
  const closed = (code: string) =>
    world(
      live,
      (send) => async (call) =>
        call.region === "eu-central-2"
          ? {
              ok: false,
              fault: { code, message: "The security token included in the request is invalid.", status: 400 },
              at: live.now,
            }
          : send(call),
    );

  test("is said once, and what depends on it is not planned", async () => {
    const { plan } = await look(withApi({ regions }), CONVERGE, closed("UnrecognizedClientException").ports);
    expect(plan.diagnostics.map((each) => each.code)).toEqual(["REGION_NOT_ENABLED"]);
    expect(plan.diagnostics[0]?.message).toContain("eu-central-2 (Europe (Zurich)) is not enabled");
    expect(plan.steps).toEqual([]);
    expect(plan.held.map((each) => each.diagnostic.code)).toEqual(["NOT_PLANNED"]);
  });

  test("is not what another refusal there means", async () => {
    const { plan } = await look(withApi({ regions }), CONVERGE, closed("AccessDeniedException").ports);
    expect(new Set(plan.diagnostics.map((each) => each.code))).toEqual(new Set(["CANNOT_READ"]));
  });
});

describe("what cannot be read is unknown, never absent", () => {
  test.each([
    ["ListResourceRecordSets", "AccessDenied"],
    ["ListHealthChecks", "AccessDenied"],
    ["ListCertificates", "AccessDeniedException"],
    ["GetResources", "AccessDeniedException"],
    ["GetDomainNames", "AccessDeniedException"],
    ["GetBasePathMappings", "AccessDeniedException"],
    ["GetCallerIdentity", "ExpiredToken"],
  ])("%s: %s", async (operation, code) => {
    const { diagnostics } = await seenIn(refusing(operation, code));
    expect(new Set(diagnostics.map((each) => each.code))).toEqual(new Set(["CANNOT_READ"]));
    expect(diagnostics[0]?.message).toContain(code);
  });

  test("a lost answer neither", async () => {
    const { diagnostics } = await seenIn(but("ListHealthChecks", () => ({ ok: "unknown", reason: "reset" })));
    expect(diagnostics).toMatchObject([{ code: "CANNOT_READ", message: expect.stringContaining("reset") }]);
  });

  test("but what was deleted since it was listed is no trouble", async () => {
    expect((await seenIn(refusing("GetBasePathMappings", "NotFoundException"))).diagnostics).toEqual([]);
  });
});

describe("zones and accounts", () => {
  test("another account's credentials: nothing is read but who they are", async () => {
    const into = at();
    expect((await seenIn(into, { ...storefront, account: "999999999999" })).diagnostics).toMatchObject([
      { code: "WRONG_ACCOUNT" },
    ]);
    expect(into.log).toHaveLength(1);
  });

  test("a zone that is not there", async () => {
    expect(
      (
        await seenIn(at(), {
          ...storefront,
          zones: [{ name: domainName("example.org"), account: undefined, id: undefined }],
        })
      ).diagnostics,
    ).toMatchObject([{ code: "ZONE_NOT_FOUND" }]);
  });

  test("two public zones of one name need an id", async () => {
    const into = at();
    const input = { Name: "example.com", CallerReference: "second" };
    const made = into.emulator.call({
      account: ACCOUNT,
      region: "us-east-1",
      service: "route53",
      operation: "CreateHostedZone",
      input,
    });
    const id = (
      made.ok ? (made.output as { readonly HostedZone: { readonly Id: string } }) : undefined
    )?.HostedZone.Id.replace("/hostedzone/", "");
    expect((await seenIn(into)).diagnostics).toMatchObject([
      { code: "ZONE_AMBIGUOUS", message: expect.stringContaining(id ?? "?") },
    ]);
    expect(
      (await seenIn(into, { ...storefront, zones: [{ name: domainName("example.com"), account: undefined, id }] }))
        .scope.zones,
    ).toEqual([{ account: ACCOUNT, id, name: "example.com." }]);
  });
});

test("a Region that only a marker still names is looked at", async () => {
  const into = at();
  const { cloud } = await seenIn(into, withApi({ regions: storefrontApi.regions.slice(0, 1) }));
  expect(regionOf(cloud, ACCOUNT, "us-west-2").domains.size).toBe(1);
});

test("destroy retires every name that a marker of ours is for", async () => {
  const { scope } = await seenIn(at(), { ...storefront, apis: [], certificates: [] }, "retire");
  expect(scope).toMatchObject({ wanted: new Set(), retired: new Set(["shop.example.com."]) });
});

test("of an earlier round only what no listing tells is kept: burnt references, not changes", async () => {
  const into = at();
  const account = accountOf(live, ACCOUNT);
  const learnt: Cloud = {
    ...live,
    accounts: live.accounts.set(ACCOUNT, {
      ...account,
      callerReferences: account.callerReferences
        .set("sb1.burnt", { id: "", burnt: true })
        .set("sb1.unburnt", { id: "gone", burnt: false }),
    }),
  };
  expect(account.changes.size).toBeGreaterThan(0);
  const seen = accountOf((await seenIn(into, storefront, "converge", learnt)).cloud, ACCOUNT);
  expect([seen.callerReferences.has("sb1.burnt"), seen.callerReferences.has("sb1.unburnt")]).toEqual([true, false]);
  expect(seen.changes.size).toBe(0);
});

describe("the last look", () => {
  test("nothing has moved", async () => {
    const into = at();
    const { cloud, scope } = await seenIn(into);
    expect(await unmoved(cloud, scope, into.ports.send)).toBe(true);
  });

  test("a marker has: another run was here", async () => {
    const into = at();
    const { cloud, scope } = await seenIn(into);
    expect(
      (await reconcile(into, withApi({ evaluateTargetHealth: true }), { lift: ["updatePercent"] })).writes,
    ).toBeGreaterThan(0);
    expect(await unmoved(cloud, scope, into.ports.send)).toBe(false);
  });

  test("what cannot be read has not been found unmoved", async () => {
    const { cloud, scope } = await seenIn(at());
    expect(await unmoved(cloud, scope, refusing("ListResourceRecordSets", "AccessDenied").ports.send)).toBe(false);
  });
});

describe("REST APIs", () => {
  const reads = (into: World): readonly string[] =>
    into.log.flatMap(({ call }) =>
      call.operation === "GetRestApi" ? [`${call.region} ${(call.input as { restApiId: string }).restApiId}`] : [],
    );

  test("of an unchanged estate are not looked at", async () => {
    const into = at();
    await seenIn(into);
    expect(reads(into)).toEqual([]);
  });

  test("are looked at where a mapping is to be made, and nowhere else", async () => {
    const into = at();
    const [east, west] = storefrontApi.regions;
    if (east === undefined || west === undefined) throw new Error("no Regions");
    const more = { ...east, mappings: [...east.mappings, { basePath: "v2", restApi: "new0000000", stage: "prod" }] };
    const manifest = withApi({ regions: [more, west] });
    prepare(into, manifest);
    expect((await seenIn(into, manifest)).diagnostics).toEqual([]);
    expect(reads(into).toSorted()).toEqual(["us-east-1 new0000000"]);
  });
});

import { describe, expect, test } from "vitest";
import type { RecordSet } from "../src/cloud/cloud.ts";
import { accountOf, regionOf } from "../src/cloud/edit.ts";
import { domainName } from "../src/dns/domain-name.ts";
import { look } from "../src/pipeline.ts";
import type { Address } from "../src/resource/address.ts";
import { answers, change, converged, edit, elsewhere, records } from "./world/estate.ts";
import { storefront, storefrontApi, withApi } from "./world/storefront.ts";
import { ACCOUNT, CONVERGE, RETIRE, prepare, reconcile, world, writesSince } from "./world/world.ts";
import type { World } from "./world/world.ts";

const codesOf = async (into: World, manifest = storefront, options = CONVERGE): Promise<readonly string[]> =>
  (await look(manifest, options, into.ports)).plan.diagnostics.map((each) => each.code);

describe("what is refused before the first write", () => {
  const foreign: readonly (readonly [string, RecordSet, string])[] = [
    [
      "an A record",
      { Name: "shop.example.com.", Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] },
      "FOREIGN_IN_THE_WAY",
    ],
    [
      "a CNAME",
      { Name: "shop.example.com.", Type: "CNAME", TTL: 60, ResourceRecords: [{ Value: "elsewhere.test." }] },
      "FOREIGN_IN_THE_WAY",
    ],
    [
      "another manifest's marker",
      {
        Name: "_signalbox.shop.example.com.",
        Type: "TXT",
        TTL: 60,
        ResourceRecords: [{ Value: '"signalbox v=1 manifest=other scope=zzzzzz generation=1 nonce=n ttl=60"' }],
      },
      "NAME_OWNED_ELSEWHERE",
    ],
    [
      "a marker that cannot be read",
      { Name: "_signalbox.shop.example.com.", Type: "TXT", TTL: 60, ResourceRecords: [{ Value: '"signalbox v=9"' }] },
      "MARKER_UNREADABLE",
    ],
  ];
  test.each(foreign)("%s in the way", async (_what, record, code) => {
    const into = world();
    prepare(into, storefront);
    change(into, [{ Action: "CREATE", ResourceRecordSet: record }]);
    const from = into.log.length;
    const done = await reconcile(into, storefront);
    expect(done.outcome).toBe("refused");
    expect(done.diagnostics.map((each) => each.code)).toContain(code);
    expect(writesSince(into, from)).toEqual([]);
  });

  test("a name that an NS record below the apex delegates away", async () => {
    const into = world();
    prepare(into, storefront);
    const servers = [{ Value: "ns1.elsewhere.test." }, { Value: "ns2.elsewhere.test." }];
    change(into, [
      {
        Action: "CREATE",
        ResourceRecordSet: { Name: "shop.example.com.", Type: "NS", TTL: 300, ResourceRecords: servers },
      },
    ]);
    const { plan } = await look(storefront, CONVERGE, into.ports);
    const away = plan.diagnostics.filter((each) => each.code === "DELEGATED_AWAY");
    expect(away.map((each) => each.subject ?? "").toSorted()).toEqual([
      "record-set/shop.example.com/A/storefront/us-east-1",
      "record-set/shop.example.com/A/storefront/us-west-2",
      "validation-record/shop.example.com",
    ]);
    expect(away[0]?.message).toContain("its NS record at shop.example.com delegates to ns1.elsewhere.test");
  });

  test("a copy of the manifest with a scope of its own", async () => {
    const into = await converged();
    const copy = { ...storefront, scopeId: "copied", apis: [], certificates: [] };
    const from = into.log.length;
    const done = await reconcile(into, copy);
    expect(done.outcome).toBe("refused");
    expect(done.diagnostics.map((each) => each.code)).toContain("SCOPE_MISMATCH");
    expect(writesSince(into, from)).toEqual([]);
  });

  test("a REST API, a stage or a zone that does not exist", async () => {
    const into = world();
    expect((await look(storefront, CONVERGE, into.ports)).plan.diagnostics.map((each) => each.code)).toContain(
      "ZONE_NOT_FOUND",
    );
    prepare(into, storefront);
    const missing = withApi({
      regions: [{ region: "us-east-1", mappings: [{ basePath: "v1", restApi: "nothere000", stage: "prod" }] }],
    });
    expect((await look(missing, CONVERGE, into.ports)).plan.diagnostics.map((each) => each.code)).toContain(
      "API_NOT_FOUND",
    );
    const stage = withApi({
      regions: [{ region: "us-east-1", mappings: [{ basePath: "v1", restApi: "2wkt1cxxxx", stage: "beta" }] }],
    });
    expect((await look(stage, CONVERGE, into.ports)).plan.diagnostics.map((each) => each.code)).toContain(
      "STAGE_NOT_FOUND",
    );
  });

  test("credentials of another account", async () => {
    const into = world();
    prepare(into, storefront);
    const { plan } = await look({ ...storefront, account: "999999999999" }, CONVERGE, into.ports);
    expect(plan.diagnostics.map((each) => each.code)).toEqual(["WRONG_ACCOUNT"]);
  });

  test("two Regions of a name removed at once, unless the limit is lifted", async () => {
    const three = [
      ...storefrontApi.regions,
      { region: "eu-west-1", mappings: [{ basePath: "v1", restApi: "eu00000000", stage: "prod" }] },
    ];
    const into = world();
    prepare(into, withApi({ regions: three }));
    await reconcile(into, withApi({ regions: three }));
    const one = withApi({ regions: three.slice(2) });
    expect((await reconcile(into, one)).diagnostics.map((each) => each.code)).toContain("LIMIT_EXCEEDED");
    expect(answers(into)).toHaveLength(3);
    expect((await reconcile(into, one, { lift: ["regionsRemovedPerRun"] })).outcome).toBe("converged");
    expect(answers(into).map((record) => record.Region)).toEqual(["eu-west-1"]);
  });
});

test("another account's validation record stands at the name already: ACM's own is made beside it, in the same run", async () => {
  const into = world();
  prepare(into, storefront);
  const theirs = {
    Name: "_0123456789abcdef.shop.example.com.",
    Type: "CNAME",
    TTL: 300,
    ResourceRecords: [{ Value: "_fedcba9876543210.abcdefghij.acm-validations.aws." }],
  } as const;
  change(into, [{ Action: "CREATE", ResourceRecordSet: theirs }]);
  expect((await reconcile(into, storefront)).outcome).toBe("converged");
  const proofs = records(into).filter(({ Type }) => Type === "CNAME");
  expect(proofs).toHaveLength(2);
  expect(proofs).toContainEqual(theirs);
});

describe("what is ours, but not to be touched now", () => {
  test("a name that is in neither the manifest nor retire is kept, with a warning", async () => {
    const into = await converged();
    const other = withApi({ name: domainName("api.example.com"), certificate: "api" });
    const manifest = {
      ...other,
      certificates: [
        {
          label: "api",
          domains: [domainName("api.example.com")],
          keyAlgorithms: ["RSA_2048"],
          transparencyLogging: true,
        },
      ],
    };
    expect(await codesOf(into, manifest)).toContain("ORPHAN");
    expect((await reconcile(into, manifest)).outcome).toBe("converged");
    expect(answers(into).filter((record) => record.Name === "shop.example.com.")).toHaveLength(2);
  });

  test("an edit by hand holds back what else would change at its name", async () => {
    const into = await converged();
    edit(into);
    const { plan } = await look(withApi({ securityPolicy: "TLS_1_0" }), CONVERGE, into.ports);
    expect(plan.steps).toEqual([]);
    expect(plan.held.map((each) => each.diagnostic.code)).toEqual(["EDITED_BY_HAND"]);
    expect(plan.diagnostics.map((each) => each.code)).toEqual(["HELD_BACK"]);
  });

  test("a decision about something that was not edited is a slip worth a word", async () => {
    const into = await converged();
    expect(await codesOf(into, storefront, { ...CONVERGE, overwrite: ["record-set/nothing" as Address] })).toEqual([
      "NOT_EDITED",
    ]);
  });
});

describe("destroy is refused while something foreign needs what is ours", () => {
  const foreign: readonly (readonly [string, string, (into: World) => void])[] = [
    [
      "a mapping on our domain",
      "FOREIGN_MAPPING",
      (into) =>
        elsewhere(into, "us-east-1", "apigateway", "CreateBasePathMapping", {
          domainName: "shop.example.com",
          basePath: "theirs",
          restApiId: "2wkt1cxxxx",
          stage: "prod",
        }),
    ],
    [
      "a CNAME to our endpoint",
      "FOREIGN_REFERENCE",
      (into) =>
        change(into, [
          {
            Action: "CREATE",
            ResourceRecordSet: {
              Name: "theirs.example.com.",
              Type: "CNAME",
              TTL: 60,
              ResourceRecords: [{ Value: answers(into)[0]?.AliasTarget?.DNSName ?? "" }],
            },
          },
        ]),
    ],
    [
      "a record with our health check",
      "FOREIGN_REFERENCE",
      (into) =>
        change(into, [
          {
            Action: "CREATE",
            ResourceRecordSet: {
              Name: "theirs.example.com.",
              Type: "A",
              TTL: 60,
              SetIdentifier: "x",
              Weight: 1,
              HealthCheckId: answers(into)[0]?.HealthCheckId ?? "",
              ResourceRecords: [{ Value: "192.0.2.1" }],
            },
          },
        ]),
    ],
    [
      "a gate under a failover drill",
      "UNDER_DRILL",
      (into) =>
        elsewhere(into, "us-east-1", "route53", "UpdateHealthCheck", {
          HealthCheckId: answers(into)[0]?.HealthCheckId,
          HealthThreshold: 256,
        }),
    ],
  ];
  test.each(foreign)("%s: %s", async (_what, code, invite) => {
    const into = await converged();
    invite(into);
    const from = into.log.length;
    const done = await reconcile(into, storefront, RETIRE);
    expect(done.outcome).toBe("refused");
    expect(done.diagnostics.map((each) => each.code)).toContain(code);
    expect(writesSince(into, from)).toEqual([]);
  });
});

describe("the last look before a deletion", () => {
  test("an endpoint that a record points to again, made by hand during the drain, is not deleted", async () => {
    const into = await converged();
    const [taken] = answers(into);
    const meddled = world(into.emulator.cloud(), (send) => async (call) => {
      const due = call.operation === "GetDomainName" && answers(meddled).length === 0;
      if (due && taken !== undefined) change(meddled, [{ Action: "CREATE", ResourceRecordSet: taken }]);
      return send(call);
    });
    const done = await reconcile(meddled, storefront, RETIRE);
    expect(done.outcome).toBe("refused");
    expect(done.diagnostics.map((each) => each.code)).toContain("FOREIGN_REFERENCE");
    expect(regionOf(meddled.emulator.cloud(), ACCOUNT, "us-east-1").domains.size).toBe(1);
    expect(answers(meddled)).toHaveLength(1);
  });
});

describe("what was seen is not enough, or not usable", () => {
  test("a refused read is unknown, never absent", async () => {
    const into = world(
      undefined,
      (send) => async (call) =>
        call.operation === "ListCertificates" && call.region === "us-west-2"
          ? { ok: false, fault: { code: "AccessDeniedException", message: "not allowed", status: 400 }, at: 0 }
          : send(call),
    );
    prepare(into, storefront);
    const { plan } = await look(storefront, CONVERGE, into.ports);
    expect(plan.diagnostics).toMatchObject([{ code: "CANNOT_READ", subject: "acm:ListCertificates" }]);
    expect((await reconcile(into, storefront)).outcome).toBe("refused");
  });

  test("two public zones of one name need an id", async () => {
    const into = world();
    prepare(into, storefront);
    elsewhere(into, "us-east-1", "route53", "CreateHostedZone", { Name: "example.com", CallerReference: "twin" });
    expect(await codesOf(into)).toContain("ZONE_AMBIGUOUS");
    const [zone] = accountOf(into.emulator.cloud(), ACCOUNT).zones;
    expect(
      await codesOf(into, {
        ...storefront,
        zones: [{ name: domainName("example.com"), account: undefined, id: zone?.id }],
      }),
    ).toEqual([]);
  });

  test("a certificate that is lost while it is waited for is asked for again", async () => {
    let lost = false;
    const into = world(undefined, (send) => async (call) => {
      const [first] = regionOf(into.emulator.cloud(), ACCOUNT, "us-east-1").certificates;
      if (!lost && first?.validation !== undefined && into.emulator.now() > first.createdAt + 360_000 - 60_000) {
        lost = true;
        into.emulator.call({
          account: ACCOUNT,
          region: "us-east-1",
          service: "acm",
          operation: "DeleteCertificate",
          input: { CertificateArn: first.arn },
        });
        for (let i = 0; i < 10; i++) into.emulator.advance(into.emulator.now() + 60_000);
      }
      return send(call);
    });
    prepare(into, storefront);
    const done = await reconcile(into, storefront);
    expect(lost).toBe(true);
    expect(done.outcome).toBe("converged");
    expect(done.rounds).toBeGreaterThan(1);
    expect(
      done.events.flatMap((event) => (event.type === "step" && event.state === "failed" ? [event.why] : [])),
    ).toContainEqual(expect.stringContaining("was lost"));
  });
});

import { describe, expect, test } from "vitest";
import type { Answer, Call, Send } from "../../src/cloud/call.ts";
import { accountOf } from "../../src/cloud/edit.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { observe } from "../../src/observe/observe.ts";
import type { Observation } from "../../src/observe/observe.ts";
import { NETWORK, apart, onOneCertificate, twoAccounts } from "../world/two-accounts.ts";
import { ACCOUNT, prepare, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";

const live = await (async (): Promise<World> => {
  const into = world();
  prepare(into, onOneCertificate);
  expect((await reconcile(into, onOneCertificate)).outcome).toBe("converged");
  return into;
})();

const at = (wrap?: (send: Send) => Send): World => world(live.emulator.cloud(), wrap, "observed");
const seen = (into: World, manifest: Manifest = twoAccounts): Promise<Observation> =>
  observe(manifest, { goal: "converge" }, into.ports.send);

/** AWS, with another answer to some calls. */
const answering = (instead: (call: Call) => Partial<Answer> | undefined): World =>
  at((send) => async (call) => {
    const other = instead(call);
    return other === undefined ? send(call) : ({ at: live.emulator.now(), ...other } as Answer);
  });

const identity = (account: string, answered: string) => (call: Call) =>
  call.operation === "GetCallerIdentity" && call.account === account
    ? { ok: true as const, output: { Account: answered } }
    : undefined;

describe("who the credentials are is asked before anything else", () => {
  test("in every account that a zone is in, each account once", async () => {
    const into = at();
    await seen(into, onOneCertificate);
    expect(into.log.slice(0, 2).map(({ call }) => `${call.operation} ${call.account}`)).toEqual([
      `GetCallerIdentity ${ACCOUNT}`,
      `GetCallerIdentity ${NETWORK}`,
    ]);
    expect(into.log.filter(({ call }) => call.service === "sts")).toHaveLength(2);
  });

  test("a role that leads elsewhere: nothing is read, and the entry is pointed at", async () => {
    const into = answering(identity(NETWORK, "777788889999"));
    const { diagnostics, scope } = await seen(into);
    expect(diagnostics).toMatchObject([
      {
        code: "WRONG_ACCOUNT",
        severity: "error",
        message: "The account network is 444455556666, but its role leads to credentials that are of 777788889999.",
        where: twoAccounts.positions.get("accounts/network"),
      },
    ]);
    expect(diagnostics[0]?.where).toBeDefined();
    expect(scope.zones).toEqual([]);
    expect(into.log.every(({ call }) => call.service === "sts")).toBe(true);
  });

  test("an account without a role, and ambient credentials of another", async () => {
    const bare = { ...twoAccounts, accounts: twoAccounts.accounts.map((each) => ({ ...each, roleArn: undefined })) };
    const { diagnostics } = await seen(answering(identity(NETWORK, ACCOUNT)), bare);
    expect(diagnostics).toMatchObject([
      { code: "WRONG_ACCOUNT", message: expect.stringContaining("ambient"), help: expect.stringContaining("roleArn") },
    ]);
  });

  test("an account without a role that is the ambient one needs no second question", async () => {
    const same: Manifest = {
      ...twoAccounts,
      accounts: [{ label: "mine", id: ACCOUNT, roleArn: undefined, externalId: undefined }],
      zones: apart.zones.slice(1).map((zone) => ({ ...zone, account: ACCOUNT })),
      certificates: apart.certificates.slice(1),
      apis: apart.apis.slice(1),
      quotas: [],
    };
    const into = at();
    expect((await seen(into, same)).diagnostics).toEqual([]);
    expect(into.log.filter(({ call }) => call.service === "sts")).toHaveLength(1);
  });

  test("an account that no zone is in is left alone", async () => {
    const into = at();
    await seen(into, { ...twoAccounts, zones: [] });
    expect(into.log.filter(({ call }) => call.account === NETWORK)).toEqual([]);
  });
});

test("each account is read in itself: zones and health checks there, the rest in the service's", async () => {
  const into = at();
  const { cloud, scope } = await seen(into, onOneCertificate);
  expect(scope.zones.map(({ account, name }) => `${account} ${name}`)).toEqual([
    `${NETWORK} example.com.`,
    `${ACCOUNT} example.org.`,
  ]);
  const seenIn = (account: string): number => accountOf(cloud, account).healthChecks.size;
  expect([seenIn(ACCOUNT), seenIn(NETWORK)]).toEqual([4, 4]);
  expect(accountOf(cloud, NETWORK).regions.size).toBe(0);
});

describe("what cannot be read is named: the permission, the account, the resource, AWS's own words", () => {
  const denied = {
    ok: false as const,
    fault: { code: "AccessDenied", message: "User: me is not authorized", status: 403 },
  };
  const zone = [...accountOf(live.emulator.cloud(), NETWORK).zones][0]?.id ?? "";
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ["route53", "ListHealthChecks", ["`route53:ListHealthChecks`", "444455556666 (network)"]],
    ["route53", "ListHostedZonesByName", ["`route53:ListHostedZonesByName`", "444455556666 (network)", "example.com"]],
    [
      "route53",
      "ListResourceRecordSets",
      ["`route53:ListResourceRecordSets`", "444455556666 (network)", `hostedzone/${zone}`],
    ],
    ["acm", "ListCertificates", ["`acm:ListCertificates`", ACCOUNT, "eu-west-1"]],
    ["tagging", "GetResources", ["`tag:GetResources`", ACCOUNT]],
    ["apigateway", "GetBasePathMappings", ["`apigateway:GET`", ACCOUNT, "/domainnames/checkout.example.com"]],
  ];
  test.each(cases)("%s:%s", async (service, operation, told) => {
    const { diagnostics } = await seen(
      answering((call) => (call.service === service && call.operation === operation ? denied : undefined)),
    );
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const each of diagnostics) {
      expect(each).toMatchObject({ code: "CANNOT_READ", message: expect.stringContaining(denied.fault.message) });
    }
    const texts = diagnostics.map(({ message, help }) => `${message} ${help}`);
    for (const part of told) expect(texts.some((text) => text.includes(part))).toBe(true);
  });

  test("a role that may not be assumed: once, and nothing more is asked there", async () => {
    const message = "cannot assume the role r: sts:AssumeRole: User: me is not authorized to perform: sts:AssumeRole";
    const refused = { ok: false as const, fault: { code: "AccessDenied", message, status: 403 } };
    const { diagnostics } = await seen(answering(({ account }) => (account === NETWORK ? refused : undefined)));
    expect(diagnostics).toMatchObject([
      {
        code: "CANNOT_READ",
        severity: "warning",
        message: expect.stringContaining(message),
        help: expect.stringContaining("`sts:AssumeRole`"),
      },
    ]);
  });
});

import { describe, expect, test } from "vitest";
import type { Call } from "../../src/cloud/call.ts";
import type { ApiDomain, Cloud, HealthCheck, RecordSet } from "../../src/cloud/cloud.ts";
import { accountOf, regionOf, withAccount, withRegion } from "../../src/cloud/edit.ts";
import { MINUTE, SECOND } from "../../src/cloud/instant.ts";
import { recordKey } from "../../src/cloud/route53/record-order.ts";
import { withNow } from "../../src/cloud/tick.ts";
import { expectationsOf, expecting, judgeLook } from "../../src/execute/expectation.ts";
import type { Expectation } from "../../src/execute/expectation.ts";
import { noRounds, refusedWith, seenSince } from "../../src/execute/rounds.ts";
import { storefrontApi, withApi } from "../world/storefront.ts";
import { ACCOUNT, reconcile } from "../world/world.ts";
import { codesOf, live, worldWhere } from "./estates.ts";

const START = live.now;
const EAST = "us-east-1";
const [zone] = accountOf(live, ACCOUNT).zones;
const [check] = accountOf(live, ACCOUNT).healthChecks;
const [domain] = regionOf(live, ACCOUNT, EAST).domains;
if (zone === undefined || check === undefined || domain === undefined) throw new Error("an empty estate");
const marker = [...zone.recordSets].find(({ Name }) => Name.startsWith("_signalbox."));
if (marker === undefined) throw new Error("no marker");

const txt = (nonce: string): RecordSet => ({ ...marker, ResourceRecords: [{ Value: `"signalbox ${nonce}"` }] });
const [old, mine, others] = [txt("nonce=old"), txt("nonce=mine"), txt("nonce=others")];

const call = (service: Call["service"], operation: string, input: unknown): Call => ({
  account: ACCOUNT,
  region: EAST,
  service,
  operation,
  input,
});

const swap = call("route53", "ChangeResourceRecordSets", {
  HostedZoneId: zone.id,
  ChangeBatch: {
    Changes: [
      { Action: "DELETE", ResourceRecordSet: old },
      { Action: "CREATE", ResourceRecordSet: mine },
    ],
  },
});

/** What was read so long after the write. */
const later = (ms: number, cloud: Cloud): Cloud => withNow(cloud, START + ms);

function withMarker(record: RecordSet | undefined): Cloud {
  const account = accountOf(live, ACCOUNT);
  const without = zone?.recordSets.delete(recordKey(mine));
  const recordSets = record === undefined ? without : without?.set(recordKey(record), record);
  if (zone === undefined || recordSets === undefined) throw new Error("no zone");
  return withAccount(live, { ...account, zones: account.zones.set(zone.id, { ...zone, recordSets }) });
}

function withCheck(change: Partial<HealthCheck> | undefined): Cloud {
  const account = accountOf(live, ACCOUNT);
  if (check === undefined) throw new Error("no check");
  const healthChecks =
    change === undefined
      ? account.healthChecks.delete(check.Id)
      : account.healthChecks.set(check.Id, { ...check, ...change });
  return withAccount(live, { ...account, healthChecks });
}

function withDomain(change: Partial<ApiDomain> | undefined): Cloud {
  const state = regionOf(live, ACCOUNT, EAST);
  if (domain === undefined) throw new Error("no domain");
  const domains =
    change === undefined ? state.domains.delete(domain.name) : state.domains.set(domain.name, { ...domain, ...change });
  return withRegion(live, ACCOUNT, { ...state, domains });
}

const drop = call("route53", "ChangeResourceRecordSets", {
  HostedZoneId: zone.id,
  ChangeBatch: { Changes: [{ Action: "DELETE", ResourceRecordSet: mine }] },
});

const of = (write: Call, output: unknown): readonly Expectation[] => expectationsOf(write, output, live, START);
const swapped = of(swap, { ChangeInfo: { Id: "C1" } });
const version = check.HealthCheckVersion;
const checkMade = of(call("route53", "CreateHealthCheck", {}), { HealthCheck: check });
const checkUpdated = of(call("route53", "UpdateHealthCheck", {}), { HealthCheck: check });
const checkDeleted = of(call("route53", "DeleteHealthCheck", { HealthCheckId: check.Id }), {});
const domainMade = of(call("apigateway", "CreateDomainName", { domainName: domain.name }), domain);
const domainDeleted = of(call("apigateway", "DeleteDomainName", { domainName: domain.name }), {});
const otherPath = { ...check.HealthCheckConfig, ResourcePath: "/other" };

/** Two looks, one after the other: what the second says. */
function twice(expected: readonly Expectation[], at: number, cloud: Cloud): readonly string[] {
  const first = judgeLook(expected, later(at, cloud));
  expect(first.diagnostics).toEqual([]);
  return judgeLook(first.expected, later(at + 10 * SECOND, cloud)).diagnostics.map((each) => each.code);
}

describe("what nobody but AWS can have done, seen twice past the window", () => {
  test.each<readonly [string, readonly Expectation[], Cloud]>([
    ["the marker that the batch deleted is back, nonce and all", swapped, withMarker(old)],
    ["the marker that went is there, nonce and all", of(drop, {}), withMarker(mine)],
    ["the check has an older version", checkUpdated, withCheck({ HealthCheckVersion: version - 1 })],
    ["the same version has another path", checkUpdated, withCheck({ HealthCheckConfig: otherPath })],
    ["so it has after its creation", checkMade, withCheck({ HealthCheckConfig: otherPath })],
    ["a deleted check is there", checkDeleted, live],
    ["a deleted domain is there, the very same", domainDeleted, live],
    ["a marker that was just written is not there", swapped, withMarker(undefined)],
    ["a check that was just made is not there", checkMade, withCheck(undefined)],
    ["a domain that was just made is not there", domainMade, withDomain(undefined)],
  ])("%s", (_what, expected, cloud) => {
    expect(twice(expected, 3 * MINUTE, cloud)).toEqual(["MODEL_DIVERGENCE"]);
    // Within the window it is only AWS's reads that are behind.
    expect(twice(expected, 20 * SECOND, cloud)).toEqual([]);
  });
});

describe("what is as expected, or may be somebody else's doing", () => {
  test.each<readonly [string, readonly Expectation[], Cloud]>([
    ["our marker", swapped, withMarker(mine)],
    ["another run's marker", swapped, withMarker(others)],
    ["no marker after the last", expecting(swapped, of(drop, {})), withMarker(undefined)],
    ["another run's marker after it", of(drop, {}), withMarker(others)],
    ["our check", checkMade, live],
    [
      "a check that was updated since",
      checkUpdated,
      withCheck({ HealthCheckVersion: version + 1, HealthCheckConfig: otherPath }),
    ],
    ["an updated check that was deleted since", checkUpdated, withCheck(undefined)],
    ["a deleted check", checkDeleted, withCheck(undefined)],
    ["our domain", domainMade, live],
    ["another domain of the same name", domainMade, withDomain({ regionalDomainName: "d-other.test" })],
    ["a deleted domain that was made anew", domainDeleted, withDomain({ regionalDomainName: "d-other.test" })],
    ["a deleted domain", domainDeleted, withDomain(undefined)],
  ])("%s: it is not asked for again", (_what, expected, cloud) => {
    expect(judgeLook(expected, later(20 * SECOND, cloud))).toEqual({ expected: [], doubtful: false, diagnostics: [] });
  });

  test.each<readonly [string, readonly Expectation[], Cloud]>([
    ["a marker", swapped, withMarker(undefined)],
    ["a check", checkMade, withCheck(undefined)],
    ["a domain", domainMade, withDomain(undefined)],
  ])("%s that is not there a quarter of an hour later may have been deleted", (_what, expected, cloud) => {
    expect(twice(expected, 15 * MINUTE, cloud)).toEqual([]);
  });

  test("what was seen once is not missed later", () => {
    const { expected } = judgeLook(checkMade, later(SECOND, live));
    expect(twice(expected, 3 * MINUTE, withCheck(undefined))).toEqual([]);
  });

  test("what could not be read says nothing", () => {
    const account = accountOf(live, ACCOUNT);
    const blind = withAccount(live, { ...account, unseen: account.unseen.set("route53", "denied") });
    expect(twice(checkDeleted, 3 * MINUTE, blind)).toEqual([]);
    expect(twice(domainDeleted, 3 * MINUTE, blind)).toEqual([]);
    const elsewhere = domainDeleted.map((each) => ({ ...each, region: "eu-west-1" }));
    expect(twice(elsewhere, 3 * MINUTE, live)).toEqual([]);
  });

  test("certificates are not judged: a repeated token may be answered with one that is gone", () => {
    expect(of(call("acm", "RequestCertificate", {}), { CertificateArn: "arn" })).toEqual([]);
  });
});

test("the first doubt is a reason to look again, before anything is done", () => {
  const first = seenSince({ ...noRounds, expected: checkDeleted }, later(3 * MINUTE, live));
  expect([first.outcome, first.doubtful]).toEqual(["converged", true]);
  const cleared = seenSince(first, later(4 * MINUTE, withCheck(undefined)));
  expect([cleared.outcome, cleared.doubtful]).toEqual(["converged", false]);
  const settled = refusedWith(seenSince(first, later(4 * MINUTE, live)), []);
  expect([settled.outcome, settled.diagnostics.map((each) => each.code)]).toEqual(["diverged", ["MODEL_DIVERGENCE"]]);
  expect(settled.diagnostics[0]?.message).toContain("reads of it 240 s later still show what was before");
});

test("a later write to the same thing takes the place of an earlier one", () => {
  expect(expecting(checkUpdated, checkDeleted)).toEqual(checkDeleted);
  expect(expecting(checkUpdated, domainDeleted)).toHaveLength(2);
});

describe("a whole run", () => {
  const healthCheck =
    storefrontApi.healthCheck === undefined ? undefined : { ...storefrontApi.healthCheck, path: "/prod/new" };
  const manifest = withApi({ healthCheck });
  const before = [...accountOf(live, ACCOUNT).healthChecks];

  test("AWS accepts an update and goes on listing the version before: stopped, not repeated for ever", async () => {
    const into = worldWhere(live, async (sent, send) => {
      const answer = await send(sent);
      return sent.operation === "ListHealthChecks" && answer.ok === true
        ? { ...answer, output: { ...(answer.output as object), HealthChecks: before } }
        : answer;
    });
    const done = await reconcile(into, manifest);
    expect({ outcome: done.outcome, codes: codesOf(done) }).toMatchObject({ outcome: "diverged" });
    expect(codesOf(done)).toContain("MODEL_DIVERGENCE");
  });

  test("for some seconds it is only behind", async () => {
    let lists = 0;
    const into = worldWhere(live, async (sent, send) => {
      const answer = await send(sent);
      if (sent.operation !== "ListHealthChecks" || answer.ok !== true || (lists += 1) > 3) return answer;
      return { ...answer, output: { ...(answer.output as object), HealthChecks: before } };
    });
    expect((await reconcile(into, manifest)).outcome).toBe("converged");
  });
});

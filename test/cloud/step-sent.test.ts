import { describe, expect, test } from "vitest";
import type { Call, Fault } from "../../src/cloud/call.ts";
import { claimEnd, doubted } from "../../src/cloud/claims.ts";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { hashIds } from "../../src/cloud/ids.ts";
import { MINUTE } from "../../src/cloud/instant.ts";
import { learn } from "../../src/cloud/learn.ts";
import { stepLetIn, stepSent } from "../../src/cloud/step-sent.ts";
import { ACCOUNT, EAST, NOW, cloudOf, liveDomain } from "../resource/clouds.ts";

const undated: Call = {
  account: ACCOUNT,
  region: EAST,
  service: "apigateway",
  operation: "DeleteDomainName",
  input: { domainName: "shop.example.com" },
};
const deletion: Call = { ...undated, signedAt: NOW };
const ofMapping: Call = {
  ...deletion,
  operation: "DeleteBasePathMapping",
  input: { domainName: "shop.example.com", basePath: "v1" },
};
const endIn = (cloud: Cloud, signedAt = NOW) =>
  claimEnd(cloud, { account: ACCOUNT, region: EAST, domainName: "shop.example.com", signedAt });
const there = cloudOf({ domains: [liveDomain()] });
const sent = (cloud: Cloud, call: Call) => stepSent(cloud, call, hashIds("x"));

describe("what a sender knows of a request with a date of its own", () => {
  test("accepted: the domain is gone", () => {
    const outcome = sent(there, deletion);
    expect(outcome.ok && endIn(outcome.cloud)).toBe("gone");
  });
  test("not found is as good an answer", () => {
    const outcome = sent(cloudOf(), deletion);
    expect(outcome.ok && endIn(outcome.cloud)).toBe("gone");
  });
  test("to a request without such a date it is a refusal", () =>
    expect(sent(cloudOf(), undated)).toMatchObject({ ok: false, fault: { code: "NotFoundException" } }));
  test("a mapping that is gone says nothing of the domain", () => {
    const outcome = sent(there, ofMapping);
    expect(outcome.ok && endIn(outcome.cloud)).toBeUndefined();
  });
  test("another claim is not concerned", () => {
    const outcome = sent(there, deletion);
    expect(outcome.ok && endIn(outcome.cloud, NOW + 1)).toBeUndefined();
  });
});

describe("a request that AWS has let in when its signature was about to be too old", () => {
  const later = { ...there, now: NOW + 15 * MINUTE + 1 };
  test("is not judged again by a clock that is a moment ahead", () => {
    const outcome = stepLetIn(later, deletion, hashIds("x"));
    expect(outcome.ok && endIn(outcome.cloud)).toBe("gone");
  });
  test("one that is still to be sent is", () =>
    expect(sent(later, deletion)).toMatchObject({ ok: false, fault: { code: "InvalidSignatureException" } }));
});

describe("what a refusal makes of a claim", () => {
  const refusal = (code: string): Fault => ({ code, message: "Invalid domain name identifier specified", status: 400 });
  test.each([
    ["NotFoundException", deletion, "gone"],
    ["NotFoundException", ofMapping, undefined],
    ["TooManyRequestsException", deletion, "doubtful"],
    ["TooManyRequestsException", ofMapping, "doubtful"],
    ["InvalidSignatureException", deletion, "doubtful"],
    ["TooManyRequestsException", undated, undefined],
  ])("%s", (code, call, end) => expect(endIn(learn(there, call, refusal(code)))).toBe(end));
  test("a lost answer makes it doubtful", () => expect(endIn(doubted(there, ofMapping))).toBe("doubtful"));
});

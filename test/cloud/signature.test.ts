import { describe, expect, test } from "vitest";
import type { Call } from "../../src/cloud/call.ts";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { hashIds } from "../../src/cloud/ids.ts";
import { MINUTE, SECOND } from "../../src/cloud/instant.ts";
import { expiredFault } from "../../src/cloud/signature.ts";
import { step } from "../../src/cloud/step.ts";

const NOW = Date.UTC(2026, 0, 1, 12);
const deletion: Call = {
  account: "111122223333",
  region: "eu-west-1",
  service: "apigateway",
  operation: "DeleteDomainName",
  input: { domainName: "shop.example.com" },
};

describe("how old a signature may be", () => {
  test.each([
    ["signed when it is sent", undefined, false],
    ["signed now", NOW, false],
    ["fifteen minutes old", NOW - 15 * MINUTE, false],
    ["older", NOW - 15 * MINUTE - 1, true],
  ])("%s", (_what, signedAt, refused) => {
    const call = signedAt === undefined ? deletion : { ...deletion, signedAt };
    expect(expiredFault(call, NOW) !== undefined).toBe(refused);
    const outcome = step(emptyCloud(NOW), call, hashIds("x"));
    expect(outcome).toMatchObject({
      ok: false,
      fault: { code: refused ? "InvalidSignatureException" : "NotFoundException" },
    });
  });
  test("AWS's words", () =>
    expect(expiredFault({ ...deletion, signedAt: NOW - 16 * MINUTE - SECOND }, NOW)).toEqual({
      code: "InvalidSignatureException",
      message: "Signature expired: 20260101T114359Z is now earlier than 20260101T114500Z (20260101T120000Z - 15 min.)",
      status: 403,
    }));
});

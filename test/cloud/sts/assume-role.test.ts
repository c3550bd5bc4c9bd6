import { describe, expect, test } from "vitest";
import { credentialScope } from "../../../src/emulator/credential-scope.ts";
import { hashIds } from "../../../src/cloud/ids.ts";
import { step } from "../../../src/cloud/step.ts";
import { START, call, does, world } from "../world.ts";

const ROLE = "arn:aws:iam::999988887777:role/deploy/signalbox";
const assume = (over: object = {}) => call("sts", "AssumeRole", { RoleArn: ROLE, RoleSessionName: "run-1", ...over });

// Source: STS API reference "AssumeRole".
describe("AssumeRole", () => {
  test("the access key names the role's account, for an hour unless asked", () => {
    expect(does(world(), assume()).output).toEqual({
      Credentials: {
        AccessKeyId: "ASIA999988887777",
        SecretAccessKey: expect.stringMatching(/^.{40}$/),
        SessionToken: expect.stringMatching(/^.+$/),
        Expiration: START + 3_600_000,
      },
      AssumedRoleUser: {
        AssumedRoleId: expect.stringMatching(/^AROA[0-9A-F]{17}:run-1$/),
        Arn: "arn:aws:sts::999988887777:assumed-role/signalbox/run-1",
      },
    });
  });

  test("who signs with it asks in that account", () => {
    const { Credentials } = does(world(), assume()).output as { Credentials: { AccessKeyId: string } };
    const credential = `AWS4-HMAC-SHA256 Credential=${Credentials.AccessKeyId}/20261123/us-east-1/acm/aws4_request`;
    const request = {
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: { authorization: credential },
      body: new Uint8Array(),
    };
    expect(credentialScope(request)?.account).toBe("999988887777");
  });

  test.each([
    ["a quarter of an hour", { DurationSeconds: 900 }, 900],
    ["twelve hours", { DurationSeconds: 43_200 }, 43_200],
    ["an external id", { ExternalId: "a:b/c" }, 3_600],
  ])("takes %s", (_, over, seconds) => {
    const result = step(world(), assume(over), hashIds(""));
    expect(result).toMatchObject({ ok: true, output: { Credentials: { Expiration: START + seconds * 1_000 } } });
    expect(result.ok && result.cloud).toEqual(world());
  });

  test.each<[string, object, string]>([
    ["what is no ARN", { RoleArn: "signalbox-deploy-role" }, "ValidationError"],
    ["a short ARN", { RoleArn: "arn:aws:iam" }, "ValidationError"],
    ["a user", { RoleArn: "arn:aws:iam::999988887777:user/somebody" }, "ValidationError"],
    ["a role without a name", { RoleArn: "arn:aws:iam::999988887777:role/" }, "ValidationError"],
    ["a role of no account", { RoleArn: "arn:aws:iam::aws:role/signalbox" }, "ValidationError"],
    ["less than a quarter of an hour", { DurationSeconds: 899 }, "ValidationError"],
    ["more than twelve hours", { DurationSeconds: 43_201 }, "ValidationError"],
    ["a session name with a blank", { RoleSessionName: "run 1" }, "ValidationError"],
    ["a session name of one character", { RoleSessionName: "r" }, "ValidationError"],
    ["a session name of 65", { RoleSessionName: "r".repeat(65) }, "ValidationError"],
    ["an external id with a blank", { ExternalId: "a b" }, "ValidationError"],
    ["a session policy", { Policy: "{}" }, "NotEmulated"],
    ["session tags", { Tags: [{ Key: "a", Value: "b" }] }, "NotEmulated"],
    ["a device", { SerialNumber: "GAHT12345678", TokenCode: "123456" }, "NotEmulated"],
  ])("refuses %s", (_, over, code) => {
    expect(step(world(), assume(over), hashIds(""))).toMatchObject({ ok: false, fault: { code } });
  });
});

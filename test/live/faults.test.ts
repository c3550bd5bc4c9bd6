import { describe, expect, test } from "vitest";
import { failureOf } from "../../src/live/faults.ts";

const error = (fields: object): Error => Object.assign(new Error("the message"), fields);

describe("failureOf", () => {
  test("what AWS answered is a fault, with its Retry-After", () => {
    const thrown = error({
      name: "TooManyRequestsException",
      $fault: "client",
      $metadata: { httpStatusCode: 429 },
      $response: { headers: { "retry-after": "7" } },
    });
    expect(failureOf(thrown, true)).toEqual({
      fault: { code: "TooManyRequestsException", message: "the message", status: 429, retryAfterSeconds: 7 },
    });
  });

  test.each([
    ["nobody listens", error({ code: "ECONNREFUSED" }), "NetworkError"],
    ["no such host", error({ code: "ENOTFOUND" }), "NetworkError"],
    ["a certificate that is not trusted", error({ code: "SELF_SIGNED_CERT_IN_CHAIN" }), "NetworkError"],
    [
      "no connection in time",
      error({ name: "TimeoutError", message: "the request socket did not establish a connection with the server" }),
      "NetworkError",
    ],
    ["no credentials", error({ name: "CredentialsProviderError" }), "CredentialsError"],
    ["an SSO session that ended", error({ name: "TokenProviderError" }), "CredentialsError"],
  ])("%s: certainly no effect", (_, thrown, code) => {
    expect(failureOf(thrown, false)).toMatchObject({ fault: { code, status: 0 } });
  });

  test.each([
    ["a connection that broke", error({ code: "ECONNRESET" }), false],
    [
      "no answer in time",
      error({ name: "TimeoutError", message: "a request has exceeded the configured 30000 ms requestTimeout" }),
      false,
    ],
    ["an answer that cannot be read", error({ name: "SyntaxError" }), true],
    ["a refused connection after an answer", error({ code: "ECONNREFUSED" }), true],
    ["something that is no Error", "strange", false],
  ])("%s: the answer is lost", (_, thrown, answered) => {
    expect(failureOf(thrown, answered)).toHaveProperty("lost");
  });
});

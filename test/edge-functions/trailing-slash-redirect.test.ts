import { describe, expect, test } from "vitest";
import { outcomeOf, resultOf, sourceOf } from "./world.ts";

const source = sourceOf("trailing-slash-redirect");

describe("trailing-slash-redirect", () => {
  test.each<[uri: string, query: string, expected: string]>([
    ["/docs", "", "301 /docs/"],
    ["/docs/guide", "", "301 /docs/guide/"],
    ["/v1.2", "", "301 /v1.2/"],
    ["/v1.2/docs", "", "301 /v1.2/docs/"],
    ["/docs", "a=1", "301 /docs/?a=1"],
    ["/docs", "a=1&a=2&b=%26", "301 /docs/?a=1&a=2&b=%26"],
    ["/docs", "flag", "301 /docs/?flag"],
    ["/caf%C3%A9", "", "301 /caf%C3%A9/"],
    ["//evil.example/docs", "", "301 /evil.example/docs/"],
    ["/\\evil.example/docs", "", "301 /evil.example/docs/"],
    ["///evil/x", "a=1", "301 /evil/x/?a=1"],
    ["/\\", "", "301 /"],
    ["/", "", "/"],
    ["/docs/", "a=1", "/docs/"],
    ["/docs//", "", "/docs//"],
    ["/style.css", "", "/style.css"],
    ["//evil.example", "", "//evil.example"],
    ["/page%2Ehtml", "", "/page%2Ehtml"],
    ["/.well-known/acme-challenge/token", "", "/.well-known/acme-challenge/token"],
  ])("%s?%s: %s", (uri, query, expected) => {
    expect(outcomeOf(source, { uri, query })).toBe(expected);
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS"])("%s goes on as it is", (method) => {
    expect(outcomeOf(source, { uri: "/docs", method })).toBe("/docs");
  });

  test("the response has its words", () => {
    expect(resultOf(source, { uri: "/docs", method: "HEAD" })).toEqual({
      response: {
        statusCode: 301,
        statusDescription: "Moved Permanently",
        headers: { location: { value: "/docs/" } },
        cookies: {},
      },
    });
  });
});

import { describe, expect, test } from "vitest";
import { runEdgeFunction } from "../../src/emulator/edge-function-runner.ts";
import { outcomeOf, sourceOf } from "./world.ts";

const source = sourceOf("canonical-host");
const other = sourceOf("canonical-host", { '"www.example.com"': '"shop.example.net"' });

describe("canonical-host", () => {
  test.each<[host: string, uri: string, query: string, expected: string]>([
    ["www.example.com", "/a", "", "/a"],
    ["WWW.Example.COM", "/a", "", "/a"],
    ["www.example.com:443", "/a", "", "/a"],
    ["www.example.com.", "/a", "", "/a"],
    ["example.com", "/", "", "301 https://www.example.com/"],
    ["d111111abcdef8.cloudfront.net", "/a/b", "", "301 https://www.example.com/a/b"],
    ["www.example.com.evil.example", "/", "", "301 https://www.example.com/"],
    ["example.com", "/a", "x=1", "301 https://www.example.com/a?x=1"],
    ["example.com", "/a", "x=1&x=2&y=a%20b&x=3", "301 https://www.example.com/a?x=1&x=2&x=3&y=a%20b"],
    ["example.com", "/a", "x=&flag", "301 https://www.example.com/a?x&flag"],
    [
      "example.com",
      "/a",
      "next=https%3A%2F%2Fevil.example",
      "301 https://www.example.com/a?next=https%3A%2F%2Fevil.example",
    ],
    ["example.com", "//evil.example/a", "", "301 https://www.example.com//evil.example/a"],
    ["example.com", "/caf%C3%A9", "", "301 https://www.example.com/caf%C3%A9"],
  ])("%s%s?%s: %s", (host, uri, query, expected) => {
    expect(outcomeOf(source, { host, uri, query })).toBe(expected);
  });

  test("a POST stays a POST", () => {
    expect(outcomeOf(source, { host: "example.com", uri: "/a", method: "POST" })).toBe("308 https://www.example.com/a");
  });

  test("the host is a setting", () => {
    expect(outcomeOf(other, { host: "www.example.com", uri: "/" })).toBe("301 https://shop.example.net/");
    expect(outcomeOf(other, { host: "shop.example.net", uri: "/" })).toBe("/");
  });

  test("without a host header the request goes on", () => {
    const event = { request: { method: "GET", uri: "/a", querystring: {}, headers: {}, cookies: {} } };
    expect(runEdgeFunction(source, event)).toEqual({ returned: event.request, logs: [] });
  });
});

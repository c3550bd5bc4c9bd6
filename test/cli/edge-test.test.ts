import { writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { folder, signalbox } from "./session.ts";

let place: ReturnType<typeof folder>;
beforeEach(() => {
  place = folder();
});
afterEach(() => place.remove());

function withCode(code: string): string {
  const file = place.path("function.js");
  writeFileSync(file, code);
  return file;
}

describe("edge test", () => {
  test("what the function logs goes beside the result", async () => {
    const file = withCode("function handler(event) { console.log('at', event.request.uri); return event.request }");
    expect(await signalbox(["edge", "test", file, "--uri", "/a"])).toEqual({
      code: 0,
      stdout: "GET /a\nhost: www.example.com\n",
      stderr: "log: at /a\n",
    });
    const { stdout } = await signalbox(["edge", "test", file, "--uri", "/a", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, file, request: { uri: "/a" }, logs: ["at /a"] });
  });

  test("a response with a body, cookies and several values", async () => {
    const file = withCode(`async function handler(event) { return {
      statusCode: 200,
      headers: { vary: { value: 'a', multiValue: [{ value: 'a' }, { value: 'b' }] } },
      cookies: { id: { value: '7', attributes: 'Secure' } },
      body: { encoding: 'base64', data: 'aGVsbG8=' },
    } }`);
    const { stdout } = await signalbox(["edge", "test", file, "--uri", "/"]);
    expect(stdout).toBe("200\nvary: a\nvary: b\ncookie id=7\n\nhello\n");
  });

  test.each<[string, string, string]>([
    ["throws", "function handler(event) { return event.nothing.there }", "could not run: TypeError"],
    ["is no function", "const answer = 42;", "could not run: ReferenceError: the code has no function 'handler'"],
    ["is no JavaScript", "function handler(", "could not run: SyntaxError"],
    ["returns nothing", "function handler() {}", "returned an invalid value: the function must return the request"],
    ["changes the method", "function handler({ request }) { request.method = 'PUT'; return request }", "method"],
    [
      "changes the host",
      "function handler({ request }) { request.headers.host.value = 'x'; return request }",
      "read-only",
    ],
    ["is too large", `//${"x".repeat(10_300)}`, "CloudFront takes at most 10240"],
  ])("one that %s: 1", async (_, code, message) => {
    const file = withCode(code);
    const { code: exit, stdout, stderr } = await signalbox(["edge", "test", file, "--uri", "/"]);
    expect([exit, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(message);
    const json = await signalbox(["edge", "test", file, "--uri", "/", "--format", "json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ version: 1, file, error: expect.any(String) as string });
  });

  test("without a command: 64", async () => {
    const { code, stdout, stderr } = await signalbox(["edge"]);
    expect([code, stdout]).toEqual([64, ""]);
    expect(stderr).toContain("Usage: signalbox edge");
  });
});

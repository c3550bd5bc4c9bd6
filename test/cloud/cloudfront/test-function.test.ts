import { describe, expect, test } from "vitest";
import { hashIds } from "../../../src/cloud/ids.ts";
import { step } from "../../../src/cloud/step.ts";
import { after, cf, createFunction, does, etagOf, fails, published, world } from "./world.ts";

const EVENT = {
  version: "1.0",
  context: { eventType: "viewer-request" },
  viewer: { ip: "198.51.100.11" },
  request: {
    method: "GET",
    uri: "/docs/",
    querystring: { a: { value: "1", multiValue: [{ value: "1" }, { value: "2" }] } },
    headers: { host: { value: "www.example.com" }, accept: { value: "text/html" } },
    cookies: { id: { value: "7" } },
  },
};
const RESPONSE_EVENT = {
  ...EVENT,
  context: { eventType: "viewer-response" },
  response: { statusCode: 200, headers: { server: { value: "s" }, "content-length": { value: "1" } } },
};

const bytes = (event: unknown): Uint8Array => Buffer.from(typeof event === "string" ? event : JSON.stringify(event));

function tested(code: string, event: unknown = EVENT): Readonly<Record<string, unknown>> {
  const cloud = after(world(), createFunction("f", { FunctionCode: Buffer.from(code) }));
  const made = cf("TestFunction", { Name: "f", IfMatch: etagOf(cloud, "f"), EventObject: bytes(event) });
  return does(cloud, made).output["TestResult"] as Readonly<Record<string, unknown>>;
}

const body = (text: string): string => `function handler(event) { var request = event.request; ${text} }`;
const outputOf = (result: Readonly<Record<string, unknown>>): unknown => JSON.parse(String(result["FunctionOutput"]));

// Source: CloudFront API reference "TestFunction", guide "CloudFront Functions event structure".
describe("TestFunction", () => {
  test("tells the request that goes on", () => {
    const result = tested(body("console.log('uri', request.uri); request.uri += 'index.html'; return request;"));
    expect(result).toEqual({
      FunctionSummary: expect.objectContaining({ Name: "f", Status: "UNPUBLISHED" }) as object,
      ComputeUtilization: expect.stringMatching(/^\d{1,3}$/) as string,
      FunctionExecutionLogs: ["uri /docs/"],
      FunctionErrorMessage: "",
      FunctionOutput: expect.any(String) as string,
    });
    expect(outputOf(result)).toEqual({ request: { ...EVENT.request, uri: "/docs/index.html" } });
  });

  test("tells the response that a function makes, with what it left out", () => {
    const result = tested(body("return { statusCode: 302, statusDescription: 'Found' };"));
    expect(outputOf(result)).toEqual({
      response: { statusCode: 302, statusDescription: "Found", headers: {}, cookies: {} },
    });
  });

  test("of a viewer-response event it is the response that goes on", () => {
    const code = "async function handler(event) { event.response.headers.x = { value: 'y' }; return event.response; }";
    expect(outputOf(tested(code, RESPONSE_EVENT))).toMatchObject({
      response: { statusCode: 200, headers: { server: { value: "s" }, x: { value: "y" } }, cookies: {} },
    });
  });

  test.each<[string, string, unknown, string]>([
    ["an error", body("return request.nothing.there;"), EVENT, "is invalid or could not run. TypeError: "],
    ["no JavaScript", "function handler(", EVENT, "could not run. SyntaxError: "],
    ["no handler", "var x;", EVENT, "has no function 'handler'"],
    ["an endless loop", body("for (;;);"), EVENT, "exceeded the time"],
    ["code made of text", body("return eval('request');"), EVENT, "could not run. EvalError: "],
    ["another module", body("require('fs');"), EVENT, 'Cannot find module "fs"'],
    ["nothing returned", body(""), EVENT, "must return the request or a response"],
    ["text returned", body("return '/x';"), EVENT, "must return the request or a response"],
    ["another method", body("request.method = 'PUT'; return request;"), EVENT, "must not change request.method"],
    ["a URI without a slash", body("request.uri = 'x'; return request;"), EVENT, "must start with a slash"],
    ["a long URI", body("request.uri = '/' + 'x'.repeat(9000); return request;"), EVENT, "fewer than 8192 characters"],
    ["another host", body("request.headers.host.value = 'x'; return request;"), EVENT, "'host' is read-only"],
    ["no host", body("delete request.headers.host; return request;"), EVENT, "'host' is read-only"],
    [
      "a header of AWS's",
      body("request.headers['x-edge-a'] = { value: '' }; return request;"),
      EVENT,
      "'x-edge-a' is not allowed",
    ],
    [
      "a header in upper case",
      body("request.headers['X-A'] = { value: '' }; return request;"),
      EVENT,
      "'X-A' must be in lower case",
    ],
    [
      "a header that is text",
      body("request.headers.a = 'b'; return request;"),
      EVENT,
      "must be an object with a value",
    ],
    ["a number as a value", body("request.headers.a = { value: 1 }; return request;"), EVENT, "value must be a string"],
    [
      "a bad list of values",
      body("request.querystring.a = { multiValue: ['1'] }; return request;"),
      EVENT,
      "multiValue must be",
    ],
    ["a bad status", body("return { statusCode: '301' };"), EVENT, "must be an integer from 200 to 599"],
    ["a bad description", body("return { statusCode: 301, statusDescription: 1 };"), EVENT, "must be a string"],
    ["a bad body", body("return { statusCode: 200, body: { data: 'x' } };"), EVENT, "response.body must be"],
    ["a request for a response", body("return request;"), RESPONSE_EVENT, "must be an integer from 200 to 599"],
    [
      "a read-only header of a response",
      body("event.response.headers.via = { value: 'x' }; return event.response;"),
      RESPONSE_EVENT,
      "'via' is read-only",
    ],
    [
      "a loop that is hidden",
      body("request.headers['cdn-loop'] = { value: 'x' }; return request;"),
      EVENT,
      "'cdn-loop' is read-only",
    ],
    ["a space in the query", body("request.querystring.a = { value: 'b c' }; return request;"), EVENT, "no spaces"],
    [
      "a fragment in the query",
      body("request.querystring.a.multiValue[1].value = '#'; return request;"),
      EVENT,
      "no spaces, control characters or '#'",
    ],
    [
      "a body that is no base64",
      body("return { statusCode: 200, body: { encoding: 'base64', data: 'a' } };"),
      EVENT,
      "response.body must be",
    ],
  ])("what is wrong in the function is told in the answer: %s", (_, code, event, message) => {
    const result = tested(code, event);
    expect(result["FunctionErrorMessage"]).toContain(message);
    expect(result["FunctionOutput"]).toBe("");
  });

  test("a response may have a length and an encoding of its own", () => {
    const code = body(
      "event.response.headers['content-length'].value = '2'; event.response.headers['content-encoding'] = { value: 'br' }; return event.response;",
    );
    expect(outputOf(tested(code, RESPONSE_EVENT))).toMatchObject({
      response: { headers: { "content-length": { value: "2" }, "content-encoding": { value: "br" } } },
    });
  });

  test.each<[string, unknown, string]>([
    ["no JSON", "{", "not valid JSON"],
    ["nothing", "", "not valid JSON"],
    ["a list", [], "must be an object"],
    ["another version", { ...EVENT, version: "2.0" }, "version must be '1.0'"],
    ["no context", { ...EVENT, context: undefined }, "context.eventType"],
    ["an event of the origin", { ...EVENT, context: { eventType: "origin-request" } }, "context.eventType"],
    ["no request", { ...EVENT, request: undefined }, "request must be an object"],
    ["no method", { ...EVENT, request: { uri: "/" } }, "request.method"],
    ["no URI", { ...EVENT, request: { method: "GET" } }, "request.uri"],
    [
      "a header in upper case",
      { ...EVENT, request: { ...EVENT.request, headers: { Host: { value: "x" } } } },
      "lower case",
    ],
    [
      "a cookie that is text",
      { ...EVENT, request: { ...EVENT.request, cookies: { id: "7" } } },
      "request.cookies['id']",
    ],
    ["a query that is text", { ...EVENT, request: { ...EVENT.request, querystring: "a=1" } }, "must be an object"],
    ["no response", { ...RESPONSE_EVENT, response: undefined }, "response must be an object"],
    ["no status", { ...RESPONSE_EVENT, response: { headers: {} } }, "statusCode must be an integer"],
  ])("an event that is none is refused: %s", (_, event, message) => {
    const cloud = after(world(), createFunction());
    const made = cf("TestFunction", { Name: "rewrite", IfMatch: etagOf(cloud), EventObject: bytes(event) });
    const fault = fails(cloud, made);
    expect(fault).toMatchObject({ code: "InvalidArgument", status: 400 });
    expect(fault.message).toContain(message);
  });

  test("lists that are left out of the event are there, and empty", () => {
    const result = tested(body("return request;"), { ...EVENT, request: { method: "GET", uri: "/" } });
    expect(outputOf(result)).toEqual({
      request: { method: "GET", uri: "/", querystring: {}, headers: {}, cookies: {} },
    });
  });

  test("the stage that is asked for is run, by its own version", () => {
    const first = published(world());
    const content = { FunctionConfig: { Comment: "", Runtime: "cloudfront-js-2.0" }, FunctionCode: Buffer.from("") };
    const cloud = after(
      first,
      cf("UpdateFunction", {
        ...content,
        Name: "rewrite",
        IfMatch: etagOf(first),
        FunctionCode: Buffer.from("function handler() { return { statusCode: 204 } }"),
      }),
    );
    const run = (Stage: string, IfMatch: string): unknown =>
      outputOf(
        does(cloud, cf("TestFunction", { Name: "rewrite", Stage, IfMatch, EventObject: bytes(EVENT) })).output[
          "TestResult"
        ] as Readonly<Record<string, unknown>>,
      );
    expect(run("DEVELOPMENT", etagOf(cloud))).toHaveProperty("response");
    expect(run("LIVE", etagOf(cloud, "rewrite", "LIVE"))).toHaveProperty("request");
    for (const IfMatch of [etagOf(cloud), undefined, "E1"]) {
      const wrong = cf("TestFunction", { Name: "rewrite", Stage: "LIVE", IfMatch, EventObject: bytes(EVENT) });
      expect(fails(cloud, wrong)).toMatchObject({ code: "InvalidIfMatchVersion", status: 400 });
    }
  });

  test("logs are cut at 10 KB", () => {
    const { FunctionExecutionLogs: logs } = tested(
      body("for (var i = 0; i < 5; i += 1) console.log('x'.repeat(4000)); return request;"),
    );
    expect((logs as readonly string[]).map(({ length }) => length)).toEqual([4000, 4000, 2238]);
  });

  test("the longer the code, the more it takes; it changes nothing", () => {
    const long = tested(`${body("return request;")}//${"x".repeat(9_000)}`);
    const short = tested(body("return request;"));
    expect(Number(long["ComputeUtilization"])).toBeGreaterThan(Number(short["ComputeUtilization"]));
    expect(Number(long["ComputeUtilization"])).toBeLessThanOrEqual(100);
    const cloud = after(world(), createFunction());
    const made = cf("TestFunction", { Name: "rewrite", IfMatch: etagOf(cloud), EventObject: bytes(EVENT) });
    expect(does(cloud, made).cloud).toBe(cloud);
  });

  test("without what runs code it is refused by name", () => {
    const cloud = after(world(), createFunction());
    const made = cf("TestFunction", { Name: "rewrite", IfMatch: etagOf(cloud), EventObject: bytes(EVENT) });
    expect(step(cloud, made, hashIds(""))).toMatchObject({ ok: false, fault: { code: "NotEmulated", status: 501 } });
  });
});

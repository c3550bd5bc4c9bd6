import { describe, expect, test } from "vitest";
import { runEdgeFunction } from "../../src/emulator/edge-function-runner.ts";

const handler = (body: string): string => `function handler(event) { ${body} }`;
const returned = (source: string, event: unknown = {}): unknown => {
  const { error, returned: value } = runEdgeFunction(source, event);
  if (error !== undefined) throw new Error(error);
  return value;
};

// Source: CloudFront guide "JavaScript runtime 2.0 features for CloudFront Functions".
describe("what runtime 2.0 has", () => {
  test.each<[string, string, unknown]>([
    ["the event", handler("return event.a;"), 1],
    [
      "asynchronous handlers",
      "async function handler(event) { await null; return (await Promise.resolve(event)).a; }",
      1,
    ],
    ["handlers that are constants", "const handler = (event) => event.a;", 1],
    [
      "sha256",
      handler("return require('crypto').createHash('sha256').update('a').update('b').digest('hex');"),
      "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603",
    ],
    [
      "hmac",
      handler("return require('crypto').createHmac('sha1', 'k').update('a').digest('base64');"),
      "QOfUQcrbF7B/BQNBqiOmgg7YHIs=",
    ],
    [
      "digests as buffers",
      handler("return Buffer.isBuffer(require('crypto').createHash('md5').update('').digest());"),
      true,
    ],
    [
      "modules that are imported",
      "import crypto from 'crypto';\nfunction handler() { return typeof crypto.createHash; }",
      "function",
    ],
    [
      "Buffer",
      handler("return Buffer.from('aGk=', 'base64').toString() + Buffer.from('ü').toString('hex');"),
      "hic3bc",
    ],
    ["base64url", handler("return require('buffer').Buffer.from([251, 255]).toString('base64url');"), "-_8"],
    [
      "querystring.parse",
      handler("return require('querystring').parse('a=1&a=2&b=%20x+y');"),
      { a: ["1", "2"], b: " x y" },
    ],
    [
      "querystring.stringify",
      handler("return require('querystring').stringify({ a: ['1', '&'], b: 'ü' });"),
      "a=1&a=%26&b=%C3%BC",
    ],
    ["newer syntax", handler("const { a, ...rest } = event; return `${a}` + (rest.b ?? 2 ** 3);"), "18"],
  ])("%s", (_, source, expected) => {
    expect(returned(source, { a: 1 })).toEqual(expected);
  });

  test("the log, in the order of its lines, also of a function that fails", () => {
    const source = handler("console.log('a', 1, { b: [2] }); console.error(new Error('c')); throw new TypeError('d');");
    expect(runEdgeFunction(source, {})).toEqual({ error: "TypeError: d", logs: ['a 1 {"b":[2]}', "Error: c"] });
  });

  test("each run is the first", () => {
    const source =
      "let count = 0; function handler() { count += 1; globalThis.kept = (globalThis.kept || 0) + 1; return [count, kept]; }";
    expect([returned(source), returned(source)]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  test("the event is not changed here", () => {
    const event = { request: { uri: "/" } };
    expect(returned(handler("event.request.uri = '/x'; return event.request;"), event)).toEqual({ uri: "/x" });
    expect(event).toEqual({ request: { uri: "/" } });
  });
});

describe("what it does not have", () => {
  test.each<[string, string, RegExp]>([
    ["files", handler("require('node:fs');"), /Cannot find module "node:fs"/],
    ["the process", handler("return process.env;"), /process is not defined/],
    ["the network", handler("return fetch('http://localhost');"), /fetch is not defined/],
    ["timers", handler("setTimeout(function () {}, 1);"), /setTimeout is not defined/],
    ["code made of text", handler("return new Function('return 1')();"), /^EvalError/],
    [
      "a way out through what it was given",
      handler("return console.log.constructor('return process')();"),
      /^EvalError/,
    ],
    [
      "a way out through modules",
      handler("return require('crypto').createHash.constructor('return process')();"),
      /^EvalError/,
    ],
    [
      "other algorithms",
      handler("return require('crypto').createHash('sha512').update('').digest('hex');"),
      /not supported algorithm/,
    ],
    [
      "key value stores",
      "import cf from 'cloudfront';\nfunction handler() { return cf.kvs(); }",
      /kvs of the cloudfront module is not modelled/,
    ],
  ])("%s", (_, source, expected) => {
    expect(runEdgeFunction(source, {}).error).toMatch(expected);
  });

  test.each<[string, string, RegExp]>([
    ["no JavaScript", "function handler(", /^SyntaxError: /],
    ["no handler", "var answer = 42;", /no function 'handler'/],
    ["an error at the top", "throw new RangeError('x'); function handler() {}", /^RangeError: x$/],
    ["something that is no error", handler("throw 'x';"), /^x$/],
    ["an endless loop", handler("for (;;);"), /exceeded the time/],
    ["an endless loop at the top", "for (;;);", /exceeded the time/],
    ["endless promises", "async function handler() { for (;;) await null; }", /exceeded the time/],
    ["a promise that is never settled", handler("return new Promise(function () {});"), /never settled/],
    ["a promise that is broken", "async function handler() { throw new Error('x'); }", /^Error: x$/],
    ["an error that lies", handler("throw { get message() { for (;;); } };"), /exceeded the time/],
  ])("%s fails, and nothing is thrown", (_, source, expected) => {
    expect(runEdgeFunction(source, {}).error).toMatch(expected);
  });

  test("what JSON cannot say is not returned", () => {
    expect(runEdgeFunction(handler("return undefined;"), {})).toEqual({ logs: [] });
    expect(runEdgeFunction(handler("var a = {}; a.a = a; return a;"), {}).error).toMatch(/could not run|circular/);
  });
});

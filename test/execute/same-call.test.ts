import { describe, expect, test } from "vitest";
import type { Call } from "../../src/cloud/call.ts";
import { difference, identifierMap, learnIdentifiers } from "../../src/execute/same-call.ts";

const call = (input: unknown, over: Partial<Call> = {}): Call => ({
  account: "1",
  region: "us-east-1",
  service: "route53",
  operation: "Op",
  input,
  ...over,
});

describe("the call that was proved and the one about to be sent", () => {
  const map = identifierMap();
  learnIdentifiers(
    map,
    { HealthCheck: { Id: "model-1", Config: { Port: 443 } } },
    { HealthCheck: { Id: "real-9", Config: { Port: 443 } } },
  );
  learnIdentifiers(
    map,
    { arn: "arn:aws:acm:us-east-1:1:certificate/aaa" },
    { arn: "arn:aws:acm:us-east-1:1:certificate/bbb" },
  );
  const marker = (text: string): unknown => ({ ResourceRecords: [{ Value: text }] });
  const equal: readonly (readonly [string, unknown, unknown])[] = [
    ["are the same", { a: 1 }, { a: 1 }],
    ["name what stands for each other", { HealthCheckId: "model-1" }, { HealthCheckId: "real-9" }],
    [
      "also within a longer word",
      { CertificateArn: "arn:aws:acm:us-east-1:1:certificate/aaa" },
      { CertificateArn: "arn:aws:acm:us-east-1:1:certificate/bbb" },
    ],
    [
      "list the same facts in another order",
      [{ Value: "model-1" }, { Value: "b" }],
      [{ Value: "b" }, { Value: "real-9" }],
    ],
    [
      "differ in a digest only, which follows from the rest",
      marker('"record A s digest=aaaa"'),
      marker('"record A s digest=bbbb"'),
    ],
    [
      "differ in the instant of a drain",
      marker('"condemned t since=1 drained=2026"'),
      marker('"condemned t since=1 drained=2027"'),
    ],
  ];
  test.each(equal)("%s: equal", (_what, model, real) =>
    expect(difference(map, call(model), call(real))).toBeUndefined(),
  );

  const unlike: readonly (readonly [string, Call, Call])[] = [
    ["another value", call({ a: 1 }), call({ a: 2 })],
    ["an identifier that stands for something else", call({ id: "model-1" }), call({ id: "real-8" })],
    ["one member more", call({ a: 1 }), call({ a: 1, b: 2 })],
    ["another Region", call({}), call({}, { region: "us-west-2" })],
    ["another account", call({}), call({}, { account: "2" })],
    ["another operation", call({}), call({}, { operation: "Other" })],
    [
      "another generation of a marker",
      call(marker('"signalbox generation=2"')),
      call(marker('"signalbox generation=3"')),
    ],
  ];
  test.each(unlike)("%s: a difference in words", (_what, model, real) =>
    expect(difference(map, model, real)).toMatch(/instead of/u),
  );
});

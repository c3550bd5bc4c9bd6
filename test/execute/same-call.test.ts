import { describe, expect, test } from "vitest";
import type { Call } from "../../src/cloud/call.ts";
import { difference, identifierMap, learnIdentifiers } from "../../src/execute/same-call.ts";

const MODEL = "193b32b3-bf2f-4dfc-8008-e5cfe9c014e4";
const REAL = "d0ba645b-5267-484d-a635-29dc18252ef1";
const ARN = "arn:aws:acm:us-east-1:111122223333:certificate";

const call = (input: unknown, over: Partial<Call> = {}): Call => ({
  account: "1",
  region: "us-east-1",
  service: "route53",
  operation: "Op",
  input,
  ...over,
});

describe("identifiers are learnt from the two answers to one call", () => {
  const rows: readonly (readonly [string, unknown, unknown, readonly (readonly [string, string])[]])[] = [
    ["an id", { HealthCheck: { Id: MODEL } }, { HealthCheck: { Id: REAL } }, [[MODEL, REAL]]],
    ["inside an ARN", { CertificateArn: `${ARN}/${MODEL}` }, { CertificateArn: `${ARN}/${REAL}` }, [[MODEL, REAL]]],
    [
      "inside a host name, beside words that are the same",
      { regionalDomainName: "d-5iwd5e5yub.execute-api.us-east-1.amazonaws.com", regionalHostedZoneId: "ZSAME" },
      { regionalDomainName: "d-725dyjb848.execute-api.us-east-1.amazonaws.com", regionalHostedZoneId: "ZSAME" },
      [["d-5iwd5e5yub", "d-725dyjb848"]],
    ],
    ["in lists", [{ id: MODEL }, { id: "same" }], [{ id: REAL }, { id: "same" }], [[MODEL, REAL]]],
    ["not from equal answers", { Id: MODEL }, { Id: MODEL }, []],
    ["not from what only one side has", { Id: "x", more: MODEL }, { Id: "x" }, []],
    ["not from texts of another number of words", { Message: `${MODEL} two` }, { Message: REAL }, []],
    ["not from numbers and nothing", { a: 1, b: null, c: MODEL }, { a: 2, b: REAL, c: null }, []],
    ["not from a status, which differs for another reason", { Status: "PENDING" }, { Status: "INSYNC" }, []],
  ];
  test.each(rows)("%s", (_what, model, real, pairs) => {
    const map = identifierMap();
    learnIdentifiers(map, model, real);
    expect([...map.byModel]).toEqual(pairs);
  });
});

describe("the call that was proved and the one about to be sent", () => {
  const map = identifierMap();
  learnIdentifiers(
    map,
    { HealthCheck: { Id: MODEL, Config: { Port: 443 } } },
    { HealthCheck: { Id: REAL, Config: { Port: 443 } } },
  );
  learnIdentifiers(
    map,
    { arn: `${ARN}/086cfea5-f24a-4069-805c-073715968ec5` },
    { arn: `${ARN}/849c45cd-bde3-4fd8-b3eb-b1236b3b1636` },
  );
  const marker = (text: string): unknown => ({ ResourceRecords: [{ Value: text }] });
  const equal: readonly (readonly [string, unknown, unknown])[] = [
    ["are the same", { a: 1 }, { a: 1 }],
    ["name what stands for each other", { HealthCheckId: MODEL }, { HealthCheckId: REAL }],
    [
      "also within a longer word",
      { CertificateArn: `${ARN}/086cfea5-f24a-4069-805c-073715968ec5` },
      { CertificateArn: `${ARN}/849c45cd-bde3-4fd8-b3eb-b1236b3b1636` },
    ],
    [
      "list the same facts in another order",
      { ResourceRecords: [{ Value: MODEL }, { Value: "b" }] },
      { ResourceRecords: [{ Value: "b" }, { Value: REAL }] },
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
    ["another type", call({ Type: "A", Name: "shop.example.com." }), call({ Type: "AAAA", Name: "shop.example.com." })],
    ["another name", call({ Type: "A", Name: "shop.example.com." }), call({ Type: "A", Name: "www.example.com." })],
    ["a change more", call({ Changes: [{ a: 1 }] }), call({ Changes: [{ a: 1 }, { a: 1 }] })],
    ["another service", call({}), call({}, { service: "acm" })],
    [
      "an identifier that stands for something else",
      call({ id: MODEL }),
      call({ id: "d0ba645b-5267-484d-a635-000000000000" }),
    ],
    ["one member more", call({ a: 1 }), call({ a: 1, b: 2 })],
    ["another Region", call({}), call({}, { region: "us-west-2" })],
    ["another account", call({}), call({}, { account: "2" })],
    ["another operation", call({}), call({}, { operation: "Other" })],
    [
      "drained, where the model has not drained it",
      call(marker('"condemned t since=1"')),
      call(marker('"condemned t since=1 drained=2026"')),
    ],
    [
      "another set identifier in a marker",
      call(marker('"record A storefront/us-east-1 digest=a"')),
      call(marker('"record A storefront/us-west-2 digest=a"')),
    ],
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

import { describe, expect, test } from "vitest";
import type { Answer, Call } from "../../src/cloud/call.ts";
import { isRead } from "../../src/cloud/conditional.ts";
import { paced } from "../../src/execute/pace.ts";

const call = (service: Call["service"], operation: string, region = "us-east-1", account = "1"): Call => ({
  account,
  region,
  service,
  operation,
  input: {},
});

/** A clock that jumps, no further than `stride` at a time. */
function fake(
  answers: readonly Partial<Answer>[] = [],
  stride = Infinity,
): { send: (call: Call) => Promise<Answer>; sentAt: number[] } {
  let now = 0;
  const sentAt: number[] = [];
  const clock = { now: () => now, waitUntil: async (until: number) => void (now = Math.min(until, now + stride)) };
  const send = async (): Promise<Answer> => {
    const answer = answers[sentAt.length] ?? { ok: true, output: {} };
    sentAt.push(now);
    return { at: now, ...answer } as Answer;
  };
  return { send: paced(send, clock, isRead), sentAt };
}

describe("AWS's request rates", () => {
  test("CreateDomainName: one in 30 s in a Region, also when the clock wakes early", async () => {
    const { send, sentAt } = fake([], 7_000);
    for (let i = 0; i < 3; i++) await send(call("apigateway", "CreateDomainName"));
    expect(sentAt.map((at) => Math.floor(at / 30_000))).toEqual([0, 1, 2]);
    expect(sentAt[1]).toBeGreaterThanOrEqual(30_000);
  });

  test("another Region has a bucket of its own", async () => {
    const { send, sentAt } = fake();
    await send(call("apigateway", "CreateDomainName"));
    await send(call("apigateway", "CreateDomainName", "us-west-2"));
    expect(sentAt).toEqual([0, 0]);
  });

  test("Route 53: what an account has saved up at once, then ten a second", async () => {
    const { send, sentAt } = fake();
    for (let i = 0; i < 60; i++) await send(call("route53", "ListHostedZones"));
    expect(sentAt.slice(0, 50).every((at) => at === 0)).toBe(true);
    expect(sentAt[59]).toBe(1_000);
  });
});

describe("what is sent again", () => {
  const refused = (code: string, status = 400): Partial<Answer> => ({
    ok: false,
    fault: { code, message: "", status },
  });
  const lost: Partial<Answer> = { ok: "unknown", reason: "reset" };
  const rows: readonly (readonly [string, string, Partial<Answer>, number])[] = [
    ["a throttled write had no effect", "CreateHealthCheck", refused("Throttling"), 2],
    ["a write that never left", "CreateHealthCheck", refused("NetworkError", 0), 2],
    [
      "a write after a server's trouble may have had an effect",
      "CreateHealthCheck",
      refused("InternalFailure", 500),
      1,
    ],
    ["a write whose answer was lost", "CreateHealthCheck", lost, 1],
    ["a read after a server's trouble", "ListHealthChecks", refused("InternalFailure", 500), 2],
    ["a read whose answer was lost", "ListHealthChecks", lost, 2],
    ["a refusal is final", "CreateHealthCheck", refused("AccessDenied", 403), 1],
  ];
  test.each(rows)("%s", async (_what, operation, first, times) => {
    const { send, sentAt } = fake([first]);
    await send(call("route53", operation));
    expect(sentAt).toHaveLength(times);
  });

  test.each([
    ["throttled", refused("TooManyRequestsException", 429), 1],
    ["a server's trouble", refused("InternalFailure", 500), 1],
    ["lost", lost, 1],
    ["never left", refused("NetworkError", 0), 2],
  ])("what has a date of its own is sent once, unless it never left: %s", async (_what, first, times) => {
    const { send, sentAt } = fake([first]);
    await send({ ...call("apigateway", "DeleteDomainName"), signedAt: 0 });
    expect(sentAt).toHaveLength(times);
  });

  test("not for ever", async () => {
    const { send, sentAt } = fake(Array.from({ length: 50 }, () => refused("Throttling")));
    expect((await send(call("route53", "ListHealthChecks"))).ok).toBe(false);
    expect(sentAt).toHaveLength(9);
  });

  test("where nobody answers at all, the user is told after three more tries", async () => {
    const { send, sentAt } = fake(Array.from({ length: 20 }, () => refused("NetworkError", 0)));
    expect(await send(call("sts", "GetCallerIdentity"))).toMatchObject({ ok: false });
    expect(sentAt).toHaveLength(4);
  });
});

import { afterEach, describe, expect, test } from "vitest";
import type { Answer, Call, Send } from "../../src/cloud/call.ts";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { HOUR, MINUTE } from "../../src/cloud/instant.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import { sdkTransport } from "../../src/emulator/in-process.ts";
import { respondAs } from "../../src/emulator/respond.ts";
import { serve } from "../../src/emulator/serve.ts";
import { assumedRoles } from "../../src/live/assumed-role.ts";
import { liveSend } from "../../src/live/send.ts";

const AMBIENT = "111122223333";
const NETWORK = "444455556666";
const ROLE = `arn:aws:iam::${NETWORK}:role/signalbox-dns`;
const START = Date.UTC(2026, 0, 1);
const ASSUME = {
  roles: new Map([[NETWORK, { roleArn: ROLE, externalId: "checkout-7f3k" }]]),
  sessionName: "signalbox-checkout",
  region: "eu-west-1",
};
const SESSION = { AccessKeyId: "ASIA1", SecretAccessKey: "secret", SessionToken: "token" };

/** Ambient credentials of one account, whoever the call is for. */
const credentials = () => ({ accessKeyId: AMBIENT, secretAccessKey: "x" });
const whoAmI = (account: string): Call => ({
  account,
  region: "us-east-1",
  service: "sts",
  operation: "GetCallerIdentity",
  input: {},
});

/** An STS that is asked through `assumedRoles`, and what it was asked. */
function sts(answer: (call: Call) => Answer): { readonly asked: Call[]; readonly send: Send } {
  const asked: Call[] = [];
  return { asked, send: async (call) => (asked.push(call), answer(call)) };
}
const given = (Expiration: number, at = START): Answer => ({
  ok: true,
  at,
  output: { Credentials: { ...SESSION, Expiration } },
});

describe("credentials of an account that a role leads to", () => {
  test("are asked for with the external id and the manifest's name, in a Region", async () => {
    const { asked, send } = sts(() => given(START + HOUR));
    expect(await assumedRoles(ASSUME, send, { now: () => START })(NETWORK)).toMatchObject({
      credentials: { accessKeyId: "ASIA1", secretAccessKey: "secret", sessionToken: "token" },
    });
    const input = {
      RoleArn: ROLE,
      RoleSessionName: "signalbox-checkout",
      DurationSeconds: 3_600,
      ExternalId: "checkout-7f3k",
    };
    expect(asked).toEqual([{ account: "", region: "eu-west-1", service: "sts", operation: "AssumeRole", input }]);
  });

  test("other accounts have none", () => {
    const { send } = sts(() => given(START + HOUR));
    expect(assumedRoles(ASSUME, send, { now: () => START })(AMBIENT)).toBeUndefined();
  });

  test("are kept until five minutes before they end, by AWS's clock, and asked for once at a time", async () => {
    let now = START;
    // AWS's clock is two hours ahead of ours.
    const { asked, send } = sts(() => given(now + 3 * HOUR, now + 2 * HOUR));
    const credentialsOf = assumedRoles(ASSUME, send, { now: () => now });
    await Promise.all([credentialsOf(NETWORK), credentialsOf(NETWORK), credentialsOf(NETWORK)]);
    now = START + 55 * MINUTE - 1;
    await credentialsOf(NETWORK);
    expect(asked).toHaveLength(1);
    now = START + 55 * MINUTE;
    await credentialsOf(NETWORK);
    expect(asked).toHaveLength(2);
  });

  const message = "User: me is not authorized to perform: sts:AssumeRole on resource: it";
  const refusals: readonly (readonly [string, Answer, object])[] = [
    [
      "refused: AWS's own code and words, and which role",
      { ok: false, fault: { code: "AccessDenied", message, status: 403 }, at: START },
      {
        code: "AccessDenied",
        message: expect.stringMatching(new RegExp(`${ROLE} of account ${NETWORK}.*${message}`, "u")),
      },
    ],
    [
      "not answered: the call itself was certainly not sent",
      { ok: "unknown", reason: "reset", at: START },
      { code: "NetworkError", message: expect.stringContaining("reset") },
    ],
    ["answered without credentials", { ok: true, output: {}, at: START }, { code: "CredentialsError" }],
  ];
  test.each(refusals)("%s", async (_what, answer, fault) => {
    const { asked, send } = sts(() => answer);
    const credentialsOf = assumedRoles(ASSUME, send, { now: () => START });
    expect(await credentialsOf(NETWORK)).toMatchObject({ fault, at: START });
    await credentialsOf(NETWORK);
    expect(asked).toHaveLength(2); // it may be mended meanwhile
  });
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe("calls to that account", () => {
  test("are signed with them; all others with the ambient ones", async () => {
    const served = await serve(respondAs(createEmulator({ cloud: emptyCloud(START) })), { port: 0, background: true });
    closing.push(() => served.close());
    const send = liveSend({ endpoint: served.url, credentials, assume: ASSUME, clock: { now: () => START } });
    const accountOf = (answer: Answer): unknown =>
      answer.ok === true ? (answer.output as { Account: string }).Account : answer;
    expect(accountOf(await send(whoAmI("")))).toBe(AMBIENT);
    expect(accountOf(await send(whoAmI(NETWORK)))).toBe(NETWORK);
    expect(accountOf(await send(whoAmI("999999999999")))).toBe(AMBIENT); // whoever is asked for: observing notices
  });

  test("the role is asked for at the Region's own endpoint, and a new session takes a new client", async () => {
    const emulator = createEmulator({ cloud: emptyCloud(START) });
    const transport = sdkTransport(respondAs(emulator));
    const seen: { readonly hostname: string; readonly token: string }[] = [];
    const requestHandler = {
      ...transport,
      handle: (request: Parameters<typeof transport.handle>[0] & { readonly hostname: string }) => {
        seen.push({ hostname: request.hostname, token: request.headers["x-amz-security-token"] ?? "" });
        return transport.handle(request);
      },
    };
    let now = START;
    const send = liveSend({ requestHandler, credentials, assume: ASSUME, clock: { now: () => now } });
    const zones: Call = { ...whoAmI(NETWORK), service: "route53", operation: "ListHostedZones" };
    await send(zones);
    await send(zones);
    now += HOUR;
    emulator.advance(START + HOUR);
    await send(zones);
    expect(seen.map(({ hostname }) => hostname)).toEqual([
      "sts.eu-west-1.amazonaws.com",
      "route53.amazonaws.com",
      "route53.amazonaws.com",
      "sts.eu-west-1.amazonaws.com",
      "route53.amazonaws.com",
    ]);
    const [, one, two, , three] = seen.map(({ token }) => token);
    expect(one).not.toBe("");
    expect(two).toBe(one);
    expect(three).not.toBe(one);
  });

  test("are not sent when the role is refused", async () => {
    const asked: string[] = [];
    const respond = respondAs(createEmulator({ cloud: emptyCloud(START) }));
    const refusing = sdkTransport(async (request) => {
      const body = Buffer.from(request.body).toString();
      asked.push(/Action=(\w+)/u.exec(body)?.[1] ?? request.path);
      if (!body.includes("Action=AssumeRole")) return respond(request);
      const xml = `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>`;
      return { status: 403, headers: { "content-type": "text/xml" }, body: Buffer.from(xml) };
    });
    const send = liveSend({ requestHandler: refusing, credentials, assume: ASSUME, clock: { now: () => START } });
    expect(await send({ ...whoAmI(NETWORK), service: "route53", operation: "ListHostedZones" })).toMatchObject({
      ok: false,
      fault: { code: "AccessDenied", status: 403, message: expect.stringContaining(ROLE) },
    });
    expect(asked).toEqual(["AssumeRole"]);
  });
});

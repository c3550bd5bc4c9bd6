import { describe, expect, test } from "vitest";
import type { Call } from "../../src/cloud/call.ts";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { MINUTE } from "../../src/cloud/instant.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import { sdkTransport } from "../../src/emulator/in-process.ts";
import { respondAs } from "../../src/emulator/respond.ts";
import { datedSigner } from "../../src/live/dated-signer.ts";
import type { SignerConfig } from "../../src/live/dated-signer.ts";
import { liveSend } from "../../src/live/send.ts";

const START = Date.UTC(2026, 0, 1);
const credentials = (account: string) => ({ accessKeyId: account, secretAccessKey: "x" });
const deletion: Call = {
  account: "111122223333",
  region: "eu-west-1",
  service: "apigateway",
  operation: "DeleteDomainName",
  input: { domainName: "shop.example.com" },
};

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
}

/** A network that keeps what is sent, and answers as it is told. */
function network(answer: () => { statusCode: number; headers: Record<string, string> } | Error): {
  readonly sent: Sent[];
  readonly send: (call: Call) => Promise<unknown>;
} {
  const sent: Sent[] = [];
  const requestHandler = {
    metadata: { handlerProtocol: "http/1.1" },
    async handle(request: Sent) {
      sent.push(request);
      const answered = answer();
      if (answered instanceof Error) throw answered;
      return { response: { ...answered, body: new Uint8Array() } };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  };
  return { sent, send: liveSend({ requestHandler, credentials, clock: { now: () => 42 } }) };
}

const accepted = () => ({ statusCode: 202, headers: {} });

describe("a call with a date of its own", () => {
  test("X-Amz-Date is that date, and the signature is of it", async () => {
    const { sent, send } = network(accepted);
    await send({ ...deletion, signedAt: Date.UTC(2026, 4, 6, 7, 8, 9, 10) });
    expect(sent.map(({ headers }) => headers["x-amz-date"])).toEqual(["20260506T070809Z"]);
    expect(sent[0]?.headers["authorization"]).toContain("/20260506/eu-west-1/apigateway/aws4_request");
  });

  test("other calls of the same client are dated by the time at which they are sent", async () => {
    const { sent, send } = network(accepted);
    await send({ ...deletion, signedAt: START });
    await send(deletion);
    expect(sent.map(({ headers }) => headers["x-amz-date"]?.startsWith("20260101T00"))).toEqual([true, false]);
  });

  test.each([
    ["a server error", () => ({ statusCode: 500, headers: {} })],
    ["throttling", () => ({ statusCode: 429, headers: { "x-amzn-errortype": "TooManyRequestsException" } })],
    ["no answer", () => Object.assign(new Error("gone"), { code: "ECONNRESET" })],
    [
      "a clock that is far off, which the SDK would correct and try again",
      () => ({
        statusCode: 403,
        headers: { "x-amzn-errortype": "InvalidSignatureException", date: new Date(START + 60 * MINUTE).toUTCString() },
      }),
    ],
  ])("is sent once: %s", async (_what, answer) => {
    const { sent, send } = network(answer);
    await send({ ...deletion, signedAt: START });
    expect(sent).toHaveLength(1);
  });

  test("the embedded AWS, whose clock is its own, refuses it fifteen minutes later", async () => {
    const emulator = createEmulator({ cloud: emptyCloud(START) });
    const requestHandler = sdkTransport(respondAs(emulator));
    const send = liveSend({ requestHandler, credentials, clock: { now: () => 42 } });
    const codes: string[] = [];
    for (const late of [14 * MINUTE, 16 * MINUTE]) {
      while (emulator.now() < START + late) emulator.advance(START + late);
      for (const call of [{ ...deletion, signedAt: START }, deletion]) {
        const answer = await send(call);
        codes.push(answer.ok === false ? answer.fault.code : String(answer.ok));
      }
    }
    expect(codes).toEqual([
      "NotFoundException",
      "NotFoundException",
      "InvalidSignatureException",
      "NotFoundException", // signed now, by the clock on the wall
    ]);
  });
});

test("to AWS itself the header that tells the date does not go", async () => {
  const seen: unknown[] = [];
  const config: SignerConfig = {
    signer: async () => ({ sign: async (request, options) => void seen.push([request.headers, options]) }),
  };
  datedSigner(config, false);
  const signer = await config.signer({});
  await signer.sign({ headers: { host: "h", "x-signalbox-signed-at": String(START) } }, { signingDate: new Date(0) });
  expect(seen).toEqual([[{ host: "h" }, { signingDate: new Date(START) }]]);
});

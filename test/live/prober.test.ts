import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { RequestListener } from "node:http";
import { afterEach, expect, test } from "vitest";
import type { ProbeInput } from "../../src/cloud/probe.ts";
import { probeOverTls } from "../../src/live/prober.ts";
import { CERTIFICATE, KEY } from "./certificate.ts";

const clock = { now: () => 42 };
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function start(listener: RequestListener): Promise<number> {
  const server = createServer({ cert: CERTIFICATE, key: KEY }, listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const INPUT: ProbeInput = {
  address: { host: "127.0.0.1" },
  sni: "shop.example.com",
  host: "shop.example.com",
  path: "/prod/health?x=1",
  searchString: "ok",
};

const probe = (
  port: number,
  input: Partial<ProbeInput> = {},
  network: { trust?: string; timeoutMs?: number } = { trust: CERTIFICATE },
) =>
  probeOverTls(
    { account: "1", region: "us-east-1", service: "probe", operation: "Probe", input: { ...INPUT, ...input } },
    clock,
    { port, ...network },
  );

test("passes with the right name, certificate, status and string; asks as a visitor would", async () => {
  let seen = "";
  const port = await start((request, response) => {
    seen = `${request.method} ${request.url} ${request.headers.host} ${(request.socket as { servername?: string }).servername}`;
    response.writeHead(302).end("all is ok here");
  });
  expect(await probe(port)).toEqual({ ok: true, output: {}, at: 42 });
  expect(seen).toBe("GET /prod/health?x=1 shop.example.com shop.example.com");
});

test.each([
  ["a status that is no success", 500, "ok", {}, "answers 500"],
  ["a string that is not there", 200, "no", {}, '"ok" is not in the first 5120 bytes'],
  ["a string that comes too late", 200, `${"x".repeat(5119)}ok`, {}, '"ok" is not in the first 5120 bytes'],
  [
    "a certificate for another name",
    200,
    "ok",
    { sni: "other.example.com" },
    "presents no valid certificate for other.example.com",
  ],
] as const)("fails on %s", async (_, status, body, input, complaint) => {
  const port = await start((_request, response) => response.writeHead(status).end(body));
  const answer = await probe(port, input);
  expect(answer).toMatchObject({ ok: false, fault: { code: "ProbeFailed", status: 502 } });
  expect(answer.ok === false && answer.fault.message).toContain(complaint);
});

test("fails on a certificate that nobody trusts", async () => {
  const port = await start((_request, response) => response.end("ok"));
  expect(await probe(port, {}, {})).toMatchObject({
    ok: false,
    fault: { message: expect.stringContaining("presents no valid certificate") },
  });
});

test("fails when nobody listens", async () => {
  const port = await start(() => {});
  servers.pop()?.close();
  expect(await probe(port)).toMatchObject({
    ok: false,
    fault: { message: expect.stringContaining("no TLS connection to 127.0.0.1") },
  });
});

test("gives up on an endpoint that does not answer", async () => {
  const port = await start(() => {});
  const answer = await probe(port, {}, { trust: CERTIFICATE, timeoutMs: 50 });
  expect(answer).toMatchObject({ ok: false, fault: { message: "127.0.0.1 did not answer within 0.05 s" } });
});

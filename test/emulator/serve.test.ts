import { Route53Client, CreateHostedZoneCommand, GetHostedZoneCommand } from "@aws-sdk/client-route-53";
import { afterEach, expect, test } from "vitest";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import { respondAs, type Respond } from "../../src/emulator/respond.ts";
import { serve, type Served } from "../../src/emulator/serve.ts";
import { ACCOUNT, START } from "./world.ts";

const running: Served[] = [];
afterEach(async () => {
  for (const served of running.splice(0)) await served.close();
});

async function start(respond: Respond): Promise<string> {
  const served = await serve(respond);
  running.push(served);
  return served.url;
}

test("an SDK client works over loopback", async () => {
  const url = await start(respondAs(createEmulator({ cloud: emptyCloud(START) })));
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: "x" };
  const client = new Route53Client({ region: "us-east-1", endpoint: url, credentials, maxAttempts: 1 });
  const { HostedZone, DelegationSet } = await client.send(
    new CreateHostedZoneCommand({ Name: "example.com", CallerReference: "1" }),
  );
  expect(DelegationSet?.NameServers).toHaveLength(4);
  const found = await client.send(new GetHostedZoneCommand({ Id: HostedZone?.Id }));
  expect(found.HostedZone?.Name).toBe("example.com.");
  await expect(client.send(new GetHostedZoneCommand({ Id: "Z00000000000000000000" }))).rejects.toMatchObject({
    name: "NoSuchHostedZone",
  });
  client.destroy();
});

test("path, query, headers and body arrive; the answer goes out as it is", async () => {
  const url = await start(async (request) => ({
    status: 201,
    headers: { "x-seen": `${request.method} ${request.path} ${request.query.get("a")} ${request.headers["x-one"]}` },
    body: request.body,
  }));
  const response = await fetch(`${url}/p%2Fq?a=1%202`, { method: "PUT", headers: { "X-One": "v" }, body: "body" });
  expect([response.status, response.headers.get("x-seen"), await response.text()]).toEqual([
    201,
    "PUT /p%2Fq 1 2 v",
    "body",
  ]);
});

test("an error of ours is a 500 and not the end of the server", async () => {
  const url = await start(async () => {
    throw new Error("a bug");
  });
  for (let attempt = 0; attempt < 2; attempt += 1) expect((await fetch(url)).status).toBe(500);
});

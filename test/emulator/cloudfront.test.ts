import {
  CloudFrontClient,
  CreateDistributionWithTagsCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DescribeFunctionCommand,
  GetDistributionConfigCommand,
  GetFunctionCommand,
  ListTagsForResourceCommand,
  PublishFunctionCommand,
  TestFunctionCommand,
  UntagResourceCommand,
  UpdateDistributionCommand,
  UpdateFunctionCommand,
  type DistributionConfig,
} from "@aws-sdk/client-cloudfront";
import { describe, expect, test } from "vitest";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import type { Entry } from "../../src/emulator/history.ts";
import { replay } from "../../src/emulator/history.ts";
import { sdkTransport } from "../../src/emulator/in-process.ts";
import { respondAs, type Respond } from "../../src/emulator/respond.ts";
import type { WireResponse } from "../../src/emulator/wire.ts";
import { fromJsonLine, toJsonLine } from "../../src/emulator/call-json.ts";
import { encodeCloud } from "../../src/cloud/codec.ts";
import { START } from "./world.ts";

/** An emulator with a client, its entries, and the last answer as it was on the wire. */
function station() {
  const entries: Entry[] = [];
  const emulator = createEmulator({ cloud: emptyCloud(START), record: (entry) => void entries.push(entry) });
  const seen: { last?: WireResponse } = {};
  const respond: Respond = async (request) => (seen.last = await respondAs(emulator)(request));
  const client = new CloudFrontClient({
    region: "us-east-1",
    credentials: { accessKeyId: "111122223333", secretAccessKey: "x" },
    requestHandler: sdkTransport(respond),
    maxAttempts: 1,
  });
  return { emulator, client, entries, seen };
}

const CODE = Buffer.from("function handler(event) { event.request.uri += 'index.html'; return event.request; }\n");
const Name = "rewrite";
const content = {
  Name,
  FunctionConfig: { Comment: "ä & <b>", Runtime: "cloudfront-js-2.0" as const },
  FunctionCode: CODE,
};
const EVENT = {
  version: "1.0",
  context: { eventType: "viewer-request" },
  request: { method: "GET", uri: "/docs/", querystring: {}, headers: {}, cookies: {} },
};

const config: DistributionConfig = {
  CallerReference: "one",
  Comment: 'a "b" & <c>',
  Enabled: true,
  Aliases: { Quantity: 0 },
  Origins: {
    Quantity: 1,
    Items: [
      {
        Id: "site",
        DomainName: "origin.example.net",
        CustomHeaders: { Quantity: 1, Items: [{ HeaderName: "x-a", HeaderValue: "1" }] },
        CustomOriginConfig: {
          HTTPPort: 80,
          HTTPSPort: 443,
          OriginProtocolPolicy: "https-only",
          OriginSslProtocols: { Quantity: 2, Items: ["TLSv1.1", "TLSv1.2"] },
        },
      },
    ],
  },
  DefaultCacheBehavior: {
    TargetOriginId: "site",
    ViewerProtocolPolicy: "https-only",
    CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    AllowedMethods: { Quantity: 2, Items: ["HEAD", "GET"], CachedMethods: { Quantity: 2, Items: ["HEAD", "GET"] } },
  },
  Restrictions: { GeoRestriction: { RestrictionType: "whitelist", Quantity: 2, Items: ["DE", "AT"] } },
};

describe("functions over the wire", () => {
  test("code goes out as it came in, and ETags stand in their headers", async () => {
    const { client, seen } = station();
    const made = await client.send(new CreateFunctionCommand(content));
    expect([made.$metadata.httpStatusCode, made.ETag, seen.last?.headers["etag"]]).toEqual([201, made.ETag, made.ETag]);
    const got = await client.send(new GetFunctionCommand({ Name }));
    expect(Buffer.from(got.FunctionCode ?? [])).toEqual(CODE);
    expect([got.ContentType, got.ETag]).toEqual(["application/octet-stream", made.ETag]);
    const updated = await client.send(new UpdateFunctionCommand({ ...content, IfMatch: made.ETag }));
    // AWS's own spelling, of this one answer. Source: CloudFront API reference "UpdateFunction".
    expect([seen.last?.headers["ettag"], seen.last?.headers["etag"]]).toEqual([updated.ETag, undefined]);
    expect(updated.FunctionSummary?.FunctionConfig).toEqual(content.FunctionConfig);
    await client.send(new PublishFunctionCommand({ Name, IfMatch: updated.ETag }));
    expect(seen.last?.headers["etag"]).toBeUndefined();
    const described = await client.send(new DescribeFunctionCommand({ Name, Stage: "LIVE" }));
    expect(described.FunctionSummary?.FunctionMetadata).toMatchObject({
      Stage: "LIVE",
      LastModifiedTime: new Date(START + 3),
    });
    expect(Buffer.from(seen.last?.body ?? []).toString()).toContain(
      '<FunctionSummary xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">',
    );
  });

  test("TestFunction runs it, and writes nothing", async () => {
    const { client, entries } = station();
    const { ETag } = await client.send(new CreateFunctionCommand(content));
    const EventObject = Buffer.from(JSON.stringify(EVENT));
    const { TestResult } = await client.send(new TestFunctionCommand({ Name, IfMatch: ETag, EventObject }));
    expect(TestResult).toMatchObject({ FunctionErrorMessage: "", FunctionExecutionLogs: [] });
    expect(JSON.parse(TestResult?.FunctionOutput ?? "")).toEqual({
      request: { ...EVENT.request, uri: "/docs/index.html" },
    });
    expect(entries).toHaveLength(1);
  });

  test.each<[string | undefined, string, number]>([
    [undefined, "InvalidIfMatchVersion", 400],
    ["", "InvalidIfMatchVersion", 400],
    ["EOTHER", "PreconditionFailed", 412],
  ])("If-Match %s is %s", async (IfMatch, name, httpStatusCode) => {
    const { client } = station();
    await client.send(new CreateFunctionCommand(content));
    const sent = client.send(new DeleteFunctionCommand({ Name, IfMatch }));
    await expect(sent).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  });

  test("a member that is missing, or of the wrong form, is InvalidArgument", async () => {
    const { client } = station();
    const { Name: _name, ...nameless } = content;
    const sent = client.send(new CreateFunctionCommand(nameless as typeof content));
    await expect(sent).rejects.toMatchObject({
      name: "InvalidArgument",
      message: expect.stringContaining("'name'") as string,
    });
  });
});

describe("distributions over the wire", () => {
  test("the config that is read is the one that was written, and can be written back", async () => {
    const { client } = station();
    const tags = { Items: [{ Key: "team", Value: "web" }] };
    const made = await client.send(
      new CreateDistributionWithTagsCommand({ DistributionConfigWithTags: { DistributionConfig: config, Tags: tags } }),
    );
    const Id = made.Distribution?.Id;
    const first = await client.send(new GetDistributionConfigCommand({ Id }));
    expect(first.DistributionConfig).toMatchObject(config);
    await client.send(
      new UpdateDistributionCommand({ Id, IfMatch: first.ETag, DistributionConfig: first.DistributionConfig }),
    );
    const second = await client.send(new GetDistributionConfigCommand({ Id }));
    expect(second.DistributionConfig).toEqual(first.DistributionConfig);
    expect(second.ETag).not.toBe(first.ETag);
    const Resource = made.Distribution?.ARN;
    expect((await client.send(new ListTagsForResourceCommand({ Resource }))).Tags).toEqual(tags);
    await client.send(new UntagResourceCommand({ Resource, TagKeys: { Items: ["team"] } }));
    expect((await client.send(new ListTagsForResourceCommand({ Resource }))).Tags?.Items).toEqual([]);
  });

  test("a log that is replayed comes to the same, bytes included", async () => {
    const { client, entries, emulator } = station();
    await client.send(new CreateFunctionCommand(content));
    await client.send(
      new CreateDistributionWithTagsCommand({ DistributionConfigWithTags: { DistributionConfig: config, Tags: {} } }),
    );
    const start = { seed: "emulator", number: 0, cloud: emptyCloud(START) };
    const again = entries.map((entry) => fromJsonLine(toJsonLine(entry)) as Entry).reduce(replay, start);
    expect(encodeCloud(again.cloud)).toEqual(encodeCloud(emulator.cloud()));
  });
});

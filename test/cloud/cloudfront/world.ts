import { expect } from "vitest";
import type { Call, Fault } from "../../../src/cloud/call.ts";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { withRegion, regionOf } from "../../../src/cloud/edit.ts";
import { hashIds } from "../../../src/cloud/ids.ts";
import { step } from "../../../src/cloud/step.ts";
import { runEdgeFunction } from "../../../src/emulator/edge-function-runner.ts";
import { ACCOUNT, ARN, call, certificate, world } from "../world.ts";

export { ACCOUNT, ARN, START, certificate, world } from "../world.ts";

type Fields = Readonly<Record<string, unknown>>;

let calls = 0;

const outcome = (cloud: Cloud, made: Call) => step(cloud, made, hashIds(`cloudfront ${(calls += 1)}`), runEdgeFunction);

export const cf = (operation: string, input: object, account = ACCOUNT): Call => ({
  ...call("cloudfront", operation, input),
  account,
});

/** The call must succeed. */
export function does(cloud: Cloud, made: Call): { readonly cloud: Cloud; readonly output: Fields } {
  const result = outcome(cloud, made);
  if (!result.ok) throw new Error(`${made.operation}: ${result.fault.code}: ${result.fault.message}`);
  return { cloud: result.cloud, output: result.output as Fields };
}

/** The call must be refused. */
export function fails(cloud: Cloud, made: Call): Fault {
  const result = outcome(cloud, made);
  expect(result.ok, `${made.operation} was not refused`).toBe(false);
  return (result as { readonly fault: Fault }).fault;
}

/** Whether AWS takes the call. */
export const takes = (cloud: Cloud, made: Call): boolean => outcome(cloud, made).ok;

/** The calls must succeed, one after the other. */
export const after = (cloud: Cloud, ...made: readonly Call[]): Cloud =>
  made.reduce((at, each) => does(at, each).cloud, cloud);

export const CODE = Buffer.from("function handler(event) { return event.request; }");
export const CONFIG = { Comment: "", Runtime: "cloudfront-js-2.0" };
export const functionArn = (name: string): string => `arn:aws:cloudfront::${ACCOUNT}:function/${name}`;

export const createFunction = (Name = "rewrite", over: object = {}): Call =>
  cf("CreateFunction", { Name, FunctionConfig: CONFIG, FunctionCode: CODE, ...over });

/** The ETag of a stage of a function. */
export const etagOf = (cloud: Cloud, Name = "rewrite", Stage = "DEVELOPMENT"): string =>
  String(does(cloud, cf("DescribeFunction", { Name, Stage })).output["ETag"]);

/** The Cloud with a function that is published. */
export function published(cloud: Cloud, Name = "rewrite"): Cloud {
  const made = does(cloud, createFunction(Name)).cloud;
  return does(made, cf("PublishFunction", { Name, IfMatch: etagOf(made, Name) })).cloud;
}

export const ORIGINS = {
  Quantity: 1,
  Items: [
    {
      Id: "site",
      DomainName: "origin.example.net",
      CustomOriginConfig: {
        HTTPPort: 80,
        HTTPSPort: 443,
        OriginProtocolPolicy: "https-only",
        OriginSslProtocols: { Quantity: 1, Items: ["TLSv1.2"] },
        OriginReadTimeout: 30,
        OriginKeepaliveTimeout: 5,
      },
    },
  ],
};

export const BEHAVIOR = { TargetOriginId: "site", ViewerProtocolPolicy: "redirect-to-https", CachePolicyId: "policy" };

export const config = (over: object = {}): Fields => ({
  CallerReference: "one",
  Comment: "",
  Enabled: true,
  Origins: ORIGINS,
  DefaultCacheBehavior: BEHAVIOR,
  ...over,
});

export const running = (EventType: string, name = "rewrite"): object => ({
  FunctionAssociations: { Quantity: 1, Items: [{ FunctionARN: functionArn(name), EventType }] },
});

export const create = (over: object = {}): Call => cf("CreateDistribution", { DistributionConfig: config(over) });

interface Made {
  readonly cloud: Cloud;
  readonly id: string;
  readonly etag: string;
  readonly config: Fields;
}

/** The Cloud with a distribution in it. */
export function distributed(cloud: Cloud, over: object = {}): Made {
  const { cloud: next, output } = does(cloud, create(over));
  const told = output["Distribution"] as { readonly Id: string; readonly DistributionConfig: Fields };
  return { cloud: next, id: told.Id, etag: String(output["ETag"]), config: told.DistributionConfig };
}

/** An update by what was read, with some members changed. */
export const update = ({ id, etag, config: read }: Made, over: object = {}): Call =>
  cf("UpdateDistribution", { Id: id, IfMatch: etag, DistributionConfig: { ...read, ...over } });

/** Aliases, and the certificate for them. */
export const named = (...names: readonly string[]): object => ({
  Aliases: { Quantity: names.length, Items: names },
  ViewerCertificate: { ACMCertificateArn: ARN, SSLSupportMethod: "sni-only", MinimumProtocolVersion: "TLSv1.2_2021" },
});

/** A world with an issued certificate in us-east-1. */
export function certified(over: Parameters<typeof certificate>[0] = {}): Cloud {
  const cloud = world();
  const state = regionOf(cloud, ACCOUNT, "us-east-1");
  const held = certificate(over);
  return withRegion(cloud, ACCOUNT, { ...state, certificates: state.certificates.set(held.arn, held) });
}

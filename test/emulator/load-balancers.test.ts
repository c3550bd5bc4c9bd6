import {
  AddListenerCertificatesCommand,
  CertificateNotFoundException,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetHealthCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  LoadBalancerNotFoundException,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { describe, expect, test } from "vitest";
import { regionOf } from "../../src/cloud/edit.ts";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { loadBalancingIn } from "../../src/cloud/elbv2/load-balancing.ts";
import { tick } from "../../src/cloud/tick.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import { absorb } from "../../src/cloud/absorb.ts";
import { liveSend } from "../../src/live/send.ts";
import { sdkTransport } from "../../src/emulator/in-process.ts";
import { respondAs } from "../../src/emulator/respond.ts";
import { prepareStandIns } from "../../src/emulator/stand-ins.ts";
import { utf8 } from "../../src/emulator/wire.ts";
import type { WireRequest } from "../../src/emulator/wire.ts";
import { ACCOUNT, START } from "./world.ts";

const REGION = "eu-west-1";
const WANTED = {
  account: ACCOUNT,
  zones: [],
  restApis: [],
  loadBalancers: [
    { region: REGION, name: "web-euw1", port: 443 },
    { region: REGION, name: "web-euw1", port: 8443 },
    { region: "us-east-1", name: "web-use1", port: 443 },
  ],
};

const standing = () => createEmulator({ cloud: prepareStandIns(emptyCloud(START), WANTED).cloud });

const clientOf = (emulator: ReturnType<typeof standing>) =>
  new ElasticLoadBalancingV2Client({
    region: REGION,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: "x" },
    requestHandler: sdkTransport(respondAs(emulator)),
    maxAttempts: 1,
  });

describe("stand-ins", () => {
  test("are told; what exists is left as it is", () => {
    const { cloud, made } = prepareStandIns(emptyCloud(START), WANTED);
    expect(made).toEqual([
      "load balancer web-euw1 in eu-west-1",
      "HTTPS listener 443 of load balancer web-euw1 in eu-west-1",
      "HTTPS listener 8443 of load balancer web-euw1 in eu-west-1",
      "load balancer web-use1 in us-east-1",
      "HTTPS listener 443 of load balancer web-use1 in us-east-1",
    ]);
    const again = prepareStandIns(cloud, WANTED);
    expect(again.made).toEqual([]);
    expect(again.cloud).toBe(cloud);
  });

  test("last: many years later they are as they were", () => {
    const { cloud } = prepareStandIns(emptyCloud(START), WANTED);
    const later = regionOf(tick(cloud, START + 50 * 365 * 86_400_000), ACCOUNT, REGION);
    expect([...loadBalancingIn(later).loadBalancers].map(({ state }) => state)).toEqual(["active"]);
    expect([...later.certificates].map(({ status }) => status)).toEqual(["ISSUED"]);
  });

  test("are seen by the SDK's client: active, with an HTTPS listener and a healthy target", async () => {
    const elb = clientOf(standing());
    const { LoadBalancers: [balancer] = [] } = await elb.send(
      new DescribeLoadBalancersCommand({ Names: ["web-euw1"] }),
    );
    expect(balancer).toMatchObject({
      State: { Code: "active" },
      CanonicalHostedZoneId: "Z32O12XQLNTSW2",
      CreatedTime: new Date(START),
    });
    const { Listeners = [] } = await elb.send(
      new DescribeListenersCommand({ LoadBalancerArn: balancer?.LoadBalancerArn }),
    );
    expect(Listeners.map(({ Protocol, Port }) => `${Protocol} ${Port}`).toSorted()).toEqual([
      "HTTPS 443",
      "HTTPS 8443",
    ]);
    const { TargetGroups: [group] = [] } = await elb.send(
      new DescribeTargetGroupsCommand({ LoadBalancerArn: balancer?.LoadBalancerArn }),
    );
    const { TargetHealthDescriptions } = await elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: group?.TargetGroupArn }),
    );
    expect(TargetHealthDescriptions).toMatchObject([{ TargetHealth: { State: "healthy" } }]);
  });
});

describe("over the wire", () => {
  test("faults arrive as the SDK's own exceptions, with their statuses", async () => {
    const elb = clientOf(standing());
    const sought = elb.send(new DescribeLoadBalancersCommand({ Names: ["nobody"] }));
    const error = await sought.catch((reason: unknown) => reason as LoadBalancerNotFoundException);
    expect(error).toBeInstanceOf(LoadBalancerNotFoundException);
    expect(error).toMatchObject({
      message: "Load balancers '[nobody]' not found",
      $metadata: { httpStatusCode: 400 },
    });
  });

  test("certificates of a listener: lists there and back", async () => {
    const elb = clientOf(standing());
    const { LoadBalancers: [balancer] = [] } = await elb.send(
      new DescribeLoadBalancersCommand({ Names: ["web-euw1"] }),
    );
    const { Listeners: [listener] = [] } = await elb.send(
      new DescribeListenersCommand({ LoadBalancerArn: balancer?.LoadBalancerArn }),
    );
    const CertificateArn = listener?.Certificates?.[0]?.CertificateArn ?? "";
    const input = { ListenerArn: listener?.ListenerArn, Certificates: [{ CertificateArn }] };
    await elb.send(new AddListenerCertificatesCommand(input));
    const { Certificates } = await elb.send(
      new DescribeListenerCertificatesCommand({ ListenerArn: listener?.ListenerArn }),
    );
    expect(Certificates).toEqual([
      { CertificateArn, IsDefault: true },
      { CertificateArn, IsDefault: false },
    ]);
    const unknown = { ...input, Certificates: [{ CertificateArn: CertificateArn.replace(/.$/, "0") }] };
    await expect(elb.send(new AddListenerCertificatesCommand(unknown))).rejects.toBeInstanceOf(
      CertificateNotFoundException,
    );
  });

  test("an option that is not modelled is named", async () => {
    const elb = clientOf(standing());
    const sent = elb.send(new CreateLoadBalancerCommand({ Name: "gate", Type: "gateway", Subnets: ["subnet-a"] }));
    await expect(sent).rejects.toMatchObject({
      name: "NotEmulated",
      message: "elbv2:CreateLoadBalancer is modelled, but not Type gateway",
      $metadata: { httpStatusCode: 501 },
    });
    const create = new CreateListenerCommand({
      LoadBalancerArn: "x",
      DefaultActions: [
        {
          Type: "authenticate-cognito",
          AuthenticateCognitoConfig: {
            UserPoolArn: "a",
            UserPoolClientId: "b",
            UserPoolDomain: "c",
            AuthenticationRequestExtraParams: { prompt: "login" },
          },
        },
      ],
    });
    await expect(elb.send(create)).rejects.toMatchObject({ name: "ValidationError" });
  });

  test("the older version of the same name is another service, which is not there", async () => {
    const request = (Version: string): WireRequest => ({
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: {
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        authorization: `AWS4-HMAC-SHA256 Credential=${ACCOUNT}/20260101/${REGION}/elasticloadbalancing/aws4_request, Signature=0`,
      },
      body: Buffer.from(new URLSearchParams({ Action: "DescribeLoadBalancers", Version }).toString()),
    });
    const respond = respondAs(standing());
    const [classic, second] = [await respond(request("2012-06-01")), await respond(request("2015-12-01"))];
    expect(classic.status).toBe(501);
    expect(utf8(classic.body)).toContain("elasticloadbalancing:POST / is not modelled");
    expect(second.status).toBe(200);
    expect(utf8(second.body)).toContain("<LoadBalancerName>web-euw1</LoadBalancerName>");
  });
});

test("what the SDK's client reads makes the same Cloud as what the model answers", async () => {
  const emulator = standing();
  const send = liveSend({
    clock: emulator,
    credentials: () => ({ accessKeyId: ACCOUNT, secretAccessKey: "x" }),
    requestHandler: sdkTransport(respondAs(emulator)),
  });
  const call = (operation: string, input: object) =>
    ({ account: ACCOUNT, region: REGION, service: "elbv2", operation, input }) as const;
  let [read, modelled] = [emptyCloud(START), emptyCloud(START)];
  const look = async (operation: string, input: object): Promise<void> => {
    const asked = call(operation, input);
    const [answer, outcome] = [await send(asked), emulator.call(asked)];
    if (answer.ok !== true || !outcome.ok) throw new Error(operation);
    read = absorb(read, asked, answer.output);
    modelled = absorb(modelled, asked, outcome.output);
  };
  const seen = () => loadBalancingIn(regionOf(modelled, ACCOUNT, REGION));
  await look("DescribeLoadBalancers", { Names: ["web-euw1"] });
  for (const { arn } of seen().loadBalancers) await look("DescribeListeners", { LoadBalancerArn: arn });
  for (const { arn } of seen().listeners) await look("DescribeListenerCertificates", { ListenerArn: arn });
  await look("DescribeTargetGroups", {});
  for (const { arn } of seen().targetGroups) await look("DescribeTargetHealth", { TargetGroupArn: arn });
  await look("DescribeTags", { ResourceArns: [...seen().listeners].map(({ arn }) => arn) });
  const shown = (cloud: typeof read) => {
    const { loadBalancers, listeners, targetGroups } = loadBalancingIn(regionOf(cloud, ACCOUNT, REGION));
    return [
      [...loadBalancers],
      [...listeners],
      [...targetGroups].map((group) => ({ ...group, targets: [...(group.targets ?? [])] })),
    ];
  };
  expect(shown(read)).toEqual(shown(modelled));
  expect(shown(read).map((each) => each.length)).toEqual([1, 2, 1]);
});

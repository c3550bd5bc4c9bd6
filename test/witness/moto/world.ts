import type { Answer, Call, Region, Send } from "../../../src/cloud/call.ts";
import type { Clock } from "../../../src/cloud/instant.ts";
import { display, domainName } from "../../../src/dns/domain-name.ts";
import type { Served } from "../../../src/emulator/serve.ts";
import { liveSend } from "../../../src/live/send.ts";
import type { ApiSection, Manifest } from "../../../src/manifest/manifest.ts";
import { atAwsPace } from "../../../src/pipeline.ts";
import type { Ports } from "../../../src/pipeline.ts";
import { storefront, storefrontApi } from "../../world/storefront.ts";
import { outputOf, refuse, succeed } from "./answers.ts";
import { mendsOf } from "./mends.ts";
import { openProxy, type Exchange } from "./proxy.ts";

/** An empty moto behind its mends, with what a manifest refers to. */
export interface MotoWorld {
  /** Through the mends, as AWS would answer. */
  readonly send: Send;
  readonly ports: Ports;
  /** Everything that went through the mends. */
  readonly log: readonly Exchange[];
  readonly url: string;
  readonly zoneId: string;
  /** The storefront, on the REST APIs that are there. */
  readonly manifest: Manifest;
  readonly api: ApiSection;
  /** Regions of the API, one more than the manifest has. */
  readonly regions: readonly ApiSection["regions"][number][];
  close(): Promise<void>;
}

const ZONE = "example.com";
const REGIONS: readonly Region[] = ["us-east-1", "us-west-2", "eu-west-1"];
const credentials = () => ({ accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" });

/** Straight to moto, without mends. */
export const openDirect = (moto: string): Send => liveSend({ endpoint: moto, credentials, clock: { now: Date.now } });

/** `moto`: where moto_server is. It is emptied. */
export async function openWorld(moto: string): Promise<MotoWorld> {
  await fetch(`${moto}/moto-api/reset`, { method: "POST" });
  const clock = skippingClock();
  const direct = openDirect(moto);
  const log: Exchange[] = [];
  const proxy: Served = await openProxy({
    target: moto,
    mend: mendsOf(direct, clock.now).mend,
    seen: (exchange) => log.push(exchange),
    now: clock.now,
  });
  const send: Send = liveSend({ endpoint: proxy.url, credentials, clock, probe: (call) => probed(call, send) });
  const { zoneId, apis } = await seed(direct);
  const regions = REGIONS.map((region) => ({
    region,
    mappings: [{ basePath: "v1", restApi: apis.get(region) ?? "", stage: "prod" }],
  }));
  let nonces = 0;
  const api = { ...storefrontApi, regions: regions.slice(0, 2) };
  return {
    send,
    ports: atAwsPace({ send, clock, nonce: () => `moto${String((nonces += 1))}` }),
    log,
    url: proxy.url,
    zoneId,
    manifest: { ...storefront, apis: [api] },
    api,
    regions,
    close: () => proxy.close(),
  };
}

/** The real time, and whatever was waited for on top of it: nobody waits. */
function skippingClock(): Clock {
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  return {
    now,
    async waitUntil(until) {
      ahead += Math.max(0, until - now());
    },
  };
}

async function seed(moto: Send): Promise<{ readonly zoneId: string; readonly apis: ReadonlyMap<Region, string> }> {
  const ask = <Output>(region: Region, service: Call["service"], operation: string, input: unknown): Promise<Output> =>
    outputOf<Output>(moto, { account: "", region, service, operation, input });
  const zone = { Name: ZONE, CallerReference: "seed" };
  const { HostedZone } = await ask<{ HostedZone: { Id: string } }>("us-east-1", "route53", "CreateHostedZone", zone);
  const apis = new Map<Region, string>();
  for (const region of REGIONS) {
    const gateway = <Output>(operation: string, input: unknown): Promise<Output> =>
      ask<Output>(region, "apigateway", operation, input);
    const { id: restApiId } = await gateway<{ id: string }>("CreateRestApi", { name: "storefront" });
    const { items } = await gateway<{ items: readonly { id: string }[] }>("GetResources", { restApiId });
    const method = { restApiId, resourceId: items[0]?.id, httpMethod: "GET" };
    await gateway("PutMethod", { ...method, authorizationType: "NONE" });
    await gateway("PutIntegration", { ...method, type: "MOCK" });
    await gateway("CreateDeployment", { restApiId, stageName: "prod" });
    apis.set(region, restApiId);
  }
  return { zoneId: HostedZone.Id.replace("/hostedzone/", ""), apis };
}

interface Domain {
  readonly domainName: string;
  readonly regionalDomainName: string;
  readonly regionalCertificateArn: string;
}

/** What a visitor of the endpoint would meet: moto serves nothing, so it is asked what there would be. */
async function probed(call: Call, send: Send): Promise<Answer> {
  const { address, sni } = call.input as { readonly address: { readonly host: string }; readonly sni: string };
  const ask = <Output>(service: Call["service"], operation: string, input: unknown): Promise<Output> =>
    outputOf<Output>(send, { ...call, service, operation, input });
  const { items = [] } = await ask<{ items?: readonly Domain[] }>("apigateway", "GetDomainNames", {});
  const domain = items.find(({ regionalDomainName }) => regionalDomainName === address.host);
  if (domain === undefined || domainName(domain.domainName) !== domainName(sni))
    return refuse("ProbeFailed", `${address.host} does not serve ${display(domainName(sni))}`, 502);
  const arn = { CertificateArn: domain.regionalCertificateArn };
  const { Certificate } = await ask<{ Certificate: { Status: string } }>("acm", "DescribeCertificate", arn);
  const { domainName: name } = domain;
  const mapped = await ask<{ items?: readonly unknown[] }>("apigateway", "GetBasePathMappings", { domainName: name });
  const serves = Certificate.Status === "ISSUED" && (mapped.items ?? []).length > 0;
  return serves ? succeed({}) : refuse("ProbeFailed", `${address.host} does not answer for ${sni}`, 502);
}

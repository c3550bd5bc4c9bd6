import { ACMClient, ListCertificatesCommand } from "@aws-sdk/client-acm";
import { APIGatewayClient, GetDomainNamesCommand, GetRestApisCommand } from "@aws-sdk/client-api-gateway";
import { CloudFrontClient, ListDistributionsCommand, ListFunctionsCommand } from "@aws-sdk/client-cloudfront";
import {
  ChangeResourceRecordSetsCommand,
  ListHealthChecksCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type HostedZone,
  type ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { balancersIn, putBalancers } from "./balancers.ts";

const REGIONS = ["us-east-1", "us-west-2", "eu-west-1"];

const optionsFor = (endpoint: string, account: string, region: string) => ({
  endpoint,
  region,
  credentials: { accessKeyId: account, secretAccessKey: "local" },
});

/** What `signalbox local prepare` does not put there. */
export const prepareBalancers = (endpoint: string, account: string): Promise<void> =>
  putBalancers((region) => optionsFor(endpoint, account, region), REGIONS);

/** Everything that Terraform may have made, and what it builds on, as the SDK's clients see it. */
export async function leftOver(endpoint: string, account: string): Promise<unknown> {
  const route53 = new Route53Client(optionsFor(endpoint, account, "us-east-1"));
  const { HealthChecks = [] } = await route53.send(new ListHealthChecksCommand());
  const zones = await Promise.all(
    (await zonesOf(route53)).map(async (zone) => {
      const records = (await recordsOf(route53, zone)).map(({ Name, Type }) => `${Name} ${Type}`);
      return { zone: zone.Name, records };
    }),
  );
  const regions = await Promise.all(REGIONS.map((region) => inRegion(optionsFor(endpoint, account, region))));
  return { zones, healthChecks: HealthChecks.length, regions, sites: await sitesIn(endpoint, account) };
}

async function sitesIn(endpoint: string, account: string): Promise<unknown> {
  const cloudfront = new CloudFrontClient(optionsFor(endpoint, account, "us-east-1"));
  const { DistributionList: distributions } = await cloudfront.send(new ListDistributionsCommand());
  const { FunctionList: functions } = await cloudfront.send(new ListFunctionsCommand());
  return [distributions?.Quantity, functions?.Quantity];
}

async function inRegion(options: ReturnType<typeof optionsFor>): Promise<unknown> {
  const acm = new ACMClient(options);
  const gateway = new APIGatewayClient(options);
  // Without this filter ACM lists RSA certificates only.
  const listing = new ListCertificatesCommand({ Includes: { keyTypes: ["RSA_2048", "EC_prime256v1"] } });
  const { CertificateSummaryList: certificates = [] } = await acm.send(listing);
  const { items: domains = [] } = await gateway.send(new GetDomainNamesCommand());
  const { items: apis = [] } = await gateway.send(new GetRestApisCommand());
  return {
    region: options.region,
    certificates: certificates.length,
    domains: domains.length,
    apis: apis.map(({ name }) => name),
    balancers: await balancersIn(options),
  };
}

async function zonesOf(route53: Route53Client): Promise<readonly HostedZone[]> {
  return (await route53.send(new ListHostedZonesCommand())).HostedZones ?? [];
}

async function recordsOf(route53: Route53Client, zone: HostedZone): Promise<readonly ResourceRecordSet[]> {
  const listing = new ListResourceRecordSetsCommand({ HostedZoneId: zone.Id });
  return (await route53.send(listing)).ResourceRecordSets ?? [];
}

/** Somebody sets another TTL on the text record, in the console. */
export async function editByHand(endpoint: string, account: string): Promise<void> {
  const route53 = new Route53Client(optionsFor(endpoint, account, "us-east-1"));
  const [zone] = await zonesOf(route53);
  if (zone === undefined) throw new Error("there is no zone to edit");
  const record = (await recordsOf(route53, zone)).find(({ Name }) => Name === "note.example.com.");
  if (record === undefined) throw new Error("there is no record to edit");
  const Changes = [{ Action: "UPSERT" as const, ResourceRecordSet: { ...record, TTL: 900 } }];
  await route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zone.Id, ChangeBatch: { Changes } }));
}

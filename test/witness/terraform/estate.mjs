// What there is in the account, as the SDK's clients see it.
import { ACMClient, ListCertificatesCommand } from "@aws-sdk/client-acm";
import { APIGatewayClient, GetDomainNamesCommand, GetRestApisCommand } from "@aws-sdk/client-api-gateway";
import {
  ChangeResourceRecordSetsCommand,
  ListHealthChecksCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";

const REGIONS = ["us-east-1", "us-west-2", "eu-west-1"];

/** Everything that Terraform may have made, and what it builds on. @param {string} endpoint @param {string} account */
export async function leftOver(endpoint, account) {
  const credentials = { accessKeyId: account, secretAccessKey: "local" };
  const route53 = new Route53Client({ endpoint, credentials, region: "us-east-1" });
  const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand());
  const { HealthChecks = [] } = await route53.send(new ListHealthChecksCommand());
  const zones = await Promise.all(
    HostedZones.map(async ({ Id, Name }) => {
      const { ResourceRecordSets = [] } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id }));
      return { zone: Name, records: ResourceRecordSets.map((each) => `${each.Name} ${each.Type}`) };
    }),
  );
  return { zones, healthChecks: HealthChecks.length, regions: await Promise.all(REGIONS.map(inRegion)) };

  async function inRegion(region) {
    const acm = new ACMClient({ endpoint, credentials, region });
    const gateway = new APIGatewayClient({ endpoint, credentials, region });
    // Without this filter ACM lists RSA certificates only.
    const keyTypes = ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"];
    const listed = await acm.send(new ListCertificatesCommand({ Includes: { keyTypes } }));
    const domains = await gateway.send(new GetDomainNamesCommand());
    const apis = await gateway.send(new GetRestApisCommand());
    return {
      region,
      certificates: listed.CertificateSummaryList?.length ?? 0,
      domains: domains.items?.length ?? 0,
      apis: apis.items?.map(({ name }) => name),
    };
  }
}

/** Somebody sets another TTL on the text record, in the console. @param {string} endpoint @param {string} account */
export async function editByHand(endpoint, account) {
  const credentials = { accessKeyId: account, secretAccessKey: "local" };
  const route53 = new Route53Client({ endpoint, credentials, region: "us-east-1" });
  const [{ Id: HostedZoneId }] = (await route53.send(new ListHostedZonesCommand())).HostedZones;
  const { ResourceRecordSets } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId }));
  const record = ResourceRecordSets.find(({ Name }) => Name === "note.example.com.");
  const Changes = [{ Action: "UPSERT", ResourceRecordSet: { ...record, TTL: 900 } }];
  await route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
}

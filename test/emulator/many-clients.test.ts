import {
  ACMClient,
  type ACMClientConfig,
  DescribeCertificateCommand,
  RequestCertificateCommand,
} from "@aws-sdk/client-acm";
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type Route53ClientConfig,
} from "@aws-sdk/client-route-53";
import { expect, test } from "vitest";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import type { Entry } from "../../src/emulator/history.ts";
import { respondAs } from "../../src/emulator/respond.ts";
import { serve } from "../../src/emulator/serve.ts";
import { ACCOUNT, START } from "./world.ts";

const CLIENTS = 50;
const RECORDS = 4;

test("fifty clients at once: each sees what it wrote, nothing is lost and nothing is mixed up", async () => {
  const entries: Entry[] = [];
  const emulator = createEmulator({ cloud: emptyCloud(START), record: (entry) => void entries.push(entry) });
  const { url, close } = await serve(respondAs(emulator));
  const config = {
    region: "us-east-1",
    endpoint: url,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: "x" },
    maxAttempts: 1,
  };
  const ids = await Promise.all(Array.from({ length: CLIENTS }, (_, client) => oneClient(config, client)));
  expect(new Set(ids.flat()).size).toBe(2 * CLIENTS);
  const route53 = new Route53Client(config);
  const { HostedZones } = await route53.send(new ListHostedZonesCommand({}));
  expect(HostedZones?.map(({ ResourceRecordSetCount }) => ResourceRecordSetCount)).toEqual(
    Array.from({ length: CLIENTS }, () => 2 + RECORDS),
  );
  expect(entries.map(({ number }) => number)).toEqual(
    Array.from({ length: CLIENTS * (2 + RECORDS) }, (_, index) => index + 1),
  );
  route53.destroy();
  await close();
});

type Config = Route53ClientConfig & ACMClientConfig;

/** A zone with records, and a certificate; their identifiers. */
async function oneClient(config: Config, client: number): Promise<readonly (string | undefined)[]> {
  const [route53, acm] = [new Route53Client(config), new ACMClient(config)];
  const name = `c${client}.example`;
  const { HostedZone } = await route53.send(new CreateHostedZoneCommand({ Name: name, CallerReference: name }));
  for (let number = 0; number < RECORDS; number += 1) {
    const ResourceRecords = [{ Value: `192.0.2.${client}` }];
    const ResourceRecordSet = { Name: `r${number}.${name}`, Type: "A" as const, TTL: 60, ResourceRecords };
    const ChangeBatch = { Changes: [{ Action: "CREATE" as const, ResourceRecordSet }] };
    await route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: HostedZone?.Id, ChangeBatch }));
  }
  const listed = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: HostedZone?.Id }));
  const values = listed.ResourceRecordSets?.filter(({ Type }) => Type === "A").map(
    ({ Name, ResourceRecords }) => `${Name} ${ResourceRecords?.[0]?.Value}`,
  );
  expect(values).toEqual(Array.from({ length: RECORDS }, (_, number) => `r${number}.${name}. 192.0.2.${client}`));
  const { CertificateArn } = await acm.send(
    new RequestCertificateCommand({ DomainName: name, ValidationMethod: "DNS" }),
  );
  const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
  expect(Certificate?.DomainName).toBe(name);
  route53.destroy();
  acm.destroy();
  return [HostedZone?.Id, CertificateArn];
}

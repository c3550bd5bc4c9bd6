import * as fc from "fast-check";
import type { Call } from "../../src/cloud/call.ts";
import type { Account, Cloud } from "../../src/cloud/cloud.ts";
import { accountOf, regionOf } from "../../src/cloud/edit.ts";
import { DNS_ACCOUNT } from "./manifests.ts";
import { ACCOUNT } from "../world/world.ts";
import type { World } from "../world/world.ts";

/** Something that somebody else has in the account. `blocks`: it may stand where one of our names has to be. */
export type Stranger =
  | "txt"
  | "mx"
  | "validation"
  | "certificate"
  | "health-check"
  | "other-domain"
  | "other-latency"
  | "blocking-a"
  | "blocking-cname"
  | "blocking-domain"
  | "blocking-marker";

const HARMLESS: readonly Stranger[] = ["txt", "mx", "certificate", "health-check", "other-domain", "other-latency"];
const BLOCKING: readonly Stranger[] = ["blocking-a", "blocking-cname", "blocking-domain", "blocking-marker"];

/** Mostly harmless company; once in a while something in the way. */
export const strangersArbitrary: fc.Arbitrary<readonly Stranger[]> = fc
  .tuple(
    fc.subarray([...HARMLESS]),
    fc.oneof(
      { weight: 8, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray([...BLOCKING], { minLength: 1, maxLength: 1 }) },
    ),
  )
  .map(([harmless, blocking]) => [...harmless, ...blocking]);

const record = (name: string, type: string, value: string): object => ({
  Name: name,
  Type: type,
  TTL: 300,
  ResourceRecords: [{ Value: value }],
});

/** Puts the strangers there, through AWS's own calls. */
export function invite(into: World, strangers: readonly Stranger[], name: string): void {
  const { account: dns, id: zone, name: apex } = zoneOf(into, name);
  const send = (region: string, service: Call["service"], operation: string, input: unknown): unknown => {
    const account = service === "route53" ? dns : ACCOUNT;
    const outcome = into.emulator.call({ account, region, service, operation, input });
    if (!outcome.ok) throw new Error(`${operation}: ${outcome.fault.message}`);
    return outcome.output;
  };
  const create = (ResourceRecordSet: object): unknown =>
    send("us-east-1", "route53", "ChangeResourceRecordSets", {
      HostedZoneId: zone,
      ChangeBatch: { Changes: [{ Action: "CREATE", ResourceRecordSet }] },
    });
  const actions: Readonly<Record<Stranger, () => unknown>> = {
    txt: () => create(record(`notes.${apex}`, "TXT", '"somebody was here"')),
    mx: () => create(record(apex, "MX", "10 mail.elsewhere.test.")),
    validation: () => create(record(`_abc.${name}.`, "CNAME", "_def.xyz.acm-validations.aws.")),
    certificate: () => send("us-east-1", "acm", "RequestCertificate", { DomainName: name, ValidationMethod: "DNS" }),
    "health-check": () =>
      send("us-east-1", "route53", "CreateHealthCheck", {
        CallerReference: "theirs",
        HealthCheckConfig: { Type: "HTTPS", FullyQualifiedDomainName: "elsewhere.test", Port: 443 },
      }),
    "other-domain": () => domain(into, `other.${apex.slice(0, -1)}`, send),
    "other-latency": () =>
      create({ ...record(`other.${apex}`, "A", "192.0.2.1"), SetIdentifier: "theirs", Region: "eu-central-1" }),
    "blocking-a": () => create(record(`${name}.`, "A", "192.0.2.2")),
    "blocking-cname": () => create(record(`${name}.`, "CNAME", "elsewhere.test.")),
    "blocking-domain": () => domain(into, name, send),
    "blocking-marker": () =>
      create(
        record(
          `_signalbox.${name.replace("*.", "_wildcard.")}.`,
          "TXT",
          '"signalbox v=1 manifest=theirs scope=zzz999 generation=1 nonce=n ttl=60"',
        ),
      ),
  };
  for (const stranger of strangers) actions[stranger]();
}

interface Zone {
  readonly account: string;
  readonly id: string;
  readonly name: string;
}

/** The zone that a name is in, and whose it is. */
function zoneOf(into: World, name: string): Zone {
  const zones = [...into.emulator.cloud().accounts].flatMap((account) =>
    [...account.zones].map((zone): Zone => ({ account: account.id, id: zone.id, name: zone.name })),
  );
  const found = zones.find((each) => `.${name}.`.endsWith(`.${each.name}`));
  if (found === undefined) throw new Error(`no zone of ${name}`);
  return found;
}

/** A regional domain of somebody else, with a certificate that was issued for it. */
function domain(
  into: World,
  name: string,
  send: (region: string, service: Call["service"], operation: string, input: unknown) => unknown,
): void {
  for (const region of ["us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1"]) {
    const { CertificateArn } = send(region, "acm", "RequestCertificate", {
      DomainName: name,
      ValidationMethod: "DNS",
    }) as { readonly CertificateArn: string };
    issue(into, region, CertificateArn);
    send(region, "apigateway", "CreateDomainName", {
      domainName: name,
      regionalCertificateArn: CertificateArn,
      endpointConfiguration: { types: ["REGIONAL"] },
    });
  }
}

/** Proves the certificate as its owner would, and waits for it. */
function issue(into: World, region: string, arn: string): void {
  for (let i = 0; i < 4; i++) into.emulator.advance(into.emulator.now() + 10_000);
  const described = into.emulator.call({
    account: ACCOUNT,
    region,
    service: "acm",
    operation: "DescribeCertificate",
    input: { CertificateArn: arn },
  });
  const options = described.ok
    ? (
        described.output as {
          readonly Certificate: {
            readonly DomainValidationOptions: readonly {
              readonly ResourceRecord?: { readonly Name: string; readonly Value: string };
            }[];
          };
        }
      ).Certificate.DomainValidationOptions
    : [];
  for (const { ResourceRecord } of options) {
    if (ResourceRecord === undefined) continue;
    const zone = zoneOf(into, ResourceRecord.Name.slice(0, -1));
    const Changes = [
      { Action: "UPSERT", ResourceRecordSet: record(ResourceRecord.Name, "CNAME", ResourceRecord.Value) },
    ];
    into.emulator.call({
      account: zone.account,
      region: "us-east-1",
      service: "route53",
      operation: "ChangeResourceRecordSets",
      input: { HostedZoneId: zone.id, ChangeBatch: { Changes } },
    });
  }
  for (
    let i = 0;
    i < 20 && regionOf(into.emulator.cloud(), ACCOUNT, region).certificates.get(arn)?.status !== "ISSUED";
    i++
  )
    into.emulator.advance(into.emulator.now() + 600_000);
}

/** Everything in both accounts that is not ours, as text: it must be the same afterwards. */
export const foreignOf = (cloud: Cloud): string =>
  [ACCOUNT, DNS_ACCOUNT].map((id) => foreignIn(accountOf(cloud, id))).join("\n");

function foreignIn(account: Account): string {
  const ours = (tags: Readonly<Record<string, string>> | undefined): boolean =>
    tags?.["signalbox:manifest"] === "property" && tags["signalbox:scope"] === "abc123";
  const marked = new Set<string>();
  for (const zone of account.zones) {
    for (const each of zone.recordSets) {
      if (
        !each.Name.startsWith("_signalbox.") ||
        each.ResourceRecords?.some(({ Value }) => Value.includes("manifest=property scope=abc123")) !== true
      )
        continue;
      const name = each.Name.slice("_signalbox.".length).replace("_wildcard.", "\\052.");
      marked.add(`${each.Name} TXT `);
      for (const { Value } of each.ResourceRecords) {
        const [, type, set] = /^"record (\S+)(?: (\S+))? digest/u.exec(Value) ?? [];
        if (type !== undefined) marked.add(`${name} ${type} ${set ?? ""}`);
      }
    }
  }
  const records = [...account.zones].flatMap((zone) =>
    [...zone.recordSets].filter(
      (each) =>
        !marked.has(`${each.Name} ${each.Type} ${each.SetIdentifier ?? ""}`) &&
        each.ResourceRecords?.[0]?.Value.endsWith("acm-validations.aws.") !== true,
    ),
  );
  const checks = [...account.healthChecks].filter((each) => !each.CallerReference.startsWith("sb1.property."));
  const regional = [...account.regions].map((region) => ({
    region: region.region,
    certificates: [...region.certificates].filter((each) => !ours(each.tags)).map((each) => each.arn),
    domains: [...region.domains]
      .filter((each) => !ours(each.tags))
      .map((each) => ({ ...each, mappings: [...(each.mappings ?? [])] })),
  }));
  return JSON.stringify({ records, checks, regional }, undefined, 1);
}

import type { Region } from "../../src/cloud/call.ts";
import { DISTRIBUTION_ZONE } from "../../src/cloud/apigateway/hosts.ts";
import { accountOf } from "../../src/cloud/edit.ts";
import { display, domainName, escapeForRoute53 } from "../../src/dns/domain-name.ts";
import { MANIFEST_TAG } from "../../src/resource/ownership.ts";
import { targetOf } from "../../src/resource/record-endpoint.ts";
import { readMarker, swapCall } from "../../src/resource/swap.ts";
import { elsewhere } from "./estate.ts";
import { ACCOUNT } from "./world.ts";
import type { World } from "./world.ts";

/**
 * Every domain of ours in a Region, made edge-optimized with the certificate that it has (so: in us-east-1), and its
 * records and their marker led to the distribution, as an earlier manifest could have left it.
 */
export function madeEdge(into: World, region: Region): void {
  for (const { name, tags, mappings, regionalCertificateArn, regionalDomainName } of domainsIn(into, region)) {
    const gateway = (operation: string, input: object): unknown =>
      elsewhere(into, region, "apigateway", operation, { domainName: display(name), ...input });
    for (const { basePath } of mappings ?? []) gateway("DeleteBasePathMapping", { basePath });
    gateway("DeleteDomainName", {});
    const made = gateway("CreateDomainName", {
      certificateArn: regionalCertificateArn,
      endpointConfiguration: { types: ["EDGE"] },
      securityPolicy: "TLS_1_2",
      tags,
    }) as { readonly distributionDomainName: string };
    for (const { basePath, restApiId, stage } of mappings ?? [])
      gateway("CreateBasePathMapping", { basePath, restApiId, stage });
    ledTo(into, name, domainName(regionalDomainName), made.distributionDomainName);
  }
}

const domainsIn = (into: World, region: Region) =>
  [...(accountOf(into.emulator.cloud(), ACCOUNT).regions.get(region)?.domains ?? [])].filter(
    ({ tags }) => tags[MANIFEST_TAG] !== undefined,
  );

function ledTo(into: World, name: ReturnType<typeof domainName>, old: string, distribution: string): void {
  const cloud = into.emulator.cloud();
  for (const zone of accountOf(cloud, ACCOUNT).zones) {
    const read = readMarker(zone, name);
    if (read.state !== "read") continue;
    const { manifest, scope } = read.marker;
    const owner = { manifest, scope };
    const drop = [...zone.recordSets].filter((each) => each.Name === escapeForRoute53(name) && targetOf(each) === old);
    const publish = drop.map((record) => ({
      record: {
        ...record,
        AliasTarget: {
          HostedZoneId: DISTRIBUTION_ZONE,
          DNSName: escapeForRoute53(domainName(distribution)),
          EvaluateTargetHealth: false,
        },
      },
      takesBack: [],
    }));
    const spec = { account: ACCOUNT, owner, zone: { account: ACCOUNT, id: zone.id, name: zone.name }, name };
    const guard = { basis: read.marker.nonce, nonce: "by-hand" };
    const next = swapCall([{ spec, guard, delta: { drop, publish } }], cloud);
    if (next.do !== "call") throw new Error("no swap");
    elsewhere(into, "us-east-1", "route53", next.call.operation, next.call.input);
  }
}

import type { AccountId, Call } from "../cloud/call.ts";
import { HEALTH_CHECKS_PAGE_MAX, RECORD_SETS_PAGE_MAX } from "../cloud/route53/limits.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display, domainName } from "../dns/domain-name.ts";
import type { Manifest, ZoneSection } from "../manifest/manifest.ts";
import type { ZoneRef } from "../resource/kind.ts";
import { route53Call } from "../resource/route53-call.ts";
import { accountWords } from "./accounts.ts";
import { readAll } from "./read.ts";
import type { Reader } from "./read.ts";

export interface FoundZones {
  readonly zones: readonly ZoneRef[];
  readonly diagnostics: readonly Diagnostic[];
}

interface ListedZones {
  readonly HostedZones?: readonly {
    readonly Id: string;
    readonly Name: string;
    readonly Config?: { readonly PrivateZone?: boolean };
  }[];
}

/** One ListHostedZonesByName a zone: the zones of one name follow each other in its answer. A zone that could not be looked for has the id "". */
export async function findZones(manifest: Manifest, ambient: AccountId, from: Reader): Promise<FoundZones> {
  const zones: ZoneRef[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const section of manifest.zones) {
    const account = section.account ?? ambient;
    const output = (await readUnlessUnknown(
      from,
      route53Call(account, "ListHostedZonesByName", { DNSName: section.name, MaxItems: "100" }),
    )) as ListedZones | undefined;
    if (output === undefined) {
      zones.push({ account, id: "", name: section.name }); // it is there, as far as anybody knows
      continue;
    }
    const hits = (output.HostedZones ?? []).filter(
      (zone) => domainName(zone.Name) === section.name && zone.Config?.PrivateZone !== true,
    );
    const ids = hits
      .map((zone) => zone.Id.replace("/hostedzone/", ""))
      .filter((id) => section.id === undefined || id === section.id);
    const [id] = ids;
    if (id !== undefined && ids.length === 1) zones.push({ account, id, name: section.name });
    else diagnostics.push(id === undefined ? notFound(manifest, section, account) : ambiguous(manifest, section, ids));
  }
  return { zones, diagnostics };
}

/** Where the first call was refused, the others are as well. */
async function readUnlessUnknown(from: Reader, call: Call): Promise<unknown> {
  const refused = from.faults.some((each) => each.call.account === call.account);
  return refused ? undefined : from.read(call);
}

function at(manifest: Manifest, section: ZoneSection): { readonly where?: NonNullable<Diagnostic["where"]> } {
  const where = manifest.positions.get(`zones/${section.name}`);
  return where === undefined ? {} : { where };
}

const notFound = (manifest: Manifest, section: ZoneSection, account: string): Diagnostic => ({
  code: "ZONE_NOT_FOUND",
  severity: "error",
  message: `Account ${accountWords(manifest, account)} has no public hosted zone ${display(section.name)}${section.id === undefined ? "" : ` with the id ${section.id}`}.`,
  help: "Create the hosted zone first, or say with `account:` (or with other credentials) which account has it.",
  ...at(manifest, section),
});

const ambiguous = (manifest: Manifest, section: ZoneSection, ids: readonly string[]): Diagnostic => ({
  code: "ZONE_AMBIGUOUS",
  severity: "error",
  message: `There are ${ids.length} public hosted zones named ${display(section.name)}: ${ids.join(", ")}. Only one of them is delegated to.`,
  help: `Say which one with \`id:\`, such as \`${display(section.name)}: { id: ${ids[0]} }\`.`,
  ...at(manifest, section),
});

interface ListedRecords {
  readonly IsTruncated?: boolean;
  readonly NextRecordName?: string;
  readonly NextRecordType?: string;
  readonly NextRecordIdentifier?: string;
}

/** Every record set of a zone, by the page. */
export async function readRecordSets(zone: ZoneRef, from: Reader): Promise<void> {
  const input = { HostedZoneId: zone.id, MaxItems: String(RECORD_SETS_PAGE_MAX) };
  await readAll<ListedRecords>(from, route53Call(zone.account, "ListResourceRecordSets", input), (output) =>
    output.IsTruncated === true
      ? {
          ...input,
          StartRecordName: output.NextRecordName,
          StartRecordType: output.NextRecordType,
          ...(output.NextRecordIdentifier === undefined ? {} : { StartRecordIdentifier: output.NextRecordIdentifier }),
        }
      : undefined,
  );
}

export async function readHealthChecks(account: string, from: Reader): Promise<void> {
  const page = { MaxItems: String(HEALTH_CHECKS_PAGE_MAX) };
  await readAll<{ readonly IsTruncated?: boolean; readonly NextMarker?: string }>(
    from,
    route53Call(account, "ListHealthChecks", page),
    (output) => (output.IsTruncated === true ? { ...page, Marker: output.NextMarker } : undefined),
  );
}

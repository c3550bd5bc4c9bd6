import type { Call, Fault, Region } from "../cloud/call.ts";
import { iamAction } from "../cloud/denied-fault.ts";
import { isRegionNotEnabled } from "../cloud/region-not-enabled.ts";
import { regionFacts } from "../cloud/region.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { accountWords } from "./accounts.ts";
import type { Reader } from "./read.ts";

/**
 * What AWS did not let us see, each with the permission that it takes, where, and AWS's own words. A warning where the
 * plan leaves out what depends on it, an error where nothing can be planned.
 */
export function unreadable(manifest: Manifest, from: Reader, severity: "error" | "warning"): readonly Diagnostic[] {
  const closed = from.faults.filter(({ call, fault }) => isRegionNotEnabled(call, fault));
  const regions = new Set(closed.map(({ call }) => call.region));
  const others = from.faults.filter((each) => !closed.includes(each));
  return [
    ...[...regions].map((region) => ({ ...notEnabled(manifest, region), severity })),
    ...others.map(({ call, fault }) => ({ ...cannotRead(manifest, call, fault), severity })),
  ];
}

/** One for the Region, however many reads it refused. */
function notEnabled(manifest: Manifest, region: Region): Omit<Diagnostic, "severity"> {
  const users = manifest.apis.filter((api) => api.regions.some((each) => each.region === region));
  const where = manifest.positions.get(`apis/${users[0]?.name ?? ""}/regions/${region}`);
  return {
    code: "REGION_NOT_ENABLED",
    subject: region,
    message: `The Region ${region} (${regionFacts(region)?.name ?? region}) is not enabled in this account.`,
    help: `An account's owner enables it once: \`aws account enable-region --region-name ${region}\`. It takes minutes to hours.`,
    ...(where === undefined ? {} : { where }),
  };
}

function cannotRead(manifest: Manifest, call: Call, fault: Fault): Omit<Diagnostic, "severity"> {
  const action = fault.message.includes("sts:AssumeRole") ? "sts:AssumeRole" : iamAction(call);
  const what = resourceOf(call);
  const where = call.service === "route53" || call.service === "sts" ? "" : ` in ${call.region}`;
  const whose = call.account === "" ? "" : ` of account ${accountWords(manifest, call.account)}`;
  return {
    code: "CANNOT_READ",
    subject: `${call.service}:${call.operation}`,
    message: `${call.service}:${call.operation}${what === "" ? "" : ` of ${what}`}${where}${whose} answered ${fault.code}: ${fault.message}`,
    help: `What cannot be read is unknown, never absent. Allow \`${action}\`${what === "" ? "" : ` on ${what}`}${whose} to the credentials, or wait until AWS answers.`,
  };
}

interface Named {
  readonly HostedZoneId?: string;
  readonly CertificateArn?: string;
  readonly domainName?: string;
  readonly restApiId?: string;
  readonly DNSName?: string;
}

/** What a read is of; "" for a listing of everything. */
function resourceOf({ input }: Call): string {
  const { HostedZoneId, CertificateArn, domainName, restApiId, DNSName } = (input ?? {}) as Named;
  if (HostedZoneId !== undefined) return `hostedzone/${HostedZoneId}`;
  if (domainName !== undefined) return `/domainnames/${domainName}`;
  if (restApiId !== undefined) return `/restapis/${restApiId}`;
  return CertificateArn ?? (DNSName === undefined ? "" : `hosted zones named ${DNSName}`);
}

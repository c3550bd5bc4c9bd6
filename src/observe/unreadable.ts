import type { Call, Fault } from "../cloud/call.ts";
import { iamAction } from "../cloud/denied-fault.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { accountWords } from "./accounts.ts";
import type { Reader } from "./read.ts";

/**
 * What AWS did not let us see, each with the permission that it takes, where, and AWS's own words. A warning where the
 * plan leaves out what depends on it, an error where nothing can be planned.
 */
export function unreadable(manifest: Manifest, from: Reader, severity: "error" | "warning"): readonly Diagnostic[] {
  return from.faults.map(({ call, fault }) => ({ ...cannotRead(manifest, call, fault), severity }));
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

import { parseDomainName } from "../../dns/domain-name.ts";
import { certificateCovers } from "../../tls/coverage.ts";
import { ACCEPTED_KEY_ALGORITHMS } from "../acm/limits.ts";
import { parseArn } from "../arn.ts";
import type { Call, Outcome } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { regionOf } from "../edit.ts";
import { notEmulated, refused } from "../outcome.ts";
import { aliasesOf, certificateOf, isFields, textOf } from "./distribution-config.ts";
import { invalidArgument, invalidCertificate } from "./faults.ts";
import type { Fields } from "./state.ts";

/** Where certificates of distributions must be. Source: CloudFront API reference "ViewerCertificate", checked 2026-11-24. */
export const CERTIFICATE_REGION = "us-east-1";

const SEE =
  "For more details, see: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html#alternate-domain-names-requirements";

const SUPPORT_METHODS = ["sni-only", "vip", "static-ip"];

/** Source: CloudFront API reference "ViewerCertificate" (MinimumProtocolVersion), checked 2026-11-24. */
const PROTOCOL_VERSIONS = [
  "SSLv3",
  "TLSv1",
  "TLSv1_2016",
  "TLSv1.1_2016",
  "TLSv1.2_2018",
  "TLSv1.2_2019",
  "TLSv1.2_2021",
  "TLSv1.2_2025",
  "TLSv1.3_2025",
];

/**
 * Why a distribution cannot present its certificate for all its names; undefined when it can.
 * Source: CloudFront API reference "ViewerCertificate" and guide "Requirements for using alternate domain names",
 * checked 2026-11-24. The wordings about coverage, about a missing certificate and about a bad one are as they are reported.
 */
export function certificateFault(cloud: Cloud, call: Call, config: Fields): Outcome | undefined {
  const viewer = config["ViewerCertificate"];
  const given = isFields(viewer) ? viewer : {};
  if (textOf(given, "IAMCertificateId") !== "") return notEmulated(call, "certificates of IAM");
  const arn = certificateOf(config);
  if (arn === undefined) return aliasesOf(config).length === 0 ? undefined : missing();
  if (given["CloudFrontDefaultCertificate"] === true)
    return invalidCertificate("Exactly one certificate must be specified.");
  return settingsFault(given) ?? fitFault(cloud, call, arn, aliasesOf(config));
}

const missing = (): Outcome =>
  invalidCertificate(
    `To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name. ${SEE}`,
  );

// Assumed: the wordings.
function settingsFault(viewer: Fields): Outcome | undefined {
  const method = textOf(viewer, "SSLSupportMethod");
  const version = textOf(viewer, "MinimumProtocolVersion");
  if (!SUPPORT_METHODS.includes(method)) return invalidArgument(`The SSL support method '${method}' is not valid.`);
  // Assumed: without one it is TLSv1.
  if (version !== "" && !PROTOCOL_VERSIONS.includes(version))
    return refused("InvalidMinimumProtocolVersion", `The minimum protocol version '${version}' is not valid.`);
  return method === "sni-only" && version === "SSLv3"
    ? refused("InvalidMinimumProtocolVersion", "With sni-only the minimum protocol version must be TLSv1 or later.")
    : undefined;
}

/** In an observed Cloud the certificates were read with the distributions: one that is not there does not exist. */
function fitFault(cloud: Cloud, call: Call, arn: string, aliases: readonly string[]): Outcome | undefined {
  const parts = parseArn(arn);
  const here = parts?.service === "acm" && parts.region === CERTIFICATE_REGION && parts.account === call.account;
  const found = here ? regionOf(cloud, call.account, CERTIFICATE_REGION).certificates.get(arn) : undefined;
  if (found?.status !== "ISSUED") {
    return invalidCertificate(
      "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
    );
  }
  // Assumed: the wording.
  if (!ACCEPTED_KEY_ALGORITHMS.cloudfront.includes(found.keyAlgorithm))
    return invalidCertificate(`CloudFront does not support certificates with a ${found.keyAlgorithm} key.`);
  const uncovered = aliases.find((alias) => {
    const host = parseDomainName(alias);
    return !host.ok || !certificateCovers(found.domains, host.name);
  });
  return uncovered === undefined
    ? undefined
    : invalidCertificate(
        `The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're trying to add. ${SEE}`,
      );
}

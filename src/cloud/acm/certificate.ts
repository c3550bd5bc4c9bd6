import { certificateCovers } from "../../tls/coverage.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import { display } from "../../dns/domain-name.ts";
import { parseArn } from "../arn.ts";
import type { Call, Outcome } from "../call.ts";
import type { Certificate, Cloud } from "../cloud.ts";
import { regionOf, withRegion } from "../edit.ts";
import { refused, succeeded } from "../outcome.ts";
import { ACCEPTED_KEY_ALGORITHMS } from "./limits.ts";
import type { CertificateConsumer } from "./limits.ts";

/** As answers write it: `RSA-2048` where requests write `RSA_2048` (seen in DescribeCertificate, checked 2026-11-23). */
export const answeredKeyAlgorithm = (algorithm: string): string => algorithm.replace("_", "-");

/** As requests write it, whichever of the two spellings comes in. */
export const requestedKeyAlgorithm = (algorithm: string): string => algorithm.replace("-", "_");

/**
 * The certificate that the call is about, or why there is none.
 * Source: ACM API reference "DescribeCertificate" (errors), checked 2026-11-23.
 */
export function findCertificate(cloud: Cloud, call: Call): { readonly found: Certificate } | { readonly no: Outcome } {
  const { CertificateArn: arn = "" } = call.input as { readonly CertificateArn?: string };
  const parts = parseArn(arn);
  if (parts?.service !== "acm" || !parts.resource.startsWith("certificate/")) {
    return { no: refused("InvalidArnException", `The following is not a valid certificate ARN: ${arn}`) };
  }
  const found = regionOf(cloud, call.account, call.region).certificates.get(arn);
  if (found === undefined) {
    const message = `Could not find certificate ${arn} in account ${call.account}`;
    return { no: refused("ResourceNotFoundException", message) };
  }
  return { found };
}

/** An answer without a body, with this certificate in place of the one of the same ARN. */
export function putCertificate(cloud: Cloud, call: Call, certificate: Certificate): Outcome {
  const state = regionOf(cloud, call.account, call.region);
  const certificates = state.certificates.set(certificate.arn, certificate);
  return succeeded(withRegion(cloud, call.account, { ...state, certificates }));
}

/**
 * Why this consumer cannot present the certificate for the host; undefined when it can.
 * Source: API Gateway guide "Set up a regional custom domain name" (same Region, issued, covers the name), checked 2026-11-23.
 */
export function unfit(certificate: Certificate, host: DomainName, consumer: CertificateConsumer): string | undefined {
  if (certificate.status !== "ISSUED") return `certificate ${certificate.arn} is ${certificate.status}, not ISSUED`;
  if (!certificateCovers(certificate.domains, host))
    return `certificate ${certificate.arn} does not cover ${display(host)}`;
  if (!ACCEPTED_KEY_ALGORITHMS[consumer].includes(certificate.keyAlgorithm)) {
    return `certificate ${certificate.arn} has a ${certificate.keyAlgorithm} key, which is not supported`;
  }
  return undefined;
}

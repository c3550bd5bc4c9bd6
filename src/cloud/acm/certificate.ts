import { certificateCovers } from "../../tls/coverage.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import { display } from "../../dns/domain-name.ts";
import { domainNameArn, parseArn } from "../arn.ts";
import type { AccountId, Call, Outcome } from "../call.ts";
import type { Certificate, Cloud, RegionalState } from "../cloud.ts";
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
 * ARNs of what uses a certificate: API Gateway's domains as they stand in this Region, and the others as ACM told.
 * ACM names API Gateway's consumers by load balancers of an account of AWS's own, and late; those are left out here.
 */
export function consumersOf(state: RegionalState, account: AccountId, certificate: Certificate): readonly string[] {
  const domains: string[] = [];
  for (const { name, regionalCertificateArn } of state.domains) {
    if (regionalCertificateArn === certificate.arn) domains.push(domainNameArn(state.region, display(name)));
  }
  return [...certificate.inUseBy.filter((arn) => !isApiGateway(arn, account)), ...domains];
}

// Assumed: a load balancer of another account is API Gateway's own. AWS itself still refuses a deletion that comes too early.
function isApiGateway(arn: string, account: AccountId): boolean {
  const parts = parseArn(arn);
  if (parts === undefined) return false;
  return parts.service === "apigateway" || (parts.service === "elasticloadbalancing" && parts.account !== account);
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

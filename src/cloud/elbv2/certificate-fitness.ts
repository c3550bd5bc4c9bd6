import { ACCEPTED_KEY_ALGORITHMS } from "../acm/limits.ts";
import { parseArn } from "../arn.ts";
import type { Call, Outcome } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { regionOf } from "../edit.ts";
import { notEmulated, refused } from "../outcome.ts";
import { invalid, noCertificate } from "./faults.ts";
import { NETWORK_KEY_ALGORITHMS } from "./limits.ts";
import type { Listener } from "./load-balancing.ts";

/** A certificate as requests name it. */
export interface NamedCertificate {
  readonly CertificateArn?: string;
  readonly IsDefault?: boolean;
}

/**
 * The one certificate that a request names, or why there is none.
 * Source: Elastic Load Balancing API reference "AddListenerCertificates" (Certificates) and "Certificate" (IsDefault is
 * not to be set), checked 2026-11-24.
 */
// Assumed: the code for more than one, as users report it of CreateListener.
export function oneCertificate(
  certificates: readonly NamedCertificate[],
): { readonly arn: string } | { readonly no: Outcome } {
  const [first, ...others] = certificates;
  if (others.length > 0) {
    const count = certificates.length;
    const message = `Up to '1' certificate ARNs can be specified, but '${count}' were specified`;
    return { no: refused("TooManyCertificates", message) };
  }
  if (first?.CertificateArn === undefined || first.CertificateArn === "")
    return { no: invalid("A certificate ARN must be specified") };
  if (first.IsDefault !== undefined)
    return { no: invalid("You cannot set the isDefault parameter for a certificate.") };
  const { CertificateArn: arn } = first;
  const parts = parseArn(arn);
  const known = parts?.service === "acm" ? "certificate/" : "server-certificate/";
  const valid = parts !== undefined && ["acm", "iam"].includes(parts.service) && parts.resource.startsWith(known);
  return valid ? { arn } : { no: invalid(`Certificate ARN '${arn}' is not valid`) };
}

/**
 * Why the listener cannot present this certificate: it must be one of ACM in the same account and Region, issued, with
 * a key that the load balancer takes. Names do not matter: a client gets it all the same.
 * Source: Application Load Balancers guide "SSL certificates for your Application Load Balancer", checked 2026-11-24; the
 * code and the words for one that is not issued yet are those that users report.
 */
// Assumed: the same for one that has expired, was revoked, or has another key.
export function certificateFault(
  cloud: Cloud,
  call: Call,
  arn: string,
  { loadBalancerArn }: Pick<Listener, "loadBalancerArn">,
): Outcome | undefined {
  if (parseArn(arn)?.service === "iam") return notEmulated(call, "server certificates of IAM");
  const certificate = regionOf(cloud, call.account, call.region).certificates.get(arn);
  if (certificate === undefined) return noCertificate(arn);
  const network = loadBalancerArn.includes(":loadbalancer/net/");
  const keys = network ? NETWORK_KEY_ALGORITHMS : ACCEPTED_KEY_ALGORITHMS.loadbalancer;
  if (certificate.status === "ISSUED" && keys.includes(certificate.keyAlgorithm)) return undefined;
  const message = `The certificate '${arn}' must have a fully-qualified domain name, a supported signature, and a supported key size.`;
  return refused("UnsupportedCertificate", message);
}

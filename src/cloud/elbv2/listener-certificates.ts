import type { Call, Outcome, Step } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { refused, succeeded } from "../outcome.ts";
import { exceedsQuota } from "../quotas.ts";
import { certificateFault, oneCertificate } from "./certificate-fitness.ts";
import type { NamedCertificate } from "./certificate-fitness.ts";
import { invalid, noCertificate, notPermitted } from "./faults.ts";
import { findListener, withListener } from "./listener.ts";
import { isSecure } from "./protocols.ts";
import { listenersOf, loadBalancingOf } from "./load-balancing.ts";
import type { Listener } from "./load-balancing.ts";
import { pageOf } from "./page.ts";
import type { PageInput } from "./page.ts";

interface Input extends PageInput {
  readonly ListenerArn?: string;
  readonly Certificates?: readonly NamedCertificate[];
}

/** The listener and the one certificate that a call names, or what is wrong with either. */
// Assumed: how a listener without TLS refuses.
function named(
  cloud: Cloud,
  call: Call,
): { readonly listener: Listener; readonly arn: string } | { readonly no: Outcome } {
  const { ListenerArn = "", Certificates = [] } = call.input as Input;
  const sought = findListener(cloud, call, ListenerArn);
  if ("no" in sought) return sought;
  const certificate = oneCertificate(Certificates);
  if ("no" in certificate) return certificate;
  if (!isSecure(sought.found.protocol))
    return { no: invalid(`A certificate cannot be specified for ${sought.found.protocol} listeners`) };
  return { listener: sought.found, arn: certificate.arn };
}

/**
 * Adds one certificate to the list of a listener; one that is in it already stays as it is.
 * Source: Elastic Load Balancing API reference "AddListenerCertificates", checked 2026-11-24.
 */
// Assumed: where the list was not read, the certificate counts as new in it.
export const addListenerCertificates: Step = (cloud, call) => {
  const given = named(cloud, call);
  if ("no" in given) return given.no;
  const { listener, arn } = given;
  const answer = { Certificates: [{ CertificateArn: arn, IsDefault: false }] };
  if (listener.certificates?.includes(arn) === true) return succeeded(cloud, answer);
  const fault = certificateFault(cloud, call, arn, listener) ?? quotaFault(cloud, call, listener);
  if (fault !== undefined) return fault;
  const certificates = listener.certificates && [...listener.certificates, arn].toSorted();
  return succeeded(withListener(cloud, call, { ...listener, certificates }), answer);
};

/**
 * 25 certificates for each load balancer, its listeners' default ones not counted.
 * Source: Application Load Balancers guide "Quotas" (certificates per load balancer), checked 2026-11-24.
 */
// Assumed: what stands in the lists of two listeners counts twice, and so does the default one when it was added to the list. Lists that were not read count as empty: AWS itself refuses what is too much.
function quotaFault(cloud: Cloud, call: Call, { loadBalancerArn }: Listener): Outcome | undefined {
  const all = listenersOf(loadBalancingOf(cloud, call), loadBalancerArn);
  const count = all.reduce((sum, { certificates }) => sum + (certificates?.length ?? 0), 0);
  if (!exceedsQuota(cloud, call.account, "elbv2.certificates", count, count + 1)) return undefined;
  const message = `The maximum number of certificates has been reached on load balancer '${loadBalancerArn}'`;
  return refused("TooManyCertificates", message);
}

/**
 * Removes one certificate from the list of a listener. The default one is never removed, only replaced.
 * Source: Elastic Load Balancing API reference "RemoveListenerCertificates", checked 2026-11-24; the words, and the code
 * for one that is not in the list, are those that users report.
 */
// Assumed: the default one is refused even where it was added to the list too, as users report.
export const removeListenerCertificates: Step = (cloud, call) => {
  const given = named(cloud, call);
  if ("no" in given) return given.no;
  const { listener, arn } = given;
  if (arn === listener.defaultCertificate) return notPermitted("Default certificate cannot be removed");
  if (listener.certificates === undefined) return succeeded(cloud);
  if (!listener.certificates.includes(arn)) return noCertificate(arn);
  const certificates = listener.certificates.filter((each) => each !== arn);
  return succeeded(withListener(cloud, call, { ...listener, certificates }));
};

/**
 * The default certificate first, then the list; the default one comes twice when it was added to the list too.
 * Source: Elastic Load Balancing API reference "DescribeListenerCertificates", checked 2026-11-24.
 */
// Assumed: a listener without TLS has none, and that is no error.
export const describeListenerCertificates: Step = (cloud, call) => {
  const input = call.input as Input;
  const sought = findListener(cloud, call, input.ListenerArn ?? "");
  if ("no" in sought) return sought.no;
  const { defaultCertificate, certificates = [] } = sought.found;
  const entries = [
    ...(defaultCertificate === undefined ? [] : [entry(defaultCertificate, true)]),
    ...certificates.map((arn) => entry(arn, false)),
  ];
  const page = pageOf(entries, input);
  return "no" in page ? page.no : succeeded(cloud, { Certificates: page.items, ...page.next });
};

const entry = (CertificateArn: string, IsDefault: boolean): readonly [string, NamedCertificate] => [
  `${IsDefault ? "0" : "1"} ${CertificateArn}`,
  { CertificateArn, IsDefault },
];

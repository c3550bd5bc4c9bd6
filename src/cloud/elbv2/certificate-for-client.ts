import { certificateCovers } from "../../tls/coverage.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import type { Certificate, RegionalState } from "../cloud.ts";
import type { Listener } from "./load-balancing.ts";

/** The kinds of keys that a client can check signatures of. */
export type KeyType = "RSA" | "ECDSA";

const keyTypeOf = ({ keyAlgorithm }: Certificate): KeyType => (keyAlgorithm.startsWith("RSA") ? "RSA" : "ECDSA");

/** Bits of a key: `RSA_2048`, `EC_prime256v1`. */
const keyBits = ({ keyAlgorithm }: Certificate): number => Number(/\d{3,4}/.exec(keyAlgorithm)?.[0] ?? 0);

/**
 * ARN of the certificate that a listener presents to a client that asks for `sni` (undefined: for no name) and takes
 * keys of these types; undefined when it can present none. Of the certificate list those that cover the name and suit
 * the client come first: ECDSA before RSA, then the longer key, then the longer validity (all of ACM's are of the SHA
 * family). Without one of them it is the default certificate, whatever its names. What is not known of the Region's
 * certificates (IAM's) is never chosen by its names.
 * Source: Application Load Balancers guide "SSL certificates for your Application Load Balancer" (certificate list: smart
 * certificate selection), checked 2026-11-24.
 */
// Assumed: the default certificate takes no part in the choice unless it was added to the list; a validity that ends later is the longer one; a wildcard is as good as the name itself, and the first ARN decides between equals.
export function certificateForClient(
  { certificates: known }: Pick<RegionalState, "certificates">,
  listener: Pick<Listener, "certificates" | "defaultCertificate">,
  sni: DomainName | undefined,
  keyTypes: readonly KeyType[],
): string | undefined {
  const suits = (certificate: Certificate): boolean => keyTypes.includes(keyTypeOf(certificate));
  const matching = (listener.certificates ?? []).flatMap((arn) => {
    const certificate = known.get(arn);
    if (sni === undefined || certificate === undefined) return [];
    return certificateCovers(certificate.domains, sni) && suits(certificate) ? [certificate] : [];
  });
  const [best] = matching.toSorted(better);
  if (best !== undefined) return best.arn;
  const standard = known.get(listener.defaultCertificate ?? "");
  return standard === undefined || suits(standard) ? listener.defaultCertificate : undefined;
}

/** The better one first. */
function better(a: Certificate, b: Certificate): number {
  const types = Number(keyTypeOf(a) === "RSA") - Number(keyTypeOf(b) === "RSA");
  if (types !== 0) return types;
  return keyBits(b) - keyBits(a) || (b.notAfter ?? 0) - (a.notAfter ?? 0) || (a.arn < b.arn ? -1 : 1);
}

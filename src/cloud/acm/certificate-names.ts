import { parseDomainName } from "../../dns/domain-name.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import type { Outcome } from "../call.ts";
import { refused } from "../outcome.ts";
import { ACM_LENGTHS } from "./limits.ts";

/** The names of a request without repetitions, the primary one first; or why ACM refuses them. */
export type CertificateNames = { readonly names: readonly DomainName[] } | { readonly fault: Outcome };

/**
 * Names as a request gives them, the primary one first; their form was looked at before (constraints.ts).
 * Source: ACM API reference "RequestCertificate" (DomainName, SubjectAlternativeNames), checked 2026-11-23.
 */
export function certificateNames(texts: readonly string[]): CertificateNames {
  const names = new Set<DomainName>();
  for (const text of texts) {
    const parsed = parseDomainName(text);
    if (!parsed.ok) return { fault: refused("ValidationException", `The domain name '${text}' ${parsed.problem}`) };
    names.add(parsed.name);
  }
  const [primary = ""] = texts;
  if (primary.length > ACM_LENGTHS.primaryName) {
    const message = `The first domain name can be no longer than ${ACM_LENGTHS.primaryName} characters.`;
    return { fault: refused("InvalidDomainValidationOptionsException", message) };
  }
  return { names: [...names] };
}

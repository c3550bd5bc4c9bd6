import { labels, parseDomainName } from "../../dns/domain-name.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import type { Outcome } from "../call.ts";
import { refused } from "../outcome.ts";
import { ACM_LENGTHS, ACM_QUOTAS } from "./limits.ts";

/** The names of a request without repetitions, the primary one first; or why ACM refuses them. */
export type CertificateNames = { readonly names: readonly DomainName[] } | { readonly fault: Outcome };

const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/**
 * Names as a request gives them, the primary one first.
 * Source: ACM API reference "RequestCertificate" (DomainName, SubjectAlternativeNames) and ACM guide "Quotas", checked 2026-11-23.
 */
export function certificateNames(texts: readonly string[]): CertificateNames {
  const names = new Set<DomainName>();
  for (const text of texts) {
    const parsed = parseDomainName(text);
    const problem = parsed.ok ? nameProblem(parsed.name) : parsed.problem;
    if (!parsed.ok || problem !== undefined)
      return { fault: refused("ValidationException", `The domain name '${text}' ${problem}`) };
    names.add(parsed.name);
  }
  const [primary = ""] = texts;
  if (primary.replace(/\.$/, "").length > ACM_LENGTHS.primaryName) {
    const message = `The first domain name can be no longer than ${ACM_LENGTHS.primaryName} characters: '${primary}'`;
    return { fault: refused("InvalidDomainValidationOptionsException", message) };
  }
  if (names.size > ACM_QUOTAS.namesPerCertificate) {
    const message = `${names.size} names asked for; the quota is ${ACM_QUOTAS.namesPerCertificate} names per certificate.`;
    return { fault: refused("LimitExceededException", message) };
  }
  return { names: [...names] };
}

/** A wildcard may only be the whole leftmost label, and a name has at least two labels. */
function nameProblem(name: DomainName): string | undefined {
  const all = labels(name);
  const plain = all[0] === "*" ? all.slice(1) : all;
  if (plain.length < 2) return "has fewer than two labels";
  if (name.length - 1 > ACM_LENGTHS.name) return `is longer than ${ACM_LENGTHS.name} characters`;
  if (plain.some((label) => !LABEL.test(label) || label.length > ACM_LENGTHS.label))
    return "has a label that a certificate cannot hold";
  return undefined;
}

import type { DomainName } from "../dns/domain-name.ts";

/**
 * Whether one name of a certificate covers a host. A wildcard stands for exactly one whole label, the leftmost:
 * `*.example.com.` covers `a.example.com.`, neither `example.com.` nor `a.b.example.com.`.
 * Source: RFC 9525 §6.3, and ACM guide "ACM certificate characteristics" (wildcard names), checked 2026-11-23.
 */
export function covers(certificateDomain: DomainName, host: DomainName): boolean {
  if (certificateDomain === host) return true;
  if (!certificateDomain.startsWith("*.")) return false;
  const dot = host.indexOf(".");
  return dot > 0 && host.slice(dot + 1) === certificateDomain.slice(2);
}

/** Whether a certificate with these names covers the host. A wildcard host (`*.example.com.`) needs the very same name. */
export function certificateCovers(domains: readonly DomainName[], host: DomainName): boolean {
  return domains.some((domain) => covers(domain, host));
}

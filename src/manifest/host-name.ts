import { ACM_LENGTHS } from "../cloud/acm/limits.ts";
import { display, labels } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";

const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/**
 * Why a name cannot be the name of a host, that is one that a certificate can hold: a clause such as "has an empty label".
 * Source: RFC 1123 §2.1, and ACM API Reference, RequestCertificate (the pattern of DomainName); checked 2026-11-23.
 */
export function hostNameProblem(name: DomainName, wildcard: boolean): string | undefined {
  const all = labels(name);
  const plain = all[0] === "*" && wildcard ? all.slice(1) : all;
  if (plain.includes("*"))
    return wildcard ? "has a wildcard that is not the leftmost label" : "cannot be a wildcard here";
  if (plain.length < 2) return "has only one label; write the whole name";
  if (display(name).length > ACM_LENGTHS.name) return `is longer than ${ACM_LENGTHS.name} characters`;
  if (plain.every((label) => /^[0-9]+$/.test(label))) return "is an IP address, not a name";
  const bad = plain.find((label) => !LABEL.test(label));
  return bad === undefined
    ? undefined
    : `has the label \`${bad}\`; a host's labels hold a-z, 0-9 and inner hyphens only`;
}

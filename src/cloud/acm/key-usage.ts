import type { Certificate } from "../cloud.ts";

/** What the key of a certificate may be used for; nothing is known before it is issued. An elliptic curve's key only signs (RFC 8422 §3). */
export function keyUsages({ issuedAt, keyAlgorithm }: Certificate): readonly string[] {
  if (issuedAt === undefined) return [];
  return keyAlgorithm.startsWith("RSA") ? ["DIGITAL_SIGNATURE", "KEY_ENCIPHERMENT"] : ["DIGITAL_SIGNATURE"];
}

/** Public certificates are for servers only since 2025-06-11. Source: ACM guide "ACM concepts", checked 2026-11-23. */
export function extendedKeyUsages({ issuedAt }: Certificate): readonly string[] {
  return issuedAt === undefined ? [] : ["TLS_WEB_SERVER_AUTHENTICATION"];
}

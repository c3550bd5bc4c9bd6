/**
 * A fully-qualified domain name in canonical form: lower-case, `*` and other characters unescaped, and
 * always with the trailing dot. Names become `DomainName` once, at the door; nothing else adds or removes a dot.
 */
export type DomainName = string & { readonly __domainName: true };

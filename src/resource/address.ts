import type { DomainName } from "../dns/domain-name.ts";
import { display } from "../dns/domain-name.ts";

/** What users, plans and tags call a resource: `kind/part/part`. */
export type Address = string & { readonly __address: true };

export const address = (kind: string, ...parts: readonly string[]): Address => [kind, ...parts].join("/") as Address;

/** A name as a part of an address: no trailing dot. */
export const namePart = (name: DomainName): string => display(name);

/** An address as a tag value: tags allow no `*` (AWS General Reference, tag naming limits, checked 2026-11-23). */
export const tagSafe = (text: string): string => text.replaceAll("*", "_wildcard");

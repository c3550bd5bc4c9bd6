import { createHash } from "node:crypto";
import { remembered } from "../dns/remembered.ts";
import type { Address } from "./address.ts";
import { tagSafe } from "./address.ts";

/** Whose a resource is: the manifest's name and its scope. */
export interface Owner {
  readonly manifest: string;
  readonly scope: string;
}

export const MANIFEST_TAG = "signalbox:manifest";
const SCOPE_TAG = "signalbox:scope";
export const ADDRESS_TAG = "signalbox:address";
/** And the base path: one tag for each mapping that is or was ours, since AWS adds tags key by key. */
export const MAPPING_TAG = "signalbox:mapping:";
/** On certificates that were kept out of the public logs: listings do not tell, so this says which to look at. */
export const UNLOGGED_TAG = "signalbox:unlogged";

type Tags = Readonly<Record<string, string>>;

/** The tags that make a resource ours, to be sent in the call that creates it. */
export function ownerTags(owner: Owner, of: Address): Tags {
  return { [MANIFEST_TAG]: owner.manifest, [SCOPE_TAG]: owner.scope, [ADDRESS_TAG]: tagSafe(of) };
}

export function isOurs(tags: Tags | undefined, owner: Owner): boolean {
  return tags?.[MANIFEST_TAG] === owner.manifest && tags[SCOPE_TAG] === owner.scope;
}

/** Tags of `wanted` that `live` lacks or has with another value. Other tags on the resource are not ours to judge. */
export function missingTags(wanted: Tags, live: Tags | undefined): Tags {
  return Object.fromEntries(Object.entries(wanted).filter(([key, value]) => live?.[key] !== value));
}

/** The first `length` hexadecimal characters of a SHA-256. */
export function shortHash(text: string, length: number): string {
  return hash(text).slice(0, length);
}

const hash = remembered((text) => createHash("sha256").update(text).digest("hex"));

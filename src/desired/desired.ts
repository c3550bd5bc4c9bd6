import type { Address } from "../resource/address.ts";
import type { AnySpec } from "../resource/kind.ts";

/** One resource that the manifest wants, with what must exist and settle before it. */
export interface Desired {
  readonly kind: string;
  readonly address: Address;
  readonly spec: AnySpec;
  readonly references: readonly Address[];
}

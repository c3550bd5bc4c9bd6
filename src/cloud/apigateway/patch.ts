import type { Call, Outcome } from "../call.ts";
import { badRequest } from "./faults.ts";

interface Patch {
  readonly path: string;
  readonly value: string;
}

interface PatchInput {
  readonly patchOperations?: readonly { readonly op?: string; readonly path?: string; readonly value?: string }[];
}

/** The patches of a call; `replace` is all that is supported. Source: API Gateway API reference "Patch operations", checked 2026-11-23. */
export function readPatches(call: Call): { readonly patches: readonly Patch[] } | { readonly no: Outcome } {
  const { patchOperations = [] } = call.input as PatchInput;
  const other = patchOperations.find(({ op }) => op !== "replace");
  if (other !== undefined) {
    const message = `Invalid patch operation '${other.op ?? ""}' on ${other.path ?? ""}. Supported: replace`;
    return { no: badRequest(message) };
  }
  return { patches: patchOperations.map(({ path = "", value = "" }) => ({ path, value })) };
}

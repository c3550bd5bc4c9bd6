import type { Call, Outcome } from "../call.ts";
import { badRequest } from "./faults.ts";

interface Patch {
  readonly op: string;
  readonly path: string;
  readonly value: string;
}

interface PatchInput {
  readonly patchOperations?: readonly { readonly op?: string; readonly path?: string; readonly value?: string }[];
}

/** The patches of a call; `replace` is all that is supported, where nothing else is said. Source: API Gateway API reference "Patch operations", checked 2026-11-23. */
export function readPatches(
  call: Call,
  supported: readonly string[] = ["replace"],
): { readonly patches: readonly Patch[] } | { readonly no: Outcome } {
  const { patchOperations = [] } = call.input as PatchInput;
  const other = patchOperations.find(({ op = "" }) => !supported.includes(op));
  if (other !== undefined) {
    const message = `Invalid patch operation '${other.op ?? ""}' on ${other.path ?? ""}. Supported: ${supported.join(", ")}`;
    return { no: badRequest(message) };
  }
  return { patches: patchOperations.map(({ op = "", path = "", value = "" }) => ({ op, path, value })) };
}

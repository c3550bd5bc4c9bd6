import type { Outcome } from "../call.ts";
import { refused } from "../outcome.ts";
import { isFields } from "./distribution-config.ts";

/**
 * Why a config is refused whose lists do not have as many items as they say, at whatever depth; undefined when all do.
 * Source: CloudFront API reference "UpdateDistribution" (InconsistentQuantities), checked 2026-11-24.
 */
// Assumed: the wording.
export function quantityFault(value: unknown, path = "DistributionConfig"): Outcome | undefined {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const fault = quantityFault(item, `${path}.${index + 1}`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  if (!isFields(value)) return undefined;
  const { Quantity: told, Items: items } = value;
  const count = Array.isArray(items) ? items.length : 0;
  if (told !== undefined && told !== count) {
    const message = `The value of Quantity (${JSON.stringify(told)}) and the number of Items (${count}) of ${path} do not match.`;
    return refused("InconsistentQuantities", message);
  }
  for (const [name, member] of Object.entries(value)) {
    const fault = quantityFault(member, `${path}.${name}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

import type { Call } from "./call.ts";

interface BatchInput {
  readonly ChangeBatch?: { readonly Changes?: readonly { readonly Action?: string }[] };
}

/** Whether the call only looks. A probe looks too, though it is no call to AWS. */
export function isRead({ operation }: Pick<Call, "operation">): boolean {
  return /^(?:Get|List|Describe|Test|Probe)/.test(operation);
}

/**
 * Whether AWS itself refuses the write when it was decided on something that is no longer so. All others are
 * preceded by a fresh read of what they change.
 * Source: API references of the operations named here, checked 2026-11-23.
 */
export function isConditional(call: Pick<Call, "operation" | "input">): boolean {
  switch (call.operation) {
    // DELETE must repeat what is there, CREATE fails on what is there; UPSERT overwrites whatever is there.
    case "ChangeResourceRecordSets": {
      const changes = (call.input as BatchInput).ChangeBatch?.Changes ?? [];
      return changes.every(({ Action }) => Action === "CREATE" || Action === "DELETE");
    }
    case "UpdateHealthCheck":
      return (call.input as { readonly HealthCheckVersion?: number }).HealthCheckVersion !== undefined;
    // Unique by caller reference, name or base path.
    case "CreateHealthCheck":
    case "CreateHostedZone":
    case "CreateDomainName":
    case "CreateBasePathMapping":
      return true;
    // Names and caller references are unique; all others say by If-Match what they were decided on.
    case "CreateFunction":
    case "CreateDistribution":
    case "CreateDistributionWithTags":
    case "UpdateFunction":
    case "PublishFunction":
    case "DeleteFunction":
    case "UpdateDistribution":
    case "DeleteDistribution":
      return true;
    // A zone that holds records is refused.
    case "DeleteHostedZone":
      return true;
    default:
      return false;
  }
}

import type { AccountId, Call } from "../cloud/call.ts";

/** A call to Route 53, which is one service for all Regions of an account. */
export function route53Call(account: AccountId, operation: string, input: unknown): Call {
  return { account, region: "us-east-1", service: "route53", operation, input };
}

import { partitionOf } from "../arn.ts";
import type { Step } from "../call.ts";
import { succeeded } from "../outcome.ts";
import { assumeRole } from "./assume-role.ts";

/**
 * Who is asking: the account that the call is addressed to, as its root.
 * Source: STS API reference "GetCallerIdentity" (needs no permission, never refused), checked 2026-11-23.
 */
const getCallerIdentity: Step = (cloud, { account, region }) =>
  succeeded(cloud, { UserId: account, Account: account, Arn: `arn:${partitionOf(region)}:iam::${account}:root` });

export const STS: Readonly<Record<string, Step>> = { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole };

import { createHash } from "node:crypto";
import { formatArn, parseArn } from "../arn.ts";
import type { Step } from "../call.ts";
import { SECOND } from "../instant.ts";
import type { Instant } from "../instant.ts";
import { notEmulated, refused, succeeded } from "../outcome.ts";

interface AssumeRoleInput {
  readonly RoleArn?: string;
  readonly RoleSessionName?: string;
  readonly ExternalId?: string;
  readonly DurationSeconds?: number;
}

const MODELLED = ["RoleArn", "RoleSessionName", "ExternalId", "DurationSeconds"];

/** Source: STS API reference "AssumeRole" (DurationSeconds), checked 2026-11-23. */
const DEFAULT_SECONDS = 3_600;

/**
 * Credentials of a role: the access key is `ASIA` and the role's account, for that is how a signature names its account
 * here. The secret and the token are never verified; they only have to be there.
 * Source: STS API reference "AssumeRole", "Credentials" (16 characters at least) and "AssumedRoleUser"; IAM guide "IAM
 * identifiers" (the prefix ASIA), checked 2026-11-23.
 */
// Assumed: trust policies, external ids and a role's own maximum duration are not modelled: every role with a
// well-formed ARN exists and may be assumed. GetCallerIdentity then names the account's root, not the role.
export const assumeRole: Step = (cloud, call) => {
  const input = call.input as AssumeRoleInput;
  const given = input as Readonly<Record<string, unknown>>;
  const unmodelled = Object.keys(given).find((option) => !MODELLED.includes(option) && given[option] !== undefined);
  if (unmodelled !== undefined) return notEmulated(call, unmodelled);
  const { RoleArn: roleArn = "", RoleSessionName: session = "", DurationSeconds: seconds = DEFAULT_SECONDS } = input;
  const role = parseArn(roleArn);
  const name = role?.resource.startsWith("role/") ? role.resource.slice(role.resource.lastIndexOf("/") + 1) : "";
  if (role?.service !== "iam" || role.region !== "" || !/^\d{12}$/.test(role.account) || name === "")
    return refused("ValidationError", `${roleArn} is invalid`);
  const digest = (purpose: string): Buffer =>
    createHash("sha256").update(`${purpose} ${roleArn} ${session} ${cloud.now}`).digest();
  return succeeded(cloud, {
    Credentials: {
      AccessKeyId: `ASIA${role.account}`,
      SecretAccessKey: digest("secret").toString("base64").slice(0, 40),
      SessionToken: digest("token").toString("base64"),
      Expiration: wholeSeconds(cloud.now) + seconds * SECOND,
    },
    AssumedRoleUser: {
      AssumedRoleId: `${roleId(roleArn)}:${session}`,
      Arn: formatArn({ ...role, service: "sts", resource: `assumed-role/${name}/${session}` }),
    },
  });
};

/** Answers of STS tell instants to the second. */
const wholeSeconds = (at: Instant): Instant => at - (at % SECOND);

/** The same for a role whoever assumes it. Source: IAM guide "IAM identifiers" (the prefix AROA), checked 2026-11-23. */
function roleId(roleArn: string): string {
  return `AROA${createHash("sha256").update(roleArn).digest("hex").slice(0, 17).toUpperCase()}`;
}

import type { CodeEntry } from "./code-entry.ts";

/** Codes of what a manifest says of accounts and their quotas. In alphabetical order. */
export const accountCodes = [
  {
    code: "ACCOUNT_LABEL",
    severity: "error",
    title: "A label that an account cannot have",
    explanation:
      "Accounts are called by labels of your choice: 1 to 32 letters, digits, hyphens and underscores. `default` is what `quotas` calls the account of the ambient credentials.",
    fix: "Choose another label, such as `network`.",
  },
  {
    code: "ACCOUNT_ROLE",
    severity: "error",
    title: "A role that does not fit its account",
    explanation:
      "The calls to an account go through its role, so the role must be one of that very account. An external id is only of use together with a role.",
    fix: "Correct the account's `id`, `roleArn` or `externalId`.",
  },
  {
    code: "ACCOUNT_UNKNOWN",
    severity: "error",
    title: "An account that the manifest does not have",
    explanation:
      "A zone, or a raised quota, is said to be of an account that is not listed under `accounts`. The account of the ambient credentials needs no entry: leave `account` out.",
    fix: "Correct the label, or add the account under `accounts`.",
  },
  {
    code: "ACCOUNT_UNUSED",
    severity: "remark",
    title: "An account that nothing is in",
    explanation: "No zone of the manifest is in this account, so no call ever goes there.",
    fix: "Say `account:` at the zones that it holds, or remove the entry.",
  },
  {
    code: "QUOTA_LOW",
    severity: "warning",
    title: "A quota below AWS's default",
    explanation: "`quotas` tells of quotas that AWS has raised for an account. No account has less than the default.",
    fix: "Remove the entry, or write the number that AWS granted.",
  },
  {
    code: "QUOTA_UNKNOWN",
    severity: "error",
    title: "A quota that Signalbox does not count with",
    explanation: "`quotas` holds raised quotas by their name, such as `route53.healthChecks` or `acm.certificates`.",
    fix: "Correct the name; the message lists the known ones.",
  },
] as const satisfies readonly CodeEntry[];

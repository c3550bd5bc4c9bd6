import { QUOTAS, isQuotaKey } from "../cloud/quotas.ts";
import type { Draft, DraftAccount } from "./draft.ts";
import type { Report } from "./report.ts";

/** What `quotas` calls the account of the ambient credentials. */
export const AMBIENT_LABEL = "default";

const LABEL = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/;

export function accountLabelsAreAllowed({ accounts }: Draft, report: Report): void {
  for (const { label, path } of accounts) {
    const problem =
      label === AMBIENT_LABEL
        ? `is what \`quotas\` calls the account of the ambient credentials`
        : LABEL.test(label)
          ? undefined
          : "must be 1 to 32 letters, digits, `-` and `_`, and start with a letter or a digit";
    if (problem !== undefined)
      report({ code: "ACCOUNT_LABEL", message: `The account's label \`${label}\` ${problem}.` }, path, "key");
  }
}

/** Two roles into one account would leave open which of them a call goes through. */
export function accountsAreDistinct({ accounts }: Draft, report: Report): void {
  const labels = new Map<string, string>();
  for (const { label, id, path } of accounts) {
    const first = labels.get(id);
    if (first === undefined) labels.set(id, label);
    else
      report(
        {
          code: "DUPLICATE",
          message: `The account ${id} is \`${first}\` already.`,
          help: `Remove one of the two, and say \`account: ${first}\` wherever it is meant.`,
        },
        [...path, "id"],
      );
  }
}

/** An IAM role's ARN, of whatever partition. Source: IAM guide, "IAM identifiers", checked 2026-11-23. */
const ROLE = /^arn:[a-z-]+:iam::([0-9]{12}):role\/[\x21-\x7e]+$/;

export function rolesAreOfTheirAccounts({ accounts }: Draft, report: Report): void {
  for (const { label, id, roleArn, externalId, path } of accounts) {
    const of = roleArn === undefined ? id : ROLE.exec(roleArn)?.[1];
    const code = "ACCOUNT_ROLE";
    if (of === undefined)
      report(
        {
          code,
          message: `\`${roleArn}\` is not the ARN of an IAM role.`,
          help: `It looks like \`arn:aws:iam::${id}:role/signalbox\`.`,
        },
        [...path, "roleArn"],
      );
    else if (of !== id)
      report(
        {
          code,
          message: `The role is of the account ${of}, but \`${label}\` is ${id}.`,
          help: "Correct the one that is wrong: a role leads into its own account only.",
        },
        [...path, "roleArn"],
      );
    if (roleArn === undefined && externalId !== undefined)
      report(
        {
          code,
          message: `\`${label}\` has an \`externalId\`, and no role that it is for.`,
          help: "Add `roleArn`, or remove `externalId`.",
        },
        [...path, "externalId"],
        "key",
      );
  }
}

export function accountsAreKnown({ accounts, zones, quotas, incomplete, nearest }: Draft, report: Report): void {
  if (incomplete.has("accounts")) return;
  const labels = accounts.map(({ label }) => label);
  const unknown = (label: string, known: readonly string[], path: Parameters<Report>[1], on: "key" | "value"): void => {
    if (known.includes(label)) return;
    const meant = nearest(label, known);
    const help =
      meant === undefined
        ? `Add it under \`accounts\`${known.length === 0 ? "" : `. There are: ${known.join(", ")}`}.`
        : `Did you mean \`${meant}\`?`;
    report(
      { code: "ACCOUNT_UNKNOWN", message: `There is no account \`${label}\` under \`accounts\`.`, help },
      path,
      on,
    );
  };
  for (const { account, path } of zones)
    if (account !== undefined) unknown(account, labels, [...path, "account"], "value");
  for (const { account, path } of distinct(quotas))
    unknown(account, [...labels, AMBIENT_LABEL], path.slice(0, -1), "key");
}

const distinct = (quotas: Draft["quotas"]): Draft["quotas"] => [
  ...new Map(quotas.toReversed().map((each) => [each.account, each])).values(),
];

/** A remark: the entry changes nothing, as no zone is said to be there. */
export function accountsAreUsed({ accounts, zones, incomplete }: Draft, report: Report): void {
  if (incomplete.has("zones")) return;
  const used = new Set(zones.map(({ account }) => account));
  const unused = ({ label }: DraftAccount): boolean => !used.has(label);
  for (const { label, path } of accounts.filter(unused))
    report(
      {
        code: "ACCOUNT_UNUSED",
        message: `No zone is in the account \`${label}\`, so it is not looked at.`,
        help: `Say \`account: ${label}\` at the zones that it holds, or remove it.`,
      },
      path,
      "key",
    );
}

export function quotasAreKnown({ quotas, nearest }: Draft, report: Report): void {
  const known = Object.keys(QUOTAS);
  for (const { key, value, path } of quotas) {
    if (!isQuotaKey(key)) {
      const meant = nearest(key, known);
      const help = meant === undefined ? `Known ones: ${known.join(", ")}.` : `Did you mean \`${meant}\`?`;
      report({ code: "QUOTA_UNKNOWN", message: `There is no quota \`${key}\`.`, help }, path, "key");
    } else if (value < QUOTAS[key].value)
      report(
        {
          code: "QUOTA_LOW",
          message: `${value} is below what every account has: ${QUOTAS[key].value} ${QUOTAS[key].counts} per ${QUOTAS[key].per}.`,
          help: "Remove it to plan with AWS's default.",
        },
        path,
      );
  }
}

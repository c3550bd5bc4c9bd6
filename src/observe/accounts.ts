import type { AccountId, Call } from "../cloud/call.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { AccountSection, Manifest } from "../manifest/manifest.ts";
import type { Reader } from "./read.ts";

/** Whose the credentials are with which calls to an account are signed; "" for the ambient ones. Undefined: not answered. */
export async function whoAmI(account: AccountId, from: Reader): Promise<AccountId | undefined> {
  const call: Call = { account, region: "us-east-1", service: "sts", operation: "GetCallerIdentity", input: {} };
  const output = (await from.read(call)) as { readonly Account?: string } | undefined;
  return output?.Account;
}

/** The ambient credentials are of another account than the manifest says. */
export function wrongAmbient(manifest: Manifest, account: AccountId): Diagnostic | undefined {
  if (manifest.account === undefined || manifest.account === account) return undefined;
  return {
    code: "WRONG_ACCOUNT",
    severity: "error",
    message: `The manifest is for account ${manifest.account}, but these credentials are of ${account}.`,
    help: "Choose the credentials of that account (AWS_PROFILE, --profile), or correct `account:`.",
    ...at(manifest, "account"),
  };
}

/** Asks in every account that a zone is in whether it is the one that the manifest means. */
export async function wrongAccounts(
  manifest: Manifest,
  ambient: AccountId,
  from: Reader,
): Promise<readonly Diagnostic[]> {
  const used = new Set(manifest.zones.map((zone) => zone.account));
  const wrong: Diagnostic[] = [];
  for (const section of manifest.accounts) {
    if (!used.has(section.id) || (section.id === ambient && section.roleArn === undefined)) continue;
    const account = await whoAmI(section.id, from);
    if (account !== undefined && account !== section.id) wrong.push(wrongRole(manifest, section, account));
  }
  return wrong;
}

function wrongRole(manifest: Manifest, { label, id, roleArn }: AccountSection, account: AccountId): Diagnostic {
  const whose = roleArn === undefined ? "the ambient credentials are" : `its role leads to credentials that are`;
  return {
    code: "WRONG_ACCOUNT",
    severity: "error",
    message: `The account ${label} is ${id}, but ${whose} of ${account}.`,
    help:
      roleArn === undefined
        ? "Add the `roleArn` of a role in that account, or use its credentials (AWS_PROFILE, --profile)."
        : "Correct its `id` or its `roleArn`.",
    ...at(manifest, `accounts/${label}`),
  };
}

function at(manifest: Manifest, key: string): { readonly where?: NonNullable<Diagnostic["where"]> } {
  const where = manifest.positions.get(key);
  return where === undefined ? {} : { where };
}

/** An account as people know it: its number, and its label in the manifest. */
export function accountWords(manifest: Manifest, id: AccountId): string {
  const label = manifest.accounts.find((each) => each.id === id)?.label;
  return label === undefined ? id : `${id} (${label})`;
}

import type { AccountId, Call } from "../call.ts";
import type { Account, Cloud } from "../cloud.ts";
import { accountOf, withAccount } from "../edit.ts";
import type { Instant } from "../instant.ts";
import { Table } from "../table.ts";

/** What CloudFront holds of an account: it is one service for all Regions. */
export interface CloudFront {
  /** By name. */
  readonly functions: Table<EdgeFunction>;
  /** By id. */
  readonly distributions: Table<Distribution>;
}

type Tags = Readonly<Record<string, string>>;

/** A CloudFront function, by its stages. */
export interface EdgeFunction {
  readonly name: string;
  /** Undefined in an observed Cloud: only the published version was read. */
  readonly development?: FunctionVersion;
  /** What distributions run. Undefined: it was never published. */
  readonly live?: FunctionVersion;
  /** Undefined: the tags were not read. */
  readonly tags: Tags | undefined;
}

export type FunctionStage = "DEVELOPMENT" | "LIVE";

/** One stage of a function. */
export interface FunctionVersion {
  /** Undefined: not read. Listings do not tell it. */
  readonly etag: string | undefined;
  /** FunctionConfig as it was given. */
  readonly config: FunctionConfig;
  /** Undefined: not read. */
  readonly code: Uint8Array | undefined;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
}

export interface FunctionConfig {
  readonly Comment?: string;
  readonly Runtime?: string;
  readonly KeyValueStoreAssociations?: { readonly Quantity?: number; readonly Items?: readonly unknown[] };
}

export interface Distribution {
  readonly id: string;
  /** `d….cloudfront.net`, without a trailing dot. */
  readonly domainName: string;
  /** Undefined: only listed, and then `config` has no more than a listing shows. */
  readonly etag: string | undefined;
  /** DistributionConfig as AWS has it: most of it is kept and not looked into. */
  readonly config: Fields;
  readonly modifiedAt: Instant;
  /** Of a change that is on its way to the edge locations; made true by `tick`. Undefined: deployed. */
  readonly deployment?: Deployment;
  /** Undefined: the tags were not read. */
  readonly tags: Tags | undefined;
}

export interface Deployment {
  /** When every edge location has it. An observed Cloud does not know it: Infinity. */
  readonly dueAt: Instant;
  /** ARNs of certificates and functions that edge locations may still use until then. */
  readonly still: readonly string[];
}

/** Members that are not looked into. */
export type Fields = Readonly<Record<string, unknown>>;

const NOTHING: CloudFront = { functions: Table.empty(), distributions: Table.empty() };

export const cloudFrontOf = (account: Account): CloudFront => account.cloudfront ?? NOTHING;

export const cloudFrontAt = (cloud: Cloud, account: AccountId): CloudFront => cloudFrontOf(accountOf(cloud, account));

function withCloudFront(cloud: Cloud, account: AccountId, part: Partial<CloudFront>): Cloud {
  const known = accountOf(cloud, account);
  return withAccount(cloud, { ...known, cloudfront: { ...cloudFrontOf(known), ...part } });
}

/** The Cloud with these functions in place of the account's. */
export const withFunctions = (
  cloud: Cloud,
  { account }: Pick<Call, "account">,
  functions: Table<EdgeFunction>,
): Cloud => withCloudFront(cloud, account, { functions });

/** The Cloud with these distributions in place of the account's. */
export const withDistributions = (
  cloud: Cloud,
  { account }: Pick<Call, "account">,
  distributions: Table<Distribution>,
): Cloud => withCloudFront(cloud, account, { distributions });

import type { AccountId, Region } from "../cloud/call.ts";
import type { WireRequest } from "./wire.ts";

/** What a SigV4 signature says of a request. It is read and not verified. */
export interface CredentialScope {
  readonly account: AccountId;
  readonly region: Region;
  readonly signingName: string;
}

/** The account of whoever signs with an access key that is not twelve digits. */
export const DEFAULT_ACCOUNT: AccountId = "000000000000";

/** From the Authorization header, or from a presigned URL. Undefined: not signed. */
export function credentialScope(request: WireRequest): CredentialScope | undefined {
  const credential =
    /Credential=([^,\s]+)/.exec(request.headers["authorization"] ?? "")?.[1] ??
    request.query.get("X-Amz-Credential") ??
    "";
  const [, accessKey, region, signingName] = /^([^/]+)\/\d{8}\/([^/]*)\/([^/]+)\/aws4_request$/.exec(credential) ?? [];
  if (accessKey === undefined || region === undefined || signingName === undefined) return undefined;
  return { account: accountOf(accessKey), region, signingName };
}

/** Twelve digits as an access key, or after the `ASIA` of a session's, name the account; so one emulator serves many, with nothing set up. */
const accountOf = (accessKey: string): AccountId => /^(?:ASIA)?(\d{12})$/.exec(accessKey)?.[1] ?? DEFAULT_ACCOUNT;

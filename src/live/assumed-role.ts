import type { AccountId, Answer, Call, Fault, Region, Send } from "../cloud/call.ts";
import { MINUTE } from "../cloud/instant.ts";
import type { Clock, Instant } from "../cloud/instant.ts";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A role in another account, through which all calls to that account go. */
interface AccountRole {
  readonly roleArn: string;
  readonly externalId?: string;
}

export interface AssumedRoles {
  /** By account. */
  readonly roles: ReadonlyMap<AccountId, AccountRole>;
  /** What AWS's logs show beside the role. */
  readonly sessionName: string;
  /** Whose STS endpoint is asked: a regional one goes on working while another Region is down. */
  readonly region: Region;
}

/** Seconds; without more rights, a role chained from another role's session cannot have more. Source: IAM guide, "Roles terms and concepts" (role chaining), checked 2026-11-23. */
const SESSION_SECONDS = 3_600;
/** So much before they end, credentials are exchanged: a call that is signed with them has to arrive. */
const RENEW_BEFORE = 5 * MINUTE;

interface Session {
  readonly credentials: Credentials;
  /** On our own clock. */
  readonly renewAt: Instant;
}

interface Refused {
  readonly fault: Fault;
  readonly at: Instant;
}

type Assumed = { readonly credentials: Credentials } | Refused;

/** Credentials of accounts that a role leads to: asked for when they are first needed, kept, and renewed in time. Undefined: the account has no role. */
export function assumedRoles(
  { roles, sessionName, region }: AssumedRoles,
  send: Send,
  clock: Pick<Clock, "now">,
): (account: AccountId) => Promise<Assumed> | undefined {
  const sessions = new Map<AccountId, Session>();
  const asking = new Map<AccountId, Promise<Assumed>>();

  const assume = async (account: AccountId, { roleArn, externalId }: AccountRole): Promise<Assumed> => {
    const input = {
      RoleArn: roleArn,
      RoleSessionName: sessionName,
      DurationSeconds: SESSION_SECONDS,
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
    };
    const call: Call = { account: "", region, service: "sts", operation: "AssumeRole", input };
    const session = sessionOf(await send(call), clock.now(), `the role ${roleArn} of account ${account}`);
    if ("fault" in session) return session;
    sessions.set(account, session);
    return session;
  };

  return (account) => {
    const role = roles.get(account);
    if (role === undefined) return undefined;
    const known = sessions.get(account);
    if (known !== undefined && clock.now() < known.renewAt) return Promise.resolve(known);
    const pending = asking.get(account) ?? assume(account, role).finally(() => asking.delete(account));
    asking.set(account, pending);
    return pending;
  };
}

interface Output {
  readonly Credentials?: {
    readonly AccessKeyId?: string;
    readonly SecretAccessKey?: string;
    readonly SessionToken?: string;
    /** Epoch milliseconds. */
    readonly Expiration?: Instant;
  };
}

/** How long the session lasts is told by AWS's clock; `now` is ours. Whatever comes of it, the call itself was not sent. */
function sessionOf(answer: Answer, now: Instant, role: string): Session | Refused {
  const { at } = answer;
  const refused = (code: string, message: string): Refused => ({ fault: { code, message, status: 0 }, at });
  if (answer.ok === "unknown")
    return refused("NetworkError", `no answer to sts:AssumeRole of ${role}: ${answer.reason}`);
  if (!answer.ok)
    return {
      fault: { ...answer.fault, message: `cannot assume ${role}: sts:AssumeRole: ${answer.fault.message}` },
      at,
    };
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = (answer.output as Output).Credentials ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined)
    return refused("CredentialsError", `sts:AssumeRole of ${role} gave no credentials`);
  const lasts = (Expiration ?? at) - at;
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
  };
  return { credentials, renewAt: now + lasts - RENEW_BEFORE };
}

import { createHash, randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AccountId, Send } from "../cloud/call.ts";
import type { LocalEstate } from "../emulator/local.ts";
import type { StandIns } from "../emulator/stand-ins.ts";
import type { AssumedRoles } from "../live/assumed-role.ts";
import { liveSend } from "../live/send.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { atAwsPace } from "../pipeline.ts";
import type { Ports } from "../pipeline.ts";
import type { WorldFlags } from "./flags.ts";
import type { Shell } from "./shell.ts";

/** The AWS that a command talks to, opened. */
export interface World {
  readonly ports: Ports;
  /** Where journals go. */
  readonly journals: string;
  /** Time is simulated: nothing has to be waited for. */
  readonly simulated: boolean;
  close(): Promise<void>;
}

/** The account of the embedded AWS when the manifest names none: what the AWS CLI gets there with any access key. */
const LOCAL_ACCOUNT: AccountId = "000000000000";

/** Whose account of the embedded AWS a manifest is about. */
export const localAccount = (manifest: Manifest): AccountId => manifest.account ?? LOCAL_ACCOUNT;

const LIVE_JOURNALS = join(".signalbox", "journal");

/** Undefined: it cannot be opened, and that is said. */
export async function openWorld(manifest: Manifest, flags: WorldFlags, shell: Shell): Promise<World | undefined> {
  return flags.local === true ? openEmbedded(manifest, flags, shell) : openLive(manifest, flags, shell);
}

async function openLive(manifest: Manifest, { endpointUrl, profile }: WorldFlags, shell: Shell): Promise<World> {
  const { realClock } = await import("../live/clock.ts");
  const send = liveSend({
    clock: realClock,
    assume: rolesOf(manifest, shell.io.env),
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
    ...(profile === undefined ? {} : { profile }),
  });
  const ports = atAwsPace({ send, clock: realClock, nonce: chance });
  return { ports, journals: LIVE_JOURNALS, simulated: false, close: async () => {} };
}

/** The roles of the accounts that zones are in. STS is asked in the Region of the user's choice, else in one that the service is in anyway. */
function rolesOf(manifest: Manifest, env: Shell["io"]["env"]): AssumedRoles {
  const used = new Set(manifest.zones.map((zone) => zone.account));
  const roles = manifest.accounts.flatMap(({ id, roleArn, externalId }) =>
    roleArn === undefined || !used.has(id)
      ? []
      : [[id, { roleArn, ...(externalId === undefined ? {} : { externalId }) }] as const],
  );
  const regions = manifest.apis.flatMap((api) => api.regions.map((each) => each.region));
  const [region = "us-east-1"] = [env["AWS_REGION"], env["AWS_DEFAULT_REGION"], ...regions].filter(
    (each) => each !== undefined && each !== "",
  );
  return { roles: new Map(roles), sessionName: `signalbox-${manifest.name}`, region };
}

async function openEmbedded(manifest: Manifest, flags: WorldFlags, shell: Shell): Promise<World | undefined> {
  const account = localAccount(manifest);
  const estate = await openState(flags.localState ?? shell.io.env["SIGNALBOX_LOCAL_STATE"] ?? "", shell);
  if (estate === undefined) return undefined;
  try {
    const made = await estate.prepare(standIns(manifest, account));
    if (made.length > 0) shell.note(`Put into the embedded AWS as stand-ins: ${made.join(", ")}`);
  } catch (error) {
    await estate.close();
    throw error;
  }
  const ports = atAwsPace({ send: sendTo(estate, account), clock: estate.clock, nonce: localNonce(estate) });
  return {
    ports,
    journals: join(dirname(estate.file), "journal"),
    simulated: true,
    close: () => estate.close(),
  };
}

/** `file`: "" for the usual place. */
export async function openState(file: string, shell: Shell): Promise<LocalEstate | undefined> {
  const { openLocal } = await import("../emulator/local.ts");
  try {
    return await openLocal(file === "" ? {} : { file });
  } catch (error) {
    shell.complain(
      `the embedded AWS cannot be opened: ${(error as Error).message}`,
      "--local-state FILE names another state; what is in it is for trying things out, so it may also be removed.",
    );
    return undefined;
  }
}

/** The ambient account, which calls name with "", is the manifest's. */
function sendTo({ requestHandler, credentials, clock, probe }: LocalEstate, account: AccountId): Send {
  const send = liveSend({ requestHandler, credentials, clock, probe });
  return (call) => send(call.account === "" ? { ...call, account } : call);
}

/**
 * The same run gives the same bytes, so the nonce comes from the state: from its time and from how much is written,
 * which grows with every write of whoever held it before. Who only talks to the holder shares the state with others,
 * and takes chance.
 */
function localNonce(estate: LocalEstate): () => string {
  let made = 0;
  return () => {
    if (!estate.holds()) return chance();
    made += 1;
    const basis = [estate.clock.now(), sizeOf(estate.file), sizeOf(`${estate.file}.log`), made];
    return createHash("sha256").update(basis.join(" ")).digest("hex").slice(0, 16);
  };
}

const chance = (): string => randomBytes(8).toString("hex");

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** What the manifest refers to and does not manage. */
export function standIns(manifest: Manifest, account: AccountId): StandIns {
  const stages = new Map<string, { readonly region: string; readonly id: string; readonly stages: string[] }>();
  for (const { regions } of manifest.apis) {
    for (const { region, mappings } of regions) {
      for (const { restApi, stage } of mappings) {
        const key = `${region} ${restApi}`;
        const known = stages.get(key) ?? { region, id: restApi, stages: [] };
        if (!known.stages.includes(stage)) known.stages.push(stage);
        stages.set(key, known);
      }
    }
  }
  return {
    account,
    zones: manifest.zones.map((zone) => ({ account: zone.account ?? account, name: zone.name })),
    restApis: [...stages.values()],
    quotas: manifest.quotas.map((quota) => ({ ...quota, account: quota.account ?? account })),
  };
}

import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AccountId, Answer, Send } from "../cloud/call.ts";
import type { Clock, Instant } from "../cloud/instant.ts";
import type { QuotaKey } from "../cloud/quotas.ts";
import { DEFAULT_ACCOUNT } from "./credential-scope.ts";
import { createEmulator } from "./emulator.ts";
import { sdkTransport, type SdkTransport } from "./in-process.ts";
import { takeLock, type Holder } from "./local-lock.ts";
import { openLocalState } from "./local-state.ts";
import { ownStation, stationServer, type Station } from "./local-station.ts";
import { HolderGone, isGone, remoteStation } from "./remote-station.ts";
import { serve } from "./serve.ts";
import type { StandIns } from "./stand-ins.ts";
import type { Weather } from "./weather.ts";
import type { WireRequest } from "./wire.ts";

export interface LocalOptions {
  /** The state's file, or a directory for it. Left out: SIGNALBOX_LOCAL_STATE, else `.signalbox/`. */
  readonly file?: string;
  /** The port to serve on, when this process becomes the holder; any free one when left out. */
  readonly port?: number;
  /** A clock that runs by itself, so many times as fast as the real one. Left out: time is simulated. */
  readonly speed?: number;
  /** Whether AWS's request rates hold: yes, when left out. Counts, as do the next two, when this process becomes the holder. */
  readonly throttle?: boolean;
  /** How it misbehaves. */
  readonly weather?: Weather;
  /** Quotas to set in the state. */
  readonly quotas?: ReadonlyMap<QuotaKey, number>;
  /** Whose calls are those that name no account (the first, which asks who is asking). Twelve zeros when left out. */
  readonly account?: AccountId;
}

/** The embedded AWS as `--local` uses it. */
export interface LocalEstate {
  /** For SDK clients: no socket while this process holds the state. */
  readonly requestHandler: SdkTransport;
  /** For SDK clients: the account travels as the access key. */
  readonly credentials: (account: AccountId) => { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly clock: Clock;
  /** Answers calls of service `probe` from the model. */
  readonly probe: Send;
  /** Puts stand-ins there; says in words what was missing and is there now. */
  prepare(wanted: StandIns): Promise<readonly string[]>;
  /** Where the state is and who holds it. */
  describe(): string;
  /** The state's file. */
  readonly file: string;
  /** Whether this process holds the state; else it talks to the one that does. */
  holds(): boolean;
  /** Where the holder serves: `http://127.0.0.1:<port>`. */
  url(): string;
  /** Gives the state up; another process may go on with it. */
  close(): Promise<void>;
}

const DEFAULT_DIRECTORY = ".signalbox";
const STATE_FILE = "state.json";
/** How long to sleep at most before looking again at a clock that runs elsewhere. */
const LOOK_AGAIN_MS = 250;

/** Opens the local state, or finds the process that has it open and talks to that one; takes over whenever that one is gone. */
export async function openLocal(options: LocalOptions = {}): Promise<LocalEstate> {
  const path = statePath(options.file);
  let current = await open(path, options);
  /** Asks whoever holds the state now. `again`: asking twice does no harm, so a lost answer is asked for again. */
  const ask = async <T>(question: (station: Station) => Promise<T>, again: boolean): Promise<T> => {
    for (;;) {
      const asked = current;
      try {
        return await question(asked.station);
      } catch (error) {
        if (!(error instanceof HolderGone)) throw error;
        if (current === asked) current = await open(path, options);
        if (error.sent && !again) throw error;
      }
    }
  };
  return {
    requestHandler: sdkTransport((request) => ask((station) => station.respond(request), isRead(request))),
    credentials: (account) => ({
      accessKeyId: account === "" ? (options.account ?? DEFAULT_ACCOUNT) : account,
      secretAccessKey: "local",
    }),
    clock: {
      now: () => current.station.now(),
      waitUntil: (until, signal) =>
        wait(
          () => current.station,
          () => ask((station) => station.advance(until), true),
          until,
          signal,
        ),
    },
    probe: (call): Promise<Answer> => ask((station) => station.call(call), true),
    prepare: (wanted) => ask((station) => station.prepare(wanted), true),
    describe: () => `the embedded AWS in ${path}, ${current.where}`,
    file: path,
    holds: () => current.own,
    url: () => current.url,
    close: () => current.close(),
  };
}

/** Requests that change nothing in any API, whatever they name. */
const isRead = (request: WireRequest): boolean => request.method === "GET" || request.method === "HEAD";

async function wait(
  station: () => Station,
  advance: () => Promise<void>,
  until: Instant,
  signal: AbortSignal | undefined,
): Promise<void> {
  const aborted = (): boolean => signal?.aborted === true;
  if (aborted()) return;
  await advance();
  while (!station().simulated() && station().now() < until && !aborted()) {
    const milliseconds = Math.min(LOOK_AGAIN_MS, until - station().now());
    // It rejects when the signal is aborted, which only ends the wait.
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => {});
    await advance();
  }
}

interface Opened {
  readonly station: Station;
  readonly url: string;
  /** Who holds the state, in words. */
  readonly where: string;
  readonly own: boolean;
  close(): Promise<void>;
}

/** A holder serves before it takes the lock, so that whoever finds the lock can always ask it; its answers wait for the state. */
async function open(path: string, options: LocalOptions): Promise<Opened> {
  const token = randomUUID();
  let openStation!: (station: Station) => void;
  let station = new Promise<Station | undefined>((fulfil) => {
    openStation = fulfil;
  });
  const served = await serve(
    stationServer(() => station, token),
    { port: options.port ?? 0, background: options.port === undefined },
  );
  try {
    const lock = await takeLock(path, { pid: process.pid, url: served.url, token }, isGone);
    if ("heldBy" in lock) {
      await served.close();
      return await openRemote(lock.heldBy);
    }
    const own = openOwn(path, options, lock.release);
    openStation(own.station);
    let closed = false;
    const close = async (): Promise<void> => {
      if (closed) return;
      closed = true;
      station = Promise.resolve(undefined); // first, so that nothing is written any more
      own.close();
      await served.close();
    };
    return { station: own.station, url: served.url, where: "held by this process", own: true, close };
  } catch (error) {
    await served.close();
    throw error;
  }
}

function openOwn(
  path: string,
  options: LocalOptions,
  release: () => void,
): { readonly station: Station; close(): void } {
  try {
    const state = openLocalState(path);
    const clock = options.speed === undefined ? {} : { now: runningClock(state.history.cloud.now, options.speed) };
    const emulator = createEmulator({
      ...state.history,
      record: (entry, after) => state.record(entry, after),
      throttle: options.throttle ?? true,
      ...(options.weather === undefined ? {} : { weather: options.weather }),
      ...clock,
    });
    for (const [key, value] of options.quotas ?? []) emulator.setQuota(key, value);
    return {
      station: ownStation(emulator),
      close() {
        try {
          emulator.keepTime();
        } finally {
          state.close();
          release();
        }
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** From the state's time or the real one, whichever is later. */
function runningClock(stateTime: Instant, speed: number): () => Instant {
  const started = Date.now();
  const from = Math.max(stateTime, started);
  return () => from + Math.floor((Date.now() - started) * speed);
}

async function openRemote(holder: Holder): Promise<Opened> {
  const station = remoteStation(holder);
  await station.advance(0); // tells the time
  return {
    station,
    url: holder.url,
    where: `held by process ${holder.pid} at ${holder.url}`,
    own: false,
    close: async () => {},
  };
}

function statePath(file: string | undefined): string {
  const named = file ?? process.env["SIGNALBOX_LOCAL_STATE"];
  if (named === undefined || named === "") return resolve(DEFAULT_DIRECTORY, STATE_FILE);
  return statSync(named, { throwIfNoEntry: false })?.isDirectory() === true
    ? resolve(named, STATE_FILE)
    : resolve(named);
}

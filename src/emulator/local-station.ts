import type { Answer, Call } from "../cloud/call.ts";
import type { Instant } from "../cloud/instant.ts";
import { ConnectionCut } from "./connection-cut.ts";
import { fromJsonLine, toJsonLine } from "./call-json.ts";
import type { Emulator } from "./emulator.ts";
import { respondAs, type Respond } from "./respond.ts";
import { answerOf } from "./send.ts";
import type { StandIns } from "./stand-ins.ts";
import { utf8, type WireRequest, type WireResponse } from "./wire.ts";

/** What a local estate asks of the embedded AWS, whether that is in this process or in the one that holds the lock. */
export interface Station {
  readonly respond: Respond;
  call(call: Call): Promise<Answer>;
  /** Moves the simulated clock, as Emulator.advance does; nothing when the clock runs by itself. */
  advance(until: Instant): Promise<void>;
  prepare(wanted: StandIns): Promise<readonly string[]>;
  now(): Instant;
  simulated(): boolean;
}

/** The embedded AWS in this process. */
export function ownStation(emulator: Emulator): Station {
  return {
    respond: respondAs(emulator),
    call: async (call) => answerOf(emulator, call),
    async advance(until) {
      if (emulator.simulated) emulator.advance(until);
    },
    prepare: async (wanted) => emulator.prepare(wanted),
    now: () => emulator.now(),
    simulated: () => emulator.simulated,
  };
}

/** Requests of our own, beside AWS's: their path, and the headers that go with every request and answer. */
export const PRIVATE_PATH = "/_signalbox/";
export const TOKEN_HEADER = "x-signalbox-token";
export const NOW_HEADER = "x-signalbox-now";
export const SIMULATED_HEADER = "x-signalbox-simulated";
/** On an answer that the weather took. */
export const CUT_HEADER = "x-signalbox-cut";
/** The server no longer, or never, held the state that the token is for: nothing was done. */
export const GONE_STATUS = 410;

/** What a private request asks. */
export type PrivateRequest =
  | { readonly ask: "call"; readonly call: Call }
  | { readonly ask: "advance"; readonly until: Instant }
  | { readonly ask: "prepare"; readonly standIns: StandIns };

/** Serves AWS's requests and, to who has the token, the private ones. `station` gives undefined once the state was given up. */
export function stationServer(station: () => Promise<Station | undefined>, token: string): Respond {
  return async (request) => {
    const open = await station();
    const shown = request.headers[TOKEN_HEADER];
    if (open === undefined || (shown !== undefined && shown !== token))
      return { status: GONE_STATUS, headers: {}, body: new Uint8Array() };
    const response = await (
      request.path.startsWith(PRIVATE_PATH) ? answerPrivate(open, request) : open.respond(request)
    ).catch((error: unknown) => cutOrBug(error, shown !== undefined));
    const ours = { [NOW_HEADER]: String(open.now()), [SIMULATED_HEADER]: String(open.simulated()) };
    return { ...response, headers: { ...response.headers, ...ours } };
  };
}

/** To one of our own, a connection that is really cut would mean that the holder is dead: so it is told in words. */
function cutOrBug(error: unknown, toOurOwn: boolean): WireResponse {
  if (error instanceof ConnectionCut) {
    if (!toOurOwn) throw error;
    return { status: 500, headers: { [CUT_HEADER]: "true" }, body: new Uint8Array() };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, headers: { "content-type": "text/plain" }, body: Buffer.from(message) };
}

async function answerPrivate(station: Station, request: WireRequest): Promise<WireResponse> {
  if (request.headers[TOKEN_HEADER] === undefined) return { status: 403, headers: {}, body: new Uint8Array() };
  const result = await perform(station, fromJsonLine(utf8(request.body)) as PrivateRequest);
  return { status: 200, headers: { "content-type": "application/json" }, body: Buffer.from(toJsonLine(result)) };
}

async function perform(station: Station, request: PrivateRequest): Promise<unknown> {
  switch (request.ask) {
    case "call":
      return station.call(request.call);
    case "advance":
      await station.advance(request.until);
      return {};
    case "prepare":
      return { made: await station.prepare(request.standIns) };
  }
}

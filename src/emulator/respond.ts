import { setTimeout as sleep } from "node:timers/promises";
import type { Call } from "../cloud/call.ts";
import type { Answered } from "./front.ts";
import { handle, requestedService, type Performer } from "./dispatch.ts";
import { loadModel } from "./sdk-models.ts";
import type { WireRequest, WireResponse } from "./wire.ts";

/** Answers a request, whoever brought it: a socket, or an SDK client in this process. */
export type Respond = (request: WireRequest) => Promise<WireResponse>;

/** Who performs calls, and may hold an answer back. */
interface Responder extends Omit<Performer, "call"> {
  call(call: Call): Answered;
}

/** The embedded AWS behind its wire. Only the loading of a service's model waits; each request is then answered in one go. Rejects with ConnectionCut when there is to be no answer. */
export function respondAs(responder: Responder): Respond {
  return async (request) => {
    const service = requestedService(request);
    const model = service === undefined ? undefined : await loadModel(service);
    let heldBackMs = 0;
    const performer: Performer = {
      now: () => responder.now(),
      requestId: () => responder.requestId(),
      call(call) {
        const answered = responder.call(call);
        heldBackMs = answered.heldBackMs ?? 0;
        return answered;
      },
    };
    const response = handle(model, performer, request);
    if (heldBackMs > 0) await sleep(heldBackMs);
    return response;
  };
}

import { handle, requestedService, type Performer } from "./dispatch.ts";
import { loadModel } from "./sdk-models.ts";
import type { WireRequest, WireResponse } from "./wire.ts";

/** Answers a request, whoever brought it: a socket, or an SDK client in this process. */
export type Respond = (request: WireRequest) => Promise<WireResponse>;

/** The embedded AWS behind its wire. Only the loading of a service's model waits; each request is then answered in one go. */
export function respondAs(performer: Performer): Respond {
  return async (request) => {
    const service = requestedService(request);
    return handle(service === undefined ? undefined : await loadModel(service), performer, request);
  };
}

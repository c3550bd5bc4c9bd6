/** The weather cut the connection: whoever asked gets no answer, as from a network that fails. */
export class ConnectionCut extends Error {
  readonly code = "ECONNRESET";

  constructor() {
    super("the connection was cut");
  }
}

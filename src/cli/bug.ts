/** What to say of an error that nobody expected: ours, never the user's. */
export function bugReport(error: unknown, debug: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  const causes = error instanceof Error && error.cause instanceof Error ? `\ncaused by ${error.cause.stack ?? ""}` : "";
  return [
    `This is a bug in Signalbox: ${message}`,
    "It stopped at once; whatever was done stands, and running the same command again goes on from there.",
    debug ? `${stack}${causes}` : "Please report it with the output of the same command under SIGNALBOX_DEBUG=1.",
    "",
  ].join("\n");
}

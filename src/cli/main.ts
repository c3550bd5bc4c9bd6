import { bugReport } from "./bug.ts";
import { EXIT } from "./exit-code.ts";
import { processIo } from "./io.ts";
import { runProgram } from "./program.ts";

// The process around the program: signals, broken pipes, and bugs, which are caught here and nowhere else.

const interrupt = new AbortController();

/** Once stops before the next write; twice stops at once. Whatever is done stands, and a re-run goes on from there. */
function onSignal(): void {
  if (interrupt.signal.aborted) process.exit(EXIT.interrupted);
  interrupt.abort();
  process.stderr.write("\nStopping before the next write; once more stops at once.\n");
}

process.on("SIGINT", onSignal);
process.on("SIGTERM", onSignal);

// Whoever reads us has read enough (`| head`): that is no error, and there is nobody left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(process.exitCode ?? EXIT.ok);
  });
}

try {
  const io = processIo(interrupt.signal);
  process.exitCode = await runProgram(process.argv.slice(2), io);
  // A look that was given up may still have requests under way.
  if (interrupt.signal.aborted) process.exit();
} catch (error) {
  process.stderr.write(bugReport(error, (process.env["SIGNALBOX_DEBUG"] ?? "") !== ""));
  process.exitCode = EXIT.error;
}

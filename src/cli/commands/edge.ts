import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import type { ExitCode } from "../exit-code.ts";
import { withOutputFlags } from "../flags.ts";
import type { OutputFlags } from "../flags.ts";
import type { Io } from "../io.ts";

/** What `edge test` takes. */
export interface EdgeTestFlags extends OutputFlags {
  readonly uri: string;
  readonly host: string;
  readonly query: string;
  readonly method: string;
}

export function addEdge(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  const edge = program
    .command("edge")
    .summary("try a CloudFront function here")
    .description("Work with the code of CloudFront functions.")
    .helpCommand(false);
  const test = edge
    .command("test")
    .summary("run a function on a request, and print what becomes of it")
    .description(
      "Run the code of a CloudFront function on a viewer's request, on this machine, and print the request that goes on " +
        "to the origin, or the response. Nothing is sent anywhere. The engine is Node's, not CloudFront's own.",
    )
    .argument("<file>", "the function, such as edge-functions/index-rewrite.js")
    .requiredOption("--uri <path>", "the path that is asked for, such as /docs/", uri)
    .option("--host <name>", "the host that is asked", "www.example.com")
    .option("--query <string>", "the query string, such as a=1&b=2", query, "")
    .option("--method <method>", "the method", (text) => text.toUpperCase(), "GET");
  withOutputFlags(test).action(async (file: string, flags: EdgeTestFlags) => {
    const { testEdgeFunction } = await import("../edge-test.ts");
    exit(testEdgeFunction(file, flags, io));
  });
}

function uri(text: string): string {
  if (!text.startsWith("/")) throw new InvalidArgumentError("A path starts with a slash.");
  if (text.includes("?")) throw new InvalidArgumentError("The query string is a flag of its own: --query.");
  return text;
}

const query = (text: string): string => text.replace(/^\?/, "");

import type { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { withOutputFlags } from "../flags.ts";
import type { Io } from "../io.ts";

export function addSchema(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  withOutputFlags(
    program
      .command("schema")
      .summary("print the JSON Schema of manifests, for editors")
      .description("Print the JSON Schema of manifests: editors complete and check with it."),
  ).action(async () => {
    const { manifestJsonSchema } = await import("../../manifest/json-schema.ts");
    io.stdout.write(`${JSON.stringify(manifestJsonSchema(), undefined, 2)}\n`);
    exit(EXIT.ok);
  });
}

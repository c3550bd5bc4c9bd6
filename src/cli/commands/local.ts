import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import { isQuotaKey, QUOTAS } from "../../cloud/quotas.ts";
import type { QuotaKey } from "../../cloud/quotas.ts";
import { nearest } from "../../diagnostic/nearest.ts";
import type { ExitCode } from "../exit-code.ts";
import { withOutputFlags, withUnbuiltFlags } from "../flags.ts";
import type { OutputFlags } from "../flags.ts";
import type { Io } from "../io.ts";

/** What `local` takes. */
export interface LocalFlags extends OutputFlags {
  readonly port?: number;
  readonly localState?: string;
  readonly speed: number;
  readonly quota?: ReadonlyMap<QuotaKey, number>;
  readonly throttle: boolean;
  readonly weather?: string;
}

const PORT_MAX = 65_535;

export function addLocal(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  const command = program
    .command("local")
    .summary("serve the embedded AWS to the AWS CLI, SDKs and Terraform")
    .description(
      "Serve the embedded AWS over HTTP on loopback, for the AWS CLI, SDKs and Terraform, until Ctrl-C. " +
        "Prints the lines to paste. Its state is the one that `--local` uses, and is kept.",
    )
    .option("--port <port>", "where to listen (default: any free port)", port)
    .option("--local-state <file>", "where it keeps its state (default: .signalbox/)")
    .option("--speed <factor>", "how many times as fast as the real one its clock runs", speed, 1)
    .option("--quota <key=n>", "set a quota of every account; may be repeated", quota)
    .option("--no-throttle", "answer as fast as it can, beyond AWS's request rates")
    .option("--weather <file|seed>", "misbehave: as the rules in a file say, or as on an ordinary bad day (a number)");
  withUnbuiltFlags(withOutputFlags(command), ["--data-plane"]).action(async (flags: LocalFlags) => {
    const { serveLocal } = await import("../local-server.ts");
    exit(await serveLocal(flags, io));
  });
  addPrepare(command, io, exit);
}

function addPrepare(local: Command, io: Io, exit: (code: ExitCode) => void): void {
  withOutputFlags(
    local
      .command("prepare")
      .summary("put there what a manifest refers to and does not manage")
      .description(
        "Put what a manifest refers to and does not manage (hosted zones, REST APIs with their stages) into the " +
          "embedded AWS as stand-ins. What is there already is left as it is.",
      )
      .argument("<file>", "the manifest")
      .addOption(new Option("--local-state <file>", "where the state is (default: .signalbox/)")),
  ).action(async (file: string, _flags: unknown, command: Command) => {
    const { prepareLocal } = await import("../local-prepare.ts");
    exit(await prepareLocal(file, command.optsWithGlobals<LocalFlags>(), io));
  });
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > PORT_MAX) throw new InvalidArgumentError(`A port is a number up to ${PORT_MAX}.`);
  return value;
}

/** The keys are those of cloud/quotas.ts. */
function quota(text: string, before: ReadonlyMap<QuotaKey, number> = new Map()): ReadonlyMap<QuotaKey, number> {
  const [, key = text, value] = /^(.*?)=(\d+)$/.exec(text) ?? [];
  if (!isQuotaKey(key)) {
    const keys = Object.keys(QUOTAS);
    const meant = nearest(key.replace(/=.*$/, ""), keys);
    const help = meant === undefined ? `Choose one of ${keys.join(", ")}` : `Did you mean ${meant}`;
    throw new InvalidArgumentError(`${help}${meant === undefined ? "." : "?"} It looks like route53.hostedZones=5.`);
  }
  if (value === undefined) throw new InvalidArgumentError(`It looks like ${key}=5.`);
  return new Map([...before, [key, Number(value)]]);
}

function speed(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < Infinity)) throw new InvalidArgumentError("A speed is a number above 0, such as 60.");
  return value;
}

import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import { LIMITS } from "../plan/options.ts";
import type { LimitName, PlanOptions } from "../plan/options.ts";
import type { Address } from "../resource/address.ts";

/** What every command takes. */
export interface OutputFlags {
  readonly format: "text" | "json";
  readonly color: boolean;
}

/** Which AWS a command talks to. */
export interface WorldFlags extends OutputFlags {
  readonly local?: boolean;
  readonly localState?: string;
  readonly endpointUrl?: string;
  readonly profile?: string;
}

/** Decisions beside the manifest. */
export interface DecisionFlags {
  readonly overwrite?: readonly Address[];
  readonly acceptLive?: readonly Address[];
  readonly lift?: readonly LimitName[];
}

/** What `reconcile` and `destroy` take. */
export interface RunFlags extends WorldFlags, DecisionFlags {
  readonly yes?: boolean;
  readonly plan?: string;
  readonly wait: boolean;
}

export function withOutputFlags(command: Command): Command {
  return command
    .addOption(
      new Option("--format <format>", "what stdout holds: text, or one JSON document")
        .choices(["text", "json"])
        .default("text"),
    )
    .option("--no-color", "no colours (NO_COLOR says the same)");
}

export function withWorldFlags(command: Command): Command {
  return command
    .option("--local", "use the embedded AWS: nothing to set up, nothing leaves this machine")
    .option("--local-state <file>", "where the embedded AWS keeps its state (default: .signalbox/)")
    .addOption(new Option("--endpoint-url <url>", "another endpoint for every AWS service").conflicts("local"))
    .addOption(new Option("--profile <name>", "a profile of the AWS configuration files").conflicts("local"))
    .hook("preAction", (_this, action) => {
      const { local, localState } = action.opts<WorldFlags>();
      // Never the real AWS where somebody thought of the embedded one.
      if (localState !== undefined && local !== true) action.error("error: --local-state needs --local.");
    });
}

export function withDecisionFlags(command: Command): Command {
  return withLiftFlag(
    command
      .option(
        "--overwrite <address>",
        "put back what the manifest says over an edit by hand; may be repeated",
        addresses,
      )
      .option("--accept-live <address>", "keep an edit by hand; may be repeated", addresses),
  );
}

export function withLiftFlag(command: Command): Command {
  return command.addOption(
    new Option(
      "--lift <limit>",
      `lift one limit for this run; may be repeated (choices: ${LIMITS.join(", ")})`,
    ).argParser(limits),
  );
}

export function withRunFlags(command: Command): Command {
  return withDecisionFlags(command)
    .option("--yes", "do not ask; required without a terminal")
    .option("--plan <file>", "only what this plan holds (made by `plan --out`); it is proved again")
    .option("--no-wait", "stop when all is written, before it has settled");
}

/** The flags as the planner takes them. */
export const planOptions = (goal: PlanOptions["goal"], flags: DecisionFlags): PlanOptions => ({
  goal,
  overwrite: flags.overwrite ?? [],
  acceptLive: flags.acceptLive ?? [],
  lift: flags.lift ?? [],
});

/** Flags of the contract that this version does not have. They are named, not passed over. */
export function withUnbuiltFlags(command: Command, flags: readonly string[]): Command {
  for (const flag of flags) command.addOption(new Option(flag).hideHelp());
  command.hook("preAction", (_this, action) => {
    const [given] = action.options.filter(
      (option) => flags.includes(option.flags) && action.getOptionValueSource(option.attributeName()) === "cli",
    );
    if (given !== undefined) action.error(`error: \`${given.long ?? given.flags}\` is not built yet.`);
  });
  return command;
}

function addresses(value: string, before: readonly Address[] = []): readonly Address[] {
  if (!/^[a-z-]+\/./.test(value)) {
    throw new InvalidArgumentError("An address looks like record-set/shop.example.com/A/storefront/us-east-1.");
  }
  return [...before, value as Address];
}

function limits(value: string, before: readonly LimitName[] = []): readonly LimitName[] {
  const known = LIMITS.find((each) => each === value);
  if (known === undefined) throw new InvalidArgumentError(`Choose one of ${LIMITS.join(", ")}.`);
  return [...before, known];
}

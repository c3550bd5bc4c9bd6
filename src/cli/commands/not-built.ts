import type { Command } from "commander";

/** Commands of the contract that this version does not have: refused by name, and not shown as if they worked. */
const NOT_BUILT = ["drift", "failover", "doctor", "graph", "iam-policy", "import", "adopt", "completion"] as const;

export function addNotBuilt(program: Command): void {
  for (const name of NOT_BUILT) {
    const command = program.command(name, { hidden: true });
    command
      .argument("[rest...]")
      .allowUnknownOption()
      .helpOption(false)
      .action(() => command.error(`error: \`${name}\` is not built yet.`));
  }
}

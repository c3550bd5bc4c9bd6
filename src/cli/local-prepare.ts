import type { OutputFlags } from "./flags.ts";
import { EXIT } from "./exit-code.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { loadManifest } from "./manifest-file.ts";
import { localAccount, openState, standIns } from "./ports.ts";
import { openShell } from "./shell.ts";

interface PrepareFlags extends OutputFlags {
  readonly localState?: string;
}

/** `signalbox local prepare FILE`: stand-ins, by whoever holds the state. */
export async function prepareLocal(file: string, flags: PrepareFlags, io: Io): Promise<ExitCode> {
  const shell = openShell(io, flags);
  const loaded = loadManifest(file, shell);
  if (loaded === undefined) return EXIT.error;
  const estate = await openState(flags.localState ?? io.env["SIGNALBOX_LOCAL_STATE"] ?? "", shell);
  if (estate === undefined) return EXIT.error;
  try {
    const account = localAccount(loaded.manifest);
    const made = await estate.prepare(standIns(loaded.manifest, account));
    shell.result(
      () =>
        made.length === 0
          ? `All that ${file} refers to is there already.`
          : ["Put there as stand-ins:", ...made.map((each) => `  ${each}`)].join("\n"),
      () => ({ version: 1, account, state: estate.file, made }),
    );
    return EXIT.ok;
  } finally {
    await estate.close();
  }
}

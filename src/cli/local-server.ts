import { statSync } from "node:fs";
import { openLocal } from "../emulator/local.ts";
import type { LocalEstate } from "../emulator/local.ts";
import { parseWeather } from "../emulator/weather-file.ts";
import { defaultWeather } from "../emulator/weather.ts";
import type { Weather } from "../emulator/weather.ts";
import type { LocalFlags } from "./commands/local.ts";
import { EXIT } from "./exit-code.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { readText } from "./manifest-file.ts";
import { openShell } from "./shell.ts";
import type { Shell } from "./shell.ts";

const REGION = "us-east-1";

/** `signalbox local`: serves until Ctrl-C. */
export async function serveLocal(flags: LocalFlags, io: Io): Promise<ExitCode> {
  const shell = openShell(io, flags);
  const weather = flags.weather === undefined ? "fair" : readWeather(flags.weather, shell);
  if (weather === undefined) return EXIT.error;
  const estate = await openAsHolder(flags, weather === "fair" ? {} : { weather }, shell);
  if (estate === undefined) return EXIT.error;
  announce(estate, flags, shell);
  await aborted(io.signal);
  await estate.close();
  shell.note(`The embedded AWS has ended. What is in it is kept in ${estate.file}.`);
  return EXIT.ok;
}

/** A number is a seed, unless a file has it as its name. Undefined: it cannot be read, and that is said. */
function readWeather(named: string, shell: Shell): Weather | undefined {
  if (/^\d+$/.test(named) && statSync(named, { throwIfNoEntry: false }) === undefined) return defaultWeather(named);
  const text = readText(named, shell, "--weather takes a file of rules, or a number as a seed.");
  if (text === undefined) return undefined;
  const read = parseWeather(text, named);
  if ("weather" in read) return read.weather;
  for (const problem of read.problems) shell.complain(problem);
  return undefined;
}

/** Undefined: it cannot be served, and that is said. Two servers of one state make no sense: they would be one. */
async function openAsHolder(
  flags: LocalFlags,
  weather: { readonly weather?: Weather },
  shell: Shell,
): Promise<LocalEstate | undefined> {
  const file = flags.localState ?? shell.io.env["SIGNALBOX_LOCAL_STATE"] ?? "";
  try {
    const estate = await openLocal({
      ...(file === "" ? {} : { file }),
      port: flags.port ?? 0,
      speed: flags.speed,
      throttle: flags.throttle,
      ...(flags.quota === undefined ? {} : { quotas: flags.quota }),
      ...weather,
    });
    if (estate.holds()) return estate;
    shell.complain(
      `the state is in use: ${estate.describe()}`,
      `Use that one (AWS_ENDPOINT_URL=${estate.url()}), end it, or name another state with --local-state FILE.`,
    );
    await estate.close();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      shell.complain(`port ${flags.port} is taken by another program`, "Leave --port out to get a free one.");
    else shell.complain(`the embedded AWS cannot be opened: ${message}`, "--local-state FILE names another state.");
  }
  return undefined;
}

/** The lines to paste. */
function announce(estate: LocalEstate, flags: LocalFlags, shell: Shell): void {
  const { accessKeyId, secretAccessKey } = estate.credentials("");
  shell.result(
    (style) =>
      [
        `The embedded AWS is at ${style.bold(estate.url())}, with its state in ${estate.file}.`,
        conditions(flags),
        "Paste this where the AWS CLI, an SDK or Terraform is to use it:",
        "",
        `  export AWS_ENDPOINT_URL=${estate.url()}`,
        `  export AWS_ACCESS_KEY_ID=${accessKeyId}`,
        `  export AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
        // Version 1 of the AWS CLI and boto3 read only the second.
        `  export AWS_REGION=${REGION} AWS_DEFAULT_REGION=${REGION}`,
        "  aws route53 list-hosted-zones",
        "",
        "Twelve digits as the access key are the account; any secret will do.",
        "Ctrl-C ends it.",
      ].join("\n"),
    () => ({
      version: 1,
      url: estate.url(),
      account: accessKeyId,
      region: REGION,
      state: estate.file,
      speed: flags.speed,
      throttle: flags.throttle,
      weather: flags.weather ?? null,
      quotas: Object.fromEntries(flags.quota ?? []),
    }),
  );
}

function conditions({ speed, throttle, weather, quota }: LocalFlags): string {
  return [
    speed === 1 ? "Its clock is the real one." : `Its clock runs ${speed} times as fast as the real one.`,
    ...(throttle ? [] : ["No request is throttled."]),
    ...(weather === undefined ? [] : [`It misbehaves as --weather ${weather} says.`]),
    ...[...(quota ?? [])].map(([key, value]) => `Quota ${key} is ${value}.`),
  ].join(" ");
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

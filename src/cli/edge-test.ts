import { basename } from "node:path";
import { viewerRequestEvent } from "../cloud/cloudfront/edge-event.ts";
import { readResult } from "../cloud/cloudfront/edge-result.ts";
import type { EdgeResult } from "../cloud/cloudfront/edge-result.ts";
import type { EdgeRun } from "../cloud/cloudfront/edge-run.ts";
import { CLOUDFRONT_LENGTHS } from "../cloud/cloudfront/limits.ts";
import type { Fields } from "../cloud/cloudfront/state.ts";
import { runEdgeFunction } from "../emulator/edge-function-runner.ts";
import type { Styler } from "../report/styler.ts";
import type { EdgeTestFlags } from "./commands/edge.ts";
import { EXIT } from "./exit-code.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { readText } from "./manifest-file.ts";
import { openShell } from "./shell.ts";
import type { Shell } from "./shell.ts";

/** Runs a function on one request, as CloudFront's TestFunction does, and prints what comes of it. */
export function testEdgeFunction(file: string, flags: EdgeTestFlags, io: Io): ExitCode {
  const shell = openShell(io, flags);
  const source = readText(file, shell, "Give the file with the function's code.");
  if (source === undefined) return failed(shell, file, "the file cannot be read", []);
  const size = Buffer.byteLength(source);
  if (size > CLOUDFRONT_LENGTHS.functionCode) {
    const why = `${basename(file)} is ${size} bytes long, and CloudFront takes at most ${CLOUDFRONT_LENGTHS.functionCode}`;
    shell.complain(why);
    return failed(shell, file, why, []);
  }
  const event = viewerRequestEvent(flags);
  const run = runEdgeFunction(source, event);
  for (const line of run.logs) shell.note(`log: ${line}`);
  const result: EdgeResult = run.error === undefined ? readResult(event, run.returned) : { wrong: run.error };
  if ("wrong" in result) {
    shell.complain(`${basename(file)} ${whatWentWrong(run)}: ${result.wrong}`);
    return failed(shell, file, result.wrong, run.logs);
  }
  shell.result(
    (style) => ("request" in result ? requestText(result.request, style) : responseText(result.response, style)),
    () => ({ version: 1, file, ...result, logs: run.logs }),
  );
  return EXIT.ok;
}

const whatWentWrong = ({ error }: EdgeRun): string =>
  error === undefined ? "returned an invalid value" : "could not run";

function failed(shell: Shell, file: string, error: string, logs: readonly string[]): ExitCode {
  if (shell.json)
    shell.result(
      () => "",
      () => ({ version: 1, file, error, logs }),
    );
  return EXIT.error;
}

function requestText(request: Fields, style: Styler): string {
  const query = pairs(request["querystring"]).map(([name, value]) => (value === "" ? name : `${name}=${value}`));
  const target = `${String(request["uri"])}${query.length === 0 ? "" : `?${query.join("&")}`}`;
  return [`${String(request["method"])} ${style.bold(target)}`, ...headerLines(request)].join("\n");
}

function responseText(response: Fields, style: Styler): string {
  const { statusCode, statusDescription = "" } = response;
  const status = `${style.bold(String(statusCode))} ${String(statusDescription)}`.trimEnd();
  const body = bodyText(response["body"]);
  return [status, ...headerLines(response), ...(body === "" ? [] : ["", body])].join("\n");
}

function bodyText(body: unknown): string {
  if (typeof body === "string") return body;
  const { encoding, data } = (body ?? {}) as Fields;
  const text = typeof data === "string" ? data : "";
  return encoding === "base64" ? Buffer.from(text, "base64").toString("utf8") : text;
}

function headerLines(of: Fields): readonly string[] {
  const cookies = pairs(of["cookies"]).map(([name, value]) => `cookie ${name}=${value}`);
  return [...pairs(of["headers"]).map(([name, value]) => `${name}: ${value}`), ...cookies];
}

/** Every value of every name. */
function pairs(values: unknown): readonly (readonly [string, string])[] {
  const entries = Object.entries((values ?? {}) as Readonly<Record<string, Fields>>);
  return entries.flatMap(([name, { value, multiValue }]) => {
    const all = Array.isArray(multiValue) ? (multiValue as readonly Fields[]) : [{ value }];
    return all.map((each) => [name, String(each["value"])] as const);
  });
}

import { readFileSync } from "node:fs";
import { viewerRequestEvent } from "../../src/cloud/cloudfront/edge-event.ts";
import type { ViewerRequest } from "../../src/cloud/cloudfront/edge-event.ts";
import { readResult } from "../../src/cloud/cloudfront/edge-result.ts";
import type { EdgeResult } from "../../src/cloud/cloudfront/edge-result.ts";
import { runEdgeFunction } from "../../src/emulator/edge-function-runner.ts";

/** The source of one of the functions, with settings other than its own: text → text. */
export function sourceOf(name: string, settings: Readonly<Record<string, string>> = {}): string {
  let source = readFileSync(new URL(`../../edge-functions/${name}.js`, import.meta.url), "utf8");
  for (const [before, after] of Object.entries(settings)) {
    if (!source.includes(before)) throw new Error(`${name} has no setting ${before}`);
    source = source.replace(before, after);
  }
  return source;
}

/** What the function makes of a request; a function that fails is an error. */
export function resultOf(source: string, request: Partial<ViewerRequest>): EdgeResult {
  const event = viewerRequestEvent({ method: "GET", uri: "/", host: "www.example.com", query: "", ...request });
  const run = runEdgeFunction(source, event);
  if (run.error !== undefined) throw new Error(run.error);
  const result = readResult(event, run.returned);
  if ("wrong" in result) throw new Error(result.wrong);
  return result;
}

/** The status and the place of a redirect, or the URI of the request that goes on. */
export function outcomeOf(source: string, request: Partial<ViewerRequest>): string {
  const result = resultOf(source, request);
  if ("request" in result) return String(result.request["uri"]);
  if ("wrong" in result) return result.wrong;
  const { statusCode, headers } = result.response as { statusCode: number; headers: { location: { value: string } } };
  return `${statusCode} ${headers.location.value}`;
}

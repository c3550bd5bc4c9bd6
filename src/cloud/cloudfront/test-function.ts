import type { Outcome, Step } from "../call.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import { readEvent } from "./edge-event.ts";
import type { EdgeEvent } from "./edge-event.ts";
import { readResult } from "./edge-result.ts";
import type { EdgeRun } from "./edge-run.ts";
import { invalidArgument, invalidIfMatch } from "./faults.ts";
import { findVersion, functionSummary } from "./function-output.ts";
import { CLOUDFRONT_LENGTHS } from "./limits.ts";
import type { Fields } from "./state.ts";

interface TestInput {
  readonly IfMatch?: string;
  readonly EventObject?: Uint8Array;
}

/**
 * Runs a stage of a function on an event and tells what came of it; what goes wrong in the function is no fault of the
 * call. Of the version only that which is there can be tested: another is not valid, as the operation knows no
 * PreconditionFailed.
 * Source: CloudFront API reference "TestFunction" and "TestResult", checked 2026-11-24.
 */
export const testFunction: Step = (cloud, call, _ids, run) => {
  const sought = findVersion(cloud, call);
  if ("no" in sought) return sought.no;
  const { found, stage, version } = sought;
  const { IfMatch, EventObject: bytes = new Uint8Array() } = call.input as TestInput;
  if (IfMatch === undefined || (version.etag !== undefined && IfMatch !== version.etag)) return invalidIfMatch();
  const read = eventFrom(bytes);
  if ("no" in read) return read.no;
  if (run === undefined || version.code === undefined) return notEmulated(call, "without what runs its code");
  const source = Buffer.from(version.code).toString("utf8");
  return succeeded(cloud, {
    TestResult: {
      FunctionSummary: functionSummary(cloud, call.account, found, stage),
      ComputeUtilization: String(computeUtilization(version.code.length)),
      ...testResult(read.event, run(source, read.event)),
    },
  });
};

// Assumed: the wording.
function eventFrom(bytes: Uint8Array): { readonly event: EdgeEvent } | { readonly no: Outcome } {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return { no: invalidArgument("The event object is not valid JSON.") };
  }
  const read = readEvent(value);
  return "event" in read ? read : { no: invalidArgument(`The event object is not valid: ${read.wrong}.`) };
}

/** Logs beyond this many bytes are cut off. Source: CloudFront guide "Restrictions on CloudFront Functions" (logs), checked 2026-11-24. */
const LOG_BYTES = 10 * 1024;

/** The words before an error are as they are reported. */
// Assumed: that functions of runtime 1.0 run as those of 2.0 do.
// Assumed: those about a value that is not of the right form.
function testResult(event: EdgeEvent, run: EdgeRun): Fields {
  const FunctionExecutionLogs = cutLogs(run.logs);
  const failed = (message: string): Fields => ({
    FunctionExecutionLogs,
    FunctionErrorMessage: message,
    FunctionOutput: "",
  });
  if (run.error !== undefined) {
    return failed(
      `The CloudFront function associated with the CloudFront distribution is invalid or could not run. ${run.error}`,
    );
  }
  const result = readResult(event, run.returned);
  if ("wrong" in result) return failed(`The CloudFront function returned an invalid value: ${result.wrong}.`);
  return { FunctionExecutionLogs, FunctionErrorMessage: "", FunctionOutput: JSON.stringify(result) };
}

function cutLogs(logs: readonly string[]): readonly string[] {
  let left = LOG_BYTES;
  return logs.flatMap((line) => {
    const kept = line.slice(0, Math.max(0, left));
    left -= line.length + 1;
    return kept === "" && line !== "" ? [] : [kept];
  });
}

/**
 * A number from 0 to 100: how much of the time that it may take the function took.
 * Source: CloudFront guide "Restrictions on CloudFront Functions" (compute utilization), checked 2026-11-24.
 */
// Assumed: all of it. Time is not the model's to measure, so that the length of the code stands in for it; small functions come to about 10, as in AWS's examples.
function computeUtilization(codeBytes: number): number {
  return Math.min(100, 8 + Math.round((codeBytes / CLOUDFRONT_LENGTHS.functionCode) * 40));
}

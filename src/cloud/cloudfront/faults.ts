import type { Outcome } from "../call.ts";
import { refused } from "../outcome.ts";

/** CloudFront's errors with their HTTP statuses. Source: CloudFront API reference (errors of each operation), checked 2026-11-24. */
// Assumed: the wordings, where tools' users do not quote them in their reports.
export const noSuchFunction = (): Outcome =>
  refused("NoSuchFunctionExists", "The specified function does not exist.", 404);

export const noSuchDistribution = (): Outcome =>
  refused("NoSuchDistribution", "The specified distribution does not exist.", 404);

export const noSuchResource = (arn: string): Outcome =>
  refused("NoSuchResource", `The specified resource ${arn} does not exist.`, 404);

export const invalidArgument = (message: string): Outcome => refused("InvalidArgument", message, 400);

export const invalidCertificate = (message: string): Outcome => refused("InvalidViewerCertificate", message, 400);

export const invalidFunctionAssociation = (message: string): Outcome =>
  refused("InvalidFunctionAssociation", message, 400);

export const invalidIfMatch = (): Outcome =>
  refused("InvalidIfMatchVersion", "The If-Match version is missing or not valid for the resource.", 400);

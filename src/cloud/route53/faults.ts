import type { Fault, Outcome } from "../call.ts";

// Codes and statuses: API Reference, the "Errors" part of each operation, checked 2026-11-23. The wording is what
// the service is seen to answer; where nobody has published it, the sentence is ours.

export const invalidInput = (message: string): Fault => ({ code: "InvalidInput", message, status: 400 });

/** One fault for everything that is wrong with a batch: `[m1, m2]`. */
export const invalidChangeBatch = (messages: readonly string[]): Fault => ({
  code: "InvalidChangeBatch",
  message: `[${messages.join(", ")}]`,
  status: 400,
});

export const noSuchHostedZone = (id: string): Fault => ({
  code: "NoSuchHostedZone",
  message: `No hosted zone found with ID: ${id}`,
  status: 404,
});

export const noSuchHealthCheck = (id: string): Fault => ({
  code: "NoSuchHealthCheck",
  message: `No health check exists with the specified ID: ${id}`,
  status: 404,
});

export const noSuchChange = (id: string): Fault => ({
  code: "NoSuchChange",
  message: `Could not find resource with ID: ${id}`,
  status: 404,
});

/** The outcome of a call that AWS refuses. */
export const refuse = (fault: Fault): Outcome => ({ ok: false, fault });

import type { Call, Outcome } from "./call.ts";
import type { Cloud } from "./cloud.ts";

/** The call succeeded: `cloud` as it is afterwards, and AWS's output. */
export function succeeded(cloud: Cloud, output: unknown = {}): Outcome {
  return { ok: true, cloud, output };
}

/** AWS said no. `status` is the HTTP status; the JSON protocols answer 400 to nearly everything. */
export function refused(code: string, message: string, status = 400): Outcome {
  return { ok: false, fault: { code, message, status } };
}

/** Refuse, don't guess: what the model does not know is refused by name. `what` is the option, or nothing for the whole operation. */
export function notEmulated(call: Call, what?: string): Outcome {
  const operation = `${call.service}:${call.operation}`;
  return refused(
    "NotEmulated",
    what === undefined ? `${operation} is not modelled` : `${operation} is modelled, but not ${what}`,
    501,
  );
}

import type { Violation } from "./world-watch.ts";

/** What the simulation has found and is not mended yet: counted and said, but no failure. It is to be empty. */
const KNOWN: readonly { readonly code: string; readonly message: RegExp; readonly why: string }[] = [
  {
    code: "DOES_NOT_CONVERGE",
    message: /PLAN_CANNOT_FINISH.*what was to be deleted/u,
    why: "a check whose gate is gone is no longer recognised, where zones are in several accounts",
  },
  {
    code: "NOT_AS_WANTED",
    message: /too many.*: (check|gate)/u,
    why: "a check whose gate is gone is no longer recognised, where zones are in several accounts",
  },
  {
    code: "DIVERGED",
    message: /AWS accepted Probe, which the model of AWS refuses: .*REST API \S+ does not exist/u,
    why: "another run's mapping leads to a REST API that this run has not read: taken for a divergence of the model",
  },
];

export const knownAs = (violation: Violation): string | undefined =>
  KNOWN.find(({ code, message }) => code === violation.code && message.test(violation.message))?.why;

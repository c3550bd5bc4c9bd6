import type { Event, StepState } from "../../src/execute/event.ts";
import type { Action } from "../../src/plan/plan.ts";
import { noProgress, progressed } from "../../src/report/progress.ts";
import type { Progress } from "../../src/report/progress.ts";
import { START } from "./small-plan.ts";

export const started = (...steps: readonly (readonly [Action, string])[]): Event => ({
  type: "started",
  at: START,
  digest: "0123456789abcdef",
  steps: steps.map(([action, address]) => ({ id: address, address, action })),
});

export function stepped(id: string, state: StepState, seconds = 0, why?: string): Event {
  const told = { type: "step", at: START + seconds * 1_000, id, address: id, state } as const;
  return why === undefined ? told : { ...told, why };
}

export const called = (code = "ok", write = true, steps: readonly string[] = ["a"], seconds = 0): Event => ({
  type: "call",
  at: START + seconds * 1_000,
  steps,
  account: "111122223333",
  service: "route53",
  region: "us-east-1",
  operation: "ChangeResourceRecordSets",
  write,
  code,
});

export const after = (...events: readonly Event[]): Progress => events.reduce(progressed, noProgress);

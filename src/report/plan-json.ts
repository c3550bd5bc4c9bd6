import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display } from "../dns/domain-name.ts";
import type { Proof, TraceEntry } from "../interlock/proof.ts";
import type { Plan } from "../plan/plan.ts";
import { planDigest } from "../plan/plan.ts";
import type { Difference } from "../resource/kind.ts";
import { accountOf, regionOf } from "./plan-rows.ts";
import { actions } from "./step-words.ts";
import { timestamp } from "./words.ts";
import { outlook } from "../plan/outlook.ts";
import type { Outlook } from "../plan/outlook.ts";

/**
 * What `plan --format json` prints, and `reconcile` under `plan`. Keys may be added; none changes its meaning within
 * `version`. Instants are ISO 8601 in UTC, durations seconds, names without the trailing dot.
 */
export interface PlanJson {
  readonly version: 1;
  readonly manifest: string;
  readonly scope: string;
  readonly account: string;
  /** SHA-256 of the plan; the proof is bound to it. */
  readonly digest: string;
  readonly readAt: string;
  readonly summary: {
    readonly create: number;
    readonly update: number;
    readonly delete: number;
    readonly wait: number;
    readonly check: number;
    readonly held: number;
    readonly unchanged: number;
    readonly foreign: number;
  };
  readonly steps: readonly {
    readonly id: string;
    readonly action: string;
    readonly kind: string;
    readonly address: string;
    /** The account that it is in. */
    readonly account: string;
    /** Null: in no Region. */
    readonly region: string | null;
    readonly names: readonly string[];
    /** Ids of the steps that must be done first. */
    readonly after: readonly string[];
    readonly differences: readonly Difference[];
  }[];
  readonly held: readonly {
    readonly address: string;
    readonly kind: string;
    readonly differences: readonly Difference[];
    readonly diagnostic: Diagnostic;
  }[];
  readonly diagnostics: readonly Diagnostic[];
  /** By kind: seen, not ours, never touched. */
  readonly foreign: Readonly<Record<string, number>>;
  /** By kind: ours, and as it should be. */
  readonly unchanged: Readonly<Record<string, number>>;
  /** Null: refused before it came to a proof. */
  readonly proof: ProofJson | null;
  /** What it means for quotas and for the bill (US dollars a month); null: not proved safe. */
  readonly outlook: Outlook | null;
}

type ProofJson =
  | {
      readonly safe: true;
      readonly states: number;
      /** Names whose plans differ by what they are called are proved once. */
      readonly shapes: number;
      readonly invariants: readonly string[];
      /** How long the plan takes, waits included. */
      readonly durationSeconds: number;
    }
  | {
      readonly safe: false;
      readonly violation: {
        readonly code: string;
        readonly name: string;
        /** Near which Region a client must be; null: any. */
        readonly viewpoint: string | null;
        readonly message: string;
        readonly help: string;
      };
      readonly trace: readonly TraceJson[];
      /** When, in the model's time, the harm is done. */
      readonly at: string;
    };

type TraceJson =
  | { readonly step: string; readonly service: string; readonly region: string; readonly operation: string }
  | { readonly waitUntil: string };

export function planJson(plan: Plan, proof: Proof | undefined): PlanJson {
  const amounts = { create: 0, update: 0, delete: 0, wait: 0, check: 0 };
  for (const { action } of plan.steps) amounts[actions[action].counts] += 1;
  return {
    version: 1,
    manifest: plan.owner.manifest,
    scope: plan.owner.scope,
    account: plan.account,
    digest: planDigest(plan),
    readAt: timestamp(plan.readAt),
    summary: { ...amounts, held: plan.held.length, unchanged: total(plan.unchanged), foreign: total(plan.foreign) },
    steps: plan.steps.map((step) => ({
      id: step.id,
      action: step.action,
      kind: step.kind,
      address: step.address,
      account: accountOf(step) ?? plan.account,
      region: regionOf(step) === "" ? null : regionOf(step),
      names: step.names.map(display),
      after: step.after,
      differences: step.differences,
    })),
    held: plan.held.map(({ address, kind, differences, diagnostic }) => ({ address, kind, differences, diagnostic })),
    diagnostics: plan.diagnostics,
    foreign: plan.foreign,
    unchanged: plan.unchanged,
    proof: proof === undefined ? null : proofJson(proof),
    outlook: proof?.safe === true ? outlook(plan, proof.start) : null,
  };
}

const total = (amounts: Readonly<Record<string, number>>): number =>
  Object.values(amounts).reduce((sum, each) => sum + each, 0);

function proofJson(proof: Proof): ProofJson {
  if (proof.safe) {
    const { states, shapes, invariants, duration } = proof;
    return { safe: true, states, shapes, invariants, durationSeconds: duration / 1_000 };
  }
  const { code, name, viewpoint, message, help } = proof.violation;
  return {
    safe: false,
    violation: { code, name: display(name), viewpoint: viewpoint ?? null, message, help },
    trace: proof.trace.map(traceJson),
    at: timestamp(proof.at),
  };
}

function traceJson(entry: TraceEntry): TraceJson {
  if ("waitUntil" in entry) return { waitUntil: timestamp(entry.waitUntil) };
  const { service, region, operation } = entry.call;
  return { step: entry.step, service, region, operation };
}

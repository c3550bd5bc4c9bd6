import type { Call, Region } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Instant } from "../cloud/instant.ts";
import { domainName } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";

/** The plan was folded over the model in every order that matters, and every invariant held at every state. Never loaded from a file. */
export interface SafeProof {
  readonly safe: true;
  /** `planDigest` of the plan it is about. */
  readonly digest: string;
  /** States visited; those of names whose plans differ by names only are visited, and counted, once. */
  readonly states: number;
  /** Kinds of plans of a name that were told apart. */
  readonly shapes: number;
  /** Names whose steps were put in one order, as they had too many. */
  readonly inOneOrder: number;
  readonly invariants: readonly string[];
  /** Simulated milliseconds that the plan takes, waits included, without pacing. */
  readonly duration: number;
  /** The cloud that it started from: the executor folds along. */
  readonly start: Cloud;
}

/** The name in a violation that is of no name. */
export const nowhere = domainName("invalid");

export interface Violation {
  /** The invariant's code. */
  readonly code: string;
  readonly name: DomainName;
  /** Near which Region a client must be to see it. */
  readonly viewpoint: Region | undefined;
  readonly message: string;
  readonly help: string;
}

export interface Unsafe {
  readonly safe: false;
  readonly violation: Violation;
  /** The calls and waits that lead there, the last one being what brings the harm. */
  readonly trace: readonly TraceEntry[];
  /** When, in the model's time, that is. */
  readonly at: Instant;
}

export type TraceEntry = { readonly call: Call; readonly step: string } | { readonly waitUntil: Instant };

export type Proof = SafeProof | Unsafe;

/** What Signalbox promises, in a few words each: the simulation watches all of them, and at least one mutant breaks each. */
export const PROMISES = [
  "no name goes dark",
  "no stale write",
  "drain before delete",
  "cleanup by live reference, never by age",
  "removals last",
  "a Region is published only after a probe",
  "validation records are never deleted",
  "what cannot be read is unknown",
  "a stale read is not believed",
  "foreign stays foreign",
  "an edit by hand is asked about",
  "limits",
  "kill it anywhere",
  "nothing orphaned",
  "converged is converged",
  "CONTESTED",
  "the proof comes first",
] as const;
type Promised = (typeof PROMISES)[number];

/** A deliberate fault. */
export interface Mutant {
  readonly name: string;
  /** The promise that it breaks, and in brackets the rule of the write protocol, if there is one. */
  readonly promise: Promised | `${Promised} (${string})`;
  /** Set where the proof is to refuse what comes of it, by this very invariant: whatever else happens does not count. */
  readonly invariant?: string;
  /** Each replaces one piece of text of a source, which must be there exactly once. */
  readonly patches: readonly Patch[];
}

export interface Patch {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

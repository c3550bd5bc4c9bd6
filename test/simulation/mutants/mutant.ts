/** A deliberate fault. */
export interface Mutant {
  readonly name: string;
  /** The promise or the rule that it breaks. */
  readonly promise: string;
  /** Each replaces one piece of text of a source, which must be there exactly once. */
  readonly patches: readonly Patch[];
}

export interface Patch {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

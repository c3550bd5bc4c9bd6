/** What a command's end means to the shell: part of the product's contract. */
export const EXIT = {
  /** Nothing is left to do; for `plan`, no change. */
  ok: 0,
  /** An error; also partly failed, or diverged from the model. */
  error: 1,
  /** `plan`: there are changes. */
  changes: 2,
  /** Not proved safe, refused, or declined. */
  refused: 3,
  /** All is written and something still settles. */
  settling: 4,
  /** Wrong usage. */
  usage: 64,
  /** Stopped by Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

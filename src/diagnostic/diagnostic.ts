/** Where in a file a diagnostic points: 1-based line and column (columns in UTF-16 code units), end exclusive. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export type Severity = "error" | "warning" | "remark";

/** The user's manifest or plan is wrong, or worth a word. Collected, never thrown. */
export interface Diagnostic {
  /** Registered in diagnostic/codes.ts. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** The way out. */
  readonly help?: string;
  readonly where?: Position;
  /** The address or name it is about, where there is no position. */
  readonly subject?: string;
}

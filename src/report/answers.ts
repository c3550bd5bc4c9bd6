import type { Styler } from "./styler.ts";
import { columns } from "./words.ts";

/** What a client near a Region is answered for a name. */
export interface AnswerRow {
  readonly name: string;
  /** Near which Region the client is. */
  readonly client: string;
  /** The Region whose endpoint it is sent to; undefined when there is no answer. */
  readonly region: string | undefined;
  /** Where the answer leads. */
  readonly target: string | undefined;
}

/** A table: who asks, and which Region answers. Lines, without a newline at the end. */
export function answersText(rows: readonly AnswerRow[], style: Styler): string {
  const [head = "", ...lines] = columns([
    ["client near", "asks for", "is answered by", "at"],
    ...rows.map(({ client, name, region, target }) => [client, name, region ?? "nobody", target ?? ""]),
  ]);
  return [
    style.bold(head),
    ...lines.map((line, index) => (rows[index]?.region === undefined ? style.red(line) : line)),
  ].join("\n");
}

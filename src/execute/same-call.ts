import type { Call } from "../cloud/call.ts";
import { isConditional } from "../cloud/conditional.ts";
import type { Next } from "../resource/kind.ts";

/**
 * Which of the model's identifiers stands for which of AWS's, learnt from the answers to one and the same call. With
 * it, the call that was proved and the call that is about to be sent must be equal.
 */
export interface IdentifierMap {
  readonly byModel: Map<string, string>;
}

export const identifierMap = (): IdentifierMap => ({ byModel: new Map() });

const WORD = /[A-Za-z0-9-]+/gu;

/** Not a word of AWS's own, such as a status: those differ for other reasons. */
const isIdentifier = (word: string): boolean => word.length >= 10 && !/^[A-Z]+$/u.test(word);

/** Learns from a pair of answers: where words at the same place differ, one stands for the other. */
export function learnIdentifiers(map: IdentifierMap, model: unknown, real: unknown): void {
  if (typeof model === "string" && typeof real === "string") {
    const [left, right] = [model.match(WORD) ?? [], real.match(WORD) ?? []];
    if (left.length !== right.length) return;
    left.forEach((word, index) => {
      const other = right[index];
      if (other !== undefined && word !== other && isIdentifier(word)) map.byModel.set(word, other);
    });
    return;
  }
  if (typeof model !== "object" || typeof real !== "object" || model === null || real === null) return;
  for (const [key, member] of Object.entries(model))
    learnIdentifiers(map, member, (real as Readonly<Record<string, unknown>>)[key]);
}

/** What of a marker follows from other things in the same batch, or is an instant: not compared. */
const DERIVED = /\b(?:digest|kept|drained|until|released)=[^ "\\]+/gu;

/** Undefined when equal; else the first place where they differ, in words. */
export function difference(map: IdentifierMap, model: Call, real: Call): string | undefined {
  if (
    model.service !== real.service ||
    model.operation !== real.operation ||
    model.region !== real.region ||
    model.account !== real.account ||
    (model.signedAt === undefined) !== (real.signedAt === undefined)
  ) {
    return `${inWords(real)} instead of ${inWords(model)}`;
  }
  const [expected, actual] = [translated(map, model.input), JSON.stringify(real.input).replace(DERIVED, "")];
  if (sorted(expected) === sorted(actual)) return undefined;
  return `another input of ${real.operation}: ${actual} instead of ${expected}`;
}

const inWords = ({ service, operation, region, account }: Call): string =>
  `${service}:${operation} in ${region} of account ${account}`;

function translated(map: IdentifierMap, input: unknown): string {
  return JSON.stringify(input)
    .replace(DERIVED, "")
    .replace(WORD, (word) => map.byModel.get(word) ?? word);
}

/** The values of a record set are a set, a marker's facts among them: other identifiers sort otherwise. */
function sorted(json: string): string {
  return JSON.stringify(JSON.parse(json), (key, value: unknown) =>
    key === "ResourceRecords" && Array.isArray(value) ? value.map((each) => JSON.stringify(each)).toSorted() : value,
  );
}

/** Whether the steps want the very same call as before. */
export const sameAgain = (next: Next, call: Call): boolean => next.do === "call" && textOf(next.call) === textOf(call);

/** When a claim would end, or what was released, goes with the time, and so does the date of a name's first batch: it is the same call all the same. */
function textOf(call: Call): string {
  const { signedAt, ...rest } = call;
  const text = isConditional(call) ? { ...rest, dated: signedAt !== undefined } : call;
  return JSON.stringify(text).replace(/\b(?:until|released)=[^ "\\]+/gu, "");
}

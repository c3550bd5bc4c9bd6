/** Candidates beyond these are not looked at: a suggestion is not worth more time. */
const CANDIDATES_MAX = 500;

/** What all suggestions of one text may cost, in letters held against letters: far more than any honest text needs. */
const BUDGET = 30_000_000;

/** As `nearest`, until its budget is spent: then there are no more suggestions. */
export type Suggest = (word: string, candidates: Iterable<string>) => string | undefined;

/** Suggestions for one text, however much is wrong in it. */
export function suggester(): Suggest {
  let left = BUDGET;
  return (word, candidates) => {
    if (left <= 0) return undefined;
    return nearest(word, candidates, (cost) => (left -= cost));
  };
}

/** The candidate that a mistyped word most likely means, or undefined when none is near: at most a third of it may differ. */
export function nearest(
  word: string,
  candidates: Iterable<string>,
  spend: (cost: number) => void = () => undefined,
): string | undefined {
  const sought = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(sought.length / 3)) + 1;
  let seen = 0;
  for (const candidate of candidates) {
    seen += 1;
    if (seen > CANDIDATES_MAX) break;
    if (Math.abs(candidate.length - sought.length) >= bestDistance) continue;
    spend(sought.length * candidate.length);
    const distance = editDistance(sought, candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function editDistance(a: string, b: string): number {
  let twoBack: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, at(twoBack, column - 2) + 1);
      current.push(cost);
    }
    twoBack = previous;
    previous = current;
  }
  return at(previous, b.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;

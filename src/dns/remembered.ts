/** Texts that are kept at once; beyond, all are forgotten. */
const KEPT_MAX = 8_192;

/** The same function of a text, which remembers what it came to: a proof meets the same few names in thousands of states. */
export function remembered<T>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = of(text);
    if (known.size >= KEPT_MAX) known.clear();
    known.set(text, found);
    return found;
  };
}

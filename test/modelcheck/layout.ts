/** A state that the checker can keep: numbers from 0 to 255, lists of them, and lists of such structs. */
export type Packable = Readonly<
  Record<string, number | readonly number[] | readonly Readonly<Record<string, number>>[]>
>;

/** How states of one shape become bytes and back. Equal bytes are equal states. */
export interface Layout<S> {
  readonly size: number;
  pack(state: S, into: Uint8Array): void;
  /** A state of its own: the caller may change it. So it is with `copy`. */
  unpack(bytes: Uint8Array): S;
  copy(state: S): S;
}

type Loose = Record<string, number | number[] | Record<string, number>[]>;

interface Field {
  readonly name: string;
  readonly length: number;
  /** The members of each struct of the list; undefined for numbers. */
  readonly members: readonly string[] | undefined;
  readonly single: boolean;
}

/** The layout of all states that look like `sample`: the same fields, and lists as long as its lists. */
export function layoutLike<S extends Packable>(sample: S): Layout<S> {
  const fields = Object.entries(sample).map(([name, value]): Field => {
    if (typeof value === "number") return { name, length: 1, members: undefined, single: true };
    const first = value[0];
    const members = typeof first === "object" ? Object.keys(first) : undefined;
    return { name, length: value.length, members, single: false };
  });
  const size = fields.reduce((sum, { length, members }) => sum + length * (members?.length ?? 1), 0);
  const lists = fields.filter(({ single }) => !single);
  return {
    size,
    pack: (state, into) => packFields(fields, state as unknown as Loose, into),
    unpack: (bytes) => unpackFields(fields, bytes) as unknown as S,
    copy: (state) => copyFields(lists, state as unknown as Loose) as unknown as S,
  };
}

function packFields(fields: readonly Field[], state: Loose, into: Uint8Array): void {
  let at = 0;
  for (const { name, members, single } of fields) {
    const value = state[name];
    if (single) into[at++] = value as number;
    else if (members === undefined) for (const each of value as number[]) into[at++] = each;
    else for (const each of value as Record<string, number>[]) for (const member of members) into[at++] = each[member]!;
  }
}

function unpackFields(fields: readonly Field[], bytes: Uint8Array): Loose {
  const state: Loose = {};
  let at = 0;
  for (const { name, length, members, single } of fields) {
    if (single) state[name] = bytes[at++]!;
    else if (members === undefined) {
      const list: number[] = [];
      for (let index = 0; index < length; index++) list.push(bytes[at++]!);
      state[name] = list;
    } else {
      const list: Record<string, number>[] = [];
      for (let index = 0; index < length; index++) {
        const struct: Record<string, number> = {};
        for (const member of members) struct[member] = bytes[at++]!;
        list.push(struct);
      }
      state[name] = list;
    }
  }
  return state;
}

function copyFields(lists: readonly Field[], state: Loose): Loose {
  const copy = { ...state };
  for (const { name, members } of lists)
    copy[name] =
      members === undefined
        ? (state[name] as number[]).slice()
        : (state[name] as Record<string, number>[]).map((struct) => ({ ...struct }));
  return copy;
}

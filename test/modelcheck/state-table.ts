const GROWTH = 2;

/** A set of byte strings of one size, numbered in the order of their arrival. States are compared exactly, never by hash alone. */
export class StateTable {
  readonly #size: number;
  #bytes: Uint8Array;
  #slots = new Int32Array(1 << 12).fill(-1);
  #count = 0;

  constructor(size: number) {
    this.#size = size;
    this.#bytes = new Uint8Array(size << 10);
  }

  get count(): number {
    return this.#count;
  }

  /** A view of the state: to be read, and not kept over an `add`. */
  at(id: number): Uint8Array {
    return this.#bytes.subarray(id * this.#size, (id + 1) * this.#size);
  }

  /** The state's number; it is new exactly when the number is the count before the call. */
  add(state: Uint8Array): number {
    const mask = this.#slots.length - 1;
    let slot = hash(state) & mask;
    for (;;) {
      const id = this.#slots[slot]!;
      if (id < 0) break;
      if (this.#equals(id, state)) return id;
      slot = (slot + 1) & mask;
    }
    const id = this.#count++;
    if (this.#count * this.#size > this.#bytes.length) this.#growBytes();
    this.#bytes.set(state, id * this.#size);
    this.#slots[slot] = id;
    if (this.#count * GROWTH > this.#slots.length) this.#growSlots();
    return id;
  }

  #equals(id: number, state: Uint8Array): boolean {
    const from = id * this.#size;
    for (let index = 0; index < this.#size; index++) if (this.#bytes[from + index] !== state[index]) return false;
    return true;
  }

  #growBytes(): void {
    const bytes = new Uint8Array(this.#bytes.length * GROWTH);
    bytes.set(this.#bytes);
    this.#bytes = bytes;
  }

  #growSlots(): void {
    const slots = new Int32Array(this.#slots.length * GROWTH).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < this.#count; id++) {
      let slot = hash(this.at(id)) & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

/** FNV-1a with a final mix, so that the low bits depend on every byte. */
function hash(bytes: Uint8Array): number {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}

import type { Layout, Packable } from "./layout.ts";
import { StateTable } from "./state-table.ts";

/** One thing that can happen in a state. The label is only made when somebody reads it. */
export type Emit<S> = (label: () => string, next: S, violation?: string) => void;

/** A protocol with its surroundings, as what can be and what can happen. */
export interface Model<S extends Packable> {
  readonly layout: Layout<S>;
  initial(): readonly S[];
  /** Emits every step that is possible. Each emitted state is the model's own copy; `state` stays as it is. */
  steps(state: S, emit: Emit<S>): void;
  /** States that differ only in names become one: changes the state in place. */
  canonical(state: S): void;
  /** What is wrong with the state in itself. */
  broken(state: S): string | undefined;
}

/** What is asked of a run that goes on alone, undisturbed, from every state that was reached. */
export interface Convergence<S extends Packable> {
  /** Without kills, lost answers and further starts. */
  readonly model: Model<S>;
  /** The starts that a reached state gives rise to. */
  lonely(state: S): Iterable<S>;
  /** What is wrong with a state in which nothing more happens; undefined when it is as it should be. */
  wrong(state: S): string | undefined;
  /** Where a trace begins, in words. */
  describe(state: S): string;
}

export interface Bounds {
  readonly maxStates: number;
}

export interface Finding {
  readonly broken: string;
  /** Steps from an initial state to the violation: none is shorter. */
  readonly trace: readonly string[];
  /** Where it begins, when that is not an initial state. */
  readonly from?: string;
}

export interface Explored {
  readonly states: number;
  readonly steps: number;
  readonly finding: Finding | undefined;
  /** The bound was reached first: what holds, holds only of what was seen. */
  readonly truncated: boolean;
}

/** A breadth-first walk over numbered states. */
class Walk<S extends Packable> {
  readonly table: StateTable;
  readonly #parents: number[] = [];
  readonly #scratch: Uint8Array;
  readonly model: Model<S>;

  constructor(model: Model<S>) {
    this.model = model;
    this.table = new StateTable(model.layout.size);
    this.#scratch = new Uint8Array(model.layout.size);
  }

  /** Makes the state canonical, and numbers it. */
  add(state: S, parent: number): number {
    this.model.canonical(state);
    this.model.layout.pack(state, this.#scratch);
    const before = this.table.count;
    const id = this.table.add(this.#scratch);
    if (id === before) this.#parents.push(parent);
    return id;
  }

  state(id: number): S {
    return this.model.layout.unpack(this.table.at(id));
  }

  /** The labels on the way from an initial state to this one. */
  pathTo(id: number): string[] {
    const chain: number[] = [];
    for (let at = id; at >= 0; at = this.#parents[at]!) chain.push(at);
    return this.along(chain.toReversed());
  }

  /** The labels of the steps from each of these states to the next. */
  along(chain: readonly number[]): string[] {
    return chain.slice(1).map((to, index) => this.#labelOf(chain[index]!, to));
  }

  first(id: number): number {
    let at = id;
    while (this.#parents[at]! >= 0) at = this.#parents[at]!;
    return at;
  }

  #labelOf(from: number, to: number): string {
    let found: string | undefined;
    this.model.steps(this.state(from), (label, next, violation) => {
      if (found === undefined && violation === undefined && this.add(next, from) === to) found = label();
    });
    if (found === undefined) throw new Error("The model does not repeat its own step.");
    return found;
  }
}

/** Visits every reachable state, shortest ways first, up to the first violation. */
export function explore<S extends Packable>(
  model: Model<S>,
  { maxStates }: Bounds,
  visit?: (state: S) => void,
): Explored {
  const walk = new Walk(model);
  for (const state of model.initial()) walk.add(state, -1);
  let steps = 0;
  let finding: Finding | undefined;
  for (let here = 0; here < walk.table.count; here++) {
    if (walk.table.count > maxStates) return { states: walk.table.count, steps, finding, truncated: true };
    const state = walk.state(here);
    visit?.(state);
    model.steps(state, (label, next, violation) => {
      steps++;
      if (finding !== undefined) return;
      const broken = violation ?? model.broken(next);
      if (broken === undefined) walk.add(next, here);
      else finding = { broken, trace: [...walk.pathTo(here), label()] };
    });
    if (finding !== undefined) break;
  }
  return { states: walk.table.count, steps, finding, truncated: false };
}

/** Collects states, each once. */
export class Gathered<S extends Packable> {
  readonly #walk: Walk<S>;

  constructor(model: Model<S>) {
    this.#walk = new Walk(model);
  }

  add(state: S): void {
    this.#walk.add(state, -1);
  }

  *states(): Iterable<S> {
    for (let id = 0; id < this.#walk.table.count; id++) yield this.#walk.state(id);
  }
}

/** Follows every start to its ends: each end must be right, and no way may go round in a circle, whatever the order of events. */
export function converges<S extends Packable>(
  { model, wrong, describe }: Omit<Convergence<S>, "lonely">,
  starts: Iterable<S>,
): Explored {
  const walk = new Walk(model);
  for (const state of starts) walk.add(state, -1);
  const edges: number[] = [];
  const edgesFrom = [0];
  const told = (id: number, broken: string, circle: readonly number[] = []): Explored => ({
    states: walk.table.count,
    steps: edges.length,
    truncated: false,
    finding: {
      broken,
      from: describe(walk.state(walk.first(id))),
      trace: [...walk.pathTo(id), ...walk.along(circle).map((label) => `again and again: ${label}`)],
    },
  });
  for (let here = 0; here < walk.table.count; here++) {
    const state = walk.state(here);
    let violated: string | undefined;
    model.steps(state, (_label, next, violation) => {
      violated ??= violation ?? model.broken(next);
      edges.push(walk.add(next, here));
    });
    edgesFrom.push(edges.length);
    const ended = edgesFrom[here] === edges.length;
    const problem = violated ?? (ended ? wrong(state) : undefined);
    if (problem !== undefined) return told(here, problem);
  }
  const circle = onCircle(edges, edgesFrom);
  if (circle !== undefined) return told(circle[0]!, "I5: may go on for ever", circle);
  return { states: walk.table.count, steps: edges.length, finding: undefined, truncated: false };
}

/** A circle: the states on the way from one back to itself. What has no way in is taken away until nothing changes; a circle is in the rest. */
function onCircle(edges: readonly number[], edgesFrom: readonly number[]): readonly number[] | undefined {
  const count = edgesFrom.length - 1;
  const incoming = new Uint32Array(count);
  for (const to of edges) incoming[to]!++;
  const free: number[] = [];
  for (let id = 0; id < count; id++) if (incoming[id] === 0) free.push(id);
  let removed = 0;
  while (free.length > 0) {
    const id = free.pop()!;
    removed++;
    for (let edge = edgesFrom[id]!; edge < edgesFrom[id + 1]!; edge++) {
      const to = edges[edge]!;
      if (--incoming[to]! === 0) free.push(to);
    }
  }
  if (removed === count) return undefined;
  for (let id = 0; id < count; id++) {
    const circle = incoming[id]! > 0 ? wayBack(id, edges, edgesFrom) : undefined;
    if (circle !== undefined) return circle;
  }
  throw new Error("A circle was counted, but is not to be found.");
}

/** The shortest way from a state back to itself. */
function wayBack(start: number, edges: readonly number[], edgesFrom: readonly number[]): readonly number[] | undefined {
  const cameFrom = new Map<number, number>();
  const open = [start];
  for (const id of open)
    for (let edge = edgesFrom[id]!; edge < edgesFrom[id + 1]!; edge++) {
      const to = edges[edge]!;
      if (to === start) {
        const back = [start];
        for (let at = id; at !== start; at = cameFrom.get(at)!) back.push(at);
        return [start, ...back.toReversed()];
      }
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, id);
      open.push(to);
    }
  return undefined;
}

import type { Action } from "../plan/plan.ts";
import type { Styler } from "./styler.ts";

interface ActionWords {
  readonly symbol: string;
  readonly colour: keyof Styler;
  /** What a step of it counts as in a summary. */
  readonly counts: "create" | "update" | "delete" | "wait" | "check";
}

/** How each action looks. What only waits or looks has a dot; the stations of a deletion wait. */
export const actions: Readonly<Record<Action, ActionWords>> = {
  create: { symbol: "+", colour: "green", counts: "create" },
  ensure: { symbol: "+", colour: "green", counts: "create" },
  update: { symbol: "~", colour: "yellow", counts: "update" },
  delete: { symbol: "-", colour: "red", counts: "delete" },
  probe: { symbol: "·", colour: "cyan", counts: "check" },
  settle: { symbol: "·", colour: "cyan", counts: "wait" },
  condemn: { symbol: "·", colour: "cyan", counts: "wait" },
  drain: { symbol: "·", colour: "cyan", counts: "wait" },
  release: { symbol: "·", colour: "cyan", counts: "wait" },
};

/** An address as progress shows it. An entry of a marker has several steps: the step's station says which this is. */
export const shownAddress = (action: Action, address: string): string =>
  address.startsWith("condemned/") ? address.replace("condemned", action) : address;

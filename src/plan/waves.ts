import type { AccountId } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { exceedsQuota } from "../cloud/quotas.ts";
import { condemned } from "../resource/condemned.ts";
import type { CondemnedSpec } from "../resource/condemned.ts";
import { checkTarget } from "../resource/health-check.ts";
import type { Draft } from "./draft.ts";
import type { StepId } from "./plan.ts";
import { turnovers, wavesOf } from "./turnover.ts";
import type { Turnover } from "./turnover.ts";

interface Waves {
  /** Of what is made, and of what goes in a wave that others wait for. */
  readonly waveOf: Map<StepId, number>;
  /** The deletions that make room for what is made. */
  readonly waits: Map<StepId, readonly StepId[]>;
  /** Entries of markers that go with a wave. */
  readonly targets: Map<string, number>;
}

/**
 * Where a quota leaves no room to make all that replaces before anything of the old goes, the exchanges go in waves: one
 * makes as much as there is room for, switches, drains and deletes; then the next has that room. Where that does not do
 * either, nothing is ordered: the proof refuses the plan with the numbers.
 */
export function inWaves(drafts: readonly Draft[], ambient: AccountId, cloud: Cloud): readonly Draft[] {
  const waves: Waves = { waveOf: new Map(), waits: new Map(), targets: new Map() };
  for (const turnover of turnovers(drafts, ambient, cloud)) addWaves(turnover, drafts, cloud, waves);
  return waves.waits.size === 0 ? drafts : ordered(drafts, waves);
}

function addWaves(turnover: Turnover<Draft>, drafts: readonly Draft[], cloud: Cloud, waves: Waves): void {
  const { account, key, now, made } = turnover;
  if (!exceedsQuota(cloud, account, key, now, now + made.length)) return;
  const parts = wavesOf(turnover, drafts) ?? [];
  for (const [place, part] of parts.entries()) {
    const room = parts[place - 1]?.flatMap((each) => each.gone.map(({ id }) => id)) ?? [];
    for (const { id } of part.flatMap((each) => each.made)) {
      waves.waveOf.set(id, place + 1);
      if (room.length > 0) waves.waits.set(id, room);
    }
    if (place === parts.length - 1) continue;
    for (const { id, change } of part.flatMap((each) => each.gone)) {
      waves.waveOf.set(id, place + 1);
      const { id: live } = change.before as { readonly id?: string };
      if (live !== undefined) waves.targets.set(checkTarget(live), place + 1);
    }
  }
}

/** What stands on something is of its wave at the earliest; removals of a wave do not wait for what a later one brings. */
function ordered(drafts: readonly Draft[], { waveOf, waits, targets }: Waves): readonly Draft[] {
  const byId = new Map(drafts.map((draft) => [draft.id, draft]));
  const levels = new Map<StepId, number>();
  const levelOf = (draft: Draft): number => {
    const known = levels.get(draft.id);
    if (known !== undefined) return known;
    const below = draft.references.flatMap((reference) => byId.get(reference) ?? []).map(levelOf);
    const level = Math.max(waveOf.get(draft.id) ?? 1, ...below);
    levels.set(draft.id, level);
    return level;
  };
  return drafts.map((draft) => {
    const wave = draft.rank === 0 ? levelOf(draft) : (waveOf.get(draft.id) ?? targets.get(targetOf(draft)));
    const room = waits.get(draft.id) ?? [];
    return { ...draft, references: [...draft.references, ...room], ...(wave === undefined ? {} : { wave }) };
  });
}

/** Of an entry that is condemned or drains. Its release waits for all that its name has. */
const targetOf = ({ kind, action, change }: Draft): string =>
  kind === condemned.name && action !== "release" ? ((change.after ?? change.before) as CondemnedSpec).target : "";

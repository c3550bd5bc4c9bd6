import type { Answer, Call } from "../../../src/cloud/call.ts";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import type { Instant } from "../../../src/cloud/instant.ts";
import type { Manifest } from "../../../src/manifest/manifest.ts";
import { atAwsPace } from "../../../src/pipeline.ts";
import type { Ports } from "../../../src/pipeline.ts";
import type { PlanOptions } from "../../../src/plan/options.ts";
import { reconcile, world } from "../../world/world.ts";
import type { Done, World } from "../../world/world.ts";
import { watch } from "./watch.ts";
import type { Watch } from "./watch.ts";

export type Matches = (call: Call) => boolean;
export type Send = Ports["send"];

/** What a run says otherwise than the real one would: the variation that a counter-example is about. */
export type Distortion = (send: Send, into: World) => Send;

/**
 * A stage for whole runs of the product: each stands still before each of its calls and waits until the script lets
 * it go on, so a script is exactly one interleaving. After every call the watch looks at the estate.
 */
export interface Stage {
  readonly into: World;
  readonly watch: Watch;
  /** All that AWS was sent. */
  readonly sent: readonly { readonly call: Call; readonly answer: Answer }[];
  /** Begins a run, which stands before its first call. */
  start(who: string, manifest: Manifest, distort?: Distortion, options?: Partial<PlanOptions>): Promise<void>;
  /** Lets it go on until it is about to send such a call, and says which; undefined when it ended before. */
  upTo(who: string, matches: Matches): Promise<Call | undefined>;
  /** Lets it go on until it has sent such a call and been answered. */
  past(who: string, matches: Matches): Promise<Call | undefined>;
  /** Lets it go on to its end. Undefined when it was killed. */
  rest(who: string): Promise<Done | undefined>;
  /** Ends it before the call that it is about to send. */
  kill(who: string): Promise<void>;
  /** Takes the answer of the call that it is about to send; `effect` says whether AWS gets the request: now, never, or when the returned function is called. */
  lose(who: string, effect: "now" | "never" | "late"): Promise<() => Answer>;
  /** The same, of a run that is killed with the request on its way. */
  killWithRequestOnItsWay(who: string): Promise<() => Answer>;
  /** Lets time pass. */
  pass(milliseconds: number): void;
  /** Holds all changes of zones back from the name servers, or lets them go. */
  holdChanges(held: boolean): void;
}

class Killed extends Error {}

/** A run that stands still: before a call, or before it lets time pass. */
interface Standing {
  readonly call: Call | undefined;
  go(): void;
  die(): void;
  /** Answers the call in AWS's place. */
  answer(answer: Answer): void;
}

interface Player {
  standing: Standing | undefined;
  ended: boolean;
  done: Done | undefined;
  failure: unknown;
  /** Called when the player stands still or ends. */
  arrived: () => void;
}

/** Far more than any run needs. */
const STANDS_MAX = 4_000;

export function stage(start: Cloud, seed: string): Stage {
  const into = world(start, undefined, seed);
  const looking = watch(start);
  const sent: { readonly call: Call; readonly answer: Answer }[] = [];
  const players = new Map<string, Player>();
  const player = (who: string): Player => {
    const found = players.get(who);
    if (found === undefined) throw new Error(`nobody is called ${who}`);
    return found;
  };
  const onward = async (who: string, act: (standing: Standing) => void): Promise<void> => {
    const one = player(who);
    const { standing } = one;
    if (standing === undefined) return;
    one.standing = undefined;
    const arrival = new Promise<void>((resolve) => (one.arrived = resolve));
    act(standing);
    await arrival;
    if (one.failure !== undefined) throw new Error("the run failed", { cause: one.failure });
  };
  const upTo = async (who: string, matches: Matches): Promise<Call | undefined> => {
    for (let stands = 0; stands < STANDS_MAX; stands++) {
      const { standing, ended } = player(who);
      if (ended) return undefined;
      if (standing?.call !== undefined && matches(standing.call)) return standing.call;
      await onward(who, (each) => each.go());
    }
    throw new Error(`${who} goes on for ever`);
  };
  const perform = (call: Call): Answer => {
    const answer = performOn(into, call);
    sent.push({ call, answer });
    looking.look(into.emulator.cloud(), `${call.operation} in ${call.region}`);
    return answer;
  };
  const advance = (until: Instant): void => {
    while (into.emulator.now() < until) into.emulator.advance(until);
    looking.look(into.emulator.cloud(), "some time");
  };
  const passing = (until: Instant): void => {
    into.emulator.advance(until);
    looking.look(into.emulator.cloud(), "some time");
  };
  return {
    into,
    watch: looking,
    sent,
    upTo,
    async start(who, manifest, distort = (send) => send, options = {}) {
      const one: Player = { standing: undefined, ended: false, done: undefined, failure: undefined, arrived: () => {} };
      players.set(who, one);
      const arrival = new Promise<void>((resolve) => (one.arrived = resolve));
      const ports = portsOf(one, who, into, { perform, passing, isHeld: looking.isHeld }, distort);
      void reconcile({ ports }, manifest, options)
        .then((done) => (one.done = done))
        .catch((error: unknown) => {
          if (!(error instanceof Killed)) one.failure = error;
        })
        .finally(() => {
          one.ended = true;
          one.arrived();
        });
      await arrival;
    },
    async past(who, matches) {
      const call = await upTo(who, matches);
      if (call !== undefined) await onward(who, (each) => each.go());
      return call;
    },
    async rest(who) {
      await upTo(who, () => false);
      return player(who).done;
    },
    kill: (who) => onward(who, (each) => each.die()),
    async lose(who, effect) {
      const call = player(who).standing?.call;
      if (call === undefined) throw new Error(`${who} is not about to send anything`);
      if (effect === "now") perform(call);
      await onward(who, (each) => each.answer({ ok: "unknown", reason: "timeout", at: into.emulator.now() }));
      return () => perform(call);
    },
    async killWithRequestOnItsWay(who) {
      const call = player(who).standing?.call;
      if (call === undefined) throw new Error(`${who} is not about to send anything`);
      await onward(who, (each) => each.die());
      return () => perform(call);
    },
    pass: (milliseconds) => advance(into.emulator.now() + milliseconds),
    holdChanges: (held) => looking.holdChanges(held, into.emulator.now()),
  };
}

interface Theatre {
  readonly perform: (call: Call) => Answer;
  readonly passing: (until: Instant) => void;
  readonly isHeld: (change: string) => boolean;
}

/** The world as one run meets it: a process with a pace and nonces of its own. */
function portsOf(one: Player, who: string, into: World, theatre: Theatre, distort: Distortion): Ports {
  let nonces = 0;
  const stand = <Value>(call: Call | undefined, go: () => Value, answered: (answer: Answer) => Value): Promise<Value> =>
    new Promise((resolve, reject) => {
      one.standing = {
        call,
        go: () => resolve(go()),
        die: () => reject(new Killed()),
        answer: (answer) => resolve(answered(answer)),
      };
      one.arrived();
    });
  const send: Send = (call) =>
    stand(
      call,
      () => truthfully(theatre.perform(call), call, theatre),
      (answer) => answer,
    );
  return atAwsPace({
    send: distort(send, into),
    clock: {
      now: () => into.emulator.now(),
      waitUntil: (until) =>
        stand<void>(
          undefined,
          () => theatre.passing(until),
          () => undefined,
        ),
    },
    nonce: () => `${who}${String((nonces += 1))}`,
  });
}

/** A change that is held back is told to be PENDING. */
function truthfully(answer: Answer, { operation, input }: Call, { isHeld }: Theatre): Answer {
  if (operation !== "GetChange" || answer.ok !== true) return answer;
  const id = (input as { readonly Id: string }).Id;
  if (!isHeld(id.slice(id.lastIndexOf("/") + 1))) return answer;
  const output = answer.output as { readonly ChangeInfo: object };
  return { ...answer, output: { ...output, ChangeInfo: { ...output.ChangeInfo, Status: "PENDING" } } };
}

function performOn(into: World, call: Call): Answer {
  const named = call.account === "" ? { ...call, account: "111122223333" } : call;
  const at = into.emulator.now();
  const outcome = into.emulator.call(named);
  return outcome.ok ? { ok: true, output: outcome.output, at } : { ok: false, fault: outcome.fault, at };
}

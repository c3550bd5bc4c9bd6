import type { Call } from "../../src/cloud/call.ts";
import type { Cloud } from "../../src/cloud/cloud.ts";
import type { Instant } from "../../src/cloud/instant.ts";
import type { ProbeInput } from "../../src/cloud/probe.ts";
import { ANY_ACCOUNT, withQuota } from "../../src/cloud/quotas.ts";
import { Table } from "../../src/cloud/table.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Ports } from "../../src/pipeline.ts";
import type { Coverage, Happening } from "./coverage.ts";
import { NAMES } from "./simulate-manifests.ts";
import { meddle } from "./simulate-people.ts";
import { chanceOf } from "./simulate-random.ts";
import type { Scenario } from "./simulate-scenario.ts";
import { roughAws } from "./world-aws.ts";
import type { Fate, RoughAws } from "./world-aws.ts";
import { lastLooks } from "./world-last-look.ts";
import { noneChecked, watch } from "./world-watch.ts";
import type { Cause, Violation, Watch } from "./world-watch.ts";
import { isOfQuota } from "./world-witness.ts";

/** A violation, and after how many calls. */
export interface Broken extends Violation {
  readonly call: number;
}

/** Something is broken: nobody goes on. */
export class Over extends Error {}

/** One whole world of a scenario: what has happened in it, and what is broken first. */
export class Stage {
  readonly scenario: Scenario;
  readonly aws: RoughAws;
  readonly watch: Watch;
  readonly trace: string[] = [];
  readonly happened = new Set<Happening>();
  readonly called: Record<string, number> = {};
  readonly faulted: Record<string, number> = {};
  readonly checked = noneChecked();
  readonly looks = lastLooks();
  readonly #tracing: boolean;
  /** The clock: another one in the calm that follows. */
  now = (): Instant => this.aws.now();
  calls = 0;
  broken: Broken | undefined;

  constructor(scenario: Scenario, start: Cloud, tracing: boolean) {
    this.scenario = scenario;
    this.#tracing = tracing;
    this.watch = watch(NAMES.map(domainName), start, this.checked);
    for (const { version } of scenario.writers.flat()) this.watch.mayGo(version.retire);
    const { quota, seed, rough } = scenario;
    const cloud = quota === undefined ? start : withQuota(start, ANY_ACCOUNT, quota.key, quota.value);
    if (quota !== undefined) this.happened.add("low quota");
    if (scenario.start.strangers.length > 0 || scenario.start.foreignAnswer) this.happened.add("strangers about");
    this.aws = roughAws(cloud, `seed ${String(seed)}`, rough, chanceOf(seed, "late"), (before, after, cause) =>
      this.#changed(before, after, cause),
    );
  }

  #changed(before: Cloud, after: Cloud, cause: Cause): void {
    const violation = this.watch.after(before, after, cause);
    if (violation !== undefined) this.breaks(violation);
    if (cause.call?.operation === "ChangeResourceRecordSets") this.looks.moved(cause.call, this.calls);
  }

  breaks(violation: Violation): void {
    this.broken ??= { ...violation, call: this.calls };
    this.say(`BROKEN ${violation.code}: ${violation.message}`);
  }

  say(line: string): void {
    if (this.#tracing)
      this.trace.push(`${String(this.calls).padStart(4)}  ${new Date(this.now()).toISOString().slice(5, 19)}  ${line}`);
  }

  /** One call of a run, with all that happens before it, and what befalls it. */
  exchange(who: string, call: Call, cause: Cause): Awaited<ReturnType<Ports["send"]>> {
    if (this.broken !== undefined) throw new Over();
    this.calls += 1;
    for (const each of this.scenario.people) if (each.at === this.calls) this.#person(each.deed);
    const { answer, fate } = this.aws.call(call, cause);
    this.looks.saw(who, call, this.calls);
    this.called[call.operation] = (this.called[call.operation] ?? 0) + 1;
    this.#note(call, fate);
    if (answer.ok === false && answer.fault.code === "InvalidChangeBatch") this.happened.add("conflict");
    if (answer.ok === false && fate === undefined && isOfQuota(answer.fault)) this.happened.add("quota exhausted");
    if (answer.ok === true && call.service === "probe") this.watch.probed((call.input as ProbeInput).address.host);
    const violation = this.watch.sent(cause, answer, fate, this.aws.cloud());
    if (violation !== undefined) this.breaks(violation);
    this.say(
      `${who}  ${call.operation} ${call.region} ${summary(call)} -> ${answer.ok === true ? "ok" : answer.ok === false ? `${answer.fault.code}: ${answer.fault.message}` : "no answer"}${fate === undefined ? "" : ` [${fate}]`}`,
    );
    if (this.broken !== undefined) throw new Over();
    return answer;
  }

  /** Whoever drills ends it some day. */
  endDrills(): void {
    while (this.broken === undefined && this.#person("lift"));
  }

  #person(deed: Parameters<typeof meddle>[2]): boolean {
    const done = meddle(this.aws, this.watch, deed);
    if (done === undefined) return false;
    this.say(`a person: ${done}`);
    this.happened.add("foreign writer");
    if (deed === "flip" || deed === "remove") this.happened.add("edit by hand");
    if (deed === "drill") this.happened.add("drill");
    return true;
  }

  #note(call: Call, fate: Fate): void {
    if (fate === undefined) return;
    this.faulted[call.operation] = (this.faulted[call.operation] ?? 0) + 1;
    if (fate === "lose-answer" || fate === "lose-request" || fate === "late") this.happened.add("lost answer");
    if (fate === "late") this.happened.add("late request");
    if (fate === "stale") this.happened.add("stale read");
    if (fate === "deny") this.happened.add("denied");
  }

  met(): Coverage {
    const { writers, start } = this.scenario;
    const versions = new Set(writers.map((lives) => JSON.stringify(lives.at(-1)?.version)));
    if (writers.length > 1) this.happened.add("several writers");
    if (versions.size > 1) this.happened.add("different versions");
    if (start.stopped !== undefined && start.earlier !== undefined) this.happened.add("half-built start");
    const shares = Object.fromEntries([...this.happened].map((each) => [each, 1]));
    return {
      seeds: 1,
      calls: [this.calls],
      shares: shares as Coverage["shares"],
      called: this.called,
      faulted: this.faulted,
      checked: this.checked,
    };
  }
}

/** The same world when the weather has cleared, with AWS's own quotas. */
export function calmed(stage: Stage): Cloud {
  return { ...stage.aws.cloud(), quotas: Table.empty() };
}

const summary = (call: Call): string => {
  const text = JSON.stringify(call.input);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
};

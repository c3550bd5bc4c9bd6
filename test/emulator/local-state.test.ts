import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { encodeCloud } from "../../src/cloud/codec.ts";
import { quotaOf } from "../../src/cloud/quotas.ts";
import { createEmulator, type Emulator } from "../../src/emulator/emulator.ts";
import { LOCAL_EPOCH, openLocalState, type LocalState } from "../../src/emulator/local-state.ts";
import { ACCOUNT, changeRecords, createZone, temporaryDirectory } from "./world.ts";

function emulatorOn(path: string): { emulator: Emulator; state: LocalState } {
  const state = openLocalState(path);
  return {
    state,
    emulator: createEmulator({ ...state.history, record: (entry, after) => state.record(entry, after) }),
  };
}

describe("openLocalState", () => {
  test("a fresh state starts at a fixed instant", () => {
    expect(openLocalState(join(temporaryDirectory(), "sub", "state.json")).history.cloud.now).toBe(LOCAL_EPOCH);
    expect(new Date(LOCAL_EPOCH).toISOString()).toBe("2026-01-01T00:00:00.000Z");
  });

  test("what was written is there without any goodbye, and a torn last line is passed over", () => {
    const path = join(temporaryDirectory(), "state.json");
    const { emulator } = emulatorOn(path);
    for (const name of ["a.com", "b.com"]) emulator.call(createZone(name));
    emulator.advance(LOCAL_EPOCH + 5_000);
    appendFileSync(`${path}.log`, '{"number":4,"at":17672');
    const again = emulatorOn(path);
    expect(encodeCloud(again.emulator.cloud())).toEqual(encodeCloud(emulator.cloud()));
    expect(again.emulator.now()).toBe(emulator.now());
    // The next entry takes the torn one's place.
    again.emulator.call(createZone("c.com"));
    expect(encodeCloud(openLocalState(path).history.cloud)).toEqual(encodeCloud(again.emulator.cloud()));
  });

  test("a long log becomes a snapshot, which goes on where the log ended", () => {
    const path = join(temporaryDirectory(), "state.json");
    const { emulator } = emulatorOn(path);
    emulator.call(createZone("a.com"));
    const [zone] = emulator.cloud().accounts.get(ACCOUNT)?.zones ?? [];
    let batches = 0;
    for (; !existsSync(path) && batches < 100; batches += 1) {
      const names = Array.from({ length: 400 }, (_, index) => `r${index}.b${batches}.${"x".repeat(60)}.a.com`);
      expect(emulator.call(changeRecords(zone?.id ?? "", names)).ok).toBe(true);
    }
    expect(statSync(`${path}.log`).size).toBe(0);
    emulator.call(createZone("after.com"));
    const again = emulatorOn(path);
    expect(again.state.history.number).toBe(batches + 2);
    expect(encodeCloud(again.emulator.cloud())).toEqual(encodeCloud(emulator.cloud()));
  });

  test("entries that the snapshot holds already are passed over: the log was not emptied before the crash", () => {
    const path = join(temporaryDirectory(), "state.json");
    const { emulator, state } = emulatorOn(path);
    emulator.call(createZone("a.com"));
    emulator.call(createZone("b.com"));
    writeFileSync(path, JSON.stringify({ format: 1, seed: "local", number: 1, cloud: encodeCloud(firstOnly().cloud) }));
    state.close();
    expect(encodeCloud(openLocalState(path).history.cloud)).toEqual(encodeCloud(emulator.cloud()));
  });

  test.each([
    ["not JSON", "{", "is not a state of the embedded AWS"],
    ["another format", '{"format":2}', "is not a state of the embedded AWS"],
  ])("a snapshot that is %s is named", (_, text, message) => {
    const path = join(temporaryDirectory(), "state.json");
    writeFileSync(path, text);
    expect(() => openLocalState(path)).toThrow(message);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("a state of another version is named, with what to do about it", () => {
    const path = join(temporaryDirectory(), "state.json");
    writeFileSync(path, JSON.stringify({ format: 1, seed: "local", number: 1, cloud: { version: 1, cloud: {} } }));
    expect(() => openLocalState(path)).toThrow(
      /state\.json was written by another version of Signalbox \(.*\)\. Remove it and .*state\.json\.log to start afresh/,
    );
  });

  test("a quota that was set is there again, once", () => {
    const path = join(temporaryDirectory(), "state.json");
    const { emulator, state } = emulatorOn(path);
    for (let time = 0; time < 2; time += 1) emulator.setQuota("route53.hostedZones", 1);
    state.close();
    const again = emulatorOn(path);
    expect(again.state.history.number).toBe(1);
    expect(quotaOf(again.emulator.cloud(), ACCOUNT, "route53.hostedZones")).toBe(1);
    expect(encodeCloud(again.emulator.cloud())).toEqual(encodeCloud(emulator.cloud()));
  });

  test("an entry that cannot be replayed is named with its line", () => {
    const path = join(temporaryDirectory(), "state.json");
    writeFileSync(
      `${path}.log`,
      '{"number":1,"at":0,"call":{"account":"1","region":"us-east-1","service":"sts","operation":"Nothing","input":{}}}\n',
    );
    expect(() => openLocalState(path)).toThrow(/state\.json\.log:1: entry 1 cannot be replayed: sts:Nothing/);
  });
});

function firstOnly(): LocalState["history"] {
  const path = join(temporaryDirectory(), "state.json");
  emulatorOn(path).emulator.call(createZone("a.com"));
  return openLocalState(path).history;
}

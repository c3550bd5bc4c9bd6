import { describe, expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { encodeCloud } from "../../src/cloud/codec.ts";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { createEmulator, type Emulator } from "../../src/emulator/emulator.ts";
import { replay, type Entry, type History } from "../../src/emulator/history.ts";
import { emulatorSend } from "../../src/emulator/send.ts";
import { ACCOUNT, changeRecords, createZone, listZones, START } from "./world.ts";

function recording(): { emulator: Emulator; entries: Entry[] } {
  const entries: Entry[] = [];
  return {
    entries,
    emulator: createEmulator({ cloud: emptyCloud(START), record: (entry) => void entries.push(entry) }),
  };
}

const zoneId = (cloud: Cloud): string =>
  [...(cloud.accounts.get(ACCOUNT)?.zones ?? [])].find((zone) => zone.name === "example.com.")?.id ?? "";

describe("the emulator's one variable", () => {
  test("an accepted write changes the Cloud and is recorded; a read and a fault do neither", () => {
    const { emulator, entries } = recording();
    expect(emulator.call(createZone("example.com")).ok).toBe(true);
    const after = emulator.cloud();
    expect(entries).toEqual([{ number: 1, at: START + 1, call: createZone("example.com") }]);
    expect(emulator.call(listZones).ok).toBe(true);
    const again = emulator.call(createZone("example.com"));
    expect(again).toMatchObject({ ok: false, fault: { code: "HostedZoneAlreadyExists", status: 409 } });
    expect(emulator.cloud()).toBe(after);
    expect(entries).toHaveLength(1);
  });

  test("when a change cannot be recorded, it has not happened", () => {
    const emulator = createEmulator({
      cloud: emptyCloud(START),
      record: () => {
        throw new Error("the disk is full");
      },
    });
    const before = emulator.cloud();
    expect(() => emulator.call(createZone("example.com"))).toThrow("the disk is full");
    expect(emulator.cloud()).toBe(before);
  });

  test("replaying what was recorded gives the same Cloud", () => {
    const { emulator, entries } = recording();
    emulator.prepare({
      account: ACCOUNT,
      zones: [{ account: ACCOUNT, name: domainName("example.net") }],
      restApis: [{ region: "us-east-1", id: "abc", stages: ["prod"] }],
    });
    emulator.call(createZone("example.com"));
    emulator.call(listZones);
    emulator.call(changeRecords(zoneId(emulator.cloud()), ["a.example.com"]));
    emulator.advance(START + 3_600_000);
    emulator.call(changeRecords(zoneId(emulator.cloud()), ["b.example.com"]));
    const start: History = { seed: "emulator", number: 0, cloud: emptyCloud(START) };
    const replayed = entries.reduce(replay, start);
    expect(encodeCloud(replayed.cloud)).toEqual(encodeCloud(emulator.cloud()));
    expect(entries.map((entry) => entry.number)).toEqual([1, 2, 3, 4, 5]);
  });

  test("two emulators of one seed make the same identifiers, of two seeds others", () => {
    const made = (seed: string): string => {
      const emulator = createEmulator({ cloud: emptyCloud(START), seed });
      emulator.call(createZone("example.com"));
      return zoneId(emulator.cloud());
    };
    expect(made("one")).toBe(made("one"));
    expect(made("one")).not.toBe(made("two"));
  });

  test("a log with a gap is not replayed", () => {
    const start: History = { seed: "s", number: 3, cloud: emptyCloud(START) };
    expect(() => replay(start, { number: 5, at: START })).toThrow("entry 5 does not follow entry 3");
  });
});

describe("the simulated clock", () => {
  test("each write takes a millisecond, a read none", () => {
    const { emulator } = recording();
    expect(emulator.now()).toBe(START + 1);
    emulator.call(createZone("example.com"));
    emulator.call(listZones);
    expect(emulator.now()).toBe(START + 2);
  });

  test("it jumps to what is due, else to where it was asked to go", () => {
    const { emulator } = recording();
    emulator.advance(START + 10);
    expect(emulator.cloud().now).toBe(START + 10);
    emulator.call(createZone("example.com"));
    emulator.call(changeRecords(zoneId(emulator.cloud()), ["a.example.com"]));
    const [change] = [...(emulator.cloud().accounts.get(ACCOUNT)?.changes ?? [])].toSorted(
      (a, b) => a.insyncAt - b.insyncAt,
    );
    emulator.advance(START + 86_400_000);
    expect(emulator.cloud().now).toBe(change?.insyncAt);
  });

  test("it never goes back", () => {
    const { emulator, entries } = recording();
    emulator.advance(START - 5);
    expect(emulator.cloud().now).toBe(START);
    expect(entries).toEqual([]);
  });
});

test("with a clock that runs by itself, time passes without calls", () => {
  let now = START + 5;
  const emulator = createEmulator({ cloud: emptyCloud(START), now: () => now });
  emulator.call(createZone("example.com"));
  now += 90_000;
  expect(emulator.cloud().now).toBe(START + 90_005);
  expect(() => emulator.advance(now + 1)).toThrow("only a simulated clock can be moved");
});

test("a Send without HTTP gives the same outcomes, with the emulator's time, and shows each call", async () => {
  const { emulator } = recording();
  const seen: string[] = [];
  const send = emulatorSend(emulator, (call, answer) => seen.push(`${call.operation} ${answer.ok}`));
  expect(await send(createZone("example.com"))).toMatchObject({
    ok: true,
    at: START + 1,
    output: { HostedZone: { Name: "example.com." } },
  });
  expect(await send(createZone("example.com"))).toMatchObject({ ok: false, at: START + 2, fault: { status: 409 } });
  expect(seen).toEqual(["CreateHostedZone true", "CreateHostedZone false"]);
});

import { describe, expect, test } from "vitest";
import type { Call } from "../../src/cloud/call.ts";
import { encodeCloud } from "../../src/cloud/codec.ts";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { HOUR, MINUTE, SECOND } from "../../src/cloud/instant.ts";
import { createEmulator, type Emulator } from "../../src/emulator/emulator.ts";
import { replay, type Entry, type History } from "../../src/emulator/history.ts";
import { openLocal } from "../../src/emulator/local.ts";
import { ACCOUNT, createZone, listZones, START, temporaryDirectory } from "./world.ts";

const acm = (operation: string, input: unknown): Call => ({
  account: ACCOUNT,
  region: "us-east-1",
  service: "acm",
  operation,
  input,
});

/** An emulator on a clock that the test turns. */
function turned(): { emulator: Emulator; entries: Entry[]; turn: (milliseconds: number) => void } {
  let time = START;
  const entries: Entry[] = [];
  return {
    entries,
    turn: (milliseconds) => void (time += milliseconds),
    emulator: createEmulator({
      cloud: emptyCloud(START),
      now: () => time,
      record: (entry) => void entries.push(entry),
    }),
  };
}

function output(emulator: Emulator, call: Call): unknown {
  const outcome = emulator.call(call);
  if (!outcome.ok) throw new Error(outcome.fault.message);
  return outcome.output;
}

interface Described {
  readonly Certificate: {
    readonly Status: string;
    readonly DomainValidationOptions: readonly { readonly ResourceRecord?: { Name: string; Value: string } }[];
  };
}

const START_OVER: History = { seed: "emulator", number: 0, cloud: emptyCloud(START) };

/** A certificate with its validation record in place. */
function asked(emulator: Emulator, turn: (milliseconds: number) => void): string {
  const zone = output(emulator, createZone("example.com")) as { HostedZone: { Id: string } };
  const { CertificateArn } = output(
    emulator,
    acm("RequestCertificate", { DomainName: "a.example.com", ValidationMethod: "DNS" }),
  ) as { CertificateArn: string };
  turn(10 * SECOND);
  const told = output(emulator, acm("DescribeCertificate", { CertificateArn })) as Described;
  const record = told.Certificate.DomainValidationOptions[0]?.ResourceRecord;
  output(emulator, {
    ...createZone(""),
    operation: "ChangeResourceRecordSets",
    input: {
      HostedZoneId: zone.HostedZone.Id,
      ChangeBatch: {
        Changes: [
          {
            Action: "CREATE",
            ResourceRecordSet: {
              Name: record?.Name,
              Type: "CNAME",
              TTL: 60,
              ResourceRecords: [{ Value: record?.Value }],
            },
          },
        ],
      },
    },
  });
  return CertificateArn;
}

describe("a clock that runs by itself", () => {
  test("what falls due comes true by reading, without any write", () => {
    const { emulator, turn } = turned();
    const CertificateArn = asked(emulator, turn);
    const status = (): string =>
      (output(emulator, acm("DescribeCertificate", { CertificateArn })) as Described).Certificate.Status;
    expect(status()).toBe("PENDING_VALIDATION");
    turn(HOUR);
    expect(status()).toBe("ISSUED");
  });

  test("what it told has happened, also after a kill: what came true is recorded before it is told", () => {
    const { emulator, entries, turn } = turned();
    asked(emulator, turn);
    turn(HOUR);
    output(emulator, listZones);
    const replayed = entries.reduce(replay, START_OVER);
    expect(encodeCloud(replayed.cloud)).toEqual(encodeCloud(emulator.cloud()));
    expect([...(replayed.cloud.accounts.get(ACCOUNT)?.regions.get("us-east-1")?.certificates ?? [])][0]?.status).toBe(
      "ISSUED",
    );
  });

  test("reading, as long as nothing falls due, records nothing", () => {
    const { emulator, entries, turn } = turned();
    output(emulator, createZone("example.com"));
    turn(HOUR);
    output(emulator, listZones);
    const recorded = entries.length;
    turn(HOUR);
    output(emulator, listZones);
    expect(entries).toHaveLength(recorded);
  });

  test("a write that comes when something has fallen due follows it in the record", () => {
    const { emulator, entries, turn } = turned();
    output(emulator, createZone("a.com"));
    turn(MINUTE); // the zone's change is INSYNC by now
    output(emulator, createZone("b.com"));
    expect(entries.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(encodeCloud(entries.reduce(replay, START_OVER).cloud)).toEqual(encodeCloud(emulator.cloud()));
  });

  test("the next holder goes on from where a faster clock was, and never before the real time", async () => {
    const file = temporaryDirectory();
    const before = Date.now();
    const first = await openLocal({ file, speed: 100_000 });
    expect(first.clock.now()).toBeGreaterThanOrEqual(before);
    await first.clock.waitUntil(before + HOUR);
    const told = first.clock.now();
    await first.close();
    const second = await openLocal({ file, speed: 1 });
    expect(second.clock.now()).toBeGreaterThanOrEqual(told);
    await second.close();
  });
});

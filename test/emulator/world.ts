import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Call } from "../../src/cloud/call.ts";
import { afterEach } from "vitest";

export const START = Date.UTC(2026, 0, 1);
export const ACCOUNT = "111122223333";

export const createZone = (name: string): Call => ({
  account: ACCOUNT,
  region: "us-east-1",
  service: "route53",
  operation: "CreateHostedZone",
  input: { Name: name, CallerReference: `for ${name}` },
});

export const listZones: Call = {
  account: ACCOUNT,
  region: "us-east-1",
  service: "route53",
  operation: "ListHostedZones",
  input: {},
};

export const changeRecords = (HostedZoneId: string, names: readonly string[]): Call => ({
  account: ACCOUNT,
  region: "us-east-1",
  service: "route53",
  operation: "ChangeResourceRecordSets",
  input: {
    HostedZoneId,
    ChangeBatch: {
      Changes: names.map((Name) => ({
        Action: "UPSERT",
        ResourceRecordSet: { Name, Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] },
      })),
    },
  },
});

/** A directory of the test's own, removed after it. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "signalbox-"));
  directories.push(directory);
  return directory;
}

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

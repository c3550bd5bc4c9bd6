import { describe, expect, test } from "vitest";
import { accountOf, withAccount } from "../../src/cloud/edit.ts";
import { PROPAGATION_MS } from "../../src/cloud/route53/limits.ts";
import { nextDue, tick, withNow } from "../../src/cloud/tick.ts";
import { ACCOUNT, START, certificate, here, withCertificates, world } from "./world.ts";

const withChange = (...insyncAt: number[]) => {
  const account = accountOf(world(), ACCOUNT);
  const changes = insyncAt.reduce(
    (table, at, i) => table.set(`C${i}`, { id: `C${i}`, zoneId: "Z", submittedAt: START, insyncAt: at, names: [] }),
    account.changes,
  );
  return withAccount(world(), { ...account, changes });
};

describe("time", () => {
  test("never runs backwards", () => {
    expect(tick(world(), START - 1).now).toBe(START);
    expect(withNow(world(), START - 1).now).toBe(START);
    expect(tick(world(), START + 1).now).toBe(START + 1);
  });

  test("what is observed is not predicted", () => {
    const cloud = withNow(withCertificates(world(), certificate({ notAfter: START + 1 })), START + 10);
    expect(cloud.now).toBe(START + 10);
    expect([...here(cloud).certificates][0]?.status).toBe("ISSUED");
  });

  test("a tick in which nothing falls due shares everything", () => {
    const cloud = withCertificates(world(), certificate());
    expect(tick(cloud, START + 1).accounts).toBe(cloud.accounts);
  });
});

test("a change that is only known to be pending is INSYNC in its time", () => {
  const insync = (now: number): readonly number[] =>
    [...accountOf(tick(withChange(Infinity), now), ACCOUNT).changes].map(({ insyncAt }) => insyncAt);
  expect(insync(START + PROPAGATION_MS - 1)).toEqual([Infinity]);
  expect(insync(START + PROPAGATION_MS)).toEqual([START + PROPAGATION_MS]);
});

describe("what is due next", () => {
  test.each<[string, number[], number | undefined]>([
    ["nothing", [], undefined],
    ["a change", [START + 60], START + 60],
    ["the earliest of several", [START + 60, START + 30], START + 30],
    ["not what is past", [START, START - 5, START + 9], START + 9],
    ["what is only known to be pending is as quick as others", [Infinity], START + PROPAGATION_MS],
  ])("%s", (_, changes, expected) => expect(nextDue(withChange(...changes))).toBe(expected));
});

import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { takeLock, type Holder, type Lock } from "../../src/emulator/local-lock.ts";
import { temporaryDirectory } from "./world.ts";

const holder = (token: string): Holder => ({ pid: 1, url: "http://127.0.0.1:1", token });
const gone = async (): Promise<boolean> => true;
const alive = async (): Promise<boolean> => false;
const isHeld = (lock: Lock): boolean => "release" in lock;

describe("takeLock", () => {
  test("the second one learns who has it", async () => {
    const path = join(temporaryDirectory(), "deep", "state.json");
    expect(isHeld(await takeLock(path, holder("a"), alive))).toBe(true);
    expect(await takeLock(path, holder("b"), alive)).toEqual({ heldBy: holder("a") });
  });

  test("a released lock is free, and so is one whose holder is gone", async () => {
    const path = join(temporaryDirectory(), "state.json");
    const first = await takeLock(path, holder("a"), alive);
    if ("release" in first) first.release();
    expect(isHeld(await takeLock(path, holder("b"), alive))).toBe(true);
    expect(isHeld(await takeLock(path, holder("c"), gone))).toBe(true);
    expect(await takeLock(path, holder("d"), alive)).toEqual({ heldBy: holder("c") });
    expect(readdirSync(join(path, ".."))).toEqual(["state.json.lock-3"]);
  });

  test("of many that find a dead holder at once, one takes over and the others learn of it", async () => {
    const path = join(temporaryDirectory(), "state.json");
    await takeLock(path, holder("dead"), gone);
    const isGone = async ({ token }: Holder): Promise<boolean> => {
      await new Promise((resolve) => setTimeout(resolve, token.length % 3));
      return token === "dead";
    };
    const locks = await Promise.all(
      Array.from({ length: 20 }, (_, index) => takeLock(path, holder(`new ${index}`), isGone)),
    );
    const held = locks.flatMap((lock, index) => (isHeld(lock) ? [`new ${index}`] : []));
    expect(held).toHaveLength(1);
    const others = locks.flatMap((lock) => ("heldBy" in lock ? [lock.heldBy.token] : []));
    expect(new Set(others)).toEqual(new Set(held));
  });

  test("a file that is no lock is named", async () => {
    const path = join(temporaryDirectory(), "state.json");
    writeFileSync(`${path}.lock-1`, "nonsense");
    await expect(takeLock(path, holder("a"), alive)).rejects.toThrow("state.json.lock-1 is not a lock");
  });
});

import { expect, test } from "vitest";
import { SECOND } from "../../../src/cloud/instant.ts";
import { throttling } from "../../../src/emulator/throttling.ts";
import { cf, START } from "./world.ts";

// No figure is published: what matters is that there is one for an account, whatever the operation.
test("an account's calls draw from one bucket, which fills up again", () => {
  const throttled = throttling();
  const list = cf("ListFunctions", {});
  let calls = 0;
  while (throttled(list, START) === undefined) calls += 1;
  expect(calls).toBe(50);
  expect(throttled(cf("UpdateDistribution", {}), START)).toMatchObject({ code: "Throttling", status: 400 });
  expect(throttled(cf("ListFunctions", {}, "999999999999"), START)).toBeUndefined();
  expect(throttled(list, START + SECOND)).toBeUndefined();
});

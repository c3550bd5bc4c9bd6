import { expect, test } from "vitest";
import { ACCOUNT, call, does, world } from "../world.ts";

test("GetCallerIdentity names the account that is asked", () => {
  const { output } = does(world(), call("sts", "GetCallerIdentity", {}));
  expect(output).toEqual({ UserId: ACCOUNT, Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:root` });
});

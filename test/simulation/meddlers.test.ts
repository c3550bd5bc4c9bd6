import { expect, test } from "vitest";
import type { Call } from "../../src/cloud/call.ts";
import { isRead } from "../../src/cloud/conditional.ts";
import { accountOf } from "../../src/cloud/edit.ts";
import { converged } from "../world/estate.ts";
import { storefront } from "../world/storefront.ts";
import { ACCOUNT, prepare, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";
import { census } from "./estate.ts";

// Regressions: each of these once had a run wait, or send one request again, for ever.

const direct = (into: World, call: Call): void => {
  const outcome = into.emulator.call(call);
  if (!outcome.ok) throw new Error(outcome.fault.message);
};

const rows: readonly (readonly [string, (call: Call) => boolean, (into: World, call: Call) => void])[] = [
  [
    "the domain is deleted before its mapping is made",
    (call) => call.operation === "CreateBasePathMapping" && call.region === "us-west-2",
    (into, call) => direct(into, { ...call, operation: "DeleteDomainName", input: { domainName: "shop.example.com" } }),
  ],
  [
    "a health check is deleted before the record that names it is published",
    (call) => call.operation === "ChangeResourceRecordSets" && JSON.stringify(call.input).includes("HealthCheckId"),
    (into, call) => {
      const named = [...accountOf(into.emulator.cloud(), ACCOUNT).healthChecks].find((check) =>
        JSON.stringify(call.input).includes(check.Id),
      );
      direct(into, { ...call, operation: "DeleteHealthCheck", input: { HealthCheckId: named?.Id } });
    },
  ],
  [
    "the very domain is made by another run of the same manifest",
    (call) => call.operation === "CreateDomainName",
    direct,
  ],
];

test.each(rows)("%s: a new look, and it converges", async (_what, matches, meddle) => {
  let times = 0;
  const into: World = world(undefined, (send) => (call) => {
    if (!isRead(call) && matches(call) && ++times === 1) meddle(into, call);
    return send(call);
  });
  prepare(into, storefront);
  const done = await reconcile(into, storefront);
  expect({ outcome: done.outcome, rounds: done.rounds, diagnostics: done.diagnostics }).toEqual({
    outcome: "converged",
    rounds: 2,
    diagnostics: [],
  });
  expect(census(into.emulator.cloud())).toEqual(census((await converged()).emulator.cloud()));
});

import { expect, test } from "vitest";
import { nearest } from "../../src/diagnostic/nearest.ts";

test.each([
  ["certifcate", ["domains", "certificate"], "certificate"],
  ["us-esat-1", ["us-west-1", "us-east-1", "us-east-2"], "us-east-1"],
  ["HealthCheck", ["healthCheck"], "healthCheck"],
  ["zone", ["name", "zones"], "zones"],
  ["ab", ["xy", "a"], "a"],
  ["metadpata", ["id", "account", "create"], undefined],
  ["x", [], undefined],
  ["", ["a"], "a"],
])("%s among %j means %s", (word, candidates, meant) => {
  expect(nearest(word, candidates)).toBe(meant);
});

import { expect, test } from "vitest";
import { area } from "../../src/cloud/area.ts";

test("an area is a service in a Region", () => {
  expect(area("acm", "eu-west-1")).toBe("acm/eu-west-1");
});

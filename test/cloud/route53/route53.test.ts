import { expect, test } from "vitest";
import { route53Operations } from "../../../src/cloud/route53/route53.ts";
import { call, estate, fault } from "./estate.ts";

test.each(["CreateTrafficPolicy", "toString", "__proto__"])("%s is refused by name", (operation) => {
  expect(fault(estate(), call(operation, {}))).toMatchObject({
    code: "NotEmulated",
    status: 501,
    message: expect.stringContaining(`route53:${operation}`),
  });
});

test("what is modelled, in the order of the alphabet", () => {
  const operations = Object.keys(route53Operations);
  expect(operations).toEqual([...operations].toSorted());
  expect(operations).toContain("ChangeResourceRecordSets");
});

import { describe, expect, test } from "vitest";
import type { Call } from "../../../src/cloud/call.ts";
import { withQuota } from "../../../src/cloud/quotas.ts";
import { ACCOUNT, a, batch, estate, fault, records, run } from "./estate.ts";

describe("record sets of a zone", () => {
  const limited = (most: number) => withQuota(estate(a("a.example.com.")), ACCOUNT, "route53.recordSets", most);
  const b = a("b.example.com.");
  test("at most so many, the zone's own among them", () => {
    expect(fault(limited(3), batch(["CREATE", b]))).toEqual({
      code: "InvalidChangeBatch",
      message: "[Number of records limit of 3 exceeded.]",
      status: 400,
    });
    expect(records(run(limited(4), batch(["CREATE", b])).cloud)).toHaveLength(4);
  });
  test.each<[string, number, Call, number]>([
    ["what replaces needs no room", 3, batch(["UPSERT", a("a.example.com.", "192.0.2.9")]), 3],
    ["what goes makes room", 3, batch(["DELETE", a("a.example.com.")], ["CREATE", b]), 3],
    ["less is fine above the quota, too", 1, batch(["DELETE", a("a.example.com.")]), 2],
  ])("%s", (_, most, made, left) => expect(records(run(limited(most), made).cloud)).toHaveLength(left));
  test("a zone that holds more than the default had its quota raised", () => {
    const many = Array.from({ length: 9_998 }, (_, index) => a(`n${index}.example.com.`));
    expect(fault(estate(...many), batch(["CREATE", b])).message).toBe("[Number of records limit of 10000 exceeded.]");
    run(estate(...many, a("c.example.com.")), batch(["CREATE", b]));
  });
});

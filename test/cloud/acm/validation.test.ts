import { describe, expect, test } from "vitest";
import { validationRecord, validationRecords } from "../../../src/cloud/acm/validation.ts";
import { ACCOUNT, name } from "../world.ts";

// Source: ACM guide "DNS validation".
describe("the validation record", () => {
  const of = (text: string, account = ACCOUNT) => validationRecord(account, name(text));

  test("looks as ACM's", () => {
    expect(of("api.example.com").name).toMatch(/^_[0-9a-f]{32}\.api\.example\.com\.$/);
    expect(of("api.example.com").value).toMatch(/^_[0-9a-f]{32}\.[a-z]{10}\.acm-validations\.aws\.$/);
  });

  test("is one for a name and an account, and for the wildcard below the name", () => {
    expect(of("*.example.com")).toEqual(of("example.com"));
    expect(of("a.example.com")).not.toEqual(of("example.com"));
    expect(of("example.com", "999999999999")).not.toEqual(of("example.com"));
    expect(of("example.com").value).not.toContain(of("example.com").name.slice(0, 33));
  });

  test("a wildcard and its parent in one certificate need one record", () => {
    expect(Object.keys(validationRecords(ACCOUNT, [name("example.com"), name("*.example.com")]))).toEqual([
      "example.com.",
    ]);
  });
});

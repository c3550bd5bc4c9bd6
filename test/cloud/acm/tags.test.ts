import { describe, expect, test } from "vitest";
import { ARN, call, certificate, does, fails, here, withCertificates, world } from "../world.ts";

const held = (tags: Record<string, string> | undefined) => withCertificates(world(), certificate({ tags }));
const tags = (operation: string, before: Record<string, string> | undefined, Tags: object[]) =>
  here(does(held(before), call("acm", operation, { CertificateArn: ARN, Tags })).cloud).certificates.get(ARN)?.tags;

// Source: ACM API reference "AddTagsToCertificate" and "RemoveTagsFromCertificate".
describe("tags of a certificate", () => {
  test.each<[string, Record<string, string> | undefined, object[], Record<string, string> | undefined]>([
    ["AddTagsToCertificate", { a: "1" }, [{ Key: "b", Value: "2" }], { a: "1", b: "2" }],
    ["AddTagsToCertificate", { a: "1" }, [{ Key: "a", Value: "2" }], { a: "2" }],
    ["AddTagsToCertificate", {}, [{ Key: "a" }], { a: "" }],
    ["AddTagsToCertificate", undefined, [{ Key: "a" }], undefined],
    ["RemoveTagsFromCertificate", { a: "1", b: "2" }, [{ Key: "a" }], { b: "2" }],
    ["RemoveTagsFromCertificate", { a: "1" }, [{ Key: "a", Value: "1" }], {}],
    ["RemoveTagsFromCertificate", { a: "1" }, [{ Key: "a", Value: "2" }], { a: "1" }],
    ["RemoveTagsFromCertificate", { a: "1" }, [{ Key: "x" }], { a: "1" }],
  ])("%s: %j and %j give %j", (operation, before, change, after) =>
    expect(tags(operation, before, change)).toEqual(after),
  );

  // Source: ACM API reference "AddTagsToCertificate" (InvalidTagException).
  test.each([
    ["a reserved key", [{ Key: "aws:x", Value: "1" }]],
    ["a reserved value", [{ Key: "x", Value: "aws:1" }]],
    ["a key twice", [{ Key: "a" }, { Key: "a" }]],
  ])("%s is refused", (_, Tags) => {
    const add = call("acm", "AddTagsToCertificate", { CertificateArn: ARN, Tags });
    expect(fails(held({}), add).code).toBe("InvalidTagException");
  });

  test("no more than 50 in the end", () => {
    const full = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, ""]));
    const add = (Key: string) => call("acm", "AddTagsToCertificate", { CertificateArn: ARN, Tags: [{ Key }] });
    expect(fails(held(full), add("one-more")).code).toBe("TooManyTagsException");
    does(held(full), add("k7"));
  });

  test("are listed by key", () => {
    const { output } = does(held({ b: "2", a: "1" }), call("acm", "ListTagsForCertificate", { CertificateArn: ARN }));
    expect(output).toEqual({
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "b", Value: "2" },
      ],
    });
  });
});

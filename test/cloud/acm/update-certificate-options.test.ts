import { describe, expect, test } from "vitest";
import type { Certificate } from "../../../src/cloud/cloud.ts";
import { ARN, call, certificate, does, fails, here, withCertificates, world } from "../world.ts";

const update = (Options: object) => call("acm", "UpdateCertificateOptions", { CertificateArn: ARN, Options });

// Source: ACM API reference "UpdateCertificateOptions".
describe("UpdateCertificateOptions", () => {
  test.each([
    [true, { CertificateTransparencyLoggingPreference: "DISABLED" }, false],
    [false, { CertificateTransparencyLoggingPreference: "ENABLED" }, true],
    [false, {}, false],
  ])("logging %s with %j becomes %s", (transparencyLogging, options, expected) => {
    const cloud = withCertificates(world(), certificate({ transparencyLogging }));
    expect(here(does(cloud, update(options)).cloud).certificates.get(ARN)?.transparencyLogging).toBe(expected);
  });

  test.each<[Partial<Certificate>]>([[{ status: "EXPIRED" }], [{ status: "FAILED" }], [{ type: "IMPORTED" }]])(
    "not of one that is %j",
    (over) => {
      const held = withCertificates(world(), certificate(over));
      const change = update({ CertificateTransparencyLoggingPreference: "DISABLED" });
      expect(fails(held, change).code).toBe("InvalidStateException");
    },
  );

  test.each([
    [{ Export: "ENABLED" }, "InvalidStateException"],
    [{ ValidationMethod: "DNS" }, "NotEmulated"],
  ])("%j is refused: %s", (options, code) => {
    expect(fails(withCertificates(world(), certificate()), update(options)).code).toBe(code);
  });
});

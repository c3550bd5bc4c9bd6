import { describe, expect, test } from "vitest";
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

  test.each([
    [{ Export: "ENABLED" }, "InvalidStateException"],
    [{ ValidationMethod: "DNS" }, "NotEmulated"],
  ])("%j is refused: %s", (options, code) => {
    expect(fails(withCertificates(world(), certificate()), update(options)).code).toBe(code);
  });
});

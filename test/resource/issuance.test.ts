import { expect, test } from "vitest";
import type { Certificate } from "../../src/cloud/cloud.ts";
import type { Address } from "../../src/resource/address.ts";
import { issuance } from "../../src/resource/issuance.ts";
import { ACCOUNT, certificateSpec, cloudOf, inWords, liveCertificate } from "./clouds.ts";

const change = {
  address: "a" as Address,
  before: undefined,
  after: { account: ACCOUNT, certificate: certificateSpec },
  guard: undefined,
};

const pending = liveCertificate({ status: "PENDING_VALIDATION" });
const proofs = Object.values(pending.validation ?? {}).map(({ name, value }) => ({
  Name: name,
  Type: "CNAME" as const,
  TTL: 300,
  ResourceRecords: [{ Value: value }],
}));

const rows: readonly (readonly [string, readonly Certificate[], string])[] = [
  ["issued", [liveCertificate()], "done"],
  ["pending", [pending], "wait for ACM to see the validation record and issue"],
  ["not described yet", [{ ...pending, validation: undefined }], "wait for ACM to see the validation record and issue"],
  ["lost", [], "stop CERTIFICATE_NOT_ISSUED, replan"],
  ["failed", [liveCertificate({ status: "FAILED" })], "stop CERTIFICATE_NOT_ISSUED"],
];
test.each(rows)("%s", (_what, certificates, expected) => {
  expect(inWords(issuance.next([change], cloudOf({ certificates, records: proofs })))).toBe(expected);
});

test("a record that ACM asks for and the zone does not hold: there is nothing to wait for", () => {
  const foreign = proofs.map((record) => ({ ...record, ResourceRecords: [{ Value: "_x.acm-validations.aws." }] }));
  for (const records of [[], foreign]) {
    const next = issuance.next([change], cloudOf({ certificates: [pending], records }));
    expect(inWords(next)).toBe("stop CHANGED_SINCE_PLAN, replan");
  }
});

test("it waits for the certificate and for one record a name, not one a wildcard", () => {
  expect(issuance.references(change.after)).toEqual([
    "certificate/storefront/us-east-1/RSA_2048",
    "validation-record/shop.example.com",
    "validation-record/shop.example.com",
  ]);
});

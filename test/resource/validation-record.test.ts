import { describe, expect, test } from "vitest";
import type { Cloud, RecordSet } from "../../src/cloud/cloud.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Address } from "../../src/resource/address.ts";
import type { Change } from "../../src/resource/kind.ts";
import { validationRecord } from "../../src/resource/validation-record.ts";
import type { ValidationRecordSpec } from "../../src/resource/validation-record.ts";
import {
  ACCOUNT,
  EAST,
  callOf,
  certificateSpec,
  changesOf,
  cloudOf,
  inWords,
  liveCertificate,
  shop,
  zone,
} from "./clouds.ts";

const spec: ValidationRecordSpec = { account: ACCOUNT, zone, domain: shop, certificates: [certificateSpec] };
const bring = (after = spec): Change<ValidationRecordSpec> => ({
  address: "a" as Address,
  before: undefined,
  after,
  guard: undefined,
});
const record = (Value: string): RecordSet => ({
  Name: "_a.shop.example.com.",
  Type: "CNAME",
  TTL: 300,
  ResourceRecords: [{ Value }],
});
const pending = [liveCertificate({ status: "PENDING_VALIDATION" })];

describe("what it needs next", () => {
  const rows: readonly (readonly [string, Cloud, string])[] = [
    [
      "the certificate is not described yet",
      cloudOf({ certificates: [liveCertificate({ validation: undefined })] }),
      "wait for ACM to give the validation record",
    ],
    ["the certificate is gone", cloudOf(), "stop CHANGED_SINCE_PLAN, replan"],
    ["nothing there", cloudOf({ certificates: pending }), "ChangeResourceRecordSets"],
    [
      "it stands, whoever made it",
      cloudOf({ certificates: pending, records: [record("_b.acm-validations.aws.")] }),
      "done",
    ],
    [
      "it stands, without the last dot",
      cloudOf({ certificates: pending, records: [record("_B.acm-validations.aws")] }),
      "done",
    ],
    [
      "something else stands there",
      cloudOf({ certificates: pending, records: [record("elsewhere.test.")] }),
      "stop FOREIGN_IN_THE_WAY",
    ],
  ];
  test.each(rows)("%s", (_what, cloud, expected) =>
    expect(inWords(validationRecord.next([bring()], cloud))).toBe(expected),
  );
});

test("records of several names go in one batch, created and never overwritten", () => {
  const api = domainName("api.example.com");
  const certificates = [
    liveCertificate({
      status: "PENDING_VALIDATION",
      validation: {
        ...pending[0]?.validation,
        [api]: { name: domainName("_c.api.example.com"), value: domainName("_d.acm-validations.aws") },
      },
    }),
  ];
  const next = validationRecord.next([bring(), bring({ ...spec, domain: api })], cloudOf({ certificates }));
  expect(changesOf(next).map(({ Action, ResourceRecordSet }) => `${Action} ${ResourceRecordSet.Name}`)).toEqual([
    "CREATE _a.shop.example.com.",
    "CREATE _c.api.example.com.",
  ]);
  expect(callOf(next).input).toMatchObject({ HostedZoneId: "Z1" });
});

test("while it waits, a certificate is asked that is there", () => {
  const gone = { ...certificateSpec, region: "us-west-2" };
  const cloud = cloudOf({ certificates: [liveCertificate({ validation: undefined })] });
  const asked = (certificates: ValidationRecordSpec["certificates"]) =>
    validationRecord.probe(bring({ ...spec, certificates }), cloud);
  expect(asked([gone, certificateSpec])).toMatchObject({ operation: "DescribeCertificate", region: EAST });
  expect(asked([gone])).toBeUndefined();
});

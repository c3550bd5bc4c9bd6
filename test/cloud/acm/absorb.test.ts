import { describe, expect, test } from "vitest";
import { absorb } from "../../../src/cloud/absorb.ts";
import { ACM_TIMES } from "../../../src/cloud/acm/limits.ts";
import type { CertificateRenewal, Cloud } from "../../../src/cloud/cloud.ts";
import { withRegion } from "../../../src/cloud/edit.ts";
import { tick } from "../../../src/cloud/tick.ts";
import {
  ACCOUNT,
  ARN,
  START,
  apiDomain,
  call,
  certificate,
  does,
  here,
  withCertificates,
  withDomains,
  world,
} from "../world.ts";

const LIST = call("acm", "ListCertificates", {});
const DESCRIBE = call("acm", "DescribeCertificate", { CertificateArn: ARN });
const read = (from: Cloud, into: Cloud, asked = DESCRIBE): Cloud => absorb(into, asked, does(from, asked).output);

describe("a renewal", () => {
  const renewal: CertificateRenewal = { status: "PENDING_VALIDATION", reason: "CAA_ERROR", updatedAt: START };
  const renewing = withCertificates(world(), certificate({ renewal }));
  const of = (cloud: Cloud) => here(cloud).certificates.get(ARN)?.renewal;

  test("is told by a description, and not forgotten over a listing", () => {
    const seen = read(renewing, world());
    expect(of(seen)).toEqual(renewal);
    expect(of(read(renewing, seen, LIST))).toEqual(renewal);
  });

  test("that a description does not tell is none", () => {
    expect(of(read(withCertificates(world(), certificate()), read(renewing, world())))).toBeUndefined();
  });
});

test("in a Cloud that is observed no lag is predicted: what AWS accepts, the model accepts", () => {
  const bound = withDomains(withCertificates(world(), certificate()), apiDomain());
  const seen = tick(withDomains(read(bound, world(), LIST), apiDomain()), START + 10 * ACM_TIMES.useNoticedAfter);
  expect(here(seen).certificateUses).toBeUndefined();
  const free = withRegion(seen, ACCOUNT, { ...here(seen), domains: here(world()).domains });
  expect(here(does(free, call("acm", "DeleteCertificate", { CertificateArn: ARN })).cloud).certificates.size).toBe(0);
});

import { describe, expect, test } from "vitest";
import { absorb } from "../../../src/cloud/absorb.ts";
import { ACM_TIMES } from "../../../src/cloud/acm/limits.ts";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { withRegion } from "../../../src/cloud/edit.ts";
import { DAY } from "../../../src/cloud/instant.ts";
import { nextDue, tick } from "../../../src/cloud/tick.ts";
import { ACCOUNT, call, here } from "../world.ts";
import { after, arnOf, certificates, does, estate, fails } from "./estate.ts";
import type { Output } from "./estate.ts";

const { cloud, balancer, listener } = estate();
const LAG = ACM_TIMES.useNoticedAfter;
const detail = (at: Cloud, number: number) =>
  does(at, call("acm", "DescribeCertificate", { CertificateArn: arnOf(number) })).output["Certificate"] as Output;
const users = (at: Cloud, number: number) => detail(at, number)["InUseBy"];
const erase = (number: number) => call("acm", "DeleteCertificate", { CertificateArn: arnOf(number) });
const add = (number: number) => certificates("AddListenerCertificates", listener, arnOf(number));
const remove = (number: number) => certificates("RemoveListenerCertificates", listener, arnOf(number));

describe("ACM tells what load balancers use", () => {
  test("of the default certificate and of the list, some time later", () => {
    expect(users(cloud, 1)).toEqual([balancer.arn]);
    const added = tick(after(cloud, add(2)), cloud.now + 1);
    expect(users(added, 2)).toEqual([]);
    const due = nextDue(added) ?? 0;
    expect(users(tick(added, due - 1), 2)).toEqual([]);
    expect(users(tick(added, due), 2)).toEqual([balancer.arn]);
    expect(due).toBe(cloud.now + LAG);
  });

  test("and goes on for as long once it is let go", () => {
    const used = tick(after(cloud, add(2)), cloud.now + DAY);
    const freed = tick(after(used, remove(2)), used.now + 1);
    expect(users(freed, 2)).toEqual([balancer.arn]);
    expect(users(tick(freed, used.now + LAG), 2)).toEqual([]);
  });

  test("one of two listeners is enough, and is told once", () => {
    const twice = after(cloud, add(1));
    expect(users(twice, 1)).toEqual([balancer.arn]);
  });
});

describe("what is in use", () => {
  test("is not deleted: at once, and until ACM has noticed that it is free", () => {
    const added = after(cloud, add(2));
    expect(fails(added, erase(2))).toMatchObject({
      code: "ResourceInUseException",
      message: `Certificate ${arnOf(2)} in account ${ACCOUNT} is in use by ${balancer.arn}.`,
    });
    const used = tick(added, cloud.now + DAY);
    const freed = tick(after(used, remove(2)), used.now + 1);
    expect(fails(freed, erase(2)).code).toBe("ResourceInUseException");
    expect(does(tick(freed, used.now + LAG), erase(2)).output).toEqual({});
  });

  test("is renewed; the other one expires", () => {
    const validated = [1, 2].reduce((at, number) => {
      const state = here(at);
      const certificate = state.certificates.get(arnOf(number));
      if (certificate === undefined) throw new Error("no certificate");
      const held = { ...certificate, notAfter: at.now + 10 * DAY };
      return withRegion(at, ACCOUNT, { ...state, certificates: state.certificates.set(held.arn, held) });
    }, cloud);
    const later = tick(validated, cloud.now + DAY);
    // Nothing proves the names here: the renewal waits, which it only does for what is in use.
    expect(detail(later, 1)).toHaveProperty("RenewalSummary.RenewalStatus", "PENDING_VALIDATION");
    expect(detail(later, 2)).not.toHaveProperty("RenewalSummary");
    expect([1, 2].map((number) => detail(later, number)["RenewalEligibility"])).toEqual(["ELIGIBLE", "INELIGIBLE"]);
  });
});

describe("in an observed Cloud", () => {
  const observed = (at: Cloud): Cloud => withRegion(at, ACCOUNT, { ...here(at), certificateUses: undefined });
  const read = call("acm", "DescribeCertificate", { CertificateArn: arnOf(2) });
  const used = tick(after(cloud, add(2)), cloud.now + DAY);
  const seen = observed(absorb(used, read, does(used, read).output));

  test("a load balancer that was read tells by itself", () => {
    expect(here(seen).certificates.get(arnOf(2))?.inUseBy).toEqual([balancer.arn]);
    expect(users(seen, 2)).toEqual([balancer.arn]);
    expect(fails(seen, erase(2)).code).toBe("ResourceInUseException");
    expect(does(after(seen, remove(2)), erase(2)).output).toEqual({});
  });

  test("one that was not read counts as ACM told", () => {
    const { loadBalancing: _read, ...rest } = here(seen);
    const unread = withRegion(seen, ACCOUNT, rest);
    expect(users(unread, 2)).toEqual([balancer.arn]);
    expect(fails(unread, erase(2)).code).toBe("ResourceInUseException");
  });

  test("one of whose listeners a list was not read counts as ACM told, too", () => {
    const { loadBalancing } = here(seen);
    if (loadBalancing === undefined) throw new Error("no load balancing");
    const listeners = loadBalancing.listeners.set(listener.arn, { ...listener, certificates: undefined });
    const half = withRegion(seen, ACCOUNT, { ...here(seen), loadBalancing: { ...loadBalancing, listeners } });
    expect(fails(half, erase(2)).code).toBe("ResourceInUseException");
  });
});

import { describe, expect, test } from "vitest";
import { withQuota } from "../../../src/cloud/quotas.ts";
import { ACCOUNT, withCertificates } from "../world.ts";
import { HTTPS, after, arnOf, certificates, does, elb, estate, fails, issued, listenerIn, now } from "./estate.ts";

const { cloud, balancer, listener, group } = estate();
const add = (...arns: readonly string[]) => certificates("AddListenerCertificates", listener, ...arns);
const remove = (...arns: readonly string[]) => certificates("RemoveListenerCertificates", listener, ...arns);
const listed = (at: typeof cloud, more: object = {}) =>
  does(at, elb("DescribeListenerCertificates", { ListenerArn: listener.arn, ...more })).output;

describe("added", () => {
  test("one after the other; RSA and ECDSA side by side", () => {
    const { cloud: one, output } = does(cloud, add(arnOf(3)));
    expect(output).toEqual({ Certificates: [{ CertificateArn: arnOf(3), IsDefault: false }] });
    expect(now(after(one, add(arnOf(2))), listener)?.certificates).toEqual([arnOf(2), arnOf(3)]);
  });

  test("twice it is there once, and the quota does not matter", () => {
    const once = after(cloud, add(arnOf(2)));
    expect(after(withQuota(once, ACCOUNT, "elbv2.certificates", 1), add(arnOf(2))).accounts).toBe(once.accounts);
  });

  test("the default one too: then it is told twice", () => {
    expect(listed(after(cloud, add(arnOf(1))))["Certificates"]).toEqual([
      { CertificateArn: arnOf(1), IsDefault: true },
      { CertificateArn: arnOf(1), IsDefault: false },
    ]);
  });

  test.each<[string, ReturnType<typeof add>, string, RegExp]>([
    ["two at once", add(arnOf(2), arnOf(3)), "TooManyCertificates", /Up to '1'/],
    ["none", add(), "ValidationError", /certificate ARN/],
    ["an unknown one", add(arnOf(8)), "CertificateNotFound", /not found$/],
    ["one of another Region", add(arnOf(2, "eu-west-1")), "CertificateNotFound", /eu-west-1/],
    ["one of IAM", add(`arn:aws:iam::${ACCOUNT}:server-certificate/x`), "NotEmulated", /IAM/],
    ["no ARN", add("shop"), "ValidationError", /^Certificate ARN 'shop' is not valid$/],
    [
      "marked as the default",
      elb("AddListenerCertificates", {
        ListenerArn: listener.arn,
        Certificates: [{ CertificateArn: arnOf(2), IsDefault: false }],
      }),
      "ValidationError",
      /isDefault/,
    ],
    [
      "to an unknown listener",
      certificates("AddListenerCertificates", { arn: `${listener.arn}0` }, arnOf(2)),
      "ListenerNotFound",
      /One or more/,
    ],
    [
      "to a load balancer",
      certificates("AddListenerCertificates", balancer, arnOf(2)),
      "ValidationError",
      /is not a valid listener ARN$/,
    ],
  ])("%s is refused", (_, call, code, message) => {
    const fault = fails(cloud, call);
    expect(fault.code).toBe(code);
    expect(fault.message).toMatch(message);
  });

  test.each(["PENDING_VALIDATION", "EXPIRED", "FAILED", "REVOKED"] as const)("one that is %s is refused", (status) => {
    expect(fails(withCertificates(cloud, issued(2, { status })), add(arnOf(2))).code).toBe("UnsupportedCertificate");
  });

  test("a listener without TLS has none", () => {
    const plain = after(cloud, elb("ModifyListener", { ListenerArn: listener.arn, Protocol: "HTTP" }));
    expect(fails(plain, add(arnOf(2))).message).toMatch(/HTTP listeners/);
    expect(listed(plain)).toEqual({ Certificates: [] });
  });
});

describe("25 of a load balancer", () => {
  const many = Array.from({ length: 26 }, (_, index) => issued(100 + index));
  const full = after(withCertificates(cloud, ...many), ...many.slice(0, 25).map(({ arn }) => add(arn)));
  const [last] = many.slice(25);

  test("its default certificates not counted, whichever listener they stand at", () => {
    expect(fails(full, add(last?.arn ?? ""))).toMatchObject({ code: "TooManyCertificates", status: 400 });
    const second = does(full, HTTPS(balancer.arn, group, { Port: 8443 }));
    const other = { arn: listenerIn(second.output) };
    const more = certificates("AddListenerCertificates", other, last?.arn ?? "");
    expect(fails(second.cloud, more).code).toBe("TooManyCertificates");
    const room = after(second.cloud, remove(arnOf(100)), more);
    expect([listener, other].map((each) => now(room, each)?.certificates?.length)).toEqual([24, 1]);
  });

  test("a raised quota", () => {
    const raised = withQuota(full, ACCOUNT, "elbv2.certificates", 26);
    expect(now(after(raised, add(last?.arn ?? "")), listener)?.certificates).toHaveLength(26);
  });

  test("told page by page, the default one first", () => {
    const first = listed(full, { PageSize: 10 });
    const second = listed(full, { PageSize: 10, Marker: first["NextMarker"] });
    const third = listed(full, { PageSize: 10, Marker: second["NextMarker"] });
    const all = [first, second, third].flatMap((each) => each["Certificates"] as readonly object[]);
    expect(all).toEqual([
      { CertificateArn: arnOf(1), IsDefault: true },
      ...many.slice(0, 25).map(({ arn }) => ({ CertificateArn: arn, IsDefault: false })),
    ]);
    expect(third).not.toHaveProperty("NextMarker");
  });
});

describe("removed", () => {
  const two = after(cloud, add(arnOf(2)), add(arnOf(3)));

  test("one of the list", () => {
    expect(now(after(two, remove(arnOf(2))), listener)).toEqual({ ...listener, certificates: [arnOf(3)] });
  });

  test.each<[string, typeof cloud, ReturnType<typeof add>, string]>([
    ["the default one", two, remove(arnOf(1)), "OperationNotPermitted"],
    ["the default one, that is in the list too", after(two, add(arnOf(1))), remove(arnOf(1)), "OperationNotPermitted"],
    ["what is not in the list", cloud, remove(arnOf(2)), "CertificateNotFound"],
    ["two at once", two, remove(arnOf(2), arnOf(3)), "TooManyCertificates"],
  ])("%s is refused", (_, at, call, code) => {
    expect(fails(at, call).code).toBe(code);
  });

  test("the one that was the default, once another took its place", () => {
    const swapped = after(
      two,
      elb("ModifyListener", { ListenerArn: listener.arn, Certificates: [{ CertificateArn: arnOf(2) }] }),
    );
    expect(fails(swapped, remove(arnOf(1))).code).toBe("CertificateNotFound");
    expect(fails(swapped, remove(arnOf(2))).message).toBe("Default certificate cannot be removed");
  });
});

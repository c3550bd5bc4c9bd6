import { expect, test } from "vitest";
import { throttling } from "../../../src/emulator/throttling.ts";
import { elb } from "./estate.ts";

// Source: Elastic Load Balancing guide "Request throttling for the Elastic Load Balancing API".
test("40 reads at once, ten more each second, of all reads together; writes have a bucket of their own", () => {
  const throttled = throttling();
  const read = (index: number, at: number) =>
    throttled(elb(index % 2 === 0 ? "DescribeListeners" : "DescribeLoadBalancers"), at);
  const first = Array.from({ length: 41 }, (_, index) => read(index, 0)?.code);
  expect(first.filter((code) => code === undefined)).toHaveLength(40);
  expect(first.at(-1)).toBe("ThrottlingException");
  expect(throttled(elb("AddListenerCertificates"), 0)).toBeUndefined();
  expect(throttled({ ...elb("DescribeListeners"), region: "eu-west-1" }, 0)).toBeUndefined();
  expect([read(0, 99)?.code, read(0, 100)?.code, read(0, 100)?.code]).toEqual([
    "ThrottlingException",
    undefined,
    "ThrottlingException",
  ]);
});

import { expect, test } from "vitest";
import { executeApiHost, readExecuteApiHost } from "../../../src/cloud/apigateway/hosts.ts";

test.each([
  ["us-east-1", "d-abc123.execute-api.us-east-1.amazonaws.com"],
  ["cn-north-1", "d-abc123.execute-api.cn-north-1.amazonaws.com.cn"],
  ["eusc-de-east-1", "d-abc123.execute-api.eusc-de-east-1.amazonaws.eu"],
])("%s: made and read again, with and without the dot", (region, host) => {
  expect(executeApiHost("d-abc123", region)).toBe(host);
  expect(readExecuteApiHost(host)).toEqual({ label: "d-abc123", region });
  expect(readExecuteApiHost(`${host}.`)).toEqual({ label: "d-abc123", region });
});

test.each([
  "shop.example.com.",
  "execute-api.us-east-1.amazonaws.com",
  "d-abc.execute-api.us-east-1.amazonaws.com.evil.test",
])("%s is another host", (host) => expect(readExecuteApiHost(host)).toBeUndefined());

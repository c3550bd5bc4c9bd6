import { describe, expect, test } from "vitest";
import { placeOf } from "../../../src/cloud/route53/client-place.ts";

describe("where a client is", () => {
  test.each<[string, number, string | undefined]>([
    ["3.120.0.1", 24, "eu-central-1"],
    ["3.123.255.255", 24, "eu-central-1"],
    ["3.124.0.1", 24, "us-east-1"],
    ["34.241.9.9", 24, "eu-west-1"],
    ["13.54.7.1", 24, "ap-southeast-2"],
    ["81.2.69.160", 24, "eu-central-1"],
    ["203.0.113.9", 24, "ap-southeast-1"],
    ["41.0.0.1", 24, "af-south-1"],
    ["200.1.1.1", 24, "sa-east-1"],
    ["198.51.100.7", 24, "us-east-1"],
    ["2a02:6b8::1", 64, "eu-central-1"],
    ["2c0f::1", 64, "af-south-1"],
    ["2406:da14::1", 64, "ap-southeast-1"],
    ["2600:1f18::1", 64, "us-east-1"],
    // Too few bits to tell the Region, or anything.
    ["34.241.9.9", 8, "us-east-1"],
    ["81.2.69.160", 8, "eu-central-1"],
    ["81.2.69.160", 0, "us-east-1"],
    ["no address", 24, undefined],
    ["1.2.3", 24, undefined],
  ])("%s/%i: %s", (address, mask, region) => expect(placeOf(address, mask)).toBe(region));
});

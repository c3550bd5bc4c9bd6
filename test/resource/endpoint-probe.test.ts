import { describe, expect, test } from "vitest";
import { regionOf, withRegion } from "../../src/cloud/edit.ts";
import { probeKey } from "../../src/cloud/probe.ts";
import type { ProbeInput } from "../../src/cloud/probe.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Address } from "../../src/resource/address.ts";
import { endpointProbe } from "../../src/resource/endpoint-probe.ts";
import type { EndpointProbeSpec } from "../../src/resource/endpoint-probe.ts";
import { ACCOUNT, EAST, NOW, base, callOf, cloudOf, inWords, liveDomain } from "./clouds.ts";

const spec: EndpointProbeSpec = { ...base, region: EAST, path: "/v1/health", searchString: "ok", mappings: [] };
const bring = (after = spec) => ({ address: "a" as Address, before: undefined, after, guard: undefined });
const host = liveDomain().regionalDomainName;

describe("the direct check of an endpoint", () => {
  test("asks the endpoint's own address, under the shared name", () => {
    expect(callOf(endpointProbe.next([bring()], cloudOf({ domains: [liveDomain()] }))).input).toEqual({
      address: { host },
      sni: "shop.example.com",
      host: "shop.example.com",
      path: "/v1/health",
      searchString: "ok",
    });
  });

  test("visits some name below a wildcard", () => {
    const wildcard = domainName("*.deep.example.com");
    const next = endpointProbe.next(
      [bring({ ...spec, name: wildcard })],
      cloudOf({ domains: [liveDomain({ name: wildcard })] }),
    );
    expect(callOf(next).input).toMatchObject({ sni: "signalbox-probe.deep.example.com" });
  });

  test("is done when it has passed, for this very endpoint", () => {
    const cloud = cloudOf({ domains: [liveDomain()] });
    const request = callOf(endpointProbe.next([bring()], cloud)).input as ProbeInput;
    const passed = withRegion(cloud, ACCOUNT, {
      ...regionOf(cloud, ACCOUNT, EAST),
      probes: regionOf(cloud, ACCOUNT, EAST).probes.set(probeKey(request), NOW),
    });
    expect(inWords(endpointProbe.next([bring()], passed))).toBe("done");
    expect(inWords(endpointProbe.next([bring({ ...spec, path: "/other" })], passed))).toBe("Probe");
  });

  test("has nothing to ask where the domain is gone", () => {
    expect(inWords(endpointProbe.next([bring()], cloudOf()))).toBe("stop CHANGED_SINCE_PLAN, replan");
  });
});

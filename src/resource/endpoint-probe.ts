import type { Cloud } from "../cloud/cloud.ts";
import type { Call, Region } from "../cloud/call.ts";
import { regionOf } from "../cloud/edit.ts";
import { probeKey } from "../cloud/probe.ts";
import type { ProbeInput } from "../cloud/probe.ts";
import { display, domainName } from "../dns/domain-name.ts";
import { address, namePart } from "./address.ts";
import type { Address } from "./address.ts";
import { apiDomainAddress, regionalDomain } from "./api-domain.ts";

import { call, done, lost, zoneFor, oneByOne } from "./kind.ts";
import type { Kind, Next, Observed } from "./kind.ts";
import { regionAt, targetOf } from "./record-endpoint.ts";
import { zoneOf } from "./swap.ts";
import type { NameSpec } from "./swap.ts";

/** The direct check of a Region's endpoint (SNI, certificate, path, string), without which the Region is not published. */
export interface EndpointProbeSpec extends NameSpec {
  readonly region: Region;
  readonly path: string;
  readonly searchString: string | undefined;
  /** Addresses of the base path mappings that must stand first. */
  readonly mappings: readonly Address[];
}

const addressOf = (spec: { region: Region; name: EndpointProbeSpec["name"] }): Address =>
  address("endpoint-probe", spec.region, namePart(spec.name));

export const endpointProbeAddress = addressOf;

function input(spec: EndpointProbeSpec, host: string): ProbeInput {
  const name = display(spec.name);
  const visited = name.startsWith("*.") ? name.replace("*", "signalbox-probe") : name;
  return {
    address: { host },
    sni: visited,
    host: visited,
    path: spec.path,
    ...(spec.searchString === undefined ? {} : { searchString: spec.searchString }),
  };
}

export const endpointProbe: Kind<EndpointProbeSpec> = {
  name: "endpoint-probe",
  ensured: true,
  address: addressOf,
  references: (spec) => [apiDomainAddress(spec.region, spec.name), ...spec.mappings],
  names: (spec) => [spec.name],
  owningName: (spec) => spec.name,
  /** An endpoint that is published already has passed. */
  observe(cloud, scope) {
    const found: Observed<EndpointProbeSpec>[] = [];
    for (const zone of scope.zones) {
      for (const record of zoneOf(cloud, { zone })?.recordSets ?? []) {
        const region = regionAt(record);
        const host = targetOf(record);
        if (host === undefined || region === undefined || record.Type === "AAAA") continue;
        const spec: EndpointProbeSpec = {
          account: scope.account,
          owner: scope.owner,
          zone,
          name: domainName(record.Name),
          region,
          path: "",
          searchString: undefined,
          mappings: [],
        };
        if (zoneFor(spec.name, scope)?.id !== zone.id) continue;
        found.push({ address: addressOf(spec), spec, ours: true, edited: false, id: host });
      }
    }
    return found;
  },
  compare(desired, observed, cloud) {
    const live = regionalDomain(cloud, desired);
    const published = live !== undefined && domainName(live.regionalDomainName) === observed.id;
    return published ? [] : [{ field: "endpoint", before: "not probed", after: "probed" }];
  },
  next: oneByOne(pass),
  probe: () => undefined,
  permissions: { read: [], write: [] },
};

function probeCall(spec: EndpointProbeSpec, request: ProbeInput): Call {
  return { account: spec.account, region: spec.region, service: "probe", operation: "Probe", input: request };
}

function pass(spec: EndpointProbeSpec, cloud: Cloud): Next {
  const live = regionalDomain(cloud, spec);
  if (live === undefined) return lost("its domain");
  const request = input(spec, live.regionalDomainName);
  const passed = regionOf(cloud, spec.account, spec.region).probes.has(probeKey(request));
  return passed ? done : call(probeCall(spec, request));
}

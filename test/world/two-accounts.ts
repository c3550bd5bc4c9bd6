import { readFileSync } from "node:fs";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { readManifest } from "../../src/manifest/read.ts";

/** The account of the example's zone. */
export const NETWORK = "444455556666";
const FILE = "manifests/two-accounts.yaml";

/** The second example: its zone is in another account. */
export const twoAccounts: Manifest = (() => {
  const { manifest, diagnostics } = readManifest(readFileSync(FILE, "utf8"), FILE);
  if (manifest === undefined || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return manifest;
})();

const [api] = twoAccounts.apis;
const [certificate] = twoAccounts.certificates;
if (api === undefined || certificate === undefined) throw new Error("no API");

/** A second name, in a zone of the service's own account. */
export const OWN = domainName("checkout.example.org");
const zones: Manifest["zones"] = [
  ...twoAccounts.zones,
  { name: domainName("example.org"), account: undefined, id: undefined },
];
const ownApi = {
  ...api,
  name: OWN,
  zone: domainName("example.org"),
  regions: api.regions.map((each) => ({
    ...each,
    mappings: each.mappings.map((mapping) => ({ ...mapping, restApi: `o${mapping.restApi.slice(1)}` })),
  })),
};

/** Names in zones of two accounts, on one certificate. */
export const onOneCertificate: Manifest = {
  ...twoAccounts,
  zones,
  certificates: [{ ...certificate, domains: [...certificate.domains, OWN] }],
  apis: [api, ownApi],
};

/** Names in zones of two accounts that have nothing in common. */
export const apart: Manifest = {
  ...onOneCertificate,
  certificates: [certificate, { ...certificate, label: "own", domains: [OWN] }],
  apis: [api, { ...ownApi, certificate: "own" }],
};

import { domainName } from "../../src/dns/domain-name.ts";
import type { ApiSection, Manifest } from "../../src/manifest/manifest.ts";

const shop = domainName("shop.example.com");

const api: ApiSection = {
  name: shop,
  zone: domainName("example.com"),
  certificate: "storefront",
  securityPolicy: "TLS_1_2",
  endpointAccessMode: undefined,
  ipAddressType: "ipv4",
  routing: { policy: "latency" },
  cnameTtl: undefined,
  evaluateTargetHealth: false,
  healthCheck: {
    host: "api",
    path: "/prod/healthcheck",
    searchString: "ok",
    intervalSeconds: 30,
    failureThreshold: 2,
    gate: "shared",
  },
  regions: [
    { region: "us-east-1", mappings: [{ basePath: "v1", restApi: "2wkt1cxxxx", stage: "prod" }] },
    { region: "us-west-2", mappings: [{ basePath: "v1", restApi: "8h2jk1xxxx", stage: "prod" }] },
  ],
};

/** The main example, as it is after reading. */
export const storefront: Manifest = {
  file: "storefront.yaml",
  name: "storefront",
  scopeId: "7f3k9q",
  account: undefined,
  tags: { team: "payments" },
  accounts: [],
  quotas: [],
  zones: [{ name: domainName("example.com"), account: undefined, id: undefined }],
  certificates: [
    {
      label: "storefront",
      domains: [shop, domainName("*.shop.example.com")],
      keyAlgorithms: ["RSA_2048"],
      transparencyLogging: true,
    },
  ],
  apis: [api],
  drainMinimumSeconds: 900,
  limits: { deletePercent: 30, updatePercent: 30, deleteMax: 10, regionsRemovedPerRun: 1 },
  retire: [],
  positions: new Map(),
};

/** The manifest with its only API changed. */
export const withApi = (change: Partial<ApiSection>): Manifest => ({ ...storefront, apis: [{ ...api, ...change }] });

export const storefrontApi = api;

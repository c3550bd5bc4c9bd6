import type { Constraints, ServiceConstraints } from "../constraint.ts";
import { ACCESS_MODES, IP_ADDRESS_TYPES, ROUTING_MODES } from "./domain-shape.ts";
import { SECURITY_POLICIES } from "./security-policy.ts";

const ENDPOINT: Constraints = {
  endpointConfiguration: {
    members: {
      types: { each: { values: ["REGIONAL", "EDGE", "PRIVATE"] } },
      ipAddressType: { values: IP_ADDRESS_TYPES },
    },
  },
};

const POLICY: Constraints = {
  securityPolicy: { values: SECURITY_POLICIES },
  endpointAccessMode: { values: ACCESS_MODES },
};

const PATCHES: Constraints = {
  patchOperations: { each: { members: { op: { values: ["add", "remove", "replace", "move", "copy", "test"] } } } },
};

/**
 * Values of members; the reference gives no lengths and no patterns. Source: API Gateway API reference, each
 * operation's page, checked 2026-11-23.
 */
export const API_GATEWAY_CONSTRAINTS: ServiceConstraints = {
  code: "BadRequestException",
  operations: {
    CreateDomainName: { ...ENDPOINT, ...POLICY, routingMode: { values: ROUTING_MODES } },
    GetDomainNames: { resourceOwner: { values: ["SELF", "OTHER_ACCOUNTS"] } },
    UpdateDomainName: PATCHES,
    UpdateBasePathMapping: PATCHES,
    CreateRestApi: { ...ENDPOINT, ...POLICY, apiKeySource: { values: ["HEADER", "AUTHORIZER"] } },
    UpdateRestApi: PATCHES,
  },
};

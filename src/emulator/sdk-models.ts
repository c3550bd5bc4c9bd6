import { modelFromSdk } from "./sdk-schema.ts";
import type { ApiModel, AwsService } from "./service-model.ts";

type About = Omit<ApiModel, "operations" | "exceptions" | "service">;

/**
 * The services that the emulator speaks, with what the SDK's schemas do not tell: a new service is one entry here and
 * one in CLIENTS. Validation codes: facts of each service's API reference ("Common Errors"), checked 2026-11-23.
 */
const ABOUT: Readonly<Record<AwsService, About>> = {
  route53: {
    protocol: "restXml",
    signingName: "route53",
    targetPrefix: "",
    version: "2013-04-01",
    xmlNamespace: "https://route53.amazonaws.com/doc/2013-04-01/",
    invalidInputCode: "InvalidInput",
    malformedBodyCode: "InvalidInput",
  },
  acm: {
    protocol: "awsJson1.1",
    signingName: "acm",
    targetPrefix: "CertificateManager",
    version: "2015-12-08",
    xmlNamespace: "",
    invalidInputCode: "ValidationException",
    malformedBodyCode: "SerializationException",
  },
  apigateway: {
    protocol: "restJson1",
    signingName: "apigateway",
    targetPrefix: "",
    version: "2015-07-09",
    xmlNamespace: "",
    invalidInputCode: "BadRequestException",
    malformedBodyCode: "SerializationException",
  },
  tagging: {
    protocol: "awsJson1.1",
    signingName: "tagging",
    targetPrefix: "ResourceGroupsTaggingAPI_20170126",
    version: "2017-01-26",
    xmlNamespace: "",
    invalidInputCode: "InvalidParameterException",
    malformedBodyCode: "SerializationException",
  },
  cloudfront: {
    protocol: "restXml",
    signingName: "cloudfront",
    targetPrefix: "",
    version: "2020-05-31",
    xmlNamespace: "http://cloudfront.amazonaws.com/doc/2020-05-31/",
    invalidInputCode: "InvalidArgument",
    malformedBodyCode: "MalformedInput",
  },
  elbv2: {
    protocol: "awsQuery",
    signingName: "elasticloadbalancing",
    targetPrefix: "",
    version: "2015-12-01",
    xmlNamespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
    invalidInputCode: "ValidationError",
    malformedBodyCode: "MalformedInput",
  },
  sts: {
    protocol: "awsQuery",
    signingName: "sts",
    targetPrefix: "",
    version: "2011-06-15",
    xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    invalidInputCode: "ValidationError",
    malformedBodyCode: "MalformedInput",
  },
};

// Each import costs some 100 ms: only the services that are really called are loaded.
const CLIENTS: Readonly<Record<AwsService, () => Promise<object>>> = {
  route53: () => import("@aws-sdk/client-route-53"),
  acm: () => import("@aws-sdk/client-acm"),
  apigateway: () => import("@aws-sdk/client-api-gateway"),
  elbv2: () => import("@aws-sdk/client-elastic-load-balancing-v2"),
  tagging: () => import("@aws-sdk/client-resource-groups-tagging-api"),
  cloudfront: () => import("@aws-sdk/client-cloudfront"),
  sts: () => import("@aws-sdk/client-sts"),
};

const loaded = new Map<AwsService, Promise<ApiModel>>();

/** The model of one service's API, from the schemas of the SDK client that we ship. Loaded once. */
export function loadModel(service: AwsService): Promise<ApiModel> {
  const known = loaded.get(service);
  if (known !== undefined) return known;
  const loading = CLIENTS[service]().then((client) => modelFromSdk({ ...client }, { service, ...ABOUT[service] }));
  loaded.set(service, loading);
  return loading;
}

/** One of these tells the services apart. */
interface ServiceHint {
  readonly targetPrefix?: string;
  readonly signingName?: string;
  readonly version?: string;
}

/** The service that is meant, or undefined when it is none that the emulator speaks. */
export function serviceOf(hint: ServiceHint): AwsService | undefined {
  for (const [service, about] of Object.entries(ABOUT) as [AwsService, About][]) {
    const isIt = (["targetPrefix", "signingName", "version"] as const).every(
      (each) => hint[each] === undefined || hint[each] === about[each],
    );
    if (isIt) return service;
  }
  return undefined;
}

import { isFields, textOf } from "./distribution-config.ts";
import type { Fields } from "./state.ts";

/**
 * The config as CloudFront keeps it: what was left out has its default. What was given stays to the letter.
 * Source: AWS CLI reference "create-distribution" (the example's answer), checked 2026-11-24.
 */
// Assumed: the defaults that the example does not show (origin groups, functions, trusted key groups, timeouts).
export function withDefaults(config: Fields): Fields {
  const { Origins: origins, DefaultCacheBehavior: behavior, CacheBehaviors: behaviors } = config;
  return {
    ...DEFAULTS,
    ...config,
    ...(isFields(origins) ? { Origins: eachItem(origins, originWithDefaults) } : {}),
    ...(isFields(behavior) ? { DefaultCacheBehavior: behaviorWithDefaults(behavior) } : {}),
    ...(isFields(behaviors) ? { CacheBehaviors: eachItem(behaviors, behaviorWithDefaults) } : {}),
    ViewerCertificate: certificateWithDefaults(config["ViewerCertificate"]),
  };
}

const NONE = { Quantity: 0 };

const DEFAULTS: Fields = {
  Aliases: NONE,
  DefaultRootObject: "",
  OriginGroups: NONE,
  CacheBehaviors: NONE,
  CustomErrorResponses: NONE,
  Comment: "",
  Logging: { Enabled: false, IncludeCookies: false, Bucket: "", Prefix: "" },
  PriceClass: "PriceClass_All",
  Restrictions: { GeoRestriction: { RestrictionType: "none", Quantity: 0 } },
  WebACLId: "",
  HttpVersion: "http2",
  IsIPV6Enabled: true,
  ContinuousDeploymentPolicyId: "",
  Staging: false,
};

const METHODS = { Quantity: 2, Items: ["HEAD", "GET"] };

const BEHAVIOR: Fields = {
  TrustedSigners: { Enabled: false, Quantity: 0 },
  TrustedKeyGroups: { Enabled: false, Quantity: 0 },
  AllowedMethods: { ...METHODS, CachedMethods: METHODS },
  SmoothStreaming: false,
  Compress: false,
  LambdaFunctionAssociations: NONE,
  FunctionAssociations: NONE,
  FieldLevelEncryptionId: "",
};

/** Of behaviors without a cache policy, which have the older settings. */
const FORWARDED_VALUES: Fields = {
  Headers: NONE,
  QueryStringCacheKeys: NONE,
};
const TTLS: Fields = { MinTTL: 0, DefaultTTL: 86_400, MaxTTL: 31_536_000 };

function behaviorWithDefaults(behavior: Fields): Fields {
  const { AllowedMethods: methods, ForwardedValues: forwarded } = behavior;
  return {
    ...BEHAVIOR,
    ...(isFields(forwarded) ? TTLS : {}),
    ...behavior,
    ...(isFields(methods) ? { AllowedMethods: { CachedMethods: METHODS, ...methods } } : {}),
    ...(isFields(forwarded) ? { ForwardedValues: { ...FORWARDED_VALUES, ...forwarded } } : {}),
  };
}

const ORIGIN: Fields = {
  OriginPath: "",
  CustomHeaders: NONE,
  ConnectionAttempts: 3,
  ConnectionTimeout: 10,
  OriginShield: { Enabled: false },
  OriginAccessControlId: "",
};

const CUSTOM_ORIGIN: Fields = {
  OriginSslProtocols: { Quantity: 3, Items: ["TLSv1", "TLSv1.1", "TLSv1.2"] },
  OriginReadTimeout: 30,
  OriginKeepaliveTimeout: 5,
};

function originWithDefaults(origin: Fields): Fields {
  const custom = origin["CustomOriginConfig"];
  return {
    ...ORIGIN,
    ...origin,
    ...(isFields(custom) ? { CustomOriginConfig: { ...CUSTOM_ORIGIN, ...custom } } : {}),
  };
}

/** The deprecated members beside an ARN repeat it, whatever they said. */
function certificateWithDefaults(viewer: unknown): Fields {
  const given = isFields(viewer) ? viewer : {};
  const arn = textOf(given, "ACMCertificateArn");
  if (arn !== "") return { CloudFrontDefaultCertificate: false, ...given, Certificate: arn, CertificateSource: "acm" };
  return {
    CloudFrontDefaultCertificate: true,
    SSLSupportMethod: "vip",
    MinimumProtocolVersion: "TLSv1",
    CertificateSource: "cloudfront",
    ...given,
  };
}

const eachItem = (list: Fields, change: (item: Fields) => Fields): Fields => {
  const items = list["Items"];
  return Array.isArray(items)
    ? { ...list, Items: items.map((item: unknown) => (isFields(item) ? change(item) : item)) }
    : list;
};

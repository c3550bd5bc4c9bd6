import type { Fields } from "./state.ts";

// The few members of a DistributionConfig that are looked into. Source: CloudFront API reference "DistributionConfig",
// checked 2026-11-24.

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/** The items of a list as CloudFront writes it: `{ Quantity, Items }`. */
export function itemsOf(list: unknown): readonly unknown[] {
  const items = isFields(list) ? list["Items"] : undefined;
  return Array.isArray(items) ? items : [];
}

export const textOf = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === "string" ? value : "";
};

/** Alternate domain names, as they are written there. */
export const aliasesOf = (config: Fields): readonly string[] =>
  itemsOf(config["Aliases"]).filter((alias): alias is string => typeof alias === "string");

/** The default cache behavior first, then the others in their order. */
export const behaviorsOf = (config: Fields): readonly Fields[] =>
  [config["DefaultCacheBehavior"], ...itemsOf(config["CacheBehaviors"])].filter(isFields);

export interface EdgeAssociation {
  readonly arn: string;
  readonly eventType: string;
}

/** The CloudFront functions that a cache behavior runs. */
export const functionsOf = (behavior: Fields): readonly EdgeAssociation[] =>
  associations(behavior["FunctionAssociations"], "FunctionARN");

/** The Lambda functions that a cache behavior runs. */
export const lambdasOf = (behavior: Fields): readonly EdgeAssociation[] =>
  associations(behavior["LambdaFunctionAssociations"], "LambdaFunctionARN");

const associations = (list: unknown, arn: string): readonly EdgeAssociation[] =>
  itemsOf(list)
    .filter(isFields)
    .map((item) => ({ arn: textOf(item, arn), eventType: textOf(item, "EventType") }));

/** ARN of ACM's certificate; undefined: it has CloudFront's own, or one of IAM. */
export function certificateOf(config: Fields): string | undefined {
  const viewer = config["ViewerCertificate"];
  const arn = isFields(viewer) ? textOf(viewer, "ACMCertificateArn") : "";
  return arn === "" ? undefined : arn;
}

/** ARNs of all that the config has edge locations use. */
export function usedBy(config: Fields): readonly string[] {
  const certificate = certificateOf(config);
  const functions = behaviorsOf(config).flatMap((behavior) => functionsOf(behavior).map(({ arn }) => arn));
  return [...new Set([...functions, ...(certificate === undefined ? [] : [certificate])])];
}

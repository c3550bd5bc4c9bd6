import type { HealthCheckConfig } from "../cloud.ts";

/** US dollars a month. Source: Route 53 pricing page, "Health checks", checked 2026-11-23. */
// Assumed: the figures of the optional features, from memory; the free tier of 50 checks of AWS endpoints is not taken off.
const PRICES = { awsEndpoint: 0.5, otherEndpoint: 0.75, featureOfAwsEndpoint: 1, featureOfOtherEndpoint: 2 } as const;

/** What a health check costs a month, in US dollars. A CALCULATED one is priced as a check of an AWS endpoint. */
export function monthlyPrice(
  config: Pick<HealthCheckConfig, "Type" | "FullyQualifiedDomainName" | "RequestInterval" | "MeasureLatency">,
): number {
  const { Type, FullyQualifiedDomainName: host = "", RequestInterval, MeasureLatency } = config;
  if (Type === "CALCULATED" || Type === "CLOUDWATCH_METRIC") return PRICES.awsEndpoint;
  const inAws = host.endsWith(".amazonaws.com");
  const features = [
    Type.startsWith("HTTPS"),
    Type.endsWith("STR_MATCH"),
    RequestInterval === 10,
    MeasureLatency === true,
  ];
  const each = inAws ? PRICES.featureOfAwsEndpoint : PRICES.featureOfOtherEndpoint;
  return (inAws ? PRICES.awsEndpoint : PRICES.otherEndpoint) + features.filter(Boolean).length * each;
}

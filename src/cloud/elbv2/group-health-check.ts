export interface HealthCheckInput {
  readonly HealthCheckProtocol?: string;
  readonly HealthCheckPort?: string;
  readonly HealthCheckEnabled?: boolean;
  readonly HealthCheckPath?: string;
  readonly HealthCheckIntervalSeconds?: number;
  readonly HealthCheckTimeoutSeconds?: number;
  readonly HealthyThresholdCount?: number;
  readonly UnhealthyThresholdCount?: number;
  readonly Matcher?: Readonly<Record<string, string>>;
}

/**
 * The health check of a new target group, as it is shown, with its defaults.
 * Source: Elastic Load Balancing API reference "CreateTargetGroup", checked 2026-11-24.
 */
// Assumed: a time-out of 5 seconds for HTTP, as AWS's example answers have it; the reference says 6.
export function healthCheckOf(
  input: HealthCheckInput,
  targetType: string,
  protocol: string | undefined,
): Readonly<Record<string, unknown>> {
  const lambda = targetType === "lambda";
  const application = lambda || protocol === "HTTP" || protocol === "HTTPS";
  const checkProtocol = input.HealthCheckProtocol ?? (application ? "HTTP" : "TCP");
  const http = lambda || checkProtocol.startsWith("HTTP");
  return {
    ...(lambda ? {} : { HealthCheckProtocol: checkProtocol, HealthCheckPort: input.HealthCheckPort ?? "traffic-port" }),
    HealthCheckEnabled: input.HealthCheckEnabled ?? !lambda,
    HealthCheckIntervalSeconds: input.HealthCheckIntervalSeconds ?? (lambda ? 35 : 30),
    HealthCheckTimeoutSeconds: input.HealthCheckTimeoutSeconds ?? (lambda ? 30 : checkProtocol === "HTTP" ? 5 : 10),
    HealthyThresholdCount: input.HealthyThresholdCount ?? 5,
    UnhealthyThresholdCount: input.UnhealthyThresholdCount ?? (lambda ? 5 : 2),
    ...(http ? { HealthCheckPath: input.HealthCheckPath ?? "/" } : {}),
    ...(http ? { Matcher: input.Matcher ?? { HttpCode: application ? "200" : "200-399" } } : {}),
  };
}

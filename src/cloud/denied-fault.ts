import { partitionOf } from "./arn.ts";
import type { Call, Fault } from "./call.ts";

/**
 * The refusal of a call that no policy allows, with the action and the resource as IAM names them.
 * Sources, checked 2026-11-23: Service Authorization Reference (actions and resource types of each service), IAM guide
 * "Troubleshoot access denied error messages", API references "Common Errors".
 */
// Assumed: the statuses of the JSON services, 400 as nearly all of their errors have.
export function deniedFault(call: Call): Fault {
  const action = iamAction(call);
  const user = `arn:${partitionOf(call.region)}:iam::${call.account}:root`;
  const message = `User: ${user} is not authorized to perform: ${action} on resource: ${resourceOf(call)} because no identity-based policy allows the ${action} action`;
  switch (call.service) {
    case "route53":
    case "cloudfront":
    case "elbv2":
    case "sts":
      return { code: "AccessDenied", message, status: 403 };
    case "apigateway":
      return { code: "AccessDeniedException", message, status: 403 };
    case "acm":
    case "tagging":
      return { code: "AccessDeniedException", message, status: 400 };
    case "probe":
      return { code: "ProbeFailed", message: "403 Forbidden", status: 403 };
  }
}

/** API Gateway's actions are HTTP's verbs. */
const VERBS: readonly (readonly [string, string])[] = [
  ["Create", "POST"],
  ["Get", "GET"],
  ["Update", "PATCH"],
  ["Delete", "DELETE"],
  ["Tag", "PUT"],
  ["Untag", "DELETE"],
];

/** The action that IAM's policies name for a call, such as `route53:ListHealthChecks`. */
export function iamAction({ service, operation }: Call): string {
  if (service === "tagging") return `tag:${operation}`;
  if (service === "elbv2") return `elasticloadbalancing:${operation}`;
  if (service !== "apigateway") return `${service}:${operation}`;
  return `apigateway:${VERBS.find(([prefix]) => operation.startsWith(prefix))?.[1] ?? "POST"}`;
}

function resourceOf({ account, region, service, operation, input }: Call): string {
  const fields = (input ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string | undefined =>
    typeof fields[name] === "string" && fields[name] !== "" ? fields[name] : undefined;
  const partition = partitionOf(region);
  switch (service) {
    case "route53":
      return route53Resource(operation, text);
    case "acm":
      return text("CertificateArn") ?? `arn:${partition}:acm:${region}:${account}:certificate/*`;
    case "cloudfront":
      return cloudFrontResource(`arn:${partition}:cloudfront::${account}:`, operation, text);
    case "elbv2":
      return elbResource(operation, text);
    case "apigateway":
      return `arn:${partition}:apigateway:${region}::${apiPath(operation, text)}`;
    default:
      return "*";
  }
}

type Text = (name: string) => string | undefined;

const named = (kind: string, id: string | undefined): string | undefined =>
  id === undefined ? undefined : `arn:aws:route53:::${kind}/${id.slice(id.lastIndexOf("/") + 1)}`;

function route53Resource(operation: string, text: Text): string {
  const ofId = operation === "GetChange" ? "change" : "hostedzone";
  return (
    named("healthcheck", text("HealthCheckId")) ??
    named("hostedzone", text("HostedZoneId")) ??
    named(ofId, text("Id")) ??
    "*"
  );
}

function cloudFrontResource(prefix: string, operation: string, text: Text): string {
  const [tagged, id, name] = [text("Resource"), text("Id") ?? text("DistributionId"), text("Name")];
  if (tagged !== undefined) return tagged;
  if (id !== undefined) return `${prefix}distribution/${id}`;
  return name !== undefined && operation !== "CreateFunction" ? `${prefix}function/${name}` : "*";
}

/** What only describes knows no resources. Source: Service Authorization Reference "Elastic Load Balancing V2", checked 2026-11-24. */
const elbResource = (operation: string, text: Text): string =>
  (operation.startsWith("Describe")
    ? undefined
    : (text("ListenerArn") ?? text("LoadBalancerArn") ?? text("TargetGroupArn"))) ?? "*";

function apiPath(operation: string, text: Text): string {
  const [api, domain, tagged] = [text("restApiId"), text("domainName"), text("resourceArn")];
  if (tagged !== undefined) return `/tags/${encodeURIComponent(tagged)}`;
  if (domain !== undefined)
    return `/domainnames/${domain}${operation.includes("BasePathMapping") ? "/basepathmappings" : ""}`;
  if (operation.includes("DomainName")) return "/domainnames";
  if (api === undefined) return "/restapis";
  return `/restapis/${api}${operation.includes("Stage") ? "/stages" : ""}`;
}

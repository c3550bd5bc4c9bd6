import { ACM_TIMES } from "./acm/limits.ts";
import { NO_PATH } from "./apigateway/base-path-mapping.ts";
import { readName } from "./apigateway/domain-shape.ts";
import { askedForRestApi } from "./apigateway/rest-api.ts";
import type { Call, Fault } from "./call.ts";
import { answered, doubted } from "./claims.ts";
import type { Account, Cloud, RegionalState } from "./cloud.ts";
import { withoutCloudFrontPart } from "./cloudfront/gone.ts";
import { accountOf, regionOf, withAccount, withRegion } from "./edit.ts";
import { learnElbv2 } from "./elbv2/learn.ts";
import { tagsKey } from "./route53/tags.ts";

interface Input {
  readonly CallerReference?: string;
  readonly HealthCheckId?: string;
  readonly CertificateArn?: string;
  readonly domainName?: string;
  readonly basePath?: string;
  readonly restApiId?: string;
}

/** What a refusal tells about the Cloud, mostly that something is gone. Most faults tell nothing, except that a request with a date of its own is spent. */
export function learn(cloud: Cloud, call: Call, fault: Fault): Cloud {
  const learnt = learnGone(cloud, call, fault);
  if (call.signedAt === undefined) return learnt;
  return fault.code === "NotFoundException" ? answered(learnt, call) : doubted(learnt, call);
}

function learnGone(cloud: Cloud, call: Call, fault: Fault): Cloud {
  if (call.service === "elbv2") return learnElbv2(cloud, call, fault);
  const input = (call.input ?? {}) as Input;
  switch (`${call.service} ${fault.code}`) {
    case "route53 HealthCheckAlreadyExists":
      return withAccount(cloud, referenceTaken(accountOf(cloud, call.account), input.CallerReference ?? ""));
    case "route53 NoSuchHealthCheck":
      return withAccount(cloud, withoutHealthCheck(accountOf(cloud, call.account), input.HealthCheckId ?? ""));
    case "acm ResourceNotFoundException":
      return inRegion(cloud, call, (state) => withoutCertificate(state, input.CertificateArn ?? "", cloud.now));
    case "apigateway NotFoundException":
      return inRegion(cloud, call, (state) => withoutGatewayPart(state, call.operation, input, fault.message));
    case "cloudfront NoSuchDistribution":
    case "cloudfront NoSuchFunctionExists":
      return withoutCloudFrontPart(cloud, call);
    default:
      return cloud;
  }
}

function inRegion(cloud: Cloud, call: Call, change: (state: RegionalState) => RegionalState): Cloud {
  const state = regionOf(cloud, call.account, call.region);
  const next = change(state);
  return next === state ? cloud : withRegion(cloud, call.account, next);
}

/**
 * The reference belongs to a check that is listed, or to one that was deleted: then it is burnt.
 * Source: Route 53 API reference "CreateHealthCheck" (CallerReference), checked 2026-11-23.
 */
function referenceTaken(account: Account, reference: string): Account {
  const id = [...account.healthChecks].find((check) => check.CallerReference === reference)?.Id;
  const known = account.callerReferences.get(reference);
  const taken = id === undefined ? { id: known?.id ?? "", burnt: true } : { id, burnt: false };
  return { ...account, callerReferences: account.callerReferences.set(reference, taken) };
}

function withoutHealthCheck(account: Account, id: string): Account {
  const check = account.healthChecks.get(id);
  if (check === undefined) return account;
  return {
    ...account,
    healthChecks: account.healthChecks.delete(id),
    callerReferences: account.callerReferences.set(check.CallerReference, { id, burnt: true }),
    route53Tags: account.route53Tags.delete(tagsKey("healthcheck", id)),
  };
}

/** A certificate that was just requested may not be visible yet. Source: ACM API reference "RequestCertificate", checked 2026-11-23. */
function withoutCertificate(state: RegionalState, arn: string, now: number): RegionalState {
  const certificate = state.certificates.get(arn);
  const young = certificate !== undefined && now < certificate.createdAt + ACM_TIMES.visibleWithin;
  return young ? state : { ...state, certificates: state.certificates.delete(arn) };
}

/** API Gateway says in its message which of the things named in the call is missing. */
function withoutGatewayPart(state: RegionalState, operation: string, input: Input, message: string): RegionalState {
  if (/RestApi$|Stages?$/.test(operation)) return withoutRestApi(state, operation, input.restApiId ?? "");
  const name = readName(input.domainName);
  const domain = name && state.domains.get(name);
  if (domain === undefined) return state;
  const ofMapping = operation.includes("BasePathMapping") && !/domain name/i.test(message);
  if (!ofMapping) return { ...state, domains: state.domains.delete(domain.name) };
  const key = input.basePath === undefined || input.basePath === "" ? NO_PATH : input.basePath;
  return { ...state, domains: state.domains.set(domain.name, { ...domain, mappings: domain.mappings?.delete(key) }) };
}

/** GetStage may fail for the stage alone: that tells nothing about the API. */
function withoutRestApi(state: RegionalState, operation: string, id: string): RegionalState {
  return operation === "GetStage" ? state : askedForRestApi(state, id, undefined);
}

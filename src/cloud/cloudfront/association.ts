import { parseArn } from "../arn.ts";
import type { AccountId, Outcome } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { refused } from "../outcome.ts";
import { exceedsQuota } from "../quotas.ts";
import { behaviorsOf, functionsOf, lambdasOf, usedBy } from "./distribution-config.ts";
import type { EdgeAssociation } from "./distribution-config.ts";
import { invalidFunctionAssociation } from "./faults.ts";
import { cloudFrontAt } from "./state.ts";
import type { Distribution, Fields } from "./state.ts";

const distributionsWith = (cloud: Cloud, account: AccountId, arn: string): readonly Distribution[] =>
  [...cloudFrontAt(cloud, account).distributions].filter(({ config }) => usedBy(config).includes(arn));

/** Whether a cache behavior is to run the function. */
export const isAssociated = (cloud: Cloud, account: AccountId, arn: string): boolean =>
  distributionsWith(cloud, account, arn).length > 0;

/** Whether every distribution that is to run the function has come to do it. */
export const runsNow = (cloud: Cloud, account: AccountId, arn: string): boolean =>
  distributionsWith(cloud, account, arn).every(({ deployment }) => deployment === undefined);

/** Whether a cache behavior runs the function, or edge locations may still do. */
// Assumed: a function counts as used until the change that let go of it is deployed.
export const holdsFunction = (cloud: Cloud, account: AccountId, arn: string): boolean =>
  isAssociated(cloud, account, arn) ||
  [...cloudFrontAt(cloud, account).distributions].some(({ deployment }) => deployment?.still.includes(arn));

const VIEWER_EVENTS = ["viewer-request", "viewer-response"];
const EVENTS = [...VIEWER_EVENTS, "origin-request", "origin-response"];

/**
 * Why a distribution may not run its functions so; undefined when it may. `id` is its own, "" while it has none.
 * Source: CloudFront guide "Restrictions on all edge functions" and API reference "FunctionAssociation",
 * "LambdaFunctionAssociation", checked 2026-11-24.
 */
export function associationFault(cloud: Cloud, account: AccountId, id: string, config: Fields): Outcome | undefined {
  for (const behavior of behaviorsOf(config)) {
    const [functions, lambdas] = [functionsOf(behavior), lambdasOf(behavior)];
    const fault =
      first(functions, (each) => functionFault(cloud, account, each)) ??
      repeatedFault(functions, "InvalidFunctionAssociation") ??
      first(lambdas, lambdaFault) ??
      repeatedFault(lambdas, "InvalidLambdaFunctionAssociation") ??
      mixedFault(functions, lambdas);
    if (fault !== undefined) return fault;
  }
  return spreadFault(cloud, account, id, config);
}

function first<T>(items: readonly T[], faultOf: (item: T) => Outcome | undefined): Outcome | undefined {
  for (const item of items) {
    const fault = faultOf(item);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** It must be published, and of the same account. */
// Assumed: the wordings.
function functionFault(cloud: Cloud, account: AccountId, { arn, eventType }: EdgeAssociation): Outcome | undefined {
  if (!VIEWER_EVENTS.includes(eventType))
    return invalidFunctionAssociation(`A CloudFront function cannot be associated with the event type ${eventType}.`);
  const parts = parseArn(arn);
  const name = /^function\/(.+)$/.exec(parts?.resource ?? "")?.[1];
  if (parts?.service !== "cloudfront" || name === undefined)
    return invalidFunctionAssociation(`The function ARN is not valid: ${arn}`);
  if (parts.account !== account)
    return invalidFunctionAssociation(`The function and the distribution must be in the same account: ${arn}`);
  const { functions } = cloudFrontAt(cloud, account);
  const found = functions.get(name);
  if (found === undefined) return invalidFunctionAssociation(`The function does not exist: ${arn}`);
  return found.live === undefined ? invalidFunctionAssociation(`The function is not published: ${arn}`) : undefined;
}

const refusedLambda = (message: string): Outcome => refused("InvalidLambdaFunctionAssociation", message);

/** The first wording is as it is reported. */
function lambdaFault({ arn, eventType }: EdgeAssociation): Outcome | undefined {
  if (!/:function:[^:]+:\d+$/.test(arn)) {
    return refusedLambda(
      `The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: ${arn}`,
    );
  }
  if (parseArn(arn)?.region !== "us-east-1")
    return refusedLambda(`The function must be in region 'us-east-1'. ARN: ${arn}`);
  return EVENTS.includes(eventType) ? undefined : refusedLambda(`The event type ${eventType} is not valid.`);
}

function repeatedFault(associations: readonly EdgeAssociation[], code: string): Outcome | undefined {
  const types = associations.map(({ eventType }) => eventType);
  const twice = types.find((type, index) => types.indexOf(type) !== index);
  return twice === undefined
    ? undefined
    : refused(code, `A cache behavior can have only one function for the event type ${twice}.`);
}

/** Both sorts on viewer events of one behavior exclude each other, also on different ones. */
// Assumed: under which of the two codes.
function mixedFault(functions: readonly EdgeAssociation[], lambdas: readonly EdgeAssociation[]): Outcome | undefined {
  const mixed = functions.length > 0 && lambdas.some(({ eventType }) => VIEWER_EVENTS.includes(eventType));
  return mixed
    ? invalidFunctionAssociation(
        "A cache behavior cannot have both a CloudFront function and a Lambda function for viewer events.",
      )
    : undefined;
}

/** Source: CloudFront guide "Quotas" (CloudFront Functions), checked 2026-11-24. */
function spreadFault(cloud: Cloud, account: AccountId, id: string, config: Fields): Outcome | undefined {
  for (const arn of usedBy(config)) {
    if (parseArn(arn)?.service !== "cloudfront") continue;
    const others = distributionsWith(cloud, account, arn).filter((each) => each.id !== id).length;
    if (!exceedsQuota(cloud, account, "cloudfront.distributionsPerFunction", others, others + 1)) continue;
    return refused("TooManyDistributionsWithSingleFunctionARN", `Too many distributions are associated with ${arn}.`);
  }
  return undefined;
}

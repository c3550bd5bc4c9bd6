import type { Outcome, Step } from "../call.ts";
import { succeeded } from "../outcome.ts";
import { defaultRuleArn, readElbArn } from "./arns.ts";
import { invalid, invalidArn, noRule } from "./faults.ts";
import { findListener } from "./listener.ts";
import { tooManyArns } from "./load-balancer.ts";
import { loadBalancingOf } from "./load-balancing.ts";
import type { Listener } from "./load-balancing.ts";
import { narrowing, pageOf } from "./page.ts";
import type { PageInput } from "./page.ts";

interface Input extends PageInput {
  readonly ListenerArn?: string;
  readonly RuleArns?: readonly string[];
}

/**
 * Every listener has its default rule; others are not modelled.
 * Source: Elastic Load Balancing API reference "DescribeRules" and "Rule", checked 2026-11-24.
 */
export const describeRules: Step = (cloud, call) => {
  const input = call.input as Input;
  const { ListenerArn: listener } = input;
  const arns = narrowing(input.RuleArns);
  if ((listener === undefined) === (arns === undefined))
    return invalid("You must specify either listener rule ARNs or a listener ARN");
  const sought = listener === undefined ? undefined : findListener(cloud, call, listener);
  if (sought !== undefined && "no" in sought) return sought.no;
  const fault = ruleFault(arns);
  if (fault !== undefined) return fault;
  const all = sought === undefined ? [...loadBalancingOf(cloud, call).listeners] : [sought.found];
  const rules = all.map((each) => [defaultRuleArn(each.arn), each] as const);
  const chosen = rules.filter(([arn]) => arns?.includes(arn) !== false);
  if (chosen.length < new Set(arns).size) return noRule();
  const page = pageOf(chosen, input);
  return "no" in page ? page.no : succeeded(cloud, { Rules: page.items.map(ruleOutput), ...page.next });
};

function ruleFault(arns: readonly string[] | undefined): Outcome | undefined {
  const wrong = arns?.find((arn) => readElbArn(arn) !== "listener-rule");
  return wrong === undefined ? tooManyArns(arns, "listener rule") : invalidArn(wrong, "listener-rule");
}

const ruleOutput = (listener: Listener): unknown => ({
  RuleArn: defaultRuleArn(listener.arn),
  Priority: "default",
  Conditions: [],
  Actions: listener.defaultActions,
  IsDefault: true,
});

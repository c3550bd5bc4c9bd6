import type { Step } from "../call.ts";
import { describeAccountLimits } from "./account-limits.ts";
import {
  describeListenerAttributes,
  describeLoadBalancerAttributes,
  describeTargetGroupAttributes,
  modifyListenerAttributes,
  modifyLoadBalancerAttributes,
  modifyTargetGroupAttributes,
} from "./attributes.ts";
import { describeCapacityReservation } from "./capacity.ts";
import { createListener } from "./create-listener.ts";
import { createLoadBalancer } from "./create-load-balancer.ts";
import { describeSslPolicies } from "./describe-ssl-policies.ts";
import {
  addListenerCertificates,
  describeListenerCertificates,
  removeListenerCertificates,
} from "./listener-certificates.ts";
import { deleteListener, describeListeners } from "./listener.ts";
import { deleteLoadBalancer, describeLoadBalancers } from "./load-balancer.ts";
import { modifyListener } from "./modify-listener.ts";
import { describeRules } from "./rules.ts";
import { addTags, describeTags, removeTags } from "./tags.ts";
import { createTargetGroup, deleteTargetGroup, describeTargetGroups } from "./target-group.ts";
import { deregisterTargets, describeTargetHealth, registerTargets } from "./targets.ts";

/** Elastic Load Balancing (version 2): its modelled operations. */
export const ELBV2: Readonly<Record<string, Step>> = {
  CreateLoadBalancer: createLoadBalancer,
  DescribeLoadBalancers: describeLoadBalancers,
  DeleteLoadBalancer: deleteLoadBalancer,
  DescribeLoadBalancerAttributes: describeLoadBalancerAttributes,
  ModifyLoadBalancerAttributes: modifyLoadBalancerAttributes,
  DescribeCapacityReservation: describeCapacityReservation,
  CreateListener: createListener,
  DescribeListeners: describeListeners,
  ModifyListener: modifyListener,
  DeleteListener: deleteListener,
  DescribeListenerAttributes: describeListenerAttributes,
  ModifyListenerAttributes: modifyListenerAttributes,
  AddListenerCertificates: addListenerCertificates,
  DescribeListenerCertificates: describeListenerCertificates,
  RemoveListenerCertificates: removeListenerCertificates,
  DescribeRules: describeRules,
  CreateTargetGroup: createTargetGroup,
  DescribeTargetGroups: describeTargetGroups,
  DeleteTargetGroup: deleteTargetGroup,
  DescribeTargetGroupAttributes: describeTargetGroupAttributes,
  ModifyTargetGroupAttributes: modifyTargetGroupAttributes,
  RegisterTargets: registerTargets,
  DeregisterTargets: deregisterTargets,
  DescribeTargetHealth: describeTargetHealth,
  DescribeTags: describeTags,
  AddTags: addTags,
  RemoveTags: removeTags,
  DescribeAccountLimits: describeAccountLimits,
  DescribeSSLPolicies: describeSslPolicies,
};

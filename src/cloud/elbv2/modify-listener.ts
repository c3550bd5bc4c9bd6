import type { Outcome, Step } from "../call.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import { readActions } from "./actions.ts";
import type { NamedCertificate } from "./certificate-fitness.ts";
import { mutualOption, portProtocolFault, portTaken } from "./create-listener.ts";
import { findListener, listenerOutput, withListener } from "./listener.ts";
import { findLoadBalancer } from "./load-balancer.ts";
import { listenersOf, loadBalancingOf } from "./load-balancing.ts";
import type { Listener, ListenerAction } from "./load-balancing.ts";
import { isSecure } from "./protocols.ts";
import { readSecurity } from "./security.ts";

interface ModifyListenerInput {
  readonly ListenerArn?: string;
  readonly Port?: number;
  readonly Protocol?: string;
  readonly SslPolicy?: string;
  readonly Certificates?: readonly NamedCertificate[];
  readonly DefaultActions?: readonly ListenerAction[];
  readonly AlpnPolicy?: readonly string[];
  readonly MutualAuthentication?: Readonly<Record<string, unknown>>;
}

/**
 * Replaces what is named and leaves the rest; a listener that gives up TLS loses its certificate and its policy. The
 * certificate list stays as it is: a new default certificate does not enter it, the old one does not move there.
 * Source: Elastic Load Balancing API reference "ModifyListener" and Application Load Balancers guide "Replace the default
 * certificate", checked 2026-11-24.
 */
// Assumed: a listener that gives up TLS loses its certificate list too.
export const modifyListener: Step = (cloud, call) => {
  const input = call.input as ModifyListenerInput;
  const unmodelled = mutualOption(input.MutualAuthentication);
  if (unmodelled !== undefined) return notEmulated(call, unmodelled);
  const sought = findListener(cloud, call, input.ListenerArn ?? "");
  if ("no" in sought) return sought.no;
  const balancer = findLoadBalancer(cloud, call, sought.found.loadBalancerArn);
  if ("no" in balancer) return balancer.no;
  const { protocol = "", port } = { ...sought.found, ...given(input) };
  const siblings = listenersOf(loadBalancingOf(cloud, call), balancer.found.arn);
  const fault = portProtocolFault(balancer.found.type, protocol) ?? portFault(siblings, sought.found, port);
  if (fault !== undefined) return fault;
  const shape: Listener = { ...sought.found, protocol, port };
  const security = readSecurity(cloud, call, shape, input);
  if ("no" in security) return security.no;
  const actions =
    input.DefaultActions === undefined
      ? { actions: shape.defaultActions }
      : readActions(cloud, call, shape, input.DefaultActions);
  if ("no" in actions) return actions.no;
  const next: Listener = {
    ...shape,
    ...security.settings,
    defaultActions: actions.actions,
    certificates: isSecure(protocol) ? shape.certificates : [],
    mutualAuthentication: protocol === "HTTPS" ? (shape.mutualAuthentication ?? { Mode: "off" }) : undefined,
  };
  return succeeded(withListener(cloud, call, next), { Listeners: [listenerOutput(next)] });
};

const given = ({ Port, Protocol }: ModifyListenerInput): Partial<Pick<Listener, "port" | "protocol">> => ({
  ...(Port === undefined ? {} : { port: Port }),
  ...(Protocol === undefined ? {} : { protocol: Protocol }),
});

const portFault = (siblings: readonly Listener[], listener: Listener, port: number | undefined): Outcome | undefined =>
  siblings.some((each) => each.arn !== listener.arn && each.port === port)
    ? portTaken(listener.loadBalancerArn)
    : undefined;

import type { Call, Outcome } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { refused } from "../outcome.ts";
import { certificateFault, oneCertificate } from "./certificate-fitness.ts";
import type { NamedCertificate } from "./certificate-fitness.ts";
import { invalid, misconfigured, noPolicy } from "./faults.ts";
import { listenersOf, loadBalancingOf } from "./load-balancing.ts";
import type { Listener } from "./load-balancing.ts";
import { isSecure } from "./protocols.ts";
import { DEFAULT_POLICY, isFipsPolicy, isSslPolicy } from "./ssl-policies.ts";

interface Wanted {
  readonly SslPolicy?: string;
  readonly Certificates?: readonly NamedCertificate[];
  readonly AlpnPolicy?: readonly string[];
}

type Settings = Pick<Listener, "sslPolicy" | "defaultCertificate" | "alpnPolicy">;

/** Source: Network Load Balancers guide "ALPN policies", checked 2026-11-24. */
const ALPN_POLICIES: readonly string[] = ["HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None"];

/**
 * The certificate and the policies of a listener, with what it has already where nothing else is wanted; or what is
 * wrong with them. Only HTTPS and TLS have them, and must have a certificate.
 * Source: Elastic Load Balancing API reference "CreateListener" and "ModifyListener" (Certificates, SslPolicy,
 * AlpnPolicy), checked 2026-11-24.
 */
export function readSecurity(
  cloud: Cloud,
  call: Call,
  listener: Listener,
  wanted: Wanted,
): { readonly settings: Settings } | { readonly no: Outcome } {
  const { protocol = "" } = listener;
  if (!isSecure(protocol)) {
    const strange = strangeOption(wanted);
    if (strange !== undefined) return { no: invalid(`${strange} cannot be specified for ${protocol} listeners`) };
    return { settings: { sslPolicy: undefined, defaultCertificate: undefined, alpnPolicy: [] } };
  }
  const chosen = chosenCertificate(cloud, call, listener, wanted.Certificates);
  if ("no" in chosen) return chosen;
  const { SslPolicy: sslPolicy = listener.sslPolicy ?? DEFAULT_POLICY, AlpnPolicy: alpnPolicy = listener.alpnPolicy } =
    wanted;
  if (wanted.SslPolicy !== undefined && !isSslPolicy(sslPolicy)) return { no: noPolicy(sslPolicy) };
  const fault = alpnFault(protocol, alpnPolicy) ?? mixtureFault(cloud, call, listener, sslPolicy);
  return fault === undefined ? { settings: { sslPolicy, defaultCertificate: chosen.arn, alpnPolicy } } : { no: fault };
}

/** Source: Application Load Balancers guide "FIPS security policies" (they are not mixed with others), checked 2026-11-24. */
function mixtureFault(cloud: Cloud, call: Call, listener: Listener, sslPolicy: string): Outcome | undefined {
  if (!listener.loadBalancerArn.includes(":loadbalancer/app/")) return undefined;
  const others = listenersOf(loadBalancingOf(cloud, call), listener.loadBalancerArn).filter(
    ({ arn, protocol }) => arn !== listener.arn && isSecure(protocol),
  );
  return others.every((each) => isFipsPolicy(each.sslPolicy) === isFipsPolicy(sslPolicy))
    ? undefined
    : misconfigured("All secure listeners of a load balancer must use FIPS policies, or none of them");
}

function strangeOption({ SslPolicy, Certificates = [], AlpnPolicy = [] }: Wanted): string | undefined {
  if (Certificates.length > 0) return "A certificate";
  if (SslPolicy !== undefined) return "An SSL policy";
  return AlpnPolicy.length > 0 ? "An ALPN policy" : undefined;
}

function chosenCertificate(
  cloud: Cloud,
  call: Call,
  listener: Listener,
  wanted: readonly NamedCertificate[] | undefined,
): { readonly arn: string } | { readonly no: Outcome } {
  if (wanted === undefined || wanted.length === 0) {
    const { defaultCertificate: arn, protocol } = listener;
    return arn === undefined ? { no: invalid(`A certificate must be specified for ${protocol} listeners`) } : { arn };
  }
  const named = oneCertificate(wanted);
  if ("no" in named || named.arn === listener.defaultCertificate) return named;
  const fault = certificateFault(cloud, call, named.arn, listener);
  return fault === undefined ? named : { no: fault };
}

function alpnFault(protocol: string, policies: readonly string[]): Outcome | undefined {
  if (policies.length === 0) return undefined;
  if (protocol !== "TLS") return invalid(`An ALPN policy cannot be specified for ${protocol} listeners`);
  const [policy = "", ...others] = policies;
  if (others.length > 0) return invalid("Only one ALPN policy can be specified");
  return ALPN_POLICIES.includes(policy)
    ? undefined
    : refused("ALPNPolicyNotFound", `ALPN policy '${policy}' is not supported`);
}

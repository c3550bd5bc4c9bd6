import type { LoadBalancerType } from "./load-balancing.ts";

/**
 * Protocols of listeners, by the load balancer's type; those of UDP, QUIC and GENEVE are left out.
 * Source: Elastic Load Balancing API reference "CreateListener" (Protocol), checked 2026-11-24.
 */
export const LISTENER_PROTOCOLS: Readonly<Record<LoadBalancerType, readonly string[]>> = {
  application: ["HTTP", "HTTPS"],
  network: ["TCP", "TLS", "UDP", "TCP_UDP"],
  gateway: [],
};

/** Which protocols a listener's target group may have. Source: Network Load Balancers guide "Listeners" and Application Load Balancers guide "Target groups", checked 2026-11-24. */
export const GROUP_PROTOCOLS: Readonly<Record<string, readonly string[]>> = {
  HTTP: ["HTTP", "HTTPS"],
  HTTPS: ["HTTP", "HTTPS"],
  TCP: ["TCP", "TCP_UDP"],
  TLS: ["TCP", "TLS"],
  UDP: ["UDP", "TCP_UDP"],
  TCP_UDP: ["TCP_UDP"],
};

/** Whether the listener presents a certificate. */
export const isSecure = (protocol: string | undefined): boolean => protocol === "HTTPS" || protocol === "TLS";

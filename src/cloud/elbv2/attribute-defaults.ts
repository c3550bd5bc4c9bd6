import type { Listener, LoadBalancer, TargetGroup } from "./load-balancing.ts";

type Attributes = Readonly<Record<string, string>>;

/** What every attribute is until it is changed. Source: Elastic Load Balancing API reference "LoadBalancerAttribute", checked 2026-11-24. */
const OF_EVERY_BALANCER: Attributes = {
  "access_logs.s3.bucket": "",
  "access_logs.s3.enabled": "false",
  "access_logs.s3.prefix": "",
  "deletion_protection.enabled": "false",
  "zonal_shift.config.enabled": "false",
};

// Assumed: attributes of logs other than access logs, and `ipv6.deny_all_igw_traffic`, are not shown while they are not set: an answer has twenty at most.
const OF_APPLICATION: Attributes = {
  ...OF_EVERY_BALANCER,
  "client_keep_alive.seconds": "3600",
  "connection_logs.s3.bucket": "",
  "connection_logs.s3.enabled": "false",
  "connection_logs.s3.prefix": "",
  "idle_timeout.timeout_seconds": "60",
  "load_balancing.cross_zone.enabled": "true",
  "routing.http.desync_mitigation_mode": "defensive",
  "routing.http.drop_invalid_header_fields.enabled": "false",
  "routing.http.preserve_host_header.enabled": "false",
  "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
  "routing.http.xff_client_port.enabled": "false",
  "routing.http.xff_header_processing.mode": "append",
  "routing.http2.enabled": "true",
  "waf.fail_open.enabled": "false",
};

const OF_NETWORK: Attributes = {
  ...OF_EVERY_BALANCER,
  "dns_record.client_routing_policy": "any_availability_zone",
  "load_balancing.cross_zone.enabled": "false",
  "secondary_ips.auto_assigned.per_subnet": "0",
};

/** Source: Elastic Load Balancing API reference "ListenerAttribute", checked 2026-11-24. */
const OF_HTTP_LISTENER: Attributes = {
  "routing.http.response.server.enabled": "true",
  ...Object.fromEntries(
    [
      "strict_transport_security",
      "access_control_allow_origin",
      "access_control_allow_methods",
      "access_control_allow_headers",
      "access_control_allow_credentials",
      "access_control_expose_headers",
      "access_control_max_age",
      "content_security_policy",
      "x_content_type_options",
      "x_frame_options",
    ].map((name) => [`routing.http.response.${name}.header_value`, ""]),
  ),
};

const OF_HTTPS_LISTENER: Attributes = {
  ...OF_HTTP_LISTENER,
  ...Object.fromEntries(
    [
      ["mtls_clientcert_serial_number", "X-Amzn-Mtls-Clientcert-Serial-Number"],
      ["mtls_clientcert_issuer", "X-Amzn-Mtls-Clientcert-Issuer"],
      ["mtls_clientcert_subject", "X-Amzn-Mtls-Clientcert-Subject"],
      ["mtls_clientcert_validity", "X-Amzn-Mtls-Clientcert-Validity"],
      ["mtls_clientcert_leaf", "X-Amzn-Mtls-Clientcert-Leaf"],
      ["mtls_clientcert", "X-Amzn-Mtls-Clientcert"],
      ["tls_version", "X-Amzn-Tls-Version"],
      ["tls_cipher_suite", "X-Amzn-Tls-Cipher-Suite"],
    ].map(([name, header = ""]) => [`routing.http.request.x_amzn_${name}.header_name`, header]),
  ),
};

/** Source: Elastic Load Balancing API reference "TargetGroupAttribute", checked 2026-11-24. */
const OF_EVERY_GROUP: Attributes = {
  "deregistration_delay.timeout_seconds": "300",
  "load_balancing.cross_zone.enabled": "use_load_balancer_configuration",
  "stickiness.enabled": "false",
  "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
  "target_group_health.dns_failover.minimum_healthy_targets.percentage": "off",
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "off",
};

const OF_APPLICATION_GROUP: Attributes = {
  ...OF_EVERY_GROUP,
  "load_balancing.algorithm.anomaly_mitigation": "off",
  "load_balancing.algorithm.type": "round_robin",
  "slow_start.duration_seconds": "0",
  "stickiness.app_cookie.cookie_name": "",
  "stickiness.app_cookie.duration_seconds": "86400",
  "stickiness.lb_cookie.duration_seconds": "86400",
  "stickiness.type": "lb_cookie",
};

const OF_NETWORK_GROUP: Attributes = {
  ...OF_EVERY_GROUP,
  "deregistration_delay.connection_termination.enabled": "false",
  "preserve_client_ip.enabled": "true",
  "proxy_protocol_v2.enabled": "false",
  "stickiness.type": "source_ip",
  "target_health_state.unhealthy.connection_termination.enabled": "true",
};

const OF_LAMBDA_GROUP: Attributes = { "lambda.multi_value_headers.enabled": "false" };

const isHttp = (protocol: string | undefined): boolean => protocol === "HTTP" || protocol === "HTTPS";

function listenerDefaults({ protocol, loadBalancerArn }: Listener): Attributes {
  if (protocol === "HTTPS") return OF_HTTPS_LISTENER;
  if (isHttp(protocol) || loadBalancerArn.includes(":loadbalancer/app/")) return OF_HTTP_LISTENER;
  return protocol === "TCP" ? { "tcp.idle_timeout.seconds": "350" } : {};
}

function groupDefaults({ targetType, protocol }: TargetGroup): Attributes {
  if (targetType === "lambda") return OF_LAMBDA_GROUP;
  return isHttp(protocol) ? OF_APPLICATION_GROUP : OF_NETWORK_GROUP;
}

/** All attributes of a thing, with their defaults. */
export const attributesOf = {
  loadBalancer: (each: LoadBalancer): Attributes => ({
    ...(each.type === "application" ? OF_APPLICATION : OF_NETWORK),
    ...each.attributes,
  }),
  listener: (each: Listener): Attributes => ({ ...listenerDefaults(each), ...each.attributes }),
  targetGroup: (each: TargetGroup): Attributes => ({ ...groupDefaults(each), ...each.attributes }),
};

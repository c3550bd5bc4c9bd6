# One Region of the service: certificate, endpoint, mapping, health check with its switch, and the record that leads here;
# and the same certificate on the listener of a load balancer that is there already, with a record that leads to it.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "region" { type = string }
variable "api" { type = string }
variable "key_algorithm" { type = string }
variable "name" { type = string }
variable "zone_id" { type = string }
variable "validation_record" { type = string }
variable "changed" { type = bool }
variable "tags" { type = map(string) }

data "aws_api_gateway_rest_api" "this" {
  name = var.api
}

resource "aws_acm_certificate" "this" {
  domain_name               = var.name
  subject_alternative_names = ["*.${var.name}"]
  validation_method         = "DNS"
  key_algorithm             = var.key_algorithm
  tags                      = var.tags
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [var.validation_record]
}

resource "aws_api_gateway_domain_name" "this" {
  domain_name              = var.name
  regional_certificate_arn = aws_acm_certificate_validation.this.certificate_arn
  security_policy          = var.changed ? "TLS_1_2" : "TLS_1_0"
  tags                     = var.tags
  endpoint_configuration { types = ["REGIONAL"] }
}

resource "aws_api_gateway_base_path_mapping" "this" {
  api_id      = data.aws_api_gateway_rest_api.this.id
  stage_name  = "prod"
  domain_name = aws_api_gateway_domain_name.this.domain_name
  base_path   = var.changed ? "v2" : "v1"
}

resource "aws_route53_health_check" "endpoint" {
  fqdn              = "${data.aws_api_gateway_rest_api.this.id}.execute-api.${var.region}.amazonaws.com"
  port              = 443
  type              = "HTTPS_STR_MATCH"
  search_string     = "ok"
  resource_path     = var.changed ? "/prod/ready" : "/prod/health"
  request_interval  = 30
  failure_threshold = 2
  tags              = merge(var.tags, { Name = "${var.name} in ${var.region}" })
}

resource "aws_route53_health_check" "gate" {
  type                   = "CALCULATED"
  child_healthchecks     = [aws_route53_health_check.endpoint.id]
  child_health_threshold = 1
}

resource "aws_route53_record" "latency" {
  zone_id         = var.zone_id
  name            = var.name
  type            = "A"
  set_identifier  = var.region
  health_check_id = aws_route53_health_check.gate.id
  latency_routing_policy { region = var.region }
  alias {
    name                   = aws_api_gateway_domain_name.this.regional_domain_name
    zone_id                = aws_api_gateway_domain_name.this.regional_zone_id
    evaluate_target_health = var.changed
  }
}

data "aws_lb" "this" {
  name = "web"
}

data "aws_lb_listener" "this" {
  load_balancer_arn = data.aws_lb.this.arn
  port              = 443
}

data "aws_lb_target_group" "this" {
  name = "web"
}

resource "aws_lb_listener_certificate" "this" {
  listener_arn    = data.aws_lb_listener.this.arn
  certificate_arn = aws_acm_certificate_validation.this.certificate_arn

  lifecycle {
    precondition {
      condition     = contains(data.aws_lb_target_group.this.load_balancer_arns, data.aws_lb.this.arn)
      error_message = "The load balancer does not route to its target group."
    }
  }
}

resource "aws_route53_record" "balancer" {
  zone_id        = var.zone_id
  name           = "web.${var.name}"
  type           = "A"
  set_identifier = var.region
  latency_routing_policy { region = var.region }
  alias {
    name                   = "dualstack.${data.aws_lb.this.dns_name}"
    zone_id                = data.aws_lb.this.zone_id
    evaluate_target_health = true
  }
}

output "validation_options" { value = aws_acm_certificate.this.domain_validation_options }
output "certificate_arn" { value = aws_acm_certificate_validation.this.certificate_arn }

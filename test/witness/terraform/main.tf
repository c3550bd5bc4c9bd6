# The types of resources that Signalbox writes, as somebody else's program asks for them.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

# The endpoint and the credentials come from the environment. Who is asking is really asked.
provider "aws" {
  region                  = "us-east-1"
  skip_metadata_api_check = true
}
provider "aws" {
  alias                   = "us_west_2"
  region                  = "us-west-2"
  skip_metadata_api_check = true
}
provider "aws" {
  alias                   = "eu_west_1"
  region                  = "eu-west-1"
  skip_metadata_api_check = true
}

variable "changed" {
  description = "false: as it is made first. true: after a change, every part of which can be made in place."
  type        = bool
  default     = false
}

locals {
  name = "shop.example.com"
  tags = var.changed ? { team = "checkout", stage = "live" } : { team = "payments" }
}

data "aws_route53_zone" "this" {
  name = "example.com"
}

# ACM proves a name by the same record in every Region of an account, and a wildcard by its base's record.
resource "aws_route53_record" "validation" {
  zone_id = data.aws_route53_zone.this.zone_id
  name    = tolist(module.us_east_1.validation_options)[0].resource_record_name
  type    = tolist(module.us_east_1.validation_options)[0].resource_record_type
  records = [tolist(module.us_east_1.validation_options)[0].resource_record_value]
  ttl     = 60
}

resource "aws_route53_record" "text" {
  zone_id = data.aws_route53_zone.this.zone_id
  name    = "note.example.com"
  type    = "TXT"
  ttl     = var.changed ? 120 : 60
  records = concat(["first \\\" second"], var.changed ? ["v=two"] : [])
}

resource "aws_route53_record" "wildcard" {
  zone_id = data.aws_route53_zone.this.zone_id
  name    = "*.apps.example.com"
  type    = "CNAME"
  ttl     = 300
  records = [local.name]
}

resource "aws_route53_record" "weighted" {
  for_each       = { blue = 90, green = var.changed ? 30 : 10 }
  zone_id        = data.aws_route53_zone.this.zone_id
  name           = "beta.example.com"
  type           = "CNAME"
  ttl            = 60
  set_identifier = each.key
  records        = ["${each.key}.${local.name}"]
  weighted_routing_policy { weight = each.value }
}

module "us_east_1" {
  source            = "./region"
  region            = "us-east-1"
  api               = "stand-in-aaaa111111"
  key_algorithm     = "RSA_2048"
  name              = local.name
  zone_id           = data.aws_route53_zone.this.zone_id
  validation_record = aws_route53_record.validation.fqdn
  changed           = var.changed
  tags              = local.tags
}
module "us_west_2" {
  source            = "./region"
  providers         = { aws = aws.us_west_2 }
  region            = "us-west-2"
  api               = "stand-in-bbbb222222"
  key_algorithm     = "RSA_2048"
  name              = local.name
  zone_id           = data.aws_route53_zone.this.zone_id
  validation_record = aws_route53_record.validation.fqdn
  changed           = var.changed
  tags              = local.tags
}
module "eu_west_1" {
  source            = "./region"
  providers         = { aws = aws.eu_west_1 }
  region            = "eu-west-1"
  api               = "stand-in-cccc333333"
  key_algorithm     = "EC_prime256v1"
  name              = local.name
  zone_id           = data.aws_route53_zone.this.zone_id
  validation_record = aws_route53_record.validation.fqdn
  changed           = var.changed
  tags              = local.tags
}

# What manifests/multi-region-api.yaml says, for Terraform. The module of a Region is the witness's: test/witness/terraform/region.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

# The endpoint and the credentials come from the environment.
provider "aws" {
  region                  = "us-east-1"
  skip_metadata_api_check = true
}
provider "aws" {
  alias                   = "us_west_2"
  region                  = "us-west-2"
  skip_metadata_api_check = true
}

locals {
  name = "shop.example.com"
  tags = { team = "payments" }
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

module "us_east_1" {
  source            = "./region"
  region            = "us-east-1"
  api               = "stand-in-2wkt1cxxxx"
  key_algorithm     = "RSA_2048"
  name              = local.name
  zone_id           = data.aws_route53_zone.this.zone_id
  validation_record = aws_route53_record.validation.fqdn
  changed           = false
  tags              = local.tags
}
module "us_west_2" {
  source            = "./region"
  providers         = { aws = aws.us_west_2 }
  region            = "us-west-2"
  api               = "stand-in-8h2jk1xxxx"
  key_algorithm     = "RSA_2048"
  name              = local.name
  zone_id           = data.aws_route53_zone.this.zone_id
  validation_record = aws_route53_record.validation.fqdn
  changed           = false
  tags              = local.tags
}

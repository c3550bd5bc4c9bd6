"""Runs suites against embedded AWSs: `main.py '{"fast": URL, …}' [suite…]`."""

import importlib
import json
import sys
import traceback

from estate import say_provoked
from witness import check

SUITES = [
    "route53_zones",
    "route53_records",
    "route53_health_checks",
    "route53_account",
    "acm",
    "apigateway",
    "elbv2",
    "cloudfront",
    "tagging",
    "refusals",
    "throttling",
    "quotas",
    "years",
]

if __name__ == "__main__":
    urls = json.loads(sys.argv[1])
    for suite in sys.argv[2:] or SUITES:
        try:
            importlib.import_module(suite).run(urls)
        except Exception:  # the other suites are heard all the same
            check(f"suite {suite} runs to its end", False, traceback.format_exc()[-1_400:])
    say_provoked()

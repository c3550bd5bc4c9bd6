"""The AWS CLI against an embedded AWS: `main.py URL`.

Lanes that do not touch one another go at the same time, each as its own account.
"""

import sys
import traceback
from concurrent.futures import ThreadPoolExecutor

import balancers
import certificates
import domains
import route53
import sites
from cli import Cli, refusal_code
from witness import check


def lane(steps, cli):
    given = None
    try:
        for step in steps:
            given = step(cli) if given is None else step(cli, given)
    except Exception:  # the other lanes are heard all the same
        check(f"the lane of {steps[0].__name__} runs to its end", False, traceback.format_exc()[-1_400:])


if __name__ == "__main__":
    refusal = refusal_code()
    lanes = [
        [certificates.certificates, sites.sites, balancers.balancers, domains.domains],
        [domains.rest_apis, domains.stages],
        [route53.zones, route53.records],
        [route53.health_checks, route53.account],
    ]
    with ThreadPoolExecutor(len(lanes)) as pool:
        for number, steps in enumerate(lanes):
            pool.submit(lane, steps, Cli(sys.argv[1], f"20000000000{number}", refusal))

"""The AWS CLI as a witness uses it: an operation by AWS's own name, in a process of its own."""

import datetime
import json
import os
import re
import subprocess
import time

from witness import check, say

COMMANDS = {"tagging": "resourcegroupstaggingapi"}
# What the model knows to refuse only.
ONLY_REFUSED = {"acm:GetCertificate", "acm:RenewCertificate"}


def sub_command(operation):
    """`ListHostedZonesByName` as the CLI has it: `list-hosted-zones-by-name`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", operation).lower()


def refusal_code():
    """What the CLI ends with when AWS refuses: version 1 has one code for all errors.

    Source: AWS CLI user guides of both versions, "Return codes".
    """
    version = subprocess.run(["aws", "--version"], capture_output=True, text=True, check=True)
    return 255 if (version.stdout + version.stderr).startswith("aws-cli/1") else 254


def instant(shown):
    """As version 1 writes it (seconds), or version 2 (ISO 8601)."""
    return shown if isinstance(shown, (int, float)) else datetime.datetime.fromisoformat(shown).timestamp()


class Cli:
    """The CLI as one account."""

    def __init__(self, url, account, refusal):
        self.refusal = refusal
        self.env = {
            **os.environ,
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": account,
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_PAGER": "",
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_RETRY_MODE": "standard",
        }

    def run(self, *arguments):
        words = [each if isinstance(each, str) else json.dumps(each) for each in arguments]
        return subprocess.run(["aws", *words], env=self.env, capture_output=True, text=True)

    def call(self, operation, *arguments):
        service, name = operation.split(":")
        return self.run(COMMANDS.get(service, service), sub_command(name), "--output", "json", *arguments)

    def ok(self, operation, *arguments):
        """Carries out an operation (`service:Operation`): its output."""
        done = self.call(operation, *arguments)
        check(
            f"{operation.split(':')[1]} {words(arguments)}".strip(),
            done.returncode == 0,
            f"exit {done.returncode}: {done.stderr}",
        )
        if done.returncode != 0:
            raise RuntimeError(f"{operation}: {done.stderr}")
        say(client="aws-cli", operation=operation)
        return json.loads(done.stdout) if done.stdout.strip() else {}

    def refused(self, operation, code, *arguments, contains=""):
        """The operation is refused with this code, as the CLI tells it."""
        name = operation.split(":")[1]
        done = self.call(operation, *arguments)
        told = re.search(
            rf"An error occurred \({code}\) when calling the {name} operation(?: \(reached max retries: \d+\))?: .",
            done.stderr,
        )
        right = done.returncode == self.refusal and told is not None and contains in done.stderr
        check(f"{name} is refused as {code}", right, f"exit {done.returncode}, not {self.refusal}: {done.stderr}")
        if right and operation in ONLY_REFUSED:
            say(client="aws-cli", operation=operation)

    def waits(self, service, waiter, *arguments):
        """`aws SERVICE wait WAITER` comes to its end."""
        done = self.run(service, "wait", waiter, *arguments)
        check(f"wait {waiter}", done.returncode == 0, f"exit {done.returncode}: {done.stderr}")

    def until(self, wanted, operation, *arguments):
        """Asks until the answer is as wanted: the last answer."""
        for _ in range(10):
            seen = self.ok(operation, *arguments)
            if wanted(seen):
                break
            time.sleep(0.3)
        return seen


def words(arguments):
    return " ".join(each if isinstance(each, str) else json.dumps(each) for each in arguments)[:60].strip()



"""What every boto3 suite stands on: clients of one account, checks, and a look at every answer that comes in."""

import itertools
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from conformance import answer_problems
from witness import check, say

SERVICES = {
    "route53": "route53",
    "acm": "acm",
    "apigateway": "apigateway",
    "resourcegroupstaggingapi": "tagging",
    "elbv2": "elbv2",
    "cloudfront": "cloudfront",
    "sts": "sts",
}

# AWS's front ends answer these for every operation; the models list them for none ("Common Errors" of each reference).
COMMON_ERRORS = {
    "route53": {"InvalidInput": 400, "Throttling": 400, "MissingAuthenticationToken": 403},
    "acm": {"ValidationException": 400, "ThrottlingException": 400, "SerializationException": 400},
    "apigateway": {"BadRequestException": 400, "NotFoundException": 404, "TooManyRequestsException": 429},
    "resourcegroupstaggingapi": {"ThrottledException": 400},
    "elbv2": {"ValidationError": 400, "ThrottlingException": 400},
    "cloudfront": {"InvalidArgument": 400, "Throttling": 400},
    "sts": {"ValidationError": 400},
}


# By operation, as `service Operation`: the model of each that was carried out, and the codes that it was refused with.
SEEN = {}
PROVOKED = {}


class Estate:
    """One account of one embedded AWS."""

    serial = itertools.count(1)

    def __init__(self, url, account):
        self.url = url
        self.account = account
        self.wrong = []

    def client(self, service, region="us-east-1", validate=True, **config):
        client = boto3.client(
            service,
            endpoint_url=self.url,
            region_name=region,
            aws_access_key_id=self.account,
            aws_secret_access_key="local",
            config=Config(
                retries={"total_max_attempts": 1}, parameter_validation=validate, max_pool_connections=16, **config
            ),
        )
        client.meta.events.register("after-call", self.look_at)
        return client

    def look_at(self, http_response, parsed, model, **_):
        if http_response.status_code >= 300:
            return
        service = model.service_model.service_name
        say(client="boto3", operation=f"{SERVICES[service]}:{model.name}")
        SEEN[f"{service} {model.name}"] = model
        for problem in answer_problems(model, http_response, parsed):
            self.wrong.append(f"{service} {model.name}: {problem}")

    def check_answers(self, suite):
        """Every answer had its required members, values that are known, and nothing that AWS's model does not know."""
        check(f"{suite}: every answer is as its model has it", not self.wrong, "; ".join(dict.fromkeys(self.wrong)))

    def reference(self):
        return f"reference-{next(self.serial)}"


def fault_of(call):
    try:
        return None, call()
    except ClientError as error:
        return error, None


def refused(name, client, operation, code, contains="", status=None, **arguments):
    """The call is refused with this code, with the status that the model has for it, and with these words."""
    model = client.meta.service_model.operation_model(operation)
    method = next(each for each, known in client.meta.method_to_api_mapping.items() if known == operation)
    error, answer = fault_of(lambda: getattr(client, method)(**arguments))
    if error is None:
        return check(name, False, f"it was not refused: {answer!r}")
    if status != 501:
        say(client="boto3", operation=f"{SERVICES[client.meta.service_model.service_name]}:{operation}", refused=True)
    common = COMMON_ERRORS[client.meta.service_model.service_name]
    documented = {**common, **{code_of(shape): status_of(shape) for shape in model.error_shapes}}
    if status is None and code not in documented:
        return check(name, False, f"{operation} does not document {code}: {sorted(documented)}")
    got = error.response
    seen = (got["Error"]["Code"], got["ResponseMetadata"]["HTTPStatusCode"])
    wanted = (code, documented[code] if status is None else status)
    PROVOKED.setdefault(f"{model.service_model.service_name} {operation}", set()).add(seen[0])
    words = got["Error"]["Message"]
    if not got["ResponseMetadata"].get("RequestId"):
        return check(name, False, f"the refusal has no request id: {got!r}")
    return check(name, seen == wanted and contains in words, f"got {seen} {words!r}, want {wanted} {contains!r}")


def say_provoked():
    """Which of the errors that are documented for the operations carried out were provoked."""
    documented = {(name, code_of(shape)) for name, model in SEEN.items() for shape in model.error_shapes}
    provoked = {(name, code) for name, codes in PROVOKED.items() for code in codes}
    told = f"{len(documented & provoked)} of {len(documented)} documented errors provoked, by operation and code"
    say(note=f"{told}, and {len(provoked - documented)} that every operation may give")
    others = {}
    for name, code in sorted(documented - provoked):
        others.setdefault(code, []).append(name.split()[1])
    say(note=f"documented and not provoked: {'; '.join(f'{code} ({len(names)})' for code, names in others.items())}")


def code_of(shape):
    return shape.metadata.get("error", {}).get("code", shape.name)


def status_of(shape):
    return shape.metadata.get("error", {}).get("httpStatusCode", 400)


def until(name, look, seconds=20):
    """Looks until it is so."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        found = look()
        if found:
            check(name, True)
            return found
        time.sleep(0.05)
    check(name, False, f"not within {seconds} s")
    return None

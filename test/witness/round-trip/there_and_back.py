"""Made-up inputs of every operation, as botocore sends them, against what the codec understood; made-up outputs and
every exception, as the codec writes them, against what botocore understood."""

import datetime
import json
import random
import sys
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from witness import say

URL = sys.argv[1]
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 7
SERVICES = {
    "route53": "route53",
    "acm": "acm",
    "apigateway": "apigateway",
    "resourcegroupstaggingapi": "tagging",
    "elbv2": "elbv2",
    "cloudfront": "cloudfront",
    "sts": "sts",
}
# How many inputs of one operation: all members, the required ones, and so many with members at random.
RANDOM_INPUTS = 3
DEPTH_MAX = 9  # CloudFront nests its lists deepest


# Route 53's identifiers: botocore takes off whatever stands before a slash.
IDENTIFIERS = {"ResourceId", "DelegationSetId", "ChangeId"}
# Numbers that Route 53 writes as text: the SDK's schemas have them as numbers.
NUMERIC = {"MaxResults", "PageMaxItems"}


def ask(path):
    with urllib.request.urlopen(URL + path) as answer:
        return json.load(answer)


class Maker:
    """Values by botocore's model. `choose` says whether an optional member is there."""

    def __init__(self, seed, choose):
        self.count, self.random, self.choose = seed * 1_000, random.Random(seed), choose

    def value(self, shape, depth=0, location=None):
        self.count += 1
        kind = shape.type_name
        if kind == "structure":
            return None if depth > DEPTH_MAX else self.structure(shape, depth)
        if kind == "list":
            items = [self.value(shape.member, depth + 1, location) for _ in range(self.random.randint(1, 3))]
            return None if depth > DEPTH_MAX or None in items else items
        if kind == "map":
            value = self.value(shape.value, depth + 1, location)
            return None if depth > DEPTH_MAX or value is None else {self.key(shape.key): value}
        return self.scalar(shape, kind, location)

    def structure(self, shape, depth):
        made = {}
        for name, member in shape.members.items():
            location = member.serialization.get("location")
            if name not in shape.required_members and not self.choose(self.random):
                continue
            if shape.metadata.get("payload") or shape.serialization.get("payload"):
                if name != shape.serialization.get("payload") and location is None:
                    continue
            value = self.value(member, depth + 1, location)
            if name == "MaxItems" and isinstance(value, str):  # CloudFront's: a number in the SDK's schemas
                value = str(self.random.randint(0, 10_000))
            if value is not None:
                made[name] = value
        if made or depth == 0 or not shape.members:
            return made
        # A query cannot carry a structure with nothing in it.
        name, member = next(iter(shape.members.items()))
        value = self.value(member, depth + 1)
        return {} if value is None else {name: value}

    def key(self, shape):
        return shape.enum[0] if getattr(shape, "enum", None) else f"key {self.count}"

    def scalar(self, shape, kind, location):
        number = self.random.randint(0, 10_000)
        if kind == "boolean":
            return number % 2 == 0
        if kind in ("integer", "long"):
            return number
        if kind in ("float", "double"):
            return number + 0.5
        if kind == "timestamp":
            return datetime.datetime.fromtimestamp(1_700_000_000 + number, datetime.timezone.utc)
        if kind == "blob":
            return b"blob\x00\xff%d" % number
        if shape.enum:
            return shape.enum[number % len(shape.enum)]
        if shape.name in NUMERIC:
            return str(number)
        if shape.name in IDENTIFIERS:
            return f"ID{number}"
        text = self.random.choice(
            ["plain", "s<&>\"'", "é ü 漢", "a/b?c=d&e#f%25+g", " two  blanks ", "line\nbreak\ttab", "\\052.x"]
        )
        if location == "header":
            return f"h{number}"
        return f"{text}{number}" if location == "uri" else text + str(number % 3)


def plain(value):
    if isinstance(value, datetime.datetime):
        return round(value.timestamp() * 1_000)
    if hasattr(value, "read"):
        value = value.read()
    if isinstance(value, (bytes, bytearray)):
        return "bytes " + value.hex()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if key != "ResponseMetadata"}
    return [plain(item) for item in value] if isinstance(value, list) else value


def difference(want, got, path=""):
    if want == got or ({type(want), type(got)} == {int, str} and str(want) == str(got)):
        return ""
    if isinstance(want, dict) and isinstance(got, dict):
        for name in sorted(set(want) | set(got)):
            found = difference(want.get(name), got.get(name), f"{path}.{name}")
            if found:
                return found
        return ""
    if isinstance(want, list) and isinstance(got, list) and len(want) == len(got):
        for index, (one, other) in enumerate(zip(want, got)):
            found = difference(one, other, f"{path}[{index}]")
            if found:
                return found
        return ""
    return f"{path}: want {want!r:.80} got {got!r:.80}"


def client_of(service, **config):
    return boto3.client(
        service,
        endpoint_url=URL,
        region_name="us-east-1",
        aws_access_key_id="111122223333",
        aws_secret_access_key="x",
        config=Config(
            retries={"total_max_attempts": 1}, parameter_validation=False, inject_host_prefix=False, **config
        ),
    )


def known(shape, value, strangers):
    """What this botocore's model knows of an output; the other members are of a newer version, and are noted."""
    if shape is None or value is None:
        return value
    if shape.type_name == "structure":
        strangers.update(f"{shape.name}.{name}" for name in value if name not in shape.members)
        return {
            name: known(shape.members[name], item, strangers) for name, item in value.items() if name in shape.members
        }
    if shape.type_name == "list":
        return [known(shape.member, item, strangers) for item in value]
    if shape.type_name == "map":
        return {key: known(shape.value, item, strangers) for key, item in value.items()}
    return value


def try_operation(client, operation, method, strangers):
    model = client.meta.service_model.operation_model(operation)
    choices = [lambda _: True, lambda _: False] + [lambda rand: rand.random() < 0.5] * RANDOM_INPUTS
    failures = []
    for number, choose in enumerate(choices if model.input_shape else choices[:1]):
        given = Maker(SEED * 100 + number, choose).value(model.input_shape) if model.input_shape else {}
        try:
            got = plain(getattr(client, method)(**given))
        except Exception as error:  # whatever it is, the codec's doing
            last = ask("/__last")
            failures.append(
                f"{operation} threw {type(error).__name__}: {str(error)[:160]} | {last.get('problem', '')[:300]}"
            )
            continue
        last = ask("/__last")
        if last.get("operation") != operation:
            failures.append(f"{operation} was taken for {last.get('operation')}")
            continue
        if last.get("problem"):
            failures.append(f"{operation}: {last['problem'][:200]}")
        if "accepts" not in given:
            last["input"].pop("accepts", None)  # botocore sends API Gateway a header Accept of its own
        wrong_input = difference(plain(given), last["input"])
        wrong_output = difference(known(model.output_shape, last["output"], strangers) or {}, got)
        failures += [f"{operation} input {wrong_input}"] if wrong_input else []
        failures += [f"{operation} output {wrong_output}"] if wrong_output else []
    return failures, len(choices if model.input_shape else choices[:1])


def try_exceptions(service, client):
    model = client.meta.service_model
    simple = model.operation_names[0]
    method = next(each for each, operation in client.meta.method_to_api_mapping.items() if operation == simple)
    given = Maker(SEED, lambda _: False).value(model.operation_model(simple).input_shape) or {}
    shapes = [model.shape_for(name) for name in model.shape_names]
    exceptions = [shape for shape in shapes if shape.metadata.get("exception")]
    failures = []
    for shape in exceptions:
        code = shape.metadata.get("error", {}).get("code", shape.name)
        status = shape.metadata.get("error", {}).get("httpStatusCode")  # the JSON services' models name none
        asking = client_of(service, user_agent_appid=f"EXC-{shape.name}")
        try:
            getattr(asking, method)(**given)
            failures.append(f"{shape.name} was not raised")
        except ClientError as error:
            got = error.response
            seen = (got["Error"]["Code"], got["Error"]["Message"])
            sound = status is None or status == got["ResponseMetadata"]["HTTPStatusCode"]
            if seen != (code, 'the <message> & "more"') or not sound:
                failures.append(
                    f"{shape.name} arrived as {seen}, {got['ResponseMetadata']['HTTPStatusCode']}, not {code}, {status}"
                )
    return failures, len(exceptions)


def main():
    ours = ask("/__operations")
    for service, name in SERVICES.items():
        client = client_of(service)
        theirs = {operation: each for each, operation in client.meta.method_to_api_mapping.items()}
        both = sorted(set(theirs) & set(ours[name]))
        failures, calls, strangers = {}, 0, set()
        for operation in both:
            found, tried = try_operation(client, operation, theirs[operation], strangers)
            calls += tried
            if found:
                failures[operation] = found
        told = "; ".join(each for found in failures.values() for each in found[:1])
        count = f"{len(both) - len(failures)} of {len(both)}"
        say(
            check=f"{service}: {count} operations survive the way there and back ({calls} calls)",
            ok=not failures,
            detail=told[:3_000],
        )
        unraised, count = try_exceptions(service, client)
        say(
            check=f"{service}: {count - len(unraised)} of {count} exceptions arrive as themselves",
            ok=not unraised,
            detail="; ".join(unraised)[:2_000],
        )
        for who, only in (
            ("the SDK's schemas", set(ours[name]) - set(theirs)), ("botocore", set(theirs) - set(ours[name]))
        ):
            if only:
                say(note=f"{service}: {len(only)} operations only {who} know: {', '.join(sorted(only))}")
        if strangers:
            say(note=f"{service}: members of outputs that only the SDK's schemas know: {', '.join(sorted(strangers))}")
        for operation in both:
            if operation not in failures:
                say(client="botocore and the codec", operation=f"{name}:{operation}")


if __name__ == "__main__":
    main()

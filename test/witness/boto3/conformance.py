"""Holds an answer against botocore's model of it: what must be there, what may be there, and in which form."""

import json
import re
import xml.etree.ElementTree as ElementTree


def answer_problems(model, http_response, parsed):
    shape = model.output_shape
    if payload_of(shape) is not None and payload_of(shape).type_name == "blob":
        return []  # its bytes are the caller's to read
    told = envelope_problems(model, http_response, parsed)
    if shape is None:
        return told
    return told + value_problems(shape, parsed, "") + stranger_problems(model, shape, http_response.content)


def payload_of(shape):
    """The member that is the body by itself."""
    name = shape.serialization.get("payload") if shape is not None else None
    return shape.members[name] if name is not None else None


def envelope_problems(model, http_response, parsed):
    """The request's id, the status of success, and the namespace of XML."""
    found = [] if parsed["ResponseMetadata"].get("RequestId") else ["it has no request id"]
    status = model.http.get("responseCode", 200)
    if http_response.status_code != status:
        found.append(f"its status is {http_response.status_code}, not {status}")
    namespace = model.service_model.metadata.get("xmlNamespace")
    if namespace is not None and f'xmlns="{namespace}"'.encode() not in http_response.content:
        found.append(f"it is not of the namespace {namespace}")
    return found


def value_problems(shape, value, path):
    """Missing members, unknown values of enumerations, wrong lengths and patterns."""
    kind = shape.type_name
    if kind == "structure":
        found = [f"{path}.{name} is missing" for name in shape.required_members if name not in value]
        for name, member in shape.members.items():
            if value.get(name) is not None:
                found += value_problems(member, value[name], f"{path}.{name}")
        return found
    if kind == "list":
        each = [value_problems(shape.member, item, f"{path}[{index}]") for index, item in enumerate(value)]
        # AWS answers with empty lists of tags where its model has one tag at least: that is for requests.
        return (size_problems(shape, len(value), path) if value else []) + sum(each, [])
    if kind == "map":
        return sum([value_problems(shape.value, item, f"{path}.{key}") for key, item in value.items()], [])
    if kind == "string":
        return size_problems(shape, len(bare_id(shape, value)), path) + text_problems(shape, value, path)
    if kind in ("integer", "long", "float", "double"):
        return size_problems(shape, value, path)
    return []


def bare_id(shape, value):
    """Route 53 counts the characters of an identifier without the prefix that its answers carry."""
    return value.rsplit("/", 1)[-1] if shape.name == "ResourceId" else value


def size_problems(shape, size, path):
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if (least is not None and size < least) or (most is not None and size > most):
        return [f"{path}: {size} is not between {least} and {most}"]
    return []


def text_problems(shape, value, path):
    # In answers ACM writes `RSA-2048` where requests, and the model's enumeration, have `RSA_2048`.
    spelt = value.replace("-", "_") if shape.name == "KeyAlgorithm" else value
    if shape.enum and spelt not in shape.enum:
        return [f"{path}: {value!r} is none of {shape.enum}"]
    pattern = shape.metadata.get("pattern")
    if pattern is None:
        return []
    try:
        fits = re.fullmatch(pattern, value)
    except re.error:  # of another dialect
        return []
    return [] if fits else [f"{path}: {value!r} is not of the form {pattern}"]


def stranger_problems(model, shape, content):
    """What is on the wire and in no model: parsers drop it without a word."""
    if not content:
        return []
    shape = payload_of(shape) or shape
    protocol = model.service_model.metadata["protocol"]
    if protocol in ("json", "rest-json"):
        return json_strangers(shape, json.loads(content), "")
    root = ElementTree.fromstring(content)
    if protocol == "query":
        root = next(child for child in root if tag(child).endswith("Result"))
    return xml_strangers(shape, root, "")


def wire_name(name, member):
    return member.serialization.get("name", name)


def json_strangers(shape, value, path):
    if value is None:
        return []
    if shape.type_name == "structure":
        members = {wire_name(name, member): member for name, member in shape.members.items()}
        found = [f"{path}.{key} is in no model" for key in value if key not in members]
        return found + sum(
            [json_strangers(members[key], value[key], f"{path}.{key}") for key in value if key in members], []
        )
    if shape.type_name == "list":
        return sum([json_strangers(shape.member, item, f"{path}[]") for item in value], [])
    if shape.type_name == "map":
        return sum([json_strangers(shape.value, item, f"{path}.{key}") for key, item in value.items()], [])
    return []


def tag(element):
    return element.tag.rsplit("}", 1)[-1]


def xml_strangers(shape, element, path):
    if shape.type_name == "structure":
        members = {}
        for name, member in shape.members.items():
            flat = member.type_name == "list" and member.serialization.get("flattened")
            members[wire_name(name, member.member if flat and "name" not in member.serialization else member)] = (
                member.member if flat else member
            )
        found = []
        for child in element:
            name = tag(child)
            if name in members:
                found += xml_strangers(members[name], child, f"{path}.{name}")
            else:
                found.append(f"{path}.{name} is in no model")
        return found
    if shape.type_name == "list":
        item = shape.member.serialization.get("name", "member")
        strange = [f"{path}.{tag(child)} is not {item}" for child in element if tag(child) != item]
        return strange + sum([xml_strangers(shape.member, child, f"{path}[]") for child in element], [])
    return []

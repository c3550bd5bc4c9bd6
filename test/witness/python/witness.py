"""How a Python witness speaks: one JSON value a line, which bench.mjs counts."""

import json
import threading

VOICE = threading.Lock()
DETAIL_MAX = 1_500


def say(**what):
    with VOICE:
        print(json.dumps(what, default=str), flush=True)


def check(name, ok, detail=""):
    say(check=name, ok=bool(ok), detail="" if ok else str(detail)[:DETAIL_MAX])
    return bool(ok)


def equal(name, got, want):
    return check(name, got == want, f"got {got!r}, want {want!r}")


def holds(name, got, /, **want):
    """Of a structure, the members that are named are as wanted."""
    shown = {member: (got or {}).get(member) for member in want}
    return equal(name, shown, want)

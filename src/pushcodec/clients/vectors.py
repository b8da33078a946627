"""Routing cases as NDJSON, so that outside tools can compare themselves with the mirrors.

A case for iOS is a line `{"id", "user_info", "ios10", "now", "logged_in"}`, optionally with `"response_kind": "dict"` (the callback
got no UNNotificationResponse). A case for Android is a line `{"id", "ext", "server_time"}`, optionally with `"carrier"` and with
`"profile"`, a release. Other keys are ignored. The answer is a line `{"id", "outcome", "detail"}` in the vectors' form, in ASCII.
"""

from __future__ import annotations

import json
from typing import Any

from pushcodec import jsontext
from pushcodec.clients.case import Case
from pushcodec.clients.case import CaseError as CaseError
from pushcodec.clients.ios import foundation
from pushcodec.clients.table import client_named
from pushcodec.errors import Code
from pushcodec.jsontext import scanner
from pushcodec.jsontext.values import ABSENT, Absent, JSONValue

# A case may contain what only a dictionary built in memory can contain. Numbers that no double can represent mean nothing.
_TOLERATED = frozenset({Code.DUPLICATE_KEY, Code.INTEGER_BEYOND_64_BITS, Code.LONE_SURROGATE})


def answer(line: str, client: str = "ios-6.0") -> str:
    """The answer of a client to one case, both as JSON texts. Raises CaseError for a line that is not a case.

    A case that names a `profile` is answered by that release of the client's family, where the family knows profiles.
    """
    mirror = client_named(client)
    case = _read(line)
    case.require("id")
    try:
        taken = mirror.take(case)
    except ValueError as error:
        raise CaseError(str(error)) from None
    answered = {"id": case.get("id"), **taken.to_dict()}
    try:
        return json.dumps(answered, separators=(",", ":"))
    except RecursionError:
        return jsontext.ascii_only(jsontext.dump_deep(answered))


def _read(line: str) -> Case:
    value: JSONValue | Absent
    try:
        value = foundation.read_shallow(line)
    except (ValueError, RecursionError):
        value, faults = scanner.scan(line, max_depth=len(line), max_items=len(line), tolerated=_TOLERATED)
        value = ABSENT if faults else value
    if not isinstance(value, dict):
        raise CaseError("expected a case as a JSON object")
    values: dict[str, Any] = value
    return Case(values)

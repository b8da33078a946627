"""Routing cases as NDJSON: how outside tools compare themselves with the mirrors.

A case for iOS is a line `{"id", "user_info", "ios10", "now", "logged_in"}`, optionally with `"response_kind": "dict"` (the callback
got no UNNotificationResponse). A case for Android is a line `{"id", "ext", "server_time"}`, optionally with `"carrier"` and with
`"profile"`, a release. Other keys are ignored. The answer is a line `{"id", "outcome", "detail"}` in the vectors' form, in ASCII.
"""

from __future__ import annotations

import json
from typing import Any, Final

from pushcodec import jsontext
from pushcodec.clients.android.redirect import redirect
from pushcodec.clients.ios import foundation
from pushcodec.clients.ios.routing import receive
from pushcodec.clients.outcomes import Outcome
from pushcodec.errors import Code
from pushcodec.jsontext import scanner
from pushcodec.jsontext.values import ABSENT, Absent, JSONValue, json_type


class CaseError(ValueError):
    """A line that is no case; the message says why."""


# A case may hold what only a dictionary built in memory could: only numbers that no double holds have no meaning at all.
_FORGIVEN = frozenset({Code.DUPLICATE_KEY, Code.INTEGER_BEYOND_64_BITS, Code.LONE_SURROGATE})


def answer(line: str, client: str = "ios-6.0") -> str:
    """The answer of a client to one case, both as JSON texts. Raises CaseError for a line that is no case.

    An Android case that names a `profile` is answered by that release.
    """
    family, _, release = client.partition("-")
    case = _read(line)
    try:
        taken = _ANSWERS[family](case, release)
    except ValueError as error:
        raise CaseError(str(error)) from None
    answered = {"id": case["id"], **taken.to_dict()}
    try:
        return json.dumps(answered, separators=(",", ":"))
    except RecursionError:
        return jsontext.ascii_only(jsontext.dump_deep(answered))


def _of_ios(case: dict[str, Any], release: Any) -> Outcome:
    _require(case, "id", "user_info", "now")
    return receive(
        case["user_info"],
        now=_seconds(case, "now"),
        logged_in=_flag(case, "logged_in"),
        ios10=_flag(case, "ios10"),
        notification_response=case.get("response_kind") != "dict",
        release=release,
    )


def _of_android(case: dict[str, Any], release: Any) -> Outcome:
    _require(case, "id", "ext", "server_time")
    carrier, profile = case.get("carrier", "bundle_ext"), case.get("profile", release)
    return redirect(_text(case, "ext"), server_time=_seconds(case, "server_time"), release=profile, carrier=carrier)


_ANSWERS: Final = {"ios": _of_ios, "android": _of_android}


def _require(case: dict[str, Any], *keys: str) -> None:
    for key in keys:
        if key not in case:
            raise CaseError(f"expected the key '{key}'")


def _flag(case: dict[str, Any], key: str) -> bool:
    value = case.get(key, True)
    if not isinstance(value, bool):
        raise CaseError(f"expected '{key}' to be true or false")
    return value


def _seconds(case: dict[str, Any], key: str) -> int:
    value = case[key]
    if type(value) is not int:
        raise CaseError(f"expected '{key}' to be an integer of unix seconds, got {json_type(value)}")
    return value


def _text(case: dict[str, Any], key: str) -> str | None:
    value = case[key]
    if not isinstance(value, str | None):
        raise CaseError(f"expected '{key}' to be a string or null, got {json_type(value)}")
    return value


def _read(line: str) -> dict[str, Any]:
    value: JSONValue | Absent
    try:
        value = foundation.read_shallow(line)
    except (ValueError, RecursionError):
        found = scanner.scan(line, max_depth=len(line), max_items=len(line), forgiven=_FORGIVEN)
        value = ABSENT if found.faults else found.value
    if not isinstance(value, dict):
        raise CaseError("expected a case as a JSON object")
    return value

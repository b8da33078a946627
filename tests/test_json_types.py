"""Messages name types as JSON does: no message about a payload contains the name of a Python type."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from json_texts import json_like
from mutants import mutants
from payloads import compact, group_call, group_chat

from pushcodec import PushCodecError, documents, iter_violations
from pushcodec.clients import vectors
from pushcodec.errors import MAX_TEXT
from pushcodec.jsontext.values import json_type
from pushcodec.lint import lint_text
from pushcodec.schemafiles import NAMES

PYTHON = re.compile(r"\b(int|float|str|dict|list|tuple|bool|NoneType|None|nil)\b")
VALUES: tuple[Any, ...] = (None, True, 1, 1.5, "x", [], [1], {}, {"a": 1})


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "null"),
        (False, "boolean"),
        (0, "number"),
        (2**70, "number"),
        (0.5, "number"),
        ("", "string"),
        ([], "array"),
        ({}, "object"),
    ],
)
def test_the_names_of_json(value: Any, name: str) -> None:
    """RFC 8259 has six types; all numbers have one type."""
    assert json_type(value) == name


def messages(text: str | bytes) -> list[str]:
    """All messages of the library about a text, validated by each schema."""
    found = [violation.message for kind in NAMES for violation in iter_violations(text, kind=kind)]
    found += [message for each in lint_text(text) for message in (each.message, each.fix.message if each.fix else "")]
    for carrier in (None, *documents.Carrier):
        try:
            documents.find_ext(text, carrier=carrier)
        except PushCodecError as error:
            found += [violation.message for violation in error.violations]
    return found


def check(text: str | bytes) -> None:
    """Asserts that each message is printable ASCII, short, and without a Python type."""
    for message in messages(text):
        assert not PYTHON.search(message), message
        assert message.isascii()
        assert message.isprintable() or not message
        assert len(message) <= MAX_TEXT


@given(st.one_of(json_like.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=40)))
def test_messages_about_any_text(text: bytes) -> None:
    """JSON, texts that are nearly JSON, and any bytes."""
    check(text)


def test_messages_about_mutants_of_payloads() -> None:
    """Mutants reach rules that random texts do not reach."""
    for raw in mutants(300, seed=14):
        check(raw)


@pytest.mark.parametrize("value", VALUES, ids=json.dumps)
def test_messages_about_each_type_in_each_field(value: Any) -> None:
    """Every field of an entity, a call and a notification gets a value of each type."""
    for entity in (group_chat(), group_call()):
        for key in entity:
            check(compact({"entity": {**entity, key: value}}))
    content = json.loads(group_call()["content"])
    for key in content:
        check(compact({"entity": {**group_call(), "content": compact({**content, key: value})}}))
    for key in ("custom", "ext", "entity", "aps"):
        check(compact({"aps": {}, key: value}))
    check(json.dumps(value))


@pytest.mark.parametrize("value", VALUES, ids=json.dumps)
@pytest.mark.parametrize("client", ["ios-6.0", "android-7.9"])
def test_messages_about_each_type_in_each_key_of_a_case(value: Any, client: str) -> None:
    """The same for the cases of `route --cases`."""
    case = {
        "id": 1,
        "user_info": {},
        "now": 0,
        "ext": "",
        "server_time": 0,
        "logged_in": True,
        "carrier": "bundle_ext",
        "profile": "6.0",
    }
    reasons = [reason for key in case if (reason := refusal({**case, key: value}, client))]
    assert reasons
    assert not [reason for reason in reasons if PYTHON.search(reason)]


def refusal(case: dict[str, Any], client: str) -> str:
    """The reason why a case is invalid; empty if it is valid."""
    try:
        vectors.answer(json.dumps(case), client)
    except vectors.CaseError as error:
        return str(error)
    return ""

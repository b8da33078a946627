"""Documents that are certainly valid, for which the linter runs few rules: of every form, they have no violation."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from linted import documents
from payloads import BAD, GOOD
from support import untraced

from pushcodec.documents import FORMS
from pushcodec.errors import Code
from pushcodec.inspection import iter_violations
from pushcodec.lint import lint_text
from pushcodec.lint.catalogue import CODES
from pushcodec.lint.clear import is_clear, is_clear_but_for_keys
from pushcodec.lint.config import DEFAULT_CONFIG
from pushcodec.lint.document import Document
from pushcodec.lint.form_values import fits
from pushcodec.lint.rules import check, rule
from pushcodec.schemafiles import schema


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


CHAT = _text({"entity": {"action": 1, "chatType": 1, "sender": "mei", "content": "Soup?", "version": 1}})
BODY = {"To_Account": "kim", "MsgRandom": 7, "MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "Soup?"}}]}
REQUEST = {**BODY, "OfflinePushInfo": {"Title": "Mei", "Desc": "Soup?", "Ext": CHAT, "AndroidInfo": {"OPPOChannelID": "a"}}}
OPEN = {"c-api-message", "callkit-options", "flutter-options", "sdk-dump-message", "vendor-log", "xiaomi-bundle"}
"""Schemas whose examples have keys that they do not know."""
MADE_OF_PAYLOADS = {"ext", "entity", "notification", "signaling-content", "group-signaling-content"}


def rules_that_find(document: Document) -> set[Code]:
    return {code for code in CODES if list(rule(code).check(document, DEFAULT_CONFIG))}


@pytest.mark.parametrize("kind", sorted(FORMS), ids=str)
def test_a_clear_document_has_no_violation(kind: str) -> None:
    """Valid and faulty documents of every form: what is clear is valid, and the rules that are left out find nothing."""
    name = FORMS[kind].schema  # type: ignore[index]
    clear = valid = 0
    for value in [*(each.document for each in GOOD if each.kind == name), *(each.document for each in BAD if each.kind == name)]:
        text = _text(value)
        is_valid = not list(iter_violations(text, kind=kind))
        for document in documents(text, kind=kind):
            found = {each.code for each in check(document, DEFAULT_CONFIG, frozenset(CODES))}
            assert found == rules_that_find(document)
            assert is_valid or not document.is_first or not (is_clear(document) or is_clear_but_for_keys(document))
            clear += is_clear(document)
            valid += is_valid
    if valid and name not in MADE_OF_PAYLOADS:
        assert clear >= 0.4 * valid


@pytest.mark.parametrize("kind", sorted({form.schema for form in FORMS.values()} - MADE_OF_PAYLOADS))
def test_a_schema_of_a_form_has_a_type(kind: str) -> None:
    """Its examples fit, and another value does not. Texts in them are not compared."""
    examples = schema(kind)["examples"]
    assert all(fits(example, kind, known_only=False) for example in examples)
    assert all(fits(example, kind, known_only=True) for example in examples) is (kind not in OPEN)
    for known_only in (False, True):
        assert not fits(7, kind, known_only=known_only)
        assert not fits([], kind, known_only=known_only)


@pytest.mark.parametrize("kind", ["entity", "notification", "account-binding", "signaling-data"])
def test_a_schema_with_another_keyword_has_none(kind: str) -> None:
    """So that nothing fits it certainly."""
    assert not fits({}, kind, known_only=False)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (REQUEST, True),
        ([REQUEST], True),
        ({"queued": _text(REQUEST)}, True),
        (BODY | {"OfflinePushInfo": {"Title": "Mei"}}, True),
        ({**REQUEST, "Extra": 1}, False),
        ({**REQUEST, "MsgRandom": True}, False),
        ({**REQUEST, "MsgRandom": 7.0}, False),
        ({**REQUEST, "OfflinePushInfo": {"Ext": 5}}, False),
        ({**REQUEST, "OfflinePushInfo": {"Ext": "{"}}, False),
        ({**REQUEST, "OfflinePushInfo": {"Ext": "{}"}}, False),
        ({**REQUEST, "OfflinePushInfo": {"Ext": CHAT.replace("sender", "Sender")}}, False),
        ({"ext": CHAT, "userID": None}, True),
        ({"notification": CHAT}, True),
        ({"notification": _text(json.loads(CHAT)["entity"])}, True),
        ({"notification": '{"action":1,"chatType":1,'}, False),
        (_text({"action": 1, "chatType": 1}), False),
        ({"chatType": 1, "action": 1, "sender": "mei"}, False),
        ("intent:#Intent;S.ext=%7B%7D;end", False),
        ([{"entity": json.loads(CHAT)["entity"]}], False),
    ],
)
def test_a_document_is_clear(document: object, expected: bool) -> None:
    """With known keys only, and a valid ext, or none; wherever the form is in the document."""
    assert is_clear(documents(_text(document))[0]) is expected


def test_a_form_with_unknown_keys_is_clear_but_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that only their spelling is looked at, and no schema is applied."""

    def applied(_: object) -> object:
        raise AssertionError("violations are looked for")

    text = _text({**REQUEST, "Extra": 1, "OfflinePushInfo": {**REQUEST["OfflinePushInfo"], "Future": {}}})  # type: ignore[dict-item]
    (document,) = documents(text)
    assert (is_clear(document), is_clear_but_for_keys(document)) == (False, True)
    monkeypatch.setattr("pushcodec.lint.analyses.violations.violations", applied)
    assert lint_text(text) == []
    monkeypatch.undo()
    assert [each.code for each in lint_text(text.replace("Future", "pushFlag"))] == [Code.MISSPELLED_KEY]
    (ext,) = documents(CHAT.replace("version", "Version"))
    assert not is_clear_but_for_keys(ext)


@pytest.mark.parametrize("text", [_text([REQUEST])[:-1] + ",]", _text({"a": 1, "b": [REQUEST]}).replace("{", '{"a":1,', 1)])
def test_a_document_with_a_fault_around_the_form_is_not_clear(text: str) -> None:
    """A trailing comma or a repeated key in the text around it is reported."""
    assert not is_clear(documents(text)[0])
    assert len(lint_text(text)) == 1


def test_of_several_exts_each_counts() -> None:
    """The form is clear only if all its exts are, because what is wrong with each is reported for the first."""

    def both(first: str, second: str) -> list[bool]:
        message: dict[str, Any] = {
            "title": "a",
            "content": "b",
            "android": {"custom_content": first},
            "ios": {"custom_content": second},
        }
        body = {"audience_type": "all", "message_type": "notify", "message": message}
        return [is_clear(each) for each in documents(_text(body))]

    bad = CHAT.replace("sender", "Sender")
    assert both(CHAT, CHAT) == [True, True]
    assert both(CHAT, bad) == [False, False]
    assert both(bad, CHAT) == [False, True]


TIMED = """
import json, sys, time
from pushcodec.lint import lint_text
text = sys.stdin.read()
def seconds(work):
    start = time.process_time()
    for _ in range(1000):
        work(text)
    return (time.process_time() - start) / 1000
assert lint_text(text) == []
rounds = [(seconds(lint_text), seconds(json.loads)) for _ in range(7)]
linted, loaded = map(min, zip(*rounds))
print(linted / loaded, 1 / linted)
"""
MOST = 60


def test_linting_clean_requests_is_fast(report_figure: Callable[[str], None]) -> None:
    """A REST body with an ext, as a multiple of `json.loads` in the same run."""
    ratio, rate = untraced(TIMED, _text(REQUEST).encode())
    report_figure(f"lint: {rate:.0f} clean REST bodies a second, {ratio:.0f} times json.loads, of {MOST}")
    assert ratio <= MOST

"""Documents with several forms or exts, forms in forms, look-alikes, and documents that the limits end before an ext is found."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from pushcodec.errors import Code
from pushcodec.lint import Config, lint_text
from pushcodec.lint.diagnostics import Diagnostic
from pushcodec.lint.fixes import fix_document


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


CHAT = _text({"entity": {"action": 1, "chatType": 1, "sender": "mei", "content": "Soup?", "version": 1}})
CHANNEL = {"AndroidInfo": {"OPPOChannelID": "a"}}


def request(ext: object, **beside: Any) -> dict[str, Any]:
    return {"From_Account": "mei", "MsgRandom": 1, "OfflinePushInfo": {"Title": "a", "Desc": "b", "Ext": ext, **CHANNEL}, **beside}


def findings(document: object) -> list[str]:
    """The code and the pointers of each finding."""
    text = document if isinstance(document, str) else _text(document)
    return [f"{each.code} {_chain(each)}" for each in lint_text(text)]


def _chain(found: Diagnostic) -> str:
    return " -> ".join((found.pointer, *found.embedded))


EXT = "/OfflinePushInfo/Ext"


@pytest.mark.parametrize(
    ("ext", "expected"),
    [
        (CHAT, []),
        ("", [f"PC101 {EXT} -> "]),
        (7, [f"PC301 {EXT}"]),
        (None, [f"PC301 {EXT}"]),
        ({"entity": {}}, [f"PC301 {EXT}"]),
        ("soup", [f"PC608 {EXT}", f"PC101 {EXT} -> "]),
        ('{"entity":{"action":1,"content":"say "hi""}}', [f"PC101 {EXT} -> "]),
        ("[]", [f"PC608 {EXT}", f"PC301 {EXT} -> "]),
        ("{}", [f"PC302 {EXT} -> ", f"PC502 {EXT} -> "]),
        (_text(request(CHAT)), [f"PC302 {EXT} -> ", f"PC502 {EXT} -> "]),
        (_text(_text(json.loads(CHAT))), [f"PC608 {EXT}", f"PC301 {EXT} -> "]),
    ],
)
def test_what_a_sender_writes_as_ext(ext: object, expected: list[str]) -> None:
    """Missing, empty, another type, plain text, glued by concatenation, a request inside an ext, and a text of a text."""
    assert findings(request(ext)) == expected


def test_a_form_without_an_ext_has_only_its_own_findings() -> None:
    """None about a missing payload."""
    document = request(CHAT)
    del document["OfflinePushInfo"]["Ext"]
    assert findings(document) == []


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ([request(CHAT), request("{")], [f"PC101 /1{EXT} -> "]),
        ([{"a": request("{")}, [request(CHAT)]], [f"PC101 /0/a{EXT} -> "]),
        ({"a": _text(request("{")), "b": _text([request("{")])}, [f"PC101 /a -> {EXT} -> ", f"PC101 /b -> /0{EXT} -> "]),
        (request(CHAT, inner=request("{")), []),
        ({"aps": {}, "custom": CHAT, "OfflinePushInfo": {"Ext": "{", **CHANNEL}}, ["PC101 /OfflinePushInfo/Ext -> "]),
        ({"entity": {"action": 1}, **request(CHAT)}, []),
        ({"x": ["intent:#Intent;S.ext=%7B;end", CHAT]}, ["PC101 /x/0 -> "]),
    ],
)
def test_each_form_has_its_findings(document: object, expected: list[str]) -> None:
    """The outermost form counts, and of two forms of one object the more specific one."""
    assert findings(document) == expected


def test_of_two_exts_one_is_bad() -> None:
    """The finding is that of the second one; the form has its findings once."""
    message = {
        "title": "a" * 33,
        "content": "b",
        "android": {"custom_content": CHAT},
        "ios": {"custom_content": CHAT.replace('"mei"', "5")},
    }
    body = {"audience_type": "all", "message_type": "notify", "message": message}
    assert findings(body) == [
        "PC706 /message/title",
        "PC807 /message/android",
        "PC512 /message/ios/custom_content -> /entity",
        "PC301 /message/ios/custom_content -> /entity/sender",
        "PC501 /message/ios/custom_content -> /entity/sender",
    ]
    message["android"]["custom_content"], message["ios"]["custom_content"] = message["ios"]["custom_content"], CHAT  # type: ignore[index]
    assert [each.replace("android", "ios") for each in findings(body)][2:] == [
        "PC512 /message/ios/custom_content -> /entity",
        "PC301 /message/ios/custom_content -> /entity/sender",
        "PC501 /message/ios/custom_content -> /entity/sender",
    ]


def test_elements_without_push_settings_beside_them_are_exts() -> None:
    """Each custom element has one, with its own findings."""
    elements = [{"MsgType": "TIMCustomElem", "MsgContent": {"Data": "", "Desc": "a", "Ext": ext}} for ext in (CHAT, "{")]
    body = {"To_Account": "kim", "MsgBody": elements}
    assert findings(body) == ["PC101 /MsgBody/1/MsgContent/Ext -> "]


def test_fixes_reach_an_ext_in_every_layer() -> None:
    """A request in a text in a list: the edit is escaped once for each string around it."""
    bad, good = ({"queue": _text([request(CHAT.replace('"chatType":1', number))])} for number in ('"chatType":"1"', '"chatType":1'))
    assert fix_document(_text(bad).encode(), unsafe=True).data == _text(good).encode()


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"pad": "a" * 70_000, **request("{")}, ["PC110 "]),
        ({"pad": [1] * 1001, **request("{")}, ["PC111 /pad/1000"]),
        ({"title": "a", "desc": "b", "ex": "{}", "iOSPushSound": "c"}, ["PC402 "]),
        ({"offlinePushInfo": {"title": "a", "desc": "b", "ex": "", "iOSBadgeCount": True}}, ["PC402 "]),
        ({}, ["PC402 "]),
        ([1, 2], ["PC402 "]),
        ({"custom": "x"}, ["PC402 "]),
        ({"Title": "a", "Desc": "b"}, ["PC402 "]),
        ({"action": "opened", "sender": {"login": "mei"}}, ["PC402 "]),
    ],
)
def test_a_document_in_which_no_ext_is_found(document: object, expected: list[str]) -> None:
    """A look-alike of another product has one finding. The limits are reported where they end the reading."""
    assert [each for each in findings(document) if not each.startswith("PC101")] == expected


def test_a_document_that_is_too_deep_is_no_ext() -> None:
    """Its only finding is the limit."""
    text = '{"a":' * 20 + _text(request(CHAT)) + "}" * 20
    assert [each.code for each in lint_text(text)] == [Code.TOO_DEEP]


def test_four_texts_are_entered() -> None:
    """A form that is deeper in texts is not found."""
    document: object = request("{")
    for _ in range(4):
        document = {"a": _text(document)}
    assert findings(document) == [f"PC101 {'/a -> ' * 4}{EXT} -> "]
    assert findings({"a": _text(document)}) == ["PC402 "]


def test_limits_that_are_not_selected_are_not_reported() -> None:
    """Nor is the document called unknown, of which too little was read."""
    assert lint_text(_text({"pad": [1] * 1001, "a": 1}), config=Config(select=("PC4",))) == []


def test_the_time_for_many_forms_is_linear() -> None:
    """Twice the forms take about twice the time, faulty or not, also where only the limits end the list."""

    def seconds(count: int, form: dict[str, Any]) -> float:
        text = _text([form] * count)
        times = []
        for _ in range(3):
            start = time.process_time()
            lint_text(text)
            times.append(time.process_time() - start)
        return min(times)

    for form in ({"PushFlag": 1}, {"PushFlag": 1, "Ext": ""}, {"PushFlag": 0, "pushFlag": 1}):
        seconds(10, form)
        assert seconds(800, form) < 8 * seconds(200, form)
    assert seconds(10_000, {"PushFlag": 1}) < 5

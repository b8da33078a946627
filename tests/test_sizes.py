"""Sizes of payloads, the table of limits, and reports on documents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from payloads import c2c_call, c2c_chat, compact, ext, group_call

import pushcodec as pc
from pushcodec import jsontext, sizes, strategies
from pushcodec.errors import printable
from pushcodec.lint.analyses import sizes as linted
from pushcodec.sizes import LIMITS, LimitUse, SizeReport, heaviest, limits_of, most, size_report, utf8_size, utf16_size
from pushcodec.strategies.shapes import JSON_VALUES

# The table


def test_each_limit_has_a_name_of_its_own() -> None:
    """Only a limit for a push style has the name of the limit that it replaces."""
    names = [limit.name for limit in LIMITS if limit.push_style is None]
    assert len(set(names)) == len(names)
    assert {limit.name for limit in LIMITS} == set(names)
    assert all(limit.source for limit in LIMITS)


@pytest.mark.parametrize(
    ("subject", "push_style", "expected"),
    [
        ("title", 0, {"Huawei": 60, "Honor": 50, "Xiaomi": 50, "OPPO": 50, "vivo": 40, "Meizu": 32}),
        ("desc", 0, {"Huawei": 600, "Honor": 400, "Xiaomi": 128, "OPPO": 50, "vivo": 100, "Meizu": 100}),
        ("desc", 1, {"Huawei": 600, "Honor": 400, "Xiaomi": 128, "OPPO": 128, "vivo": 100, "Meizu": 100}),
    ],
)
def test_what_vendors_show(subject: Any, push_style: int, expected: dict[str, int]) -> None:
    """In UTF-16 units. OPPO shows a longer desc in the style of big text."""
    found = limits_of(subject, push_style=push_style)
    assert {limit.name: limit.most for limit in found} == {f"{vendor} {subject}": number for vendor, number in expected.items()}
    assert {limit.unit for limit in found} == {"UTF-16 units"}


def test_what_carriers_accept() -> None:
    """In bytes; the linter has the same numbers."""
    others = {limit.name: limit.most for limit in LIMITS if limit.unit == "bytes"}
    assert others == {
        "ext advised": 1024,
        "desc and ext": 3072,
        "push info advised": 3072,
        "APNs notification": 4096,
        "APNs VoIP notification": 5120,
        "TPNS message": 4096,
    }
    assert (linted.APNS_LIMIT, linted.VOIP_LIMIT, linted.TPNS_LIMIT) == (4096, 5120, 4096)
    assert (linted.EXT_ADVISED, linted.PUSH_INFO_ADVISED) == (1024, 3072)
    assert most("Meizu title") == 32
    with pytest.raises(KeyError):
        most("Nokia title")


def test_the_page_lists_the_limits() -> None:
    """Both tables of docs/library.md have the numbers of the table."""
    page = (Path(__file__).parents[1] / "docs" / "library.md").read_text("utf-8")
    for subject in ("title", "desc"):
        [row] = re.findall(rf"^\| {subject}, UTF-16 units \|(.*)$", page, re.MULTILINE)
        listed = sorted(map(int, re.findall(r"\d+", row.replace("`PushStyle` 1", ""))))
        assert listed == sorted(limit.most for limit in LIMITS if limit.subject == subject)
    rows = re.findall(r"^\| (?:ext|desc and|title, desc|APNs|message)[^|]* \| (.*) \|$", page, re.MULTILINE)
    assert [int(number) for row in rows for number in re.findall(r"\d+", row)] == [
        limit.most for limit in LIMITS if limit.unit == "bytes"
    ]


# Sizes


@pytest.mark.parametrize(
    ("text", "utf8", "utf16"),
    [("", 0, 0), ("a\n", 2, 2), ("é", 2, 1), ("你", 3, 1), ("😀", 4, 2), ("\ud800", 3, 1), ("\x00", 1, 1)],
)
def test_texts_have_sizes(text: str, utf8: int, utf16: int) -> None:
    """In bytes of UTF-8 and in UTF-16 units, also of a lone surrogate."""
    assert (utf8_size(text), utf16_size(text)) == (utf8, utf16)


def scalars(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str, int]]:
    if isinstance(value, list | dict):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from scalars(inner, (*path, key))
    else:
        yield jsontext.pointer(path), len(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))


@given(JSON_VALUES)
def test_the_heaviest_are_the_largest_scalars(value: Any) -> None:
    """In descending order, each once; of the same size in the order of the value."""
    found = [line.rsplit(" ", 1) for line in heaviest(value, 100)]
    expected = sorted(scalars(value), key=lambda each: -each[1])[:100]
    assert found == [[printable(pointer, 100), str(size)] for pointer, size in expected]


def test_the_heaviest_are_named_in_printable_ascii() -> None:
    """With pointers of at most 100 characters."""
    assert heaviest({"a/b": ["x" * 9, 1], "é": True}) == ["/a~1b/0 11", "/\\xe9 4", "/a~1b/1 1"]
    assert heaviest({"k" * 300: 1}) == [f"/{'k' * 96}... 1"]
    assert heaviest({"k" * count: [count] for count in range(5)}, 2) == ["//0 1", "/k/0 1"]
    assert heaviest("x") == [" 3"]


def test_sizes_of_a_deep_value_need_no_recursion() -> None:
    """Values of programs can have any depth."""
    deep: Any = "x"
    for _ in range(5000):
        deep = [deep]
    assert sizes.heaviest(deep)[0].endswith("... 3")


# Reports

EXT = compact(ext(c2c_chat(content="你好😀")))
CALL = compact(ext(group_call()))
VENDORS = ("Huawei", "Honor", "Xiaomi", "OPPO", "vivo", "Meizu")


def fields(report: SizeReport) -> dict[str, int]:
    """The bytes of each field by its pointers."""
    found = {" -> ".join(field.pointers): field.bytes for field in report.fields}
    assert len(found) == len(report.fields)
    return found


def uses(report: SizeReport) -> dict[str, tuple[str, int]]:
    """The pointers and the used amount of each limit by its name."""
    found = {use.limit.name: (" -> ".join(use.pointers), use.used) for use in report.limits}
    assert len(found) == len(report.limits)
    return found


def test_a_report_on_a_rest_body() -> None:
    """The fields of all texts; title and desc in UTF-16 units, all else in bytes."""
    body = {
        "To_Account": "bob",
        "MsgRandom": 5,
        "MsgBody": [],
        "OfflinePushInfo": {"PushFlag": 0, "Title": "小明😀", "Desc": "é" * 60, "Ext": EXT},
    }
    text = f" {compact(body)}\r\n"
    report = size_report(text)
    assert report.bytes == len(text.strip().encode())
    found = fields(report)
    assert found["/To_Account"] == 3
    assert found["/MsgRandom"] == 1
    assert found["/OfflinePushInfo/Title"] == 10
    assert found["/OfflinePushInfo/Ext"] == len(EXT.encode())
    assert found["/OfflinePushInfo/Ext -> /entity/content"] == 10
    assert list(found)[:6] == [
        "/To_Account",
        "/MsgRandom",
        "/OfflinePushInfo/PushFlag",
        "/OfflinePushInfo/Title",
        "/OfflinePushInfo/Desc",
        "/OfflinePushInfo/Ext",
    ]
    [title] = [field for field in report.fields if field.pointers == ("/OfflinePushInfo/Title",)]
    assert title.units == 4
    assert {field.units for field in report.fields if field.pointers[-1] == "/MsgRandom"} == {None}
    size = len(EXT.encode())
    at = "/OfflinePushInfo/Ext"
    assert uses(report) == {
        **{f"{vendor} title": ("/OfflinePushInfo/Title", 4) for vendor in VENDORS},
        **{f"{vendor} desc": ("/OfflinePushInfo/Desc", 60) for vendor in VENDORS},
        "ext advised": (at, size),
        "desc and ext": (at, size + 120),
        "push info advised": (at, size + 130),
        "APNs notification": (at, smallest := size_of_smallest(EXT, "小明😀", "é" * 60)),
        "APNs VoIP notification": (at, smallest),
    }
    assert [(use.limit.name, use.left) for use in report.over] == [("OPPO desc", -10)]
    assert {use.form for use in report.limits} == {"rest-sendmsg"}


def size_of_smallest(text: str, title: str, body: str) -> int:
    return len(compact({"aps": {"alert": {"title": title, "body": body}}, "custom": text}).encode())


@pytest.mark.parametrize("style", [0, 1, 5, "1"])
def test_oppo_shows_more_in_the_style_of_big_text(style: Any) -> None:
    """With `PushStyle` 1 in the Android settings of the API or of the web SDK."""
    for document in (
        {"OfflinePushInfo": {"Desc": "x", "AndroidInfo": {"PushStyle": style}}},
        {"Desc": "x", "AndroidInfo": {"PushStyle": style}},
        {"offlinePushInfo": {"description": "x", "androidInfo": {"PushStyle": style}}},
    ):
        [oppo] = [use for use in size_report(compact(document)).limits if use.limit.name == "OPPO desc"]
        assert oppo.left == (127 if style == 1 else 49)


def test_a_report_on_a_call_in_the_push_info_of_the_sdk() -> None:
    """The content of a call is a text, too."""
    text = compact({"title": "Team", "ext": CALL, "disablePush": False})
    found = fields(size_report(text))
    assert found["/ext -> /entity/content -> /call_type"] == 1
    assert found["/ext -> /entity/content"] == len(json.loads(CALL)["entity"]["content"])
    assert uses(size_report(text))["desc and ext"] == ("/ext", len(CALL.encode()))


@pytest.mark.parametrize(
    ("document", "content"),
    [
        (ext(c2c_call()), "/entity/content -> /room_id"),
        (c2c_call(), "/content -> /room_id"),
        ({"aps": {}, "entity": c2c_call()}, "/entity/content -> /room_id"),
        ({"aps": {}, "custom": compact(ext(c2c_call()))}, "/custom -> /entity/content -> /room_id"),
        ([{"msg": compact([{"Ext": CALL, "Title": "a", "PushFlag": 0}])}], "/0/msg -> /0/Ext -> /entity/content -> /room_id"),
    ],
)
def test_a_field_has_a_pointer_for_each_text(document: Any, content: str) -> None:
    """Whatever carries the ext."""
    assert content in fields(size_report(compact(document)))


@pytest.mark.parametrize("inside", [False, True])
def test_a_notification_is_measured_as_a_whole(inside: bool) -> None:
    """One inside another document by its shortest text. It has no limits for title and desc together with the ext."""
    notification = {"aps": {"alert": {"body": "é" * 9}, "badge": 1}, "ext": EXT}
    document = json.dumps([notification] if inside else notification, indent=1, ensure_ascii=False)
    size = len((compact(notification) if inside else document).encode())
    at = "/0/ext" if inside else "/ext"
    assert uses(size_report(document)) == {
        "ext advised": (at, len(EXT.encode())),
        "APNs notification": (at, size),
        "APNs VoIP notification": (at, size),
    }


def test_the_message_of_the_push_api_of_tpns() -> None:
    """Its limit applies to the object, and each of its two exts has its own limits."""
    message = {"title": "Team", "content": "hi", "android": {"custom_content": EXT}, "ios": {"custom_content": CALL}}
    report = size_report(compact({"audience_type": "all", "message_type": "notify", "message": message}))
    [whole] = [use for use in report.limits if use.limit.subject == "message"]
    assert (whole.pointers, whole.used, whole.left) == (("/message",), len(compact(message).encode()), 4096 - whole.used)
    assert [(use.pointers[0], use.used) for use in report.limits if use.limit.subject == "ext"] == [
        ("/message/android/custom_content", len(EXT.encode())),
        ("/message/ios/custom_content", len(CALL.encode())),
    ]
    named = size_report('{"message": "x"}', carrier="tpns-push")
    assert (named.limits, len(named.fields)) == ((), 1)


def test_a_text_as_bytes_is_one_field() -> None:
    """The SDK for Android dumps it as an array; the fields of the text follow."""
    signed = [byte - 256 if byte > 127 else byte for byte in EXT.encode()]
    report = size_report(compact({"offlinePushInfo": {"extension": signed, "description": "x", "pushFlag": 0}}))
    found = fields(report)
    assert found["/offlinePushInfo/extension"] == len(EXT.encode())
    assert found["/offlinePushInfo/extension -> /entity/content"] == 10
    assert len(found) < 15


@pytest.mark.parametrize(
    ("document", "names"),
    [
        ("{}", []),
        ("[1, 2]", ["/0", "/1"]),
        ('{"name": "x", "version": {"major": null}}', ["/name", "/version/major"]),
        ('"hello"', [""]),
        ('{"call_id": "a", "call_type": 1}', ["/call_id", "/call_type"]),
    ],
)
def test_a_document_without_an_ext_has_fields_only(document: str, names: list[str]) -> None:
    """Known or not; no limit applies."""
    report = size_report(document)
    assert list(fields(report)) == names
    assert report.limits == report.over == ()
    assert report.bytes == len(document)


def test_an_ext_that_is_no_json_is_one_field() -> None:
    """Its limits apply, and so do those of an ext that is no object; white space around it does not count."""
    for text in ("hello", "[1]", " 5 ", ""):
        report = size_report(compact({"PushFlag": 0, "Ext": text}))
        assert uses(report)["ext advised"] == ("/Ext", len(text.strip()))
    assert list(fields(size_report(compact({"PushFlag": 0, "Ext": "[1,[2]]"})))) == [
        "/PushFlag",
        "/Ext",
        "/Ext -> /0",
        "/Ext -> /1/0",
    ]


def test_each_of_many_forms_is_measured() -> None:
    """In one array."""
    document = [{"OfflinePushInfo": {"Ext": EXT, "Title": "x" * number}} for number in range(200)]
    report = size_report(compact(document))
    assert [use.used for use in report.limits if use.limit.name == "vivo title"] == list(range(200))
    assert sum(use.limit.name == "vivo title" for use in report.over) == 159


def test_the_form_can_be_named() -> None:
    """A document that is named needs no marks; an unknown name is an error."""
    assert uses(size_report('{"ext": "hi"}', carrier=pc.Carrier.CLICK_CALLBACK))["ext advised"] == ("/ext", 2)
    with pytest.raises(ValueError, match="no form is named 'click'"):
        size_report("{}", carrier="click")
    with pytest.raises(pc.DecodeError):
        size_report("{")


@given(strategies.rest_push_infos())
def test_a_report_has_each_scalar_of_the_document(info: pc.RestPushInfo) -> None:
    """With its size as text; what is left and what is used add up to the limit."""
    text = pc.encode_push_info(info)
    report = size_report(text, carrier="rest-push-info")
    outer = [field for field in report.fields if len(field.pointers) == 1]
    expected = [(pointer, None if isinstance(each, str) else size) for pointer, each, size in typed(json.loads(text))]
    assert [(field.pointers[0], None if field.units is not None else field.bytes) for field in outer] == expected
    assert all(use.used + use.left == use.limit.most for use in report.limits)
    assert json.loads(json.dumps(report.to_dict()))["bytes"] == len(text.encode())


def typed(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str, Any, int]]:
    if isinstance(value, list | dict):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from typed(inner, (*path, key))
    else:
        yield jsontext.pointer(path), value, len(json.dumps(value))


def test_a_report_as_json() -> None:
    """With the source of each limit."""
    report = size_report(EXT)
    found: Any = report.to_dict()
    assert list(found) == ["bytes", "fields", "limits"]
    assert found["fields"][0] == {"pointers": ["/entity/action"], "bytes": 1, "units": None}
    assert found["limits"][0] == {
        "name": "ext advised",
        "subject": "ext",
        "form": "ext",
        "pointers": [""],
        "unit": "bytes",
        "most": 1024,
        "used": len(EXT.encode()),
        "left": 1024 - len(EXT.encode()),
        "source": "Tencent IM push guide, https://cloud.tencent.com/document/product/269/133879",
    }
    assert isinstance(report.limits[0], LimitUse)

"""The linter as a library: the diagnostics of a text, and their positions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from json_texts import json_like
from mutants import mutants
from payloads import compact, group_call, group_chat, group_content
from shared_data import shared_folder

import pushcodec as pc
from pushcodec import schemafiles
from pushcodec.errors import MAX_VIOLATIONS, Code
from pushcodec.inspection import iter_violations
from pushcodec.jsontext.values import Position
from pushcodec.lint import Config, Diagnostic, Severity, lint_lines, lint_text


def found(data: str | bytes, **config: object) -> list[tuple[Code, str, tuple[str, ...]]]:
    """The code and the pointers of each diagnostic."""
    return [(each.code, each.pointer, each.embedded) for each in lint_text(data, config=Config(**config))]  # type: ignore[arg-type]


def only(data: str | bytes, code: Code, filename: str = "chat.json") -> Diagnostic:
    """The only diagnostic with the code."""
    (diagnostic,) = (each for each in lint_text(data, filename=filename) if each.code is code)
    return diagnostic


def test_a_clean_payload_has_no_findings() -> None:
    """Such as a composed group chat."""
    assert lint_text(pc.encode_ext(pc.compose.group_chat(group_id="@TGS#1", title="Team", content="hi"))) == []


def test_a_diagnostic_has_a_message_and_positions() -> None:
    """It has file, code, severity, message, pointers, start and end, and the line to show."""
    diagnostic = only('{"entity":{"action":1,\n"chatType":1,"sender":"é😀","nickname":7}}', Code.WRONG_TYPE)
    assert diagnostic.to_dict() == {
        "file": "chat.json",
        "code": "PC301",
        "name": "wrong-type",
        "severity": "error",
        "message": "expected a string, got number",
        "pointer": "/entity/nickname",
        "embedded": [],
        "start": {"line": 2, "column": 39, "offset": 65},
        "end": {"line": 2, "column": 40, "offset": 66},
    }
    (frame,) = diagnostic.frames
    assert (frame.line, frame.column, frame.marked, frame.after) == (2, 39, "7", "}}")
    assert (frame.clipped_before, frame.clipped_after) == (False, False)


def test_a_finding_in_an_embedded_text_has_a_position_in_the_file() -> None:
    """Through `custom` and `content`, both written with escapes, it marks the exact characters in the file."""
    content = compact({**group_content(), "invited_list": ["bob", ""]}).replace(",", ",\n")
    ext = compact({"entity": {**group_call(), "content": content, "nickname": "😀"}})
    data = json.dumps({"aps": {"alert": "😀"}, "custom": ext}, indent=2).replace("\n", "\r\n").encode()
    diagnostic = only(data, Code.EMPTY_STRING)
    assert (diagnostic.pointer, *diagnostic.embedded) == ("/custom", "/entity/content", "/invited_list/1")
    assert data[diagnostic.start.offset : diagnostic.end.offset] == rb"\\\"\\\""
    assert diagnostic.start.line == 5
    line = data.decode().split("\r\n")[4]
    assert line[diagnostic.start.column - 1 : diagnostic.end.column - 1] == r"\\\"\\\""
    outer, inner = diagnostic.frames
    assert (outer.line, outer.marked) == (5, r"\\\"\\\"")
    assert inner.marked == '""'
    assert (inner.line, inner.before) == (content[: content.index('""')].count("\n") + 1, "")


def test_the_shown_text_is_cut_at_the_end_of_its_line() -> None:
    """Only the first line of a value of several lines is shown; a long line is shown in part."""
    pretty = only('{\n"entity" : {\n"a":1}}', Code.PRETTY_PRINTING)
    assert pretty.frames[0].marked == "{"
    assert (pretty.end.line, pretty.end.column) == (3, 8)
    long = only(compact({"entity": {**group_chat(), "nickname": ["x" * 500], "content": "y" * 300}}), Code.WRONG_TYPE)
    (frame,) = long.frames
    assert (len(frame.before), len(frame.marked), len(frame.after)) == (60, 120, 40)
    assert (frame.clipped_before, frame.clipped_after) == (True, True)


def test_each_line_of_ndjson_is_a_document() -> None:
    """Lines and offsets count from the start of the file; empty lines are skipped; other lines than a broken one are linted."""
    good = compact({"entity": group_chat()})
    bad = compact({"entity": {**group_chat(), "sender": ""}})
    data = f"{good}\n\n{bad}\r\n{{\n{bad}".encode()
    places = [(each.code, each.start.line) for each in lint_text(data, filename="log.ndjson.gz")]
    assert places == [
        *((code, 3) for code in (Code.EMPTY_STRING, Code.IGNORED_PAYLOAD)),
        (Code.NOT_JSON, 4),
        *((code, 5) for code in (Code.EMPTY_STRING, Code.IGNORED_PAYLOAD)),
    ]
    last = lint_text(data.decode(), filename="log.jsonl")[-1]
    assert data[last.start.offset : last.end.offset] == b'""'
    assert last.start.column == bad.index('""') + 1
    assert list(lint_lines([data[:50], data[50:]], filename="log.jsonl")) == lint_text(data, filename="log.jsonl")


@pytest.mark.parametrize(
    ("data", "code", "marked"),
    [
        (b"", Code.NOT_JSON, b""),
        (b'{"entity"', Code.NOT_JSON, b""),
        (b'{"entity":nul}', Code.NOT_JSON, b"n"),
        (b'{"entity":NaN}', Code.NOT_JSON, b"NaN"),
        (b'{"entity":"\xff\xff"}', Code.INVALID_UTF8, b"\xff"),
        (b'\xef\xbb\xbf{"entity":{}}', Code.BYTE_ORDER_MARK, b"\xef\xbb\xbf"),
        (b'{"a":"\\ud800","entity":{}}', Code.LONE_SURROGATE, b'"\\ud800"'),
        (b'{"a":1,"\\u0061":2,"entity":{}}', Code.DUPLICATE_KEY, b'"\\u0061"'),
        (b'{"entity":1 , }', Code.TRAILING_COMMA, b","),
        (b'{"entity":1e999}', Code.NUMBER_BEYOND_DOUBLE, b"1e999"),
        (b'{"entity":18446744073709551616}', Code.INTEGER_BEYOND_64_BITS, b"18446744073709551616"),
        (b"[" * 16 + b"{" + b"}" + b"]" * 16, Code.TOO_DEEP, b"{"),
        (b"[" + b"0," * 1000 + b"77]", Code.TOO_MANY_ITEMS, b"77"),
        (b" " * 70000, Code.TOO_LARGE, b""),
    ],
)
def test_a_fault_of_the_text_is_marked_by_its_characters(data: bytes, code: Code, marked: bytes) -> None:
    """For each kind of fault."""
    diagnostic = only(data, code)
    assert data[diagnostic.start.offset : diagnostic.end.offset] == marked


@pytest.mark.parametrize(
    ("value", "code", "pointers"),
    [
        ({"aps": {}, "custom": 7}, Code.CLIENT_CRASH, ("/custom",)),
        ({"aps": {}, "custom": "hello"}, Code.EXT_AS_PLAIN_TEXT, ("/custom",)),
        ({"aps": {}, "custom": '"hello"'}, Code.EXT_AS_PLAIN_TEXT, ("/custom",)),
        ({"aps": {}, "custom": '{"entity":'}, Code.NOT_JSON, ("/custom", "")),
        ({"aps": {}, "custom": "{}"}, Code.IGNORED_PAYLOAD, ("/custom", "")),
        ({"entity": []}, Code.CLIENT_CRASH, ("/entity",)),
        ({"entity": {"action": 1}}, Code.IGNORED_PAYLOAD, ("/entity",)),
        ({"entity": {"action": 3, "chatType": 1}}, Code.IGNORED_PAYLOAD, ("/entity/action",)),
        ({"entity": {"action": None, "chatType": 1}}, Code.CLIENT_CRASH, ("/entity/action",)),
        ({"entity": {"action": 1, "chatType": []}}, Code.CLIENT_CRASH, ("/entity/chatType",)),
        ({"entity": {"action": 1, "chatType": 3}}, Code.IGNORED_PAYLOAD, ("/entity/chatType",)),
        ({"entity": {**group_call(), "content": 7}}, Code.CLIENT_CRASH, ("/entity/content",)),
        ({"entity": {**group_call(), "content": "[]"}}, Code.IGNORED_PAYLOAD, ("/entity/content", "")),
        ({"entity": group_call(sendTime=None)}, Code.CLIENT_CRASH, ("/entity/sendTime",)),
        ({"entity": group_call(group_content(timeout=[]))}, Code.CLIENT_CRASH, ("/entity/content", "/timeout")),
        ({"entity": group_call(group_content(action={}))}, Code.CLIENT_CRASH, ("/entity/content", "/action")),
        ({"entity": group_call({"timeout": 30})}, Code.CLIENT_CRASH, ("/entity/content", "")),
    ],
)
def test_an_effect_on_the_client_is_marked_at_the_value_that_decides(value: Any, code: Code, pointers: tuple[str, ...]) -> None:
    """A crash, a payload without effect, and a text that is no ext are marked at the value that the client read."""
    assert (code, pointers[0], pointers[1:]) in found(compact(value))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {Code.NOT_JSON}),
        (" \n", {Code.NOT_JSON}),
        ('{"entity":', {Code.NOT_JSON}),
        ("[" * 100, {Code.TOO_DEEP}),
        ("hello", {Code.NOT_JSON, Code.EXT_AS_PLAIN_TEXT}),
        (b"\xe4\xbd\xa0 hello", {Code.NOT_JSON, Code.EXT_AS_PLAIN_TEXT}),
        ('"hello"', {Code.WRONG_TYPE, Code.EXT_AS_PLAIN_TEXT}),
        ("x" * 70000, {Code.TOO_LARGE, Code.EXT_AS_PLAIN_TEXT}),
        ("[" * 70000, {Code.TOO_LARGE}),
    ],
)
def test_only_a_text_of_words_is_reported_as_no_ext(text: str | bytes, expected: set[Code]) -> None:
    """An empty text, incomplete JSON, and texts that are too large or too deep have other findings, none about sizes."""
    assert {each.code for each in lint_text(text)} == expected


def test_at_most_a_thousand_findings_of_a_document_are_listed() -> None:
    """They are followed by one that says that there are more."""
    content = compact({**group_content(), "invited_list": [""] * 1000})
    findings = lint_text(compact({"entity": {**group_call(), "content": content, "nickname": 1}}))
    assert len(findings) == MAX_VIOLATIONS + 1
    assert findings[-1].code is Code.MORE_VIOLATIONS


def test_only_selected_rules_are_reported() -> None:
    """Codes that are not selected are not reported."""
    text = compact({"entity": {**group_chat(), "action": "1"}})
    assert {code for code, *_ in found(text)} == {Code.WRONG_TYPE, Code.CLIENT_COERCION}
    assert [code for code, *_ in found(text, ignore=("PC3",))] == [Code.CLIENT_COERCION]


def test_the_kind_can_be_given() -> None:
    """By default the linter recognizes the kind of a document."""
    text = compact(group_content())
    assert found(text) == []
    assert (Code.MISSING_KEY, "", ()) in found(text, kind="ext")


def test_valid_samples_of_other_projects_have_no_findings() -> None:
    """No payload that is known to be valid has an error or a warning."""
    files = sorted(shared_folder("samples").glob("valid/*.json"))
    assert files
    for file in files:
        alarms = [each for each in lint_text(file.read_bytes()) if each.severity is not Severity.INFO]
        assert not alarms, file.name


_WRONG_IN_SAMPLES = {
    "compose-chat-without-action.json": ("/entity",),
    "doc-placeholder-entity-string.json": ("/entity",),
    "harmony-ext-not-json.json": ("",),
    "rest-doc-entity-without-action.json": ("/entity",),
    "web-call-without-room-id.json": ("/entity/content", ""),
}


def test_invalid_samples_of_other_projects_have_an_error_at_its_place() -> None:
    """Every payload that is known to be invalid has an error that marks the bytes of the value at its pointers."""
    files = {file.name: file.read_bytes() for file in shared_folder("samples").glob("invalid/*.json")}
    assert set(files) == set(_WRONG_IN_SAMPLES)
    for name, data in files.items():
        errors = [each for each in lint_text(data) if each.severity is Severity.ERROR]
        assert {(each.pointer, *each.embedded) for each in errors} == {_WRONG_IN_SAMPLES[name]}
        for each in errors:
            piece = data[each.start.offset : each.end.offset].decode()
            value = json.loads(data)
            for part in each.pointer.split("/")[1:]:
                value = value[part]
            if each.embedded:
                piece, value = json.loads(f'"{piece}"'), json.loads(value)
            assert json.loads(piece) == value


def pointers(violations: Iterator[pc.Violation]) -> set[tuple[Code, str, tuple[str, ...]]]:
    """The code and the pointers of each violation."""
    return {(each.code, each.pointer, each.embedded) for each in violations}


def test_the_linter_reports_every_violation() -> None:
    """For seeded mutants, findings about text and structure equal the violations, at positions inside the file."""
    for raw in mutants(4000, seed=11):
        diagnostics = lint_text(raw)
        kinds = {each for each in diagnostics if each.code[:3] in ("PC1", "PC3", "PC4") and each.code is not Code.MISSPELLED_KEY}
        named = {(each.code, each.pointer, each.embedded) for each in kinds}
        assert named == pointers(iter_violations(raw, kind=None))
        for each in diagnostics:
            assert 0 <= each.start.offset <= each.end.offset <= len(raw)


@given(st.one_of(st.binary(max_size=60), json_like, st.text(max_size=30)), st.sampled_from([None, *schemafiles.NAMES]))
def test_any_text_gives_diagnostics(data: str | bytes, kind: str | None) -> None:
    """In order, with printable messages and without an exception, for any text and any kind."""
    diagnostics = lint_text(data, filename="x.json", config=Config(kind=kind, now=1_700_000_000))
    assert [each.start.offset for each in diagnostics] == sorted(each.start.offset for each in diagnostics)
    for each in diagnostics:
        assert each.message.isascii()
        assert each.message.isprintable()
        assert each.start >= Position(1, 1, 0)

"""Positions and fixes in an ext that a document contains as an array of bytes, as a parameter of a link, or in a list of texts."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushcodec.errors import Code
from pushcodec.jsontext.positions import EmbeddedBytes, EmbeddedLink, EmbeddedText, SourceText, byte_starts
from pushcodec.jsontext.values import Span
from pushcodec.lint import lint_text
from pushcodec.lint.diagnostics import Diagnostic
from pushcodec.lint.document import Texts
from pushcodec.lint.fixes import fix_document
from pushcodec.lint.layers import Locator
from pushcodec.lint.marks import Mark


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def chat(**changes: Any) -> str:
    return _text({"entity": {"nickname": "美林", "action": 1, "chatType": 1, "sender": "mei", "version": 1, **changes}})


def dump(ext: str) -> str:
    data = (byte - 256 if byte > 127 else byte for byte in ext.encode())
    return _text({"offlinePushInfo": {"title": "a", "extension": list(data), "androidConfig": {"oppoChannelID": "b"}}})


def link(ext: str) -> str:
    return _text({"url": f"intent://push#Intent;S.ext={quote(ext, safe='')};end"})


def found_in(document: str | bytes, code: Code) -> Diagnostic:
    (found,) = (each for each in lint_text(document) if each.code is code)
    return found


def marked(document: str, found: Diagnostic) -> str:
    """The characters of the document that a finding marks."""
    return document.encode()[found.start.offset : found.end.offset].decode()


def test_a_value_in_an_array_of_bytes_is_marked_by_its_numbers() -> None:
    """The frame below has the text that the bytes are."""
    document = dump(chat(sender=12))
    found = found_in(document, Code.WRONG_TYPE)
    assert (found.pointer, found.embedded) == ("/offlinePushInfo/extension", ("/entity/sender",))
    assert marked(document, found) == "49,50"
    assert (found.frames[1].marked, found.frames[1].before[-9:]) == ("12", '"sender":')


def test_a_value_in_a_link_is_marked_by_its_escapes() -> None:
    """A character outside ASCII has several of them."""
    document = link(chat(sender=["林"]))
    found = found_in(document, Code.WRONG_TYPE)
    assert (found.pointer, found.embedded) == ("/url", ("/entity/sender",))
    assert marked(document, found) == "%5B%22%E6%9E%97%22%5D"


def test_a_link_that_is_the_document_has_findings() -> None:
    """Its pointer is that of the string."""
    document = _text(f"xgscheme://com.example/open?a=1&customContent={quote(chat(chatType='1'))}&b=2")
    found = found_in(document, Code.WRONG_TYPE)
    assert (found.pointer, found.embedded, marked(document, found)) == ("", ("/entity/chatType",), "%221%22")


@pytest.mark.parametrize("write", [dump, link], ids=["bytes", "link"])
def test_a_fix_is_written_in_the_form_of_the_text(write: Any) -> None:
    """Numbers for an array of bytes, escapes for a link."""
    document, repaired = write(chat(chatType="1", nickName="林")).encode(), write(chat(nickName="林")).encode()
    assert fix_document(document, unsafe=True).data == repaired


@pytest.mark.parametrize("write", [dump, link], ids=["bytes", "link"])
def test_a_text_in_another_form_is_not_made_shorter(write: Any) -> None:
    """Its white space is not that of a JSON text that somebody pretty-printed."""
    document = write(json.dumps(json.loads(chat()), indent=1))
    assert [each.code for each in lint_text(document) if each.code is Code.PRETTY_PRINTING] == []


def test_a_change_that_needs_another_comma_is_no_fix() -> None:
    """The content of a call in an array of bytes has wasted characters, and removing them would leave a comma."""
    content = '{"action": 1,"call_id":"c","call_type":1,"invited_list":["b"],"room_id":5,"group_id":"","timeout":30,"version":4}'
    ext = chat(action=2, content=content, sendTime=1764000000)
    found = found_in(dump(ext), Code.PRETTY_PRINTING)
    assert found.fix is None
    assert found_in(link(ext), Code.PRETTY_PRINTING).fix is not None
    fixed = fix_document(link(ext).encode()).data.decode()
    assert fixed == link(ext.replace(": 1,", ":1,"))


def test_findings_in_texts_that_are_not_utf8_have_positions() -> None:
    """Bytes that are not UTF-8 count as U+FFFD, in an array and in a link."""
    data = [*b'{"entity":{"nickname":"', -1, -30, -126, *b'","action":1,"chatType":1,"sender":5,"version":1}}']
    document = _text({"extension": data, "title": "a", "androidConfig": {"oppoChannelID": "b"}})
    assert marked(document, found_in(document, Code.WRONG_TYPE)) == "53"
    escaped = quote('{"entity":{"nickname":"').replace("/", "%2F") + "%FF%E2%82" + quote('","action":1,"sender":5}}')
    document = _text(f"intent:#Intent;S.ext={escaped};end")
    assert marked(document, found_in(document, Code.WRONG_TYPE)) == "5"


@given(st.binary(max_size=40))
def test_characters_of_bytes_have_the_indexes_of_their_first_bytes(data: bytes) -> None:
    """Each piece between two indexes decodes to one character."""
    text = data.decode("utf-8", "replace")
    starts = byte_starts(data, text)
    assert len(starts) == len(text) + 1
    assert starts[-1] == len(data)
    assert [data[start:end].decode("utf-8", "replace") for start, end in pairwise(starts)] == list(text)


@given(st.text(max_size=20), st.data())
def test_the_span_of_characters_is_that_of_their_numbers(text: str, drawn: st.DataObject) -> None:
    """Read back, the numbers are the bytes of the characters."""
    data = text.encode("utf-8", "replace")
    text = data.decode()
    around = "[ " + " , ".join(map(str, data)) + " ]"
    tokens, at = [], 2
    for byte in data:
        tokens.append(Span(at, at + len(str(byte))))
        at += len(str(byte)) + 3
    embedded = EmbeddedBytes(data, tokens, Span(0, len(around)))
    start = drawn.draw(st.integers(0, len(text)))
    end = drawn.draw(st.integers(start, len(text)))
    outer = embedded.span(Span(start, end))
    assert bytes(json.loads(f"[{around[outer.start : outer.end]}]")) == text[start:end].encode()
    written = embedded.replaced(Span(start, end), "é1")
    assert written == (None if start == end else "-61,-87,49")
    assert embedded.replaced(Span(start, end), "") is None


@given(st.text(max_size=20), st.sets(st.characters()), st.data())
def test_the_span_of_characters_is_that_of_their_escapes(text: str, kept: set[str], drawn: st.DataObject) -> None:
    """Any character may be escaped or not, but a percent sign."""
    text = text.encode("utf-8", "replace").decode()
    encoded = "".join(each if each in kept and each != "%" else quote(each, safe="") for each in text)
    around = json.dumps(f"intent:S.ext={encoded};")
    string = EmbeddedText(around, Span(0, len(around)))
    embedded = EmbeddedLink(string, Span(13, 13 + len(encoded)))
    assert embedded.text == text
    start = drawn.draw(st.integers(0, len(text)))
    end = drawn.draw(st.integers(start, len(text)))
    outer = embedded.span(Span(start, end))
    piece = json.loads(f'"{around[outer.start : outer.end]}"')
    assert _unquoted(piece) == text[start:end]
    assert embedded.replaced(Span(start, end), 'é"') == "%C3%A9%22"


def _unquoted(text: str) -> str:
    return b"".join(bytes.fromhex(part[:2]) + part[2:].encode() for part in f"%{'41'}{text}".split("%")[1:]).decode()[1:]


def test_a_percent_sign_that_begins_no_escape_is_itself() -> None:
    """A link with one is not refused."""
    string = EmbeddedText('"a=%zz%4"', Span(0, 9))
    embedded = EmbeddedLink(string, Span(2, 7))
    assert (embedded.text, embedded.span(Span(0, 1))) == ("%zz%4", Span(3, 4))


def test_a_value_that_was_not_read_is_marked_by_the_one_around_it() -> None:
    """Of a text that the limits cut, a client may read more than the strict reader."""
    data = b'{"a":{"b":1}}'
    start, end = Locator(SourceText(data), Texts(data)).positions(Mark((("a", "c", 0),)))
    assert data[start.offset : end.offset] == b'{"b":1}'

"""The strict reader on JSONTestSuite (nst/JSONTestSuite, not copied here): accepts `y_`, rejects `n_`, `i_` as pinned below."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from shared_data import shared_folder

from pushcodec import fast
from pushcodec.clients.ios.routing import receive
from pushcodec.codec import decode_ext
from pushcodec.errors import Code, DecodeError, Violation
from pushcodec.jsontext import parse

FAST = fast.Decoder()

Verdict = tuple[Code, ...]
"""The codes of all violations; none if the text is accepted."""

DUPLICATE_KEYS = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}

# The suite leaves these to the parser. The contract forbids numbers out of range, invalid UTF-8 and more than 16 levels.
PINNED: dict[str, Verdict] = {
    "i_number_double_huge_neg_exp.json": (Code.NUMBER_BEYOND_DOUBLE,),
    "i_number_huge_exp.json": (Code.NUMBER_BEYOND_DOUBLE,),
    "i_number_neg_int_huge_exp.json": (Code.NUMBER_BEYOND_DOUBLE,),
    "i_number_pos_double_huge_exp.json": (Code.NUMBER_BEYOND_DOUBLE,),
    "i_number_real_neg_overflow.json": (Code.NUMBER_BEYOND_DOUBLE,),
    "i_number_real_pos_overflow.json": (Code.NUMBER_BEYOND_DOUBLE,),
    "i_number_real_underflow.json": (Code.NUMBER_BEYOND_DOUBLE,),
    "i_number_too_big_neg_int.json": (Code.INTEGER_BEYOND_64_BITS,),
    "i_number_too_big_pos_int.json": (Code.INTEGER_BEYOND_64_BITS,),
    "i_number_very_big_negative_int.json": (Code.INTEGER_BEYOND_64_BITS,),
    "i_object_key_lone_2nd_surrogate.json": (Code.LONE_SURROGATE,),
    "i_string_1st_surrogate_but_2nd_missing.json": (Code.LONE_SURROGATE,),
    "i_string_1st_valid_surrogate_2nd_invalid.json": (Code.LONE_SURROGATE,),
    "i_string_UTF-16LE_with_BOM.json": (Code.INVALID_UTF8,),
    "i_string_UTF-8_invalid_sequence.json": (Code.INVALID_UTF8,),
    "i_string_UTF8_surrogate_U+D800.json": (Code.INVALID_UTF8,),
    "i_string_incomplete_surrogate_and_escape_valid.json": (Code.LONE_SURROGATE,),
    "i_string_incomplete_surrogate_pair.json": (Code.LONE_SURROGATE,),
    "i_string_incomplete_surrogates_escape_valid.json": (Code.LONE_SURROGATE,),
    "i_string_invalid_lonely_surrogate.json": (Code.LONE_SURROGATE,),
    "i_string_invalid_surrogate.json": (Code.LONE_SURROGATE,),
    "i_string_invalid_utf-8.json": (Code.INVALID_UTF8,),
    "i_string_inverted_surrogates_U+1D11E.json": (Code.LONE_SURROGATE,),
    "i_string_iso_latin_1.json": (Code.INVALID_UTF8,),
    "i_string_lone_second_surrogate.json": (Code.LONE_SURROGATE,),
    "i_string_lone_utf8_continuation_byte.json": (Code.INVALID_UTF8,),
    "i_string_not_in_unicode_range.json": (Code.INVALID_UTF8,),
    "i_string_overlong_sequence_2_bytes.json": (Code.INVALID_UTF8,),
    "i_string_overlong_sequence_6_bytes.json": (Code.INVALID_UTF8,),
    "i_string_overlong_sequence_6_bytes_null.json": (Code.INVALID_UTF8,),
    "i_string_truncated-utf-8.json": (Code.INVALID_UTF8,),
    "i_string_utf16BE_no_BOM.json": (Code.INVALID_UTF8,),
    "i_string_utf16LE_no_BOM.json": (Code.INVALID_UTF8,),
    "i_structure_500_nested_arrays.json": (Code.TOO_DEEP,),
    "i_structure_UTF-8_BOM_empty_object.json": (Code.BYTE_ORDER_MARK,),
}

# Rejected inside an object, too, but with another code: the start or end of the text is then in the middle of a text.
NAMED_OTHERWISE_INSIDE = {
    "i_structure_UTF-8_BOM_empty_object.json": Code.NOT_JSON,
    "n_structure_UTF8_BOM_no_data.json": Code.NOT_JSON,
    "n_array_comma_after_close.json": Code.TRAILING_COMMA,
    "n_structure_comma_instead_of_closing_brace.json": Code.TRAILING_COMMA,
}

CHAT = b'"action":1,"chatType":1,"sender":"2019"'
CALL = b'"action":2,"chatType":1,"sender":"2019","sendTime":1595234231'
SIGNALING = b'"action":1,"call_id":"","call_type":1,"invited_list":["2019"],"room_id":1,"timeout":30,"version":4'


@pytest.fixture(scope="module")
def texts() -> dict[str, bytes]:
    """The suite's texts by file name."""
    folder: Path = shared_folder("json-test-suite") / "test_parsing"
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.json"))}


def decode_fast(text: bytes) -> object:
    return FAST.decode(text)


def refusal(read: Callable[[bytes], object], text: bytes) -> tuple[Violation, ...]:
    """The violations for which a text is refused; none if it is accepted."""
    try:
        read(text)
    except DecodeError as error:
        return error.violations
    return ()


def verdict(read: Callable[[bytes], object], text: bytes) -> Verdict:
    return tuple(violation.code for violation in refusal(read, text))


def first_code(read: Callable[[bytes], object], text: bytes) -> Code | None:
    return next(iter(verdict(read, text)), None)


def inside_string(text: bytes) -> bytes:
    """The bytes as a JSON string without quotation marks; bytes that are not UTF-8 stay unchanged."""
    return re.sub(rb'[\x00-\x1f"\\]', lambda match: b"\\u%04x" % match[0][0], text)


def under_a_key(text: bytes) -> bytes:
    return b'{"k":%b}' % text


def beside_entity(text: bytes) -> bytes:
    return b'{"entity":{%b},"k":%b}' % (CHAT, text)


def inside_entity(text: bytes) -> bytes:
    return b'{"entity":{%b,"k":%b}}' % (CHAT, text)


def inside_signaling_content(text: bytes) -> bytes:
    return b'{"entity":{%b,"content":"%b"}}' % (CALL, inside_string(b'{%b,"k":%b}' % (SIGNALING, text)))


def test_figures(texts: dict[str, bytes], report_figure: Callable[[str], None]) -> None:
    """Rejects all 188 `n_` and all 35 `i_` texts, accepts 93 of the 95 `y_` texts, and prints the figures."""
    accepted = {name for name, text in texts.items() if not verdict(parse, text)}
    total = {group: sum(name.startswith(group) for name in texts) for group in ("n_", "y_", "i_")}
    taken = {group: sum(name.startswith(group) for name in accepted) for group in ("n_", "y_", "i_")}
    report_figure(
        f"JSONTestSuite: n_ {total['n_'] - taken['n_']} of {total['n_']} rejected, y_ {taken['y_']} of {total['y_']} accepted, "
        f"i_ {taken['i_']} of {total['i_']} accepted"
    )
    assert total == {"n_": 188, "y_": 95, "i_": 35}
    assert taken == {"n_": 0, "y_": 93, "i_": 0}


def test_valid_texts_are_accepted_but_for_duplicate_keys(texts: dict[str, bytes]) -> None:
    """Exactly the two `y_` texts with a duplicate key are rejected, with its code."""
    refused = {name: verdict(parse, text) for name, text in texts.items() if name.startswith("y_") and verdict(parse, text)}
    assert refused == dict.fromkeys(DUPLICATE_KEYS, (Code.DUPLICATE_KEY,))


def test_texts_that_the_suite_leaves_to_the_parser_are_pinned(texts: dict[str, bytes]) -> None:
    """Each `i_` text gets the verdict of the table."""
    assert {name: verdict(parse, text) for name, text in texts.items() if name.startswith("i_")} == PINNED


EMBEDDED = [beside_entity, inside_entity, inside_signaling_content]


@pytest.mark.parametrize(
    ("read", "embed"),
    [(parse, under_a_key), *((read, embed) for read in (decode_ext, decode_fast) for embed in EMBEDDED)],
    ids=lambda function: function.__name__,
)
def test_the_verdict_is_the_same_under_an_unknown_key(
    texts: dict[str, bytes],
    read: Callable[[bytes], object],
    embed: Callable[[bytes], bytes],
    report_figure: Callable[[str], None],
) -> None:
    """As the value of an unknown key, a text has the same first code as alone, or none; four have another code."""
    alone = {name: first_code(parse, text) for name, text in texts.items()}
    found = {name: first_code(read, embed(text)) for name, text in texts.items()}
    assert found == alone | NAMED_OTHERWISE_INSIDE
    refused = sum(code is not None for code in found.values())
    report_figure(f"JSONTestSuite {embed.__name__}, {read.__name__}: {len(found)} texts, {refused} rejected, all as alone")


@pytest.mark.parametrize("embed", EMBEDDED)
def test_codec_and_fast_path_report_the_same_violations(texts: dict[str, bytes], embed: Callable[[bytes], bytes]) -> None:
    """All violations of the payload around a text are the same, with their pointers."""
    for text in texts.values():
        assert refusal(decode_fast, embed(text)) == refusal(decode_ext, embed(text))


@pytest.mark.parametrize("embed", EMBEDDED)
def test_mirror_and_fast_path_take_the_same_route(texts: dict[str, bytes], embed: Callable[[bytes], bytes]) -> None:
    """The fast path returns the mirror's Route for the payload around any text, also where the client's reader accepts more."""
    for text in texts.values():
        payload = embed(text)
        try:
            custom = payload.decode()
        except UnicodeDecodeError:
            custom = ""  # the client makes no string of such bytes
        assert FAST.route(payload, now=1595234240) == receive({"custom": custom}, now=1595234240)


@pytest.mark.parametrize("embed", EMBEDDED)
def test_the_payload_around_is_valid(embed: Callable[[bytes], bytes]) -> None:
    """The payloads of these tests are valid with null as the value of the unknown key."""
    assert verdict(decode_ext, embed(b"null")) == ()

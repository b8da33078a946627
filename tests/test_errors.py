"""The errors and the catalogue of codes."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable

import pytest
from support import PICKLE_PROTOCOLS, through_pickle

from pushcodec.errors import (
    MAX_VIOLATIONS,
    Code,
    DecodeError,
    EncodeError,
    PushCodecError,
    Violation,
    listed,
    printable,
)

ERRORS = [PushCodecError, DecodeError, EncodeError]

# Published codes. Rows may be added; none may be changed or removed.
PUBLISHED = {
    "PC101": "not-json",
    "PC102": "trailing-comma",
    "PC103": "invalid-utf8",
    "PC104": "byte-order-mark",
    "PC105": "duplicate-key",
    "PC106": "lone-surrogate",
    "PC107": "integer-beyond-64-bits",
    "PC108": "number-beyond-double",
    "PC109": "too-deep",
    "PC110": "too-large",
    "PC111": "too-many-items",
    "PC112": "more-violations",
    "PC201": "not-encodable",
    "PC301": "wrong-type",
    "PC302": "missing-key",
    "PC303": "value-not-allowed",
    "PC304": "empty-string",
    "PC305": "empty-list",
    "PC401": "no-payload",
    "PC801": "custom-message-without-desc",
    "PC802": "no-target",
}


by_value: Callable[[str], Code] = Code  # type: ignore[assignment]  # looked up, not made: mypy sees the arguments of __new__


def violation(number: int = 0) -> Violation:
    return Violation(Code.WRONG_TYPE, f"/{number}", "expected a string")


# The catalogue


def test_published_codes_keep_their_meaning() -> None:
    """A published code still has the same rule."""
    assert {code.value: code.rule for code in Code if code.value in PUBLISHED} == PUBLISHED


def test_codes_and_rules_are_unique() -> None:
    """No two members share a code, a rule name or a summary."""
    for texts in ([code.value for code in Code], [code.rule for code in Code], [code.summary for code in Code]):
        assert len(set(texts)) == len(Code.__members__)


@pytest.mark.parametrize("code", Code, ids=str)
def test_each_code_has_form_rule_and_summary(code: Code) -> None:
    """A code is `PCnnn`, its rule is kebab-case, its summary one printable line without a full stop; its text gives the code."""
    assert re.fullmatch(r"PC[1-9][0-9]{2}", code.value)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.rule)
    assert re.fullmatch(r"[ -~]+[^. ]", code.summary)
    assert by_value(code.value) is code
    assert str(code) == code.value


# Printable text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("plain ~!", "plain ~!"),
        ("it's", "it's"),
        ('say "x"', 'say "x"'),
        ("é", "\\xe9"),
        ("中😀", "\\u4e2d\\U0001f600"),
        ("\ud800", "\\ud800"),
        ("a\nb\x1b[0m\x7f", "a\\nb\\x1b[0m\\x7f"),
        ("\\", "\\\\"),
    ],
    ids=ascii,
)
def test_printable_escapes_everything_else(text: str, shown: str) -> None:
    """Printable ASCII stays, everything else is escaped."""
    assert printable(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a" * 10, "a" * 10),
        ("a" * 11, "a" * 7 + "..."),
        ("é" * 2, "\\xe9\\xe9"),
        ("é" * 2 + "abc", "\\xe9\\xe..."),
        ("a" * 1_000_000, "a" * 7 + "..."),
        ("\0" * 1_000_000, "\\x00\\x0..."),
    ],
    ids=lambda text: f"{len(text)}-{text[:4]!a}",
)
def test_printable_is_cut_at_its_limit(text: str, shown: str) -> None:
    """A longer text is cut to the length of the limit and ends with three points."""
    assert printable(text, 10) == shown
    assert len(shown) <= 10


def test_printable_is_cut_at_512_characters_by_default() -> None:
    """The default limit is 512 characters."""
    assert printable("a" * 512) == "a" * 512
    assert printable("a" * 513) == "a" * 509 + "..."


# Violations


@pytest.mark.parametrize(
    ("pointer", "embedded", "location"),
    [
        ("", (), "(document)"),
        ("/entity/content", (), "/entity/content"),
        ("/custom", ("/entity/content", "/invited_list/0"), "/custom -> /entity/content -> /invited_list/0"),
        ("", ("",), "(document) -> (text)"),
        ("/custom", ("", "/a"), "/custom -> (text) -> /a"),
        ("/中", ("/\x1b",), "/\\u4e2d -> /\\x1b"),
        ("/" + "k" * 300, (), "/" + "k" * 196 + "..."),
    ],
    ids=["document", "pointer", "three-layers", "text", "text-between", "not-ascii", "long"],
)
def test_location_joins_the_pointers(pointer: str, embedded: tuple[str, ...], location: str) -> None:
    """The pointers are joined by arrows, in printable ASCII, at most 200 characters; an empty pointer has a name."""
    found = Violation(Code.DUPLICATE_KEY, pointer, "expected each key once", embedded)
    assert found.location == location
    assert str(found) == f"PC105 duplicate-key at {location}: expected each key once"


def test_to_dict_is_json() -> None:
    """The dictionary of a violation contains code, name, pointers and message, and is JSON."""
    found = Violation(Code.EMPTY_LIST, "/custom", "expected an item", ("/entity/content", "/invited_list"))
    assert found.to_dict() == {
        "code": "PC305",
        "name": "empty-list",
        "pointer": "/custom",
        "embedded": ["/entity/content", "/invited_list"],
        "message": "expected an item",
    }
    assert json.loads(json.dumps(found.to_dict())) == found.to_dict()
    assert type(found.to_dict()["code"]) is str


def test_violations_are_values() -> None:
    """Violations are frozen, compare by value and are hashable."""
    assert violation(1) == violation(1) != violation(2)
    assert len({violation(1), violation(1), violation(2)}) == 2
    with pytest.raises(AttributeError):
        violation().message = "other"  # type: ignore[misc]


@pytest.mark.parametrize("protocol", PICKLE_PROTOCOLS)
def test_violations_pickle(protocol: int) -> None:
    """An unpickled violation is equal, and its code is the member of the enum."""
    again = through_pickle(violation(), protocol)
    assert again == violation()
    assert again.code is Code.WRONG_TYPE


@pytest.mark.parametrize(("count", "kept", "more"), [(0, 0, False), (1000, 1000, False), (1001, 1000, True), (9999, 1000, True)])
def test_listed_ends_after_a_thousand(count: int, kept: int, more: bool) -> None:
    """At most 1,000 violations are listed, followed by one that says that there are more."""
    assert MAX_VIOLATIONS == 1000
    found = list(listed(violation(number) for number in range(count)))
    assert found[:kept] == [violation(number) for number in range(kept)]
    assert [item.code for item in found[kept:]] == [Code.MORE_VIOLATIONS] * more


# Exceptions


@pytest.mark.parametrize("kind", ERRORS)
@pytest.mark.parametrize(
    ("count", "end"), [(1, "expected a string"), (2, "expected a string (and 1 more)"), (1001, "expected a string (and 1000 more)")]
)
def test_the_text_of_an_error_is_its_first_violation(kind: type[PushCodecError], count: int, end: str) -> None:
    """It ends with the number of further violations."""
    error = kind(violation(number) for number in range(count))
    assert str(error) == f"PC301 wrong-type at /0: {end}"
    assert error.violations == tuple(violation(number) for number in range(count))


def test_an_error_is_at_most_512_characters() -> None:
    """Also with long violations; the number of further violations is not cut off."""
    wide = Violation(Code.WRONG_TYPE, "/" + "é" * 900, "expected " + "x" * 900, ("/y" * 900,))
    text = str(DecodeError([wide] * 1001))
    assert len(text) <= 512
    assert text.isascii()
    assert text.endswith(" (and 1000 more)")


@pytest.mark.parametrize("kind", ERRORS)
def test_errors_pickle_and_copy(kind: type[PushCodecError], report_figure: Callable[[str], None]) -> None:
    """Pickled and copied errors, flat and deep, keep their type and their violations."""
    error = kind([violation(1), violation(2)])
    pickled = [through_pickle(error, protocol) for protocol in PICKLE_PROTOCOLS]
    for again in (*pickled, copy.copy(error), copy.deepcopy(error)):
        assert type(again) is kind
        assert again.violations == error.violations
        assert str(again) == "PC301 wrong-type at /1: expected a string (and 1 more)"
    report_figure(f"pickled by protocols {PICKLE_PROTOCOLS[0]} to {PICKLE_PROTOCOLS[-1]}, and copied: {kind.__name__}")


@pytest.mark.parametrize("kind", [DecodeError, EncodeError])
def test_every_error_is_a_push_codec_error(kind: type[PushCodecError]) -> None:
    """`except PushCodecError` catches every error about an input; none is a ValueError."""
    assert issubclass(kind, PushCodecError)
    assert not issubclass(kind, ValueError)


def test_an_error_has_a_violation() -> None:
    """An error without violations cannot be built."""
    with pytest.raises(ValueError, match="at least one violation"):
        DecodeError([])

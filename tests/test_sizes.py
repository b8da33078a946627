"""Sizes of payloads, and the table of limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given

from pushcodec import jsontext, sizes
from pushcodec.lint.analyses import sizes as linted
from pushcodec.sizes import LIMITS, heaviest, limits_of, most, utf8_size, utf16_size
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
    assert found == [[ascii(pointer)[1:-1], str(size)] for pointer, size in sorted(scalars(value), key=lambda each: -each[1])][:100]


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

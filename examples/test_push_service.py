"""A test suite with the strategies: Hypothesis tests a small push service.

Usage: pytest examples/test_push_service.py

The service takes an ext from a sender, sets the title, and returns the ext to push. It accepts nothing that a phone would ignore.
"""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pushcodec as pc
from pushcodec import strategies
from pushcodec.strategies import NearMiss, Tolerated

SECONDS = st.integers(0, 2**33)


def accept(text: str | bytes, title: str) -> str:
    """The ext to push, with the title set. Raises DecodeError for one that is not valid."""
    ext = pc.decode_ext(text)
    entity = ext.entity.model_copy(update={"nickname": title})
    return pc.encode_ext(ext.model_copy(update={"entity": entity}))


@given(strategies.ext_texts(), st.text(min_size=1, max_size=20, alphabet="abc 小明"))
def test_only_the_title_changes(text: str, title: str) -> None:
    """All other values stay, also unknown keys."""
    before, after = pc.decode_ext(text), pc.decode_ext(accept(text, title))
    assert after.entity.nickname == title
    assert after.entity.model_copy(update={"nickname": before.entity.nickname}) == before.entity


@given(strategies.ext_texts(), SECONDS)
def test_no_phone_crashes_on_what_is_pushed(text: str, now: int) -> None:
    """At any time, on iOS and Android."""
    assert pc.compare(accept(text, "Team"), now=now).crashes == ()


@given(strategies.near_misses())
def test_a_fault_is_named(found: NearMiss) -> None:
    """One fault gives one code."""
    with pytest.raises(pc.DecodeError) as caught:
        accept(found.text, "Team")
    assert [violation.code for violation in caught.value.violations] == [found.code]


@given(strategies.tolerated())
def test_what_only_one_client_tolerates_is_refused(found: Tolerated) -> None:
    """Other clients may crash on it or ignore it."""
    with pytest.raises(pc.DecodeError):
        accept(found.text, "Team")


@given(strategies.hostile())
def test_any_bytes_give_a_value_or_an_error(data: bytes) -> None:
    """No other exception leaves the service."""
    with contextlib.suppress(pc.DecodeError):
        assert pc.decode_ext(accept(data, "Team")).entity.nickname == "Team"

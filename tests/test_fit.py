"""`compose.fit`: the shortened ext fits, and is the longest that does, in whole graphemes."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payloads import c2c_call, c2c_chat, ext, group_call
from support import PICKLE_PROTOCOLS, through_pickle

import pushcodec as pc
from pushcodec import compose, strategies
from pushcodec.compose import fitting
from pushcodec.models import to_wire

regex = pytest.importorskip("regex", reason="no regex: pip install 'pushcodec[fit]'")

# Graphemes that merge with no neighbour from this list: a family of four with joiners, a letter with three marks, a syllable of
# three Hangul letters, one precomposed, a flag of two letters, a hand with a skin tone, a keycap; and characters that JSON escapes.
GRAPHEMES = (
    *("👨‍👩‍👧‍👦", "e\u0301\u0323\u20dd", "\u1100\u1161\u11a8", "한", "🇨🇳", "👍🏽", "1\ufe0f\u20e3", "a", "你", "é"),
    *('"', "\\", "\n", "\u0000", "\x1f", "/", "😀", " "),
)
TEXTS = st.lists(st.sampled_from(GRAPHEMES), max_size=12)


def size(found: pc.Ext) -> int:
    return len(pc.encode_ext(found).encode())


def chat(content: str, nickname: str = "", **others: Any) -> pc.Ext:
    return pc.Ext.from_wire(ext(c2c_chat(content=content, nickname=nickname, **others), x=[1], timPushFeatures={"fcmPushType": 1}))


def candidates(graphemes: list[str]) -> list[str]:
    """The text, and each of its shortened forms that has fewer bytes, longest first."""
    whole = "".join(graphemes)
    cut = ["".join(graphemes[:kept]) + "…" for kept in range(len(graphemes) - 1, -1, -1)]
    return [whole, *(text for text in cut if size(chat(text)) < size(chat(whole)))]


@given(TEXTS, TEXTS, st.data())
def test_the_result_is_the_longest_that_fits(content: list[str], nickname: list[str], data: st.DataObject) -> None:
    """Content is shortened first and nickname only when content is as short as may be; all other values are equal."""
    full = chat("".join(content), "".join(nickname))
    shortest = chat(candidates(content)[-1], candidates(nickname)[-1])
    max_bytes = data.draw(st.integers(size(shortest) - 2, size(full) + 2))
    pairs = [(text, "".join(nickname)) for text in candidates(content)]
    pairs += [(candidates(content)[-1], name) for name in candidates(nickname)]
    expected = next((chat(*pair) for pair in pairs if size(chat(*pair)) <= max_bytes), None)
    if expected is None:
        with pytest.raises(pc.OversizedError):
            compose.fit(full, max_bytes=max_bytes)
        return
    found = compose.fit(full, max_bytes=max_bytes)
    assert found == expected
    assert size(found) <= max_bytes
    assert pc.decode_ext(pc.encode_ext(found)) == found
    entity, before = found.entity, full.entity
    assert to_wire(found.model_copy(update={"entity": before})) == to_wire(full)
    assert {**to_wire(entity), "content": 0, "nickname": 0} == {**to_wire(before), "content": 0, "nickname": 0}


@given(strategies.exts(), st.integers(1, 400))
def test_any_ext_fits_or_is_an_error(found: pc.Ext, max_bytes: int) -> None:
    """The content of a call stays as it is, and an absent key stays absent."""
    try:
        fitted = compose.fit(found, max_bytes=max_bytes)
    except pc.OversizedError as error:
        [violation] = error.violations
        assert violation.code == "PC110"
        assert size(found) > max_bytes
        return
    assert size(fitted) <= max_bytes
    assert to_wire(fitted).keys() == to_wire(found).keys()
    assert to_wire(fitted.entity).keys() == to_wire(found.entity).keys()
    if isinstance(found.entity, pc.CallEntity):
        assert fitted.entity.content == found.entity.content
    if size(found) <= max_bytes:
        assert fitted is found


def test_a_text_that_is_no_longer_than_the_ellipsis_stays() -> None:
    """It would become longer."""
    full = chat("abc", "abcd")
    fitted = compose.fit(full, max_bytes=size(full) - 1)
    assert (fitted.entity.content, fitted.entity.nickname) == ("abc", "…")
    bare = pc.Ext.from_wire({"entity": {"action": 1, "chatType": 1, "sender": "a", "nickname": "Ming Li"}})
    fitted = compose.fit(bare, max_bytes=size(bare) - 1)
    assert to_wire(fitted.entity) == {"action": 1, "chatType": 1, "sender": "a", "nickname": "Min…"}


@given(st.lists(st.sampled_from((*GRAPHEMES, "👨\u200d", "\u0301", "🇨", "\r\n", "\u0600", "\u0915\u094d")), max_size=400))
def test_a_text_is_divided_as_a_whole(pieces: list[str]) -> None:
    """`fit` divides it part by part, and finds the same graphemes."""
    text = "".join(pieces)
    expected = [match.end() for match in regex.finditer(r"\X", text)]
    assert list(fitting._ends(text, regex.compile(r"\X").finditer)) == expected


@pytest.mark.parametrize("unit", ["🇨", "\u0301", "👨\u200d", "\u1100", "\u0600", '"'])
def test_the_time_is_linear(unit: str) -> None:
    """For a text of one grapheme, and for one of many flags, which `regex` alone divides in quadratic time."""

    def seconds(count: int) -> float:
        entity = pc.ChatEntity(action=pc.Action.CHAT, chat_type=pc.ChatType.C2C, sender="a", content=unit * count)
        found = pc.Ext(entity=entity)
        started = time.process_time()
        compose.fit(found, max_bytes=1000)
        return time.process_time() - started

    seconds(10)
    assert min(seconds(32_000) for _ in range(3)) < 0.1 + 16 * min(seconds(4000) for _ in range(3))


def test_a_content_beyond_the_default_limits_is_shortened() -> None:
    """`encode_ext` refuses such an ext, because its text is too large."""
    entity = pc.ChatEntity(action=pc.Action.CHAT, chat_type=pc.ChatType.C2C, sender="a", content="你" * 100_000)
    fitted = compose.fit(pc.Ext(entity=entity), max_bytes=1024)
    assert 1021 < size(fitted) <= 1024
    assert set(fitted.entity.content) == {"你", "…"}


def test_the_error_names_the_heaviest_fields() -> None:
    """The ext is one of a call: only the nickname can be shortened."""
    full = pc.Ext.from_wire(ext(group_call(nickname="Ming" * 9), y="z" * 400))
    with pytest.raises(pc.OversizedError) as caught:
        compose.fit(full, max_bytes=100)
    [violation] = caught.value.violations
    without_name = size(full) - 36 + 3
    assert (violation.code, violation.pointer) == ("PC110", "")
    start = f"expected at most 100 bytes, got {without_name} without what can be shortened; heaviest: /y 402, /entity/content "
    assert violation.message.startswith(start)
    assert violation.message.isascii()
    assert isinstance(caught.value, pc.EncodeError | ValueError)


@pytest.mark.parametrize("protocol", PICKLE_PROTOCOLS)
def test_the_error_pickles(protocol: int) -> None:
    """With its violations."""
    with pytest.raises(pc.OversizedError) as caught:
        compose.fit(chat("hi"), max_bytes=1)
    copied = through_pickle(caught.value, protocol)
    assert (type(copied), copied.violations) == (pc.OversizedError, caught.value.violations)


@pytest.mark.parametrize("max_bytes", [True, 1.5, "100", None])
def test_a_number_of_another_type_is_a_type_error(max_bytes: Any) -> None:
    """The message names the argument."""
    with pytest.raises(TypeError, match=rf"^max_bytes must be an int, not {type(max_bytes).__name__}$"):
        compose.fit(chat("hi"), max_bytes=max_bytes)
    with pytest.raises(ValueError, match=r"^max_bytes must be at least 1$"):
        compose.fit(chat("hi"), max_bytes=0)


def test_only_a_valid_ext_is_shortened() -> None:
    """A model in memory may contain anything."""
    with pytest.raises(TypeError, match=r"^expected a model of the ext, got str$"):
        compose.fit("{}", max_bytes=100)  # type: ignore[arg-type]
    full = chat("hi")
    for update in ({"content": 5}, {"content": "\ud800"}, {"nickname": None}, {"sender": ""}):
        broken = full.model_copy(update={"entity": full.entity.model_copy(update=update)})
        with pytest.raises(pc.EncodeError):
            compose.fit(broken, max_bytes=100)


def test_the_given_ext_is_not_changed() -> None:
    """Models are frozen; the result is another one."""
    full = chat("hello world")
    fitted = compose.fit(full, max_bytes=size(full) - 4)
    assert (fitted.entity.content, full.entity.content) == ("hell…", "hello world")


def test_a_call_keeps_its_content() -> None:
    """Its text is JSON, even if it is the heaviest field."""
    full = pc.Ext.from_wire(ext(c2c_call(nickname="Ming Li")))
    fitted = compose.fit(full, max_bytes=size(full) - 2)
    assert (fitted.entity.content, fitted.entity.nickname) == (full.entity.content, "Mi…")

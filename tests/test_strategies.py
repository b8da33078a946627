"""Hypothesis strategies: each draws every kind of value that it documents, and shrinks well.

tests/property shows that they draw nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from random import Random
from typing import Any, get_args

import pytest
from drawn import PLAIN, generated, not_reached
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import pushcodec as pc
from pushcodec import strategies
from pushcodec.clients.ios.foundation import int_value, integer_value
from pushcodec.strategies.shapes import WRITERS
from pushcodec.strategies.tolerance import _written_otherwise

KINDS = ["ext", "entity", "signaling-content", "notification"]


def refusal(text: str | bytes) -> tuple[str, ...]:
    """The codes of all violations for which the text of an ext is refused; none if it is valid."""
    try:
        pc.decode_ext(text)
    except pc.DecodeError as error:
        return tuple(violation.code for violation in error.violations)
    return ()


# Valid payloads

MODELS: list[tuple[SearchStrategy[Any], Callable[[Any], str], Callable[[str], object]]] = [
    (strategies.exts(), pc.encode_ext, pc.decode_ext),
    (strategies.entities(), pc.encode_entity, pc.decode_entity),
    (strategies.signaling_contents(), pc.encode_signaling_content, pc.decode_signaling_content),
]


@pytest.mark.parametrize(("models", "encode", "decode"), MODELS, ids=["exts", "entities", "signaling-contents"])
def test_models_encode_and_decode(
    models: SearchStrategy[Any], encode: Callable[[Any], str], decode: Callable[[str], object]
) -> None:
    """Decoding an encoded model gives an equal model."""
    for model in generated(models, 2):
        assert decode(encode(model)) == model


@pytest.mark.parametrize("carrier", ["tpns", "apns", "legacy"])
def test_notifications_have_the_given_carrier(carrier: str) -> None:
    """`find_ext` finds the carrier; a legacy notification without `aps` is a bare ext."""
    found = {pc.find_ext(text).carrier for text in generated(strategies.notification_texts(carrier), 1)}
    assert found == ({carrier, "ext"} if carrier == "legacy" else {carrier})


def test_notifications_have_all_carriers_by_default() -> None:
    """As texts and as dictionaries."""
    assert {pc.find_ext(text).carrier for text in generated(strategies.notification_texts(), 3)} == {
        "tpns",
        "apns",
        "legacy",
        "ext",
    }
    keys = {key for notification in generated(strategies.notifications(), 1) for key in notification}
    assert keys >= {"aps", "custom", "ext", "entity"}


@pytest.mark.parametrize("carrier", ["ext", "entity", "post"])
def test_other_carriers_are_errors(carrier: str) -> None:
    """A bare ext, a bare entity and an unknown carrier are no notifications."""
    with pytest.raises(ValueError, match=carrier):
        strategies.notifications(carrier)


def test_valid_payloads_reach_every_outcome_of_valid_payloads(report_figure: Callable[[str], None]) -> None:
    """They reach the five outcomes that a valid payload can have, and no other one."""
    notifications = generated(strategies.notifications("tpns"), 3)
    late = {pc.receive(each, now=1595234240).outcome for each in notifications}
    assert late - {"group_call"} == {"c2c_chat", "group_chat", "call_ignored_c2c", "call_expired"}
    calls = [each for each in generated(strategies.entities(), 3) if isinstance(each, pc.CallEntity)]
    at_once = {pc.route(pc.to_wire(call), now=call.send_time).outcome for call in calls}
    assert at_once == {"call_ignored_c2c", "group_call"}
    report_figure(f"strategies: valid payloads reach {', '.join(sorted(late | at_once))}")


def test_valid_payloads_have_all_known_keys_and_unknown_ones() -> None:
    """Each optional key is present in some ext and absent from others; unknown keys are at every level."""
    exts = generated(strategies.exts(), 3)
    entities = [ext.entity for ext in exts]
    contents = [entity.content for entity in entities if isinstance(entity, pc.CallEntity)]
    features = [ext.tim_push_features for ext in exts]
    for models in (exts, entities, contents, features):
        assert any(model.model_extra for model in models)
        optional = {name for model in models for name, field in type(model).model_fields.items() if not field.is_required()}
        for name in optional:
            assert {name in model.model_fields_set for model in models} == {True, False}, name


def writers_of(text: str) -> tuple[str, ...]:
    """The names of the writers of senders that would write the text."""
    value = json.loads(text)
    return tuple(write.__name__ for write in WRITERS if write(value) == text)


def test_valid_texts_are_written_in_four_ways() -> None:
    """Compact, compact with some characters escaped, with white space and all characters escaped, and as iOS writes them."""
    ways = [("dump", "write_gson"), ("write_gson",), ("write_ascii",), ("write_ios",)]
    assert not_reached(strategies.ext_texts(), lambda text: [writers_of(text)], ways) == set()


def test_the_embedded_text_is_written_in_its_own_way() -> None:
    """A compact text can contain an indented one, and an indented text a compact one."""

    def are_printed(text: str) -> tuple[bool, ...]:
        return tuple("write_ios" in writers_of(each) for each in (text, json.loads(text)["content"]))

    calls = strategies.entity_texts().filter(lambda text: json.loads(text)["action"] == 2)
    assert not_reached(calls, lambda text: [are_printed(text)], [(True, False), (False, True)]) == set()


# Near misses


RAISED = sorted({code for code in pc.Code if code.startswith(("PC1", "PC3"))} - {pc.Code.MORE_VIOLATIONS, pc.Code.MISSPELLED_KEY})


@pytest.mark.parametrize("kind", KINDS)
def test_near_misses_reach_every_code_that_decoding_can_raise(kind: str, report_figure: Callable[[str], None]) -> None:
    """For each kind of text."""
    codes = [*RAISED, *([pc.Code.NO_PAYLOAD] if kind == "notification" else [])]
    assert not_reached(strategies.near_misses(kind), lambda found: [found.code], codes) == set()
    report_figure(f"strategies: near misses of kind {kind} reach {len(codes)} of {len(codes)} codes")


def test_there_are_no_near_misses_of_another_kind() -> None:
    """The function raises a ValueError for an unknown kind."""
    kinds: list[Any] = ["apns-config", "", None, ["ext"]]
    for kind in kinds:
        with pytest.raises(ValueError, match=re.escape(f"no near misses of kind {kind!r}, expected one of ext, entity")):
            strategies.near_misses(kind)


# Tolerated


def tapped(found: strategies.Tolerated) -> str:
    return pc.receive({"custom": found.text}, now=found.now).outcome


@pytest.mark.parametrize("number", [0, 1, 2, 1_595_234_231])
@pytest.mark.parametrize("bits", [32, 64])
@given(data=st.data())
def test_an_integer_is_written_in_ways_that_the_client_converts(number: int, bits: int, data: st.DataObject) -> None:
    """As a text, as a double, as a boolean where it is 0 or 1, or beyond 32 bits."""
    written = data.draw(_written_otherwise({"timeout": number, "x": 5}, "timeout", bits))
    assert written["x"] == 5
    assert type(written["timeout"]) is not int or abs(written["timeout"]) >= 2**31
    assert (int_value if bits == 32 else integer_value)(written["timeout"]) == number


def test_tolerated_texts_reach_every_outcome_and_code(report_figure: Callable[[str], None]) -> None:
    """The three outcomes, every code of the structure, and the codes of texts that the client's reader tolerates."""
    assert not_reached(strategies.tolerated(), lambda found: [tapped(found)], ["c2c_chat", "group_chat", "group_call"]) == set()
    codes = ["PC102", "PC105", "PC107", "PC109", "PC110", "PC111", "PC301", "PC302", "PC303", "PC304", "PC305"]
    assert not_reached(strategies.tolerated(), lambda found: refusal(found.text)[:1], codes) == set()
    report_figure(f"strategies: what is tolerated opens or rings in 3 ways, and is refused for {len(codes)} of {len(codes)} codes")


# Hostile bytes


def test_hostile_bytes_reach_every_outcome(report_figure: Callable[[str], None]) -> None:
    """All nine outcomes of the client."""
    decoder = pc.fast.Decoder()
    outcomes = [route.outcome for route in get_args(pc.Route)]
    assert not_reached(strategies.hostile(), lambda text: [decoder.route(text, now=0).outcome], outcomes) == set()
    report_figure(f"strategies: hostile bytes reach {len(outcomes)} of {len(outcomes)} outcomes")


def test_hostile_bytes_are_accepted_or_refused() -> None:
    """Some are valid, some have one violation, some have several."""
    assert not_reached(strategies.hostile(), lambda text: [min(2, len(refusal(text)))], [0, 1, 2]) == set()


# Shrinking


@pytest.mark.parametrize(
    ("texts", "condition", "characters"),
    [
        (strategies.ext_texts(), lambda text: True, 49),
        (strategies.entity_texts(), lambda text: "call_id" in text, 240),
        (strategies.near_misses("entity").map(lambda found: found.text), lambda text: text.endswith(",}"), 42),
        (strategies.tolerated().map(lambda found: found.text), lambda text: True, 51),
        (strategies.hostile(), lambda text: True, 0),
    ],
    ids=["chat", "call", "near-miss", "tolerated", "hostile"],
)
def test_failures_shrink_to_a_short_text(
    texts: SearchStrategy[str | bytes], condition: Callable[[Any], bool], characters: int
) -> None:
    """The example of a failure is about as long as the shortest payload of its kind."""
    assert len(find(texts, condition, settings=settings(PLAIN, max_examples=1000), random=Random(0))) <= characters

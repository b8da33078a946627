"""Hypothesis strategies: each gives what it says, reaches all that it says, and shrinks to the shortest."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, TypeVar, get_args

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis.strategies import SearchStrategy

import pushcodec as pc
from pushcodec import strategies

T = TypeVar("T")


def generated(strategy: SearchStrategy[T], count: int) -> list[T]:
    """The first values that a strategy gives, the same ones in every run."""
    found: list[T] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value: T) -> None:
        found.append(value)

    collect()
    return found


def simplest(strategy: SearchStrategy[T], condition: Callable[[T], bool] = lambda _: True) -> T:
    """What a strategy shrinks to."""
    return find(strategy, condition, settings=settings(database=None, max_examples=2000, derandomize=True), random=Random(0))


def decode_notification(text: str | bytes) -> pc.Ext:
    return pc.decode_ext(pc.find_ext(text).ext)


DECODERS: dict[str, Callable[[str | bytes], object]] = {
    "ext": pc.decode_ext,
    "entity": pc.decode_entity,
    "signaling-content": pc.decode_signaling_content,
    "notification": decode_notification,
}


def refusal(decode: Callable[[str | bytes], object], text: str | bytes) -> tuple[str, ...]:
    """The codes of all violations for which a text is refused; none where it is not."""
    try:
        decode(text)
    except pc.DecodeError as error:
        return tuple(violation.code for violation in error.violations)
    return ()


# Valid payloads

TEXTS: dict[str, Callable[[], SearchStrategy[str]]] = {
    "ext": strategies.ext_texts,
    "entity": strategies.entity_texts,
    "signaling-content": strategies.signaling_content_texts,
    "notification": strategies.notification_texts,
}
MODELS: list[tuple[SearchStrategy[Any], Callable[[Any], str], Callable[[str], object]]] = [
    (strategies.exts(), pc.encode_ext, pc.decode_ext),
    (strategies.entities(), pc.encode_entity, pc.decode_entity),
    (strategies.signaling_contents(), pc.encode_signaling_content, pc.decode_signaling_content),
]


@pytest.mark.parametrize("kind", TEXTS)
def test_texts_are_valid(kind: str) -> None:
    """Every text decodes, and no schema finds anything."""
    for text in generated(TEXTS[kind](), 200):
        assert refusal(DECODERS[kind], text) == ()
        assert list(pc.iter_violations(text, kind=kind)) == []


@pytest.mark.parametrize(("models", "encode", "decode"), MODELS, ids=["exts", "entities", "signaling-contents"])
def test_models_are_what_the_codec_gives(
    models: SearchStrategy[Any], encode: Callable[[Any], str], decode: Callable[[str], object]
) -> None:
    """Every model is encoded, and decoded as it was."""
    for model in generated(models, 200):
        assert decode(encode(model)) == model


@pytest.mark.parametrize("carrier", ["tpns", "apns", "legacy"])
def test_notifications_come_by_their_carrier(carrier: str) -> None:
    """A notification of a carrier is found by it, unless without `aps` a legacy one is a bare ext."""
    found = {pc.find_ext(text).carrier for text in generated(strategies.notification_texts(carrier), 100)}
    assert found == ({carrier, "ext"} if carrier == "legacy" else {carrier})


def test_notifications_come_by_every_carrier() -> None:
    """Without a name all three carriers are drawn, as dictionaries too."""
    assert {pc.find_ext(text).carrier for text in generated(strategies.notification_texts(), 300)} == {
        "tpns",
        "apns",
        "legacy",
        "ext",
    }
    keys = {key for notification in generated(strategies.notifications(), 100) for key in notification}
    assert keys >= {"aps", "custom", "ext", "entity"}


@pytest.mark.parametrize("carrier", ["ext", "entity", "post"])
def test_not_every_carrier_is_a_notification(carrier: str) -> None:
    """A bare ext, a bare entity and an unknown carrier are refused."""
    with pytest.raises(ValueError, match=carrier):
        strategies.notifications(carrier)


def test_valid_payloads_reach_every_outcome_of_valid_payloads() -> None:
    """Of the nine outcomes the five that a valid payload can have are reached, and no other."""
    notifications = generated(strategies.notifications("tpns"), 300)
    assert {pc.receive(each, now=1595234240).outcome for each in notifications} == {
        "c2c_chat",
        "group_chat",
        "call_ignored_c2c",
        "call_expired",
    }
    calls = [each for each in generated(strategies.entities(), 300) if isinstance(each, pc.CallEntity)]
    assert {pc.route(pc.to_wire(call), now=call.send_time).outcome for call in calls} == {"call_ignored_c2c", "group_call"}


def test_valid_payloads_hold_all_known_keys_and_unknown_ones() -> None:
    """Each key of the models is present in some ext and absent from others where it may be; unknown keys stand at every level."""
    exts = generated(strategies.exts(), 400)
    entities = [ext.entity for ext in exts]
    contents = [entity.content for entity in entities if isinstance(entity, pc.CallEntity)]
    features = [ext.tim_push_features for ext in exts]
    for models in (exts, entities, contents, features):
        assert any(model.model_extra for model in models)
        optional = {name for model in models for name, field in type(model).model_fields.items() if not field.is_required()}
        for name in optional:
            assert {name in model.model_fields_set for model in models} == {True, False}, name


def test_valid_texts_are_spelt_in_four_ways() -> None:
    """Compact, with `<` escaped, with white space and everything escaped, and as iOS prints; the text inside in its own way."""
    texts = generated(strategies.ext_texts(), 600)
    assert any(text.startswith('{"entity":{"') and not text.isascii() for text in texts)
    assert any("\\u003c" in text and '":' in text and "\n" not in text for text in texts)
    assert any(text.startswith('{"entity": {') for text in texts)
    assert any(text.startswith('{\n  "entity" : {\n') for text in texts)
    assert any(text.startswith('{"entity":{') and '{\\n  \\"action\\" : ' in text for text in texts)


# Near misses


@pytest.mark.parametrize("kind", DECODERS)
def test_a_near_miss_has_one_fault_with_its_code(kind: str) -> None:
    """Schemas and decoder find the one violation that a near miss says, and among them is every code that decoding can raise."""
    found = generated(strategies.near_misses(kind), 600)
    for text, code in found:
        assert [violation.code for violation in pc.iter_violations(text, kind=kind)] == [code]
        assert refusal(DECODERS[kind], text) == (code,)
    raised = {code for code in pc.Code if code.startswith(("PC1", "PC3"))} - {pc.Code.MORE_VIOLATIONS, pc.Code.MISSPELLED_KEY}
    assert {code for _, code in found} == raised | ({pc.Code.NO_PAYLOAD} if kind == "notification" else set())


def test_there_are_no_near_misses_of_another_kind() -> None:
    """An unknown kind is refused at once."""
    with pytest.raises(ValueError, match="no near misses of kind 'apns-config', expected one of ext, entity"):
        strategies.near_misses("apns-config")


# Tolerated


def test_what_is_tolerated_opens_or_rings_though_it_is_refused() -> None:
    """Decode refuses each for one fault; the client opens a chat of either kind or joins a group call, and all three happen."""
    outcomes, codes = set(), set()
    for text, now in generated(strategies.tolerated(), 600):
        (code,) = refusal(pc.decode_ext, text)
        codes.add(code)
        outcomes.add(pc.receive({"custom": text}, now=now).outcome)
    assert outcomes == {"c2c_chat", "group_chat", "group_call"}
    assert codes == {
        *("PC102", "PC105", "PC107", "PC109", "PC110", "PC111"),
        *("PC301", "PC302", "PC303", "PC304", "PC305"),
    }


# Hostile bytes


def test_hostile_bytes_reach_every_outcome_and_every_code() -> None:
    """They are taken, or refused for every code that a text can have, and take the client to each of its nine outcomes."""
    found = generated(strategies.hostile(), 3000)
    refusals = [refusal(pc.decode_ext, text) for text in found]
    assert () in refusals
    codes = {code for code in pc.Code if code.startswith(("PC1", "PC3"))}
    assert {code for codes in refusals for code in codes} == codes - {pc.Code.MORE_VIOLATIONS, pc.Code.MISSPELLED_KEY}
    decoder = pc.fast.Decoder()
    outcomes = {decoder.route(text, now=now).outcome for text in found for now in (0, 1595234240)}
    assert outcomes == {route.outcome for route in get_args(pc.Route)}


# Shrinking

C2C_CHAT = '{"entity":{"action":1,"chatType":1,"sender":"0"}}'


@pytest.mark.parametrize(
    ("texts", "condition", "shortest"),
    [
        (strategies.ext_texts(), lambda text: True, C2C_CHAT),
        (strategies.ext_texts(), lambda text: '"chatType":2' in text, '{"entity":{"action":1,"chatType":2,"sender":"0"}}'),
        (strategies.entity_texts(), lambda text: "face" in text, '{"action":1,"chatType":1,"sender":"0","faceUrl":""}'),
        (
            strategies.ext_texts(),
            lambda text: "call_id" in text,
            r'{"entity":{"action":2,"chatType":1,"sender":"0","content":"{\"action\":1,\"call_id\":\"\",\"call_type\":1,'
            r'\"invited_list\":[\"0\"],\"room_id\":1,\"timeout\":0,\"version\":1}","sendTime":0}}',
        ),
        (strategies.near_misses(), lambda found: found.code == "PC101", ("", "PC101")),
        (strategies.near_misses(), lambda found: found.code == "PC102", (C2C_CHAT[:-1] + ",}", "PC102")),
        (strategies.near_misses(), lambda found: found.code == "PC301", ('{"entity":null}', "PC301")),
        (strategies.near_misses(), lambda found: found.code == "PC302", ("{}", "PC302")),
        (strategies.tolerated(), lambda found: True, ('{"entity":{"action":"1","chatType":1,"sender":"0"}}', 0)),
        (strategies.hostile(), lambda text: True, b""),
    ],
)
def test_what_is_drawn_shrinks_to_the_shortest(
    texts: SearchStrategy[Any], condition: Callable[[Any], bool], shortest: object
) -> None:
    """The shortest text that does the same is found."""
    assert simplest(texts, condition) == shortest

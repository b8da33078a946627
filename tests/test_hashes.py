"""Every frozen result is hashable, also one that contains arrays or objects, and equal results have equal hashes."""

from __future__ import annotations

import copy
import importlib
import json
import pkgutil
import random
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import given
from msgspec import Struct
from mutants import mutants
from payloads import c2c_call, c2c_chat, compact, group_call, group_chat, group_content

import pushcodec as pc
from pushcodec import compose, fast, jsontext, lint
from pushcodec.clients.android import redirect
from pushcodec.clients.android.outcomes import AndroidRoute
from pushcodec.clients.effects import Effect
from pushcodec.errors import PushCodecError
from pushcodec.fast import shapes
from pushcodec.jsontext.values import Position
from pushcodec.lint.fixes import Fixed, fix_document
from pushcodec.models import Payload
from pushcodec.strategies.shapes import JSON_VALUES

NOW = 1595234240
DECODER = fast.Decoder()
ODD: tuple[Any, ...] = (
    [],
    ["a"],
    ["a", ["b"], {"c": [1]}],
    {},
    {"a": 1, "b": [{}], "c": {"d": 2}},
    None,
    True,
    1.5,
    "",
    "a",
    2**70,
)


def texts() -> Iterator[bytes]:
    """Payloads of all kinds, with arrays and objects at places whose values a result contains."""
    entities: list[Any] = [c2c_chat(), group_chat(), c2c_call(), group_call(), group_call(sendTime=NOW)]
    for value in ODD:
        entities += [c2c_chat(sender=value, k=value), group_chat(sender=value), c2c_chat(customData=value), value]
        content = compact(group_content(call_id=value, invited_list=value, group_id=value, k=value))
        entities.append({**group_call(sender=value, sendTime=NOW), "content": content})
    entities += [c2c_chat(version=2), c2c_chat(chatType=3), c2c_chat(k=[1]), group_call(sendTime=NOW, content=None)]
    entities += [
        {"action": 2, "chatType": 2},
        {**group_call(sendTime=NOW), "content": ""},
        {**group_call(sendTime=NOW), "content": "["},
    ]
    entities.append(group_call(group_content(group_id="", invited_list=["a", None]), sendTime=NOW))
    entities.append(group_call(group_content(room_id=None), sendTime=NOW))
    for entity in entities:
        yield compact({"entity": entity, "k": [entity], "timPushFeatures": {"fcmPushType": 1, "k": []}}).encode()
    yield compact({"aps": {}, "entity": c2c_chat(nickName=" "), "a": 1}).replace(",", " , ").encode()
    yield from (b"", b"[]", b"{}", b"\xff", b"{,}", b'{"entity":{"action":1,"chatType":1,"sender":"",}}')
    yield from mutants(300, seed=4)


REST_PUSH_INFO = pc.RestPushInfo(
    multi_language_content=(pc.MultiLanguageContent(language="zh"),),
    push_template_param={"a": [1]},
    android_info=pc.AndroidInfo(oppo_private_title_parameters={"a": None}),
    apns_info=pc.ApnsInfo(live_activity=pc.LiveActivity(content_state={"a": {"b": 1}})),
    harmony_info=pc.HarmonyInfo(sound_duration=1),
)


def results(text: bytes) -> Iterator[Any]:
    """The results of every public function for a text."""
    yield from (pc.compare(text, now=NOW), pc.compare(text, now=NOW, clients=["ios-6.1"]))
    yield from (DECODER.route(text, now=NOW), DECODER.route(text, now=NOW, logged_in=False))
    for release in redirect.RELEASES:
        for carrier in redirect.CARRIERS:
            yield redirect.redirect(text.decode("utf-8", "replace"), server_time=NOW, release=release, carrier=carrier)
    value = jsontext.read(text).value
    if value is not jsontext.ABSENT:
        yield from (pc.receive(value, now=NOW), pc.receive(value, now=NOW, ios10=False), pc.route(value, now=NOW))
    yield from DECODER.decode_lines(text)
    yield from pc.iter_violations(text)
    yield from lint.lint_text(text)
    yield fix_document(text, unsafe=True)
    for call in (pc.decode_ext, pc.decode_entity, pc.decode_signaling_content, pc.find_ext, DECODER.decode):
        try:
            found: Any = call(text)
        except PushCodecError as error:
            yield from error.violations
            continue
        yield found
        if isinstance(found, fast.CallEntity | fast.ChatEntity):
            yield found.to_model()
        if isinstance(found, pc.Ext):
            yield compose.offline_push_info(found, desc="a")
            yield REST_PUSH_INFO


def parts(value: Any) -> Iterator[Any]:
    """A result and all results inside it."""
    yield value
    if isinstance(value, Struct):
        inner: Any = [getattr(value, name) for name in value.__struct_fields__]
    elif isinstance(value, Payload):
        inner = list(value.__dict__.values())
    elif isinstance(value, dict):
        inner = list(value.values())
    else:
        inner = value if isinstance(value, tuple) else ()
    for each in inner:
        if isinstance(each, Struct | Payload | tuple | dict):
            yield from parts(each)


def frozen_results() -> set[type]:
    """The frozen classes of the package whose instances its functions return."""
    for module in pkgutil.walk_packages(fast.__path__, "pushcodec.fast."):
        importlib.import_module(module.name)
    structs: set[Any] = {each for each in subclasses(Struct) if is_ours(each) and each.__struct_config__.frozen}
    models = {each for each in subclasses(Payload) if is_ours(each) and not any(map(is_ours, subclasses(each)))}
    tuples = {pc.Violation, pc.Carried, lint.Frame, lint.Edit, Position, Fixed}
    arguments = {lint.Config}
    bases = {each for each in structs if subclasses(each) and each not in get_args(AndroidRoute)}
    return {each for each in structs | models if each.__module__ != shapes.__name__} - bases - arguments | tuples


def is_ours(kind: Any) -> bool:
    """True for a class of the library, not of its command line or of a test, which define further subclasses."""
    return bool(kind.__module__.startswith("pushcodec.") and not kind.__module__.startswith("pushcodec.cli."))


def subclasses(kind: Any) -> set[Any]:
    direct: set[Any] = set(kind.__subclasses__())
    return direct.union(*map(subclasses, direct))


def test_every_frozen_result_is_hashable() -> None:
    """Each class of results occurs; each result is hashable, and an equal deep copy has the same hash."""
    seen = set()
    for text in texts():
        for result in results(text):
            for each in parts(result):
                if isinstance(each, dict):
                    continue
                seen.add(type(each))
                copied = copy.deepcopy(each)
                if copied == each:  # an exception, such as that of a BadLine, equals only itself
                    assert hash(copied) == hash(each)
                assert each in {each}
    assert frozen_results() - seen == set()


# Other values


@given(JSON_VALUES)
def test_equal_results_have_equal_hashes(value: Any) -> None:
    """1, 1.0 and True are equal in Python, and so are objects with another order of keys: results with them have the same hash."""
    other = alike(value)
    assert other == value
    for first, second in (
        (pc.OpenC2CChat(value, True), pc.OpenC2CChat(other, True)),
        (signaling(value), signaling(other)),
        (pc.JoinGroupCall(signaling(value), True), pc.JoinGroupCall(signaling(other), True)),
        (effect(value), effect(other)),
        (pc.Comparison({"a": effect(value), "b": effect(1)}), pc.Comparison({"b": effect(1.0), "a": effect(other)})),
        (fast.ChatEntity(**CHAT, extras={"k": value, "l": 1}), fast.ChatEntity(**CHAT, extras={"l": True, "k": other})),
    ):
        assert first == second
        assert hash(first) == hash(second)


CHAT: Any = {"action": pc.Action.CHAT, "chat_type": pc.ChatType.C2C, "sender": "a"}


def alike(value: Any) -> Any:
    """An equal value with other types, and with objects in another order."""
    match value:
        case bool():
            return int(value)
        case int() if abs(value) < 2**53:
            return float(value)
        case list():
            return list(map(alike, value))
        case dict():
            return {key: alike(member) for key, member in reversed(value.items())}
    return value


def signaling(value: Any) -> pc.SignalingInfo:
    return pc.SignalingInfo(1, value, value, value, value, 30, "{}")


def effect(value: Any) -> Effect:
    return Effect(pc.EffectKind.NOTHING, "route 6", pc.OpenGroupChat(value, True))


def test_different_results_seldom_share_a_hash() -> None:
    """The hash depends on the values and on the class."""
    values: list[Any] = ["a", "b", ["a"], ["b"], [], {}, {"a": 1}, {"a": 2}, {"b": 1}, [["a"]], [{}], None, 2.5, pc.ABSENT]
    chats = [kind(value, True) for value in values for kind in (pc.OpenC2CChat, pc.OpenGroupChat)]
    assert len({hash(chat) for chat in chats}) == len(chats)


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_a_hash_does_not_recurse(opening: str) -> None:
    """The value of a result may have any depth."""
    value: Any = 0
    for _ in range(100_000):
        value = [value] if opening == "[" else {"a": value}
    assert isinstance(hash(pc.OpenC2CChat(value, True)), int)
    while isinstance(value, list | dict) and value:  # freed level by level: freeing it at once recurses
        value = value.pop() if isinstance(value, list) else value.popitem()[1]


def test_models_with_different_unknown_keys_are_different_and_hashable() -> None:
    """Equality includes the unknown keys and their values."""
    plain = pc.decode_ext(compact({"entity": c2c_chat()}))
    seeds = random.Random(1)
    exts = {pc.decode_ext(compact({"entity": c2c_chat(k=[{"a": seeds.random()}])})) for _ in range(5)}
    assert len(exts | {plain, pc.decode_ext(json.dumps({"entity": c2c_chat()}))}) == 6

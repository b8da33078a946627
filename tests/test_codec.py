"""The codec: decoding texts and encoding models; every text gives a value or a PushCodecError."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from payloads import (
    BAD,
    GOOD,
    Bad,
    c2c_call,
    c2c_chat,
    c2c_content,
    compact,
    ext,
    group_call,
    group_chat,
    group_content,
    without,
)
from pydantic import BaseModel
from shared_data import shared_folder
from support import PICKLE_PROTOCOLS, through_pickle

from pushcodec import jsontext, schemafiles
from pushcodec.codec import (
    decode_entity,
    decode_ext,
    decode_push_info,
    decode_signaling_content,
    encode_entity,
    encode_ext,
    encode_push_info,
    encode_signaling_content,
)
from pushcodec.enums import Action, ChatType
from pushcodec.errors import Code, DecodeError, EncodeError, PushCodecError, Violation
from pushcodec.inspection import iter_violations
from pushcodec.jsontext import DEFAULT_LIMITS, Limits, reading
from pushcodec.models import CallEntity, ChatEntity, Ext, OfflinePushInfo, SignalingContent, to_wire

DECODERS: dict[str, Callable[..., BaseModel]] = {
    "ext": decode_ext,
    "entity": decode_entity,
    "signaling-content": decode_signaling_content,
    "offline-push-info": decode_push_info,
}
ENCODERS: dict[str, Callable[..., str]] = {
    "ext": encode_ext,
    "entity": encode_entity,
    "signaling-content": encode_signaling_content,
    "offline-push-info": encode_push_info,
}
CHAT_TEXT = compact(ext())
CALL_TEXT = compact(ext(group_call()))

every_kind = pytest.mark.parametrize("kind", DECODERS)


def refused(text: str | bytes, kind: str = "ext", **options: Any) -> tuple[Code, ...]:
    """The codes of the DecodeError, which must list the violations that validation finds."""
    with pytest.raises(DecodeError) as caught:
        DECODERS[kind](text, **options)
    assert caught.value.violations == tuple(iter_violations(text, kind=kind, **options))
    return tuple(violation.code for violation in caught.value.violations)


# The corpus


@every_kind
def test_good_documents_round_trip(kind: str) -> None:
    """The encoded text has the same value, decodes to an equal model, and encodes to itself."""
    for good in GOOD:
        if good.kind == kind:
            payload = DECODERS[kind](compact(good.document))
            text = ENCODERS[kind](payload)
            assert DECODERS[kind](text) == payload
            assert ENCODERS[kind](DECODERS[kind](text)) == text
            assert _read_embedded(json.loads(text)) == _read_embedded(good.document)
            assert payload == DECODERS[kind](json.dumps(good.document, indent=1).encode())


def _read_embedded(document: Any) -> Any:
    """The document with the value of a call's content in place of its text, which the codec writes anew."""
    if "entity" in document:
        return {**document, "entity": _read_embedded(document["entity"])}
    if document.get("action") == 2 and "content" in document:
        return {**document, "content": json.loads(document["content"])}
    return document


@pytest.mark.parametrize("bad", [bad for bad in BAD if bad.kind in DECODERS], ids=str)
def test_bad_documents_are_refused(bad: Bad) -> None:
    """The error lists the violations that validation finds."""
    assert refused(json.dumps(bad.document), bad.kind) == (bad.code,)


@every_kind
def test_examples_of_the_schemas_round_trip(kind: str) -> None:
    """They encode to themselves in compact form, because their keys are in the contract's order."""
    for example in schemafiles.schema(kind)["examples"]:
        assert ENCODERS[kind](DECODERS[kind](json.dumps(example))) == compact(example)


# Decoding


def test_str_and_bytes_decode_to_equal_models() -> None:
    """With and without white space and escapes."""
    expected = decode_ext(CHAT_TEXT)
    indented = json.dumps(ext(), indent=2).replace("/", "\\/")
    for text in (CHAT_TEXT, indented, f"\r\n\t {CHAT_TEXT} \n", json.dumps(ext())):
        assert decode_ext(text) == expected
        assert decode_ext(text.encode()) == expected


def test_entities_of_either_kind() -> None:
    """`decode_entity` reads a bare entity, as OPPO passes it to the app, as the model of its action."""
    assert isinstance(decode_entity(compact(group_chat())), ChatEntity)
    assert isinstance(decode_entity(compact(group_call())), CallEntity)
    assert encode_entity(decode_entity(compact(group_call()))) == compact(group_call())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.NOT_JSON),
        ("SignalingExt", Code.NOT_JSON),
        ("{'entity':{}}", Code.NOT_JSON),
        (CHAT_TEXT + "{}", Code.NOT_JSON),
        (CHAT_TEXT[:-1] + ',"x":NaN}', Code.NOT_JSON),
        (CHAT_TEXT[:-1] + ',"x":01}', Code.NOT_JSON),
        (CHAT_TEXT[:-1] + ",}", Code.TRAILING_COMMA),
        (CHAT_TEXT[:-1] + ',"x":1,"x":1}', Code.DUPLICATE_KEY),
        (CHAT_TEXT[:-1] + ',"x":1,"\\u0078":1}', Code.DUPLICATE_KEY),
        (CHAT_TEXT[:-1] + ',"x":"\\ud800"}', Code.LONE_SURROGATE),
        (CHAT_TEXT[:-1] + ',"x":"\ud800"}', Code.LONE_SURROGATE),
        (CHAT_TEXT[:-1] + ',"\\udfff":1}', Code.LONE_SURROGATE),
        (CHAT_TEXT[:-1] + ',"x":1e999}', Code.NUMBER_BEYOND_DOUBLE),
        (CHAT_TEXT[:-1] + ',"x":1e-999}', Code.NUMBER_BEYOND_DOUBLE),
        (CHAT_TEXT[:-1] + ',"x":18446744073709551616}', Code.INTEGER_BEYOND_64_BITS),
        (CHAT_TEXT[:-1] + ',"x":' + "9" * 300 + "}", Code.INTEGER_BEYOND_64_BITS),
        (CHAT_TEXT[:-1] + ',"x":' + "9" * 5000 + "}", Code.NUMBER_BEYOND_DOUBLE),
        (CHAT_TEXT[:-1] + ',"x":' + "[" * 16 + "]" * 16 + "}", Code.TOO_DEEP),
        (CHAT_TEXT[:-1] + ',"x":' + "[" * 30000 + "}", Code.TOO_DEEP),
        ("[" * 60000, Code.TOO_DEEP),
        (CHAT_TEXT[:-1] + ',"x":"' + "x" * 65536 + '"}', Code.TOO_LARGE),
        (CHAT_TEXT[:-1] + ',"x":[' + "0," * 1000 + "0]}", Code.TOO_MANY_ITEMS),
        ("\ufeff" + CHAT_TEXT, Code.BYTE_ORDER_MARK),
        (b"\xef\xbb\xbf" + CHAT_TEXT.encode(), Code.BYTE_ORDER_MARK),
        (CHAT_TEXT.replace("你", "?").encode().replace(b"?", b"\xff"), Code.INVALID_UTF8),
        (CHAT_TEXT.encode("utf-16"), Code.INVALID_UTF8),
    ],
)
def test_text_rules(text: str | bytes, code: Code) -> None:
    """A text that breaks a text rule is refused with its code."""
    assert refused(text)[0] is code


def test_the_error_lists_the_violations_of_both_texts() -> None:
    """Of the ext and of the content in it."""
    content = without(group_content(action=9), "room_id")
    assert set(refused(compact(ext(group_call(content, version=2))))) == {Code.VALUE_NOT_ALLOWED, Code.MISSING_KEY}
    assert len(refused(compact(ext(group_call(content, version=2))))) == 3


@pytest.mark.parametrize("protocol", PICKLE_PROTOCOLS)
def test_errors_pickle(protocol: int) -> None:
    """An error of the codec keeps its violations when it is pickled."""
    with pytest.raises(DecodeError) as caught:
        decode_ext(compact({"entity": {}, "timPushFeatures": 1}))
    copied = through_pickle(caught.value, protocol)
    assert type(copied) is DecodeError
    assert copied.violations == caught.value.violations
    assert str(copied) == str(caught.value)


def test_errors_contain_no_value_of_the_payload() -> None:
    """Neither as text nor in a chained exception."""
    text = compact(ext(c2c_chat(sender={"x": "SECRET"}, content=["SECRET"], version="SECRET", action="SECRET")))
    with pytest.raises(DecodeError) as caught:
        decode_ext(text)
    assert "SECRET" not in str(caught.value)
    assert "SECRET" not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("value", [None, 1, True, [], {}, object(), Path()], ids=lambda value: type(value).__name__)
@every_kind
def test_decoding_another_type_than_a_text_raises_type_error(kind: str, value: Any) -> None:
    """Neither str nor bytes; it is an error of the caller and no violation."""
    with pytest.raises(TypeError):
        DECODERS[kind](value)


def test_the_limits_of_the_caller_apply() -> None:
    """In decoding and encoding, to both texts."""
    text = compact(ext(c2c_call(c2c_content(x=[[0, 0]]))))
    size = len(text.encode())
    assert encode_ext(decode_ext(text, limits=Limits(max_bytes=size)), limits=Limits(max_bytes=size, max_depth=3)) == text
    assert refused(text, limits=Limits(max_bytes=size - 1)) == (Code.TOO_LARGE,)
    assert refused(text, limits=Limits(max_depth=2)) == (Code.TOO_DEEP,)
    assert refused(text, limits=Limits(max_depth=1)) == (Code.TOO_DEEP,)
    assert refused(text, limits=Limits(max_items=8)) == (Code.TOO_MANY_ITEMS,)
    for limits in (Limits(max_bytes=size - 1), Limits(max_depth=2), Limits(max_items=8)):
        with pytest.raises(EncodeError):
            encode_ext(decode_ext(text), limits=limits)


def test_max_bytes_counts_utf8() -> None:
    """For str as for bytes."""
    text = compact(ext(c2c_chat(content="你" * 100)))
    size = len(text.encode())
    assert size > len(text) + 200
    for given in (text, text.encode()):
        assert decode_ext(given, limits=Limits(max_bytes=size)).entity.sender == "10457"
        assert refused(given, limits=Limits(max_bytes=size - 1)) == (Code.TOO_LARGE,)


def test_the_deepest_allowed_text_round_trips() -> None:
    """128 levels in an ext and in a content do not reach the recursion limit."""
    limits = Limits(max_depth=128)
    deep = json.loads("[" * 126 + "]" * 126)
    text = compact(ext(c2c_call(c2c_content(x=deep), x=deep), x=deep))
    assert encode_ext(decode_ext(text, limits=limits), limits=limits) == text
    with pytest.raises(EncodeError):
        encode_ext(decode_ext(text, limits=limits))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (compact(ext(c2c_chat())), {"certain": 1, "explained": 0}),
        (compact(ext(c2c_chat(chatType="1"))), {"certain": 1, "explained": 0}),
        (compact(ext(c2c_call())), {"certain": 2, "explained": 0}),
        (compact(ext(c2c_call(c2c_content(room_id="8")))), {"certain": 2, "explained": 0}),
        (compact(ext({**c2c_call(), "content": "{"})), {"certain": 2, "explained": 1}),
        (compact(ext(c2c_call(c2c_content(room_id="8"))))[:-1] + ',"x":1,"x":2}', {"certain": 2, "explained": 1}),
    ],
    ids=["chat", "faulty chat", "call", "faulty content", "content is not JSON", "repeated key and faulty content"],
)
def test_decode_reads_each_text_once(monkeypatch: pytest.MonkeyPatch, text: str, expected: dict[str, int]) -> None:
    """Valid or not; a text that is not certainly valid is read once more by the scanner that explains."""
    count = {"certain": 0, "explained": 0}

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def spy(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> Any:
            count[name] += 1
            return function(text, limits)

        return spy

    for module in (jsontext, jsontext.reading):
        monkeypatch.setattr(module, "certain_value", counted("certain", reading.certain_value))
        monkeypatch.setattr(module, "explain", counted("explained", reading.explain))
    with suppress(DecodeError):
        decode_ext(text)
    assert count == expected


# Encoding


def test_encoded_text_is_compact_and_ordered() -> None:
    """No white space, non-ASCII and `/` unescaped, known keys in the contract's order, then unknown ones in theirs."""
    shuffled = {
        "z": "é",
        "timPushFeatures": {"b": 1, "fcmNotificationType": 2, "a": "你", "fcmPushType": 1},
        "entity": {
            "zz": 1,
            "customData": [1],
            "sendTime": 5,
            "version": 1,
            "faceUrl": "https://x.com/a.png?b=<&>",
            "nickname": "小明😀",
            "content": "[图片]\n\u2028",
            "sender": "10457",
            "chatType": 1,
            "action": 1,
            "aa": None,
        },
        "a": 2.50,
    }
    assert encode_ext(decode_ext(json.dumps(shuffled, indent=4))) == (
        '{"entity":{"action":1,"chatType":1,"sender":"10457","content":"[图片]\\n\u2028","nickname":"小明😀",'
        '"faceUrl":"https://x.com/a.png?b=<&>","version":1,"sendTime":5,"customData":[1],"zz":1,"aa":null},'
        '"timPushFeatures":{"fcmPushType":1,"fcmNotificationType":2,"b":1,"a":"你"},"z":"é","a":2.5}'
    )


def test_the_content_of_a_call_is_written_by_the_same_rules() -> None:
    """The embedded text is compact and ordered too, however the sender wrote it."""
    content = dict(reversed(group_content(x="你").items()))
    text = compact(ext({**group_call(), "content": json.dumps(content, indent=2)}))
    assert encode_ext(decode_ext(text)) == compact(ext(group_call(group_content(x="你"))))


@pytest.mark.parametrize("number", ["0", "-1", "9007199254740993", str(2**64 - 1), str(-(2**63)), "1.5", "-0.0", "1e300"])
def test_numbers_of_unknown_keys_keep_their_values(number: str) -> None:
    """Integers of 64 bits and doubles remain exact."""
    text = CHAT_TEXT[:-1] + f',"x":{number}}}'
    [read] = (decode_ext(text).model_extra or {}).values()
    assert repr(read) == repr(json.loads(number))
    assert repr(json.loads(encode_ext(decode_ext(text)))["x"]) == repr(read)


def test_models_built_in_python_encode_with_wire_names() -> None:
    """Only the keys that were set are written."""
    entity = ChatEntity(action=Action.CHAT, chat_type=ChatType.C2C, sender="10457", send_time=0)
    assert encode_entity(entity) == '{"action":1,"chatType":1,"sender":"10457","sendTime":0}'
    assert encode_ext(Ext(entity=entity)) == '{"entity":{"action":1,"chatType":1,"sender":"10457","sendTime":0}}'


# Values that a model contains and encode refuses


def with_extra(value: Any) -> Ext:
    """An ext whose unknown key was changed behind the model's back."""
    payload = decode_ext(CALL_TEXT)
    assert payload.model_extra is not None
    payload.model_extra["x"] = value
    return payload


def not_encoded(payload: Ext, **options: Any) -> tuple[Code, ...]:
    with pytest.raises(EncodeError) as caught:
        encode_ext(payload, **options)
    assert caught.value.__cause__ is None
    return tuple(violation.code for violation in caught.value.violations)


def _cycle() -> list[Any]:
    cycle: list[Any] = []
    cycle.append(cycle)
    return cycle


def _wide_cycle() -> dict[str, Any]:
    """A value whose paths double with each level."""
    cycle: dict[str, Any] = {}
    cycle |= {"a": [cycle], "b": (cycle,), "c": cycle}
    return cycle


def _deep(depth: int) -> list[Any]:
    deep: list[Any] = []
    for _ in range(depth - 1):
        deep = [deep]
    return deep


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (float("nan"), Code.NOT_ENCODABLE),
        (float("-inf"), Code.NOT_ENCODABLE),
        ((1, 2), Code.NOT_ENCODABLE),
        ([(1,)], Code.NOT_ENCODABLE),
        ({1, 2}, Code.NOT_ENCODABLE),
        (b"x", Code.NOT_ENCODABLE),
        (object(), Code.NOT_ENCODABLE),
        ({1: 2}, Code.NOT_ENCODABLE),
        ({None: 2}, Code.NOT_ENCODABLE),
        ({"1": 2, 1: 2}, Code.DUPLICATE_KEY),
        ({(1,): 2}, Code.NOT_ENCODABLE),
        (10**5000, Code.NOT_ENCODABLE),
        (2**64, Code.INTEGER_BEYOND_64_BITS),
        (-(2**63) - 1, Code.INTEGER_BEYOND_64_BITS),
        ("\ud800", Code.LONE_SURROGATE),
        ({"\udc00": 1}, Code.LONE_SURROGATE),
        (_cycle(), Code.NOT_ENCODABLE),
        (_deep(16), Code.TOO_DEEP),
        (_deep(126), Code.TOO_DEEP),
        (_deep(128), Code.NOT_ENCODABLE),
        (_deep(50_000), Code.NOT_ENCODABLE),
        ([_wide_cycle()], Code.NOT_ENCODABLE),
        ([0] * 1001, Code.TOO_MANY_ITEMS),
        ("x" * 65536, Code.TOO_LARGE),
        (decode_ext(CHAT_TEXT), Code.NOT_ENCODABLE),
    ],
    ids=lambda value: type(value).__name__,
)
def test_encode_refuses_a_changed_unknown_key(value: Any, code: Code) -> None:
    """`model_extra` can be changed in place to a value that no text decodes to, at every level."""
    assert not_encoded(with_extra(value)) == (code,)
    below = decode_ext(CALL_TEXT)
    assert isinstance(below.entity, CallEntity)
    for model in (below.entity, below.entity.content):
        assert model.model_extra is not None
        model.model_extra["x"] = value
        assert set(not_encoded(below)) & {code, Code.TOO_LARGE, Code.TOO_DEEP}
        del model.model_extra["x"]
    assert encode_ext(below) == CALL_TEXT


@pytest.mark.parametrize(
    ("value", "expected"),
    [(b"x", "expected values that JSON can represent"), ([(1,)], "expected values that are equal after decoding")],
)
def test_the_error_of_encode_says_what_was_expected(value: Any, expected: str) -> None:
    """The violation is at the whole payload, because there is no text for a pointer."""
    with pytest.raises(EncodeError) as caught:
        encode_ext(with_extra(value))
    assert caught.value.violations == (Violation(Code.NOT_ENCODABLE, "", expected),)


def test_encode_refuses_a_known_key_among_the_unknown_ones() -> None:
    """It does not replace the field, whether its value is valid or not."""
    for entity in (c2c_chat(), {"action": 1}, None):
        payload = decode_ext(CALL_TEXT)
        assert payload.model_extra is not None
        payload.model_extra["entity"] = entity
        assert not_encoded(payload)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"action": 3}, Code.VALUE_NOT_ALLOWED),
        ({"action": True}, Code.WRONG_TYPE),
        ({"action": None}, Code.WRONG_TYPE),
        ({"chat_type": 1.0}, Code.WRONG_TYPE),
        ({"sender": ""}, Code.EMPTY_STRING),
        ({"sender": b"10457"}, Code.NOT_ENCODABLE),
        ({"nickname": None}, Code.WRONG_TYPE),
        ({"version": 2}, Code.VALUE_NOT_ALLOWED),
        ({"version": True}, Code.WRONG_TYPE),
        ({"send_time": float("nan")}, Code.NOT_ENCODABLE),
        ({"send_time": 2**53}, Code.VALUE_NOT_ALLOWED),
        ({"custom_data": (128,)}, Code.VALUE_NOT_ALLOWED),
        ({"custom_data": [1]}, Code.NOT_ENCODABLE),
        ({"custom_data": {1}}, Code.NOT_ENCODABLE),
        ({"content": "no content"}, Code.NOT_JSON),
        ({"content": compact(group_content())}, Code.NOT_ENCODABLE),
        ({"content": group_content()}, Code.WRONG_TYPE),
        ({"content": SignalingContent(**c2c_content())}, Code.EMPTY_STRING),
        ({"content": SignalingContent.model_construct()}, Code.MISSING_KEY),
    ],
)
def test_encode_refuses_a_copy_with_invalid_changes(changes: dict[str, Any], code: Code) -> None:
    """`model_copy(update=…)` does not validate."""
    entity = decode_entity(compact(group_call())).model_copy(update=changes)
    with pytest.raises(EncodeError) as caught:
        encode_entity(entity)
    assert {violation.code for violation in caught.value.violations} == {code}
    assert not_encoded(decode_ext(CALL_TEXT).model_copy(update={"entity": entity}))


def test_encode_refuses_a_model_without_required_fields() -> None:
    """`model_construct` allows them to be absent; encode reports each and raises no other error."""
    assert not_encoded(Ext.model_construct()) == (Code.MISSING_KEY,)
    assert not_encoded(Ext.model_construct(entity=ChatEntity.model_construct())) == (Code.MISSING_KEY,) * 3
    assert not_encoded(Ext.model_construct(_fields_set={"entity"})) == (Code.MISSING_KEY,)
    assert not_encoded(Ext.model_construct(entity=None)) == (Code.WRONG_TYPE,)
    assert not_encoded(Ext.model_construct(entity={"action": 1})) == (Code.MISSING_KEY,) * 2
    with pytest.raises(EncodeError):
        encode_signaling_content(SignalingContent.model_construct(call_id=""))
    # The text is valid, but it does not decode to the value of the model: a dict is no entity.
    assert not_encoded(Ext.model_construct(entity=c2c_chat())) == (Code.NOT_ENCODABLE,)


def test_a_valid_model_built_without_validation_is_encoded() -> None:
    """Encode validates the values, however the model was built."""
    entity = ChatEntity.model_construct(action=1, chat_type=1, sender="10457")
    assert encode_ext(Ext.model_construct(entity=entity)) == '{"entity":{"action":1,"chatType":1,"sender":"10457"}}'


def test_encode_refuses_a_lone_surrogate_in_a_known_key() -> None:
    """pydantic accepts it as a string, but UTF-8 cannot represent it."""
    entity = ChatEntity(action=Action.CHAT, chat_type=ChatType.C2C, sender="10457", nickname="\ud800")
    with pytest.raises(EncodeError) as caught:
        encode_entity(entity)
    assert [(violation.code, violation.pointer) for violation in caught.value.violations] == [(Code.LONE_SURROGATE, "/nickname")]


@pytest.mark.parametrize("value", [None, "", CHAT_TEXT, b"{}", {}, [], Ext, ext()], ids=lambda value: type(value).__name__)
@every_kind
def test_encoding_another_type_than_a_model_raises_type_error(kind: str, value: Any) -> None:
    """A dict or a text, for example."""
    name = {"offline-push-info": "push info"}.get(kind, kind)
    with pytest.raises(TypeError, match=rf"^expected a model of the {name}, got {type(value).__name__}$"):
        ENCODERS[kind](value)


def test_encoding_another_model_raises_type_error() -> None:
    """Each encoder accepts only its own models."""
    payload = decode_ext(CALL_TEXT)
    assert isinstance(payload.entity, CallEntity)
    models: dict[str, BaseModel] = {"ext": payload, "entity": payload.entity, "signaling-content": payload.entity.content}
    for own, encode in ENCODERS.items():
        for kind, model in models.items():
            if kind == own:
                assert encode(model) == compact(to_wire(model))
            else:
                with pytest.raises(TypeError, match=type(model).__name__):
                    encode(model)


# Samples of real senders


def test_valid_samples_of_real_senders_round_trip() -> None:
    """They decode, and encode to a text with the same value."""
    paths = sorted(shared_folder("samples/valid").glob("*.json"))
    assert paths
    for path in paths:
        payload = decode_ext(path.read_bytes())
        assert decode_ext(encode_ext(payload)) == payload
        assert _read_embedded(json.loads(encode_ext(payload))) == _read_embedded(json.loads(path.read_bytes()))


def test_invalid_samples_of_real_senders_are_refused() -> None:
    """Each raises DecodeError."""
    paths = sorted(shared_folder("samples/invalid").glob("*.json"))
    assert paths
    for path in paths:
        assert refused(path.read_bytes())


def test_every_prefix_and_every_missing_character_is_an_error() -> None:
    """It raises PushCodecError and nothing else."""
    damaged: list[str | bytes] = [CALL_TEXT[:end] for end in range(len(CALL_TEXT))]
    damaged += [CALL_TEXT.encode()[:end] for end in range(len(CALL_TEXT.encode()))]
    damaged += [CALL_TEXT[:at] + CALL_TEXT[at + 1 :] for at, character in enumerate(CALL_TEXT) if character in '{}[]:"\\']
    for text in damaged:
        with pytest.raises(PushCodecError):
            decode_ext(text)


# Push infos


def test_the_ext_of_a_push_info_is_validated_and_kept() -> None:
    """Byte for byte, however it is written; each of its faults is listed with the pointers through both texts."""
    written = json.dumps(ext(group_call()), indent=1)
    info = decode_push_info(compact({"desc": "hi", "ext": written, "AndroidSound": "ring"}))
    assert info.ext == written
    assert json.loads(encode_push_info(info)) == {"desc": "hi", "ext": written, "AndroidSound": "ring"}
    broken = compact(ext(group_call(group_content(room_id=0), sender="")))
    with pytest.raises(DecodeError) as caught:
        decode_push_info(compact({"title": 5, "ext": broken}))
    assert sorted(found.location for found in caught.value.violations) == [
        "/ext -> /entity/content -> /room_id",
        "/ext -> /entity/sender",
        "/title",
    ]


@pytest.mark.parametrize("text", ["", "hi", "{}", "[]", '{"entity":{}}', compact(ext())[:-1] + ",}"])
def test_no_push_info_with_another_text_as_ext_is_encoded(text: str) -> None:
    """The error lists what `decode_push_info` finds. A model in memory may contain any text."""
    info = OfflinePushInfo(title="Team", ext=text)
    with pytest.raises(EncodeError) as caught:
        encode_push_info(info)
    assert caught.value.violations == tuple(iter_violations(compact(to_wire(info)), kind="offline-push-info"))
    assert encode_push_info(OfflinePushInfo(title="Team")) == '{"title":"Team"}'


def test_the_limits_apply_to_the_ext_of_a_push_info() -> None:
    """As to every embedded text."""
    text = compact({"ext": compact(ext(c2c_call(c2c_content(x=[[0]]))))})
    assert decode_push_info(text, limits=Limits(max_depth=3)).ext
    assert refused(text, "offline-push-info", limits=Limits(max_depth=2)) == (Code.TOO_DEEP,)


def test_the_form_of_a_push_info_is_one_of_two() -> None:
    """Another name is a ValueError that lists them, with 80 characters of the name; another type is a TypeError."""
    forms = "offline-push-info, rest-push-info"
    for name, shown in (("Ext", "Ext"), ("x" * 81, "x" * 77 + "...")):
        with pytest.raises(ValueError) as caught:
            decode_push_info("{}", form=name)  # type: ignore[call-overload]
        assert str(caught.value) == f"no form of push info is {shown!r}, expected one of {forms}"
    with pytest.raises(TypeError, match=r"^form must be a str, not bytes$"):
        decode_push_info("{}", form=b"rest-push-info")  # type: ignore[call-overload]

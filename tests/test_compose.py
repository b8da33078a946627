"""The composer: the rules for senders in the guide."""

from __future__ import annotations

import base64
import inspect
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pushcodec as pc
from pushcodec import compose
from pushcodec.codec import decode_ext, encode_ext
from pushcodec.contract import wire_name
from pushcodec.models import CallEntity, ChatEntity, to_wire

CALL: dict[str, Any] = {
    "inviter": "alice",
    "invited_list": ["bob"],
    "room_id": 271828182,
    "call_type": pc.CallType.VIDEO,
    "send_time": 1706601600,
}
EXT = compose.c2c_chat(sender="alice", content="hi")


def codes(error: pc.PushCodecError) -> list[tuple[str, str]]:
    """The code and the location of each violation."""
    return [(found.code, found.location) for found in error.violations]


def test_a_c2c_chat_names_its_own_user() -> None:
    """C2C: chatType 1, the user id of the sender, and the sender's nickname, by default the user id."""
    ext = compose.c2c_chat(sender="alice", content="hi", nickname="Alice", face_url="https://example.com/a.png")
    assert to_wire(ext) == {
        "entity": {
            "action": 1,
            "chatType": 1,
            "sender": "alice",
            "content": "hi",
            "nickname": "Alice",
            "faceUrl": "https://example.com/a.png",
            "version": 1,
        }
    }
    nameless = compose.c2c_chat(sender="alice").entity
    assert (nameless.nickname, nameless.face_url) == ("alice", "")


def test_a_group_chat_names_the_group() -> None:
    """Group: chatType 2, the group id as sender, the title of the conversation as nickname."""
    entity = compose.group_chat(group_id="@TGS#1", title="Team", content="hi").entity
    assert isinstance(entity, ChatEntity)
    assert (entity.chat_type, entity.sender, entity.nickname, entity.content) == (pc.ChatType.GROUP, "@TGS#1", "Team", "hi")


@pytest.mark.parametrize(
    ("make", "entity"),
    [
        (lambda: compose.c2c_chat(sender="a"), {"chatType": 1, "sender": "a", "nickname": "a"}),
        (lambda: compose.group_chat(group_id="g"), {"chatType": 2, "sender": "g", "nickname": ""}),
        (lambda: compose.chat(sender="a", user_id="b"), {"chatType": 1, "sender": "a", "nickname": "a"}),
        (lambda: compose.chat(sender="a", group_id="g"), {"chatType": 2, "sender": "g", "nickname": ""}),
    ],
)
def test_texts_of_a_chat_are_empty_by_default(make: Callable[[], pc.Ext], entity: dict[str, Any]) -> None:
    """Content, title and avatar are empty by default; all keys of a chat are written."""
    assert to_wire(make()) == {"entity": {"action": 1, "content": "", "faceUrl": "", "version": 1, **entity}}


@pytest.mark.parametrize("target", [{"user_id": "b"}, {"group_id": "g"}])
def test_a_chat_carries_the_avatar_to_both_targets(target: dict[str, str]) -> None:
    """Messages to a user and to a group have the avatar."""
    assert compose.chat(sender="a", face_url="https://example.com/a.png", **target).entity.face_url == "https://example.com/a.png"


@pytest.mark.parametrize(
    ("make", "target", "call_id"),
    [
        (compose.call, {}, ""),
        (compose.call, {"group_id": "g", "call_id": "x"}, "x"),
        (compose.c2c_call, {"call_id": "x"}, "x"),
        (compose.group_call, {"group_id": "g", "call_id": "x"}, "x"),
    ],
)
def test_every_argument_of_a_call_is_written(make: Callable[..., pc.Ext], target: dict[str, str], call_id: str) -> None:
    """By each function that composes a call."""
    ext = make(**CALL, **target, nickname="Alice", face_url="https://example.com/a.png", timeout=60)
    entity = to_wire(ext)["entity"]
    content = json.loads(entity.pop("content"))
    assert entity == {
        "action": 2,
        "chatType": 2 if "group_id" in target else 1,
        "sender": "alice",
        "nickname": "Alice",
        "faceUrl": "https://example.com/a.png",
        "version": 1,
        "sendTime": 1706601600,
    }
    assert content == {
        "action": 1,
        "call_id": call_id,
        "call_type": 2,
        "invited_list": ["bob"],
        "room_id": 271828182,
        "group_id": target.get("group_id", ""),
        "timeout": 60,
        "version": 4,
    }


def test_a_group_id_takes_precedence_over_a_user_id() -> None:
    """With a user id and a group id the message is a group message; with a user id alone a C2C message."""
    both = compose.chat(sender="alice", user_id="bob", group_id="@TGS#1", title="Team", nickname="Alice", content="hi")
    assert both == compose.group_chat(group_id="@TGS#1", title="Team", content="hi")
    one = compose.chat(sender="alice", user_id="bob", nickname="Alice", content="hi")
    assert one == compose.c2c_chat(sender="alice", nickname="Alice", content="hi")
    assert compose.call(**CALL, group_id="@TGS#1", call_id="x") == compose.group_call(**CALL, group_id="@TGS#1", call_id="x")
    assert compose.call(**CALL) == compose.c2c_call(**CALL)


@pytest.mark.parametrize(
    "make",
    [
        lambda: compose.chat(sender="alice"),
        lambda: compose.group_chat(group_id=""),
        lambda: compose.group_call(**CALL, group_id="", call_id="x"),
        lambda: compose.c2c_call(**{**CALL, "invited_list": []}),
    ],
)
def test_no_target_is_an_error(make: Callable[[], pc.Ext]) -> None:
    """A message without a receiver is an EncodeError."""
    with pytest.raises(pc.EncodeError) as caught:
        make()
    assert codes(caught.value) == [("PC802", "(document)")]


def test_a_call_carries_its_content_and_time() -> None:
    """Signaling content as text, the server's time, timeout 30, version 4, entity version 1; group_id is always written."""
    entity = compose.c2c_call(**CALL).entity
    assert isinstance(entity, CallEntity)
    assert (entity.chat_type, entity.sender, entity.send_time, entity.version) == (pc.ChatType.C2C, "alice", 1706601600, 1)
    content = entity.content
    assert (content.action, content.timeout, content.version) == (pc.SignalingAction.INVITE, 30, 4)
    assert to_wire(content)["group_id"] == ""
    group = compose.group_call(**CALL, group_id="@TGS#1", call_id="x", nickname="Alice", timeout=60).entity
    assert isinstance(group, CallEntity)
    assert (group.chat_type, group.content.group_id, group.content.timeout) == (pc.ChatType.GROUP, "@TGS#1", 60)
    assert group.nickname == "Alice"


def test_a_composed_call_rings_until_its_timeout() -> None:
    """The client joins a composed group call until its timeout, and not later."""
    custom = encode_ext(compose.group_call(**CALL, group_id="@TGS#1", call_id="x"))
    assert isinstance(pc.receive({"custom": custom}, now=1706601630), pc.JoinGroupCall)
    assert isinstance(pc.receive({"custom": custom}, now=1706601631), pc.ExpiredCall)


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (lambda: compose.c2c_chat(sender=""), [("PC304", "/entity/sender")]),
        (lambda: compose.c2c_chat(sender=5), [("PC301", "/entity/sender"), ("PC301", "/entity/nickname")]),  # type: ignore[arg-type]
        (lambda: compose.c2c_chat(sender=b"a"), [("PC201", "(document)")]),  # type: ignore[arg-type]
        (lambda: compose.c2c_chat(sender="\ud800", nickname="n"), [("PC106", "/entity/sender")]),
        (lambda: compose.c2c_call(**{**CALL, "room_id": 0}), [("PC303", "/entity/content -> /room_id")]),
        (lambda: compose.c2c_call(**{**CALL, "send_time": 1.5}), [("PC301", "/entity/sendTime")]),
        (lambda: compose.group_call(**CALL, group_id="g", call_id=""), [("PC304", "/entity/content -> /call_id")]),
    ],
)
def test_a_value_that_would_not_decode_is_an_encode_error(make: Callable[[], pc.Ext], found: list[tuple[str, str]]) -> None:
    """The error has the code and the location of the value."""
    with pytest.raises(pc.EncodeError) as caught:
        make()
    assert codes(caught.value) == found


@given(sender=st.text(), content=st.text(), nickname=st.text(), face_url=st.text())
def test_a_composed_chat_decodes(sender: str, content: str, nickname: str, face_url: str) -> None:
    """Any texts give an ext that decodes after encoding, or an EncodeError."""
    try:
        ext = compose.c2c_chat(sender=sender, content=content, nickname=nickname, face_url=face_url)
    except pc.EncodeError:
        return
    assert decode_ext(encode_ext(ext)) == ext


@pytest.mark.parametrize(
    ("make", "code", "pointer", "message"),
    [
        (lambda: compose.chat(sender="a"), "PC802", "", "expected a user id or a group id to send to"),
        (lambda: compose.c2c_chat(sender=b"a"), "PC201", "", "expected strings and integers"),  # type: ignore[arg-type]
        (lambda: compose.apns_config(tpns_token="\ud800"), "PC106", "/token", "expected text that UTF-8 can represent"),
        (
            lambda: compose.offline_push_info(EXT, custom_message=True),
            "PC801",
            "",
            "expected desc to be set: a custom message is pushed only then",
        ),
    ],
)
def test_an_encode_error_says_what_was_expected(make: Callable[[], object], code: str, pointer: str, message: str) -> None:
    """It has the code, the pointer and the message."""
    with pytest.raises(pc.EncodeError) as caught:
        make()
    assert [(found.code, found.pointer, found.message) for found in caught.value.violations] == [(code, pointer, message)]


# What is sent around the ext


def test_a_push_info_carries_the_ext_and_a_channel() -> None:
    """The push info contains the ext as text and the OPPO channel of the guide; other keys are absent by default."""
    info = compose.offline_push_info(EXT, title="Alice", desc="hi")
    assert to_wire(info) == {"title": "Alice", "desc": "hi", "ext": encode_ext(EXT), "AndroidOPPOChannelID": "tuikit"}
    untitled = compose.offline_push_info(EXT)
    assert (untitled.title, untitled.desc) == ("", "")


def test_a_push_info_accepts_the_other_attributes() -> None:
    """Arguments have Python names; the keys have the names of the SDK."""
    info = compose.offline_push_info(EXT, desc="hi", ios_sound="ring.caf", disable_push=False, android_vivo_classification=1)
    assert to_wire(info).items() >= {"iOSSound": "ring.caf", "disablePush": False, "AndroidVIVOClassification": 1}.items()


def test_unknown_keys_of_a_push_info_are_given_as_a_mapping() -> None:
    """They are written unchanged beside the known keys."""
    info = compose.offline_push_info(EXT, disable_push=True, extra={"AndroidSound": "ring", "x-y": [1, {"a": None}]})
    assert to_wire(info).items() >= {"disablePush": True, "AndroidSound": "ring", "x-y": [1, {"a": None}]}.items()
    assert compose.offline_push_info(EXT, extra={}) == compose.offline_push_info(EXT)


@pytest.mark.parametrize(
    "key", ["disablePush", "disable_push", "disablepush", "DISABLE-PUSH", "iOSSound", "AndroidOppoChannelId", "ext"]
)
def test_a_known_key_in_the_mapping_is_an_error(key: str) -> None:
    """In any writing, because the SDK ignores a misspelled key. The ValueError names the keyword."""
    with pytest.raises(ValueError, match=r"^extra has the key '.*', which is the keyword '[a-z_]+'$"):
        compose.offline_push_info(EXT, extra={key: True})


def test_the_error_for_a_long_key_is_short() -> None:
    """It has 80 characters of the key."""
    with pytest.raises(ValueError) as caught:
        compose.offline_push_info(EXT, extra={"-" * 90 + "ext": 1})
    assert str(caught.value) == f"extra has the key {'-' * 77 + '...'!r}, which is the keyword 'ext'"


def test_only_the_case_of_ascii_letters_is_ignored() -> None:
    """A long s is another letter than s, although its capital is S."""
    assert to_wire(compose.offline_push_info(EXT, extra={"de\u017fc": 1}))["de\u017fc"] == 1


@pytest.mark.parametrize("extra", [5, "AndroidSound", [("a", 1)], {1: 2}, {None: 1}])
def test_a_mapping_with_other_keys_than_strings_is_an_error(extra: Any) -> None:
    """The same for other values than a mapping; the TypeError names the expected type."""
    with pytest.raises(TypeError, match=r"^(extra must be a mapping|a key of extra must be a str)"):
        compose.offline_push_info(EXT, extra=extra)


def test_the_value_of_an_unknown_key_must_be_json() -> None:
    """Any other value is an EncodeError."""
    with pytest.raises(pc.EncodeError, match="PC201"):
        compose.offline_push_info(EXT, extra={"a": float("nan")})


# The same for the REST API


def test_a_rest_push_info_carries_the_ext_and_a_channel() -> None:
    """Only what is given is written, and the OPPO channel of the guide."""
    assert to_wire(compose.rest_push_info(EXT)) == {"Ext": encode_ext(EXT), "AndroidInfo": {"OPPOChannelID": "tuikit"}}
    info = compose.rest_push_info(EXT, title="Alice", desc="hi", android_info=None)
    assert to_wire(info) == {"Title": "Alice", "Desc": "hi", "Ext": encode_ext(EXT)}
    assert pc.decode_push_info(pc.encode_push_info(info), form="rest-push-info") == info


def test_a_rest_push_info_accepts_every_attribute() -> None:
    """Keywords are named like the attributes of the model."""
    parameters = set(inspect.signature(compose.rest_push_info).parameters)
    assert parameters - {"custom_message", "extra"} == set(pc.RestPushInfo.model_fields)
    info = compose.rest_push_info(
        EXT,
        push_flag=0,
        title="Alice",
        desc="hi",
        custom_message=True,
        multi_language_content=[pc.MultiLanguageContent(language="zh", title="a")],
        badge_add_num=1,
        badge_set_num=0,
        push_template_id="1400000000-1",
        push_template_param={"a": [1]},
        android_info=pc.AndroidInfo(xiaomi_channel_id="high", NewKey=1),  # type: ignore[call-arg]
        apns_info=pc.ApnsInfo(is_voip_push=1, live_activity=pc.LiveActivity(event="end")),
        harmony_info=pc.HarmonyInfo(category="IM"),
        extra={"x-y": [1, {"a": None}]},
    )
    assert to_wire(info) == {
        "PushFlag": 0,
        "Title": "Alice",
        "Desc": "hi",
        "Ext": encode_ext(EXT),
        "MultiLanguageContent": [{"Language": "zh", "Title": "a"}],
        "BadgeAddNum": 1,
        "BadgeSetNum": 0,
        "PushTemplateId": "1400000000-1",
        "PushTemplateParam": {"a": [1]},
        "AndroidInfo": {"XiaoMiChannelID": "high", "NewKey": 1},
        "ApnsInfo": {"IsVoipPush": 1, "LiveActivity": {"Event": "end"}},
        "HarmonyInfo": {"Category": "IM"},
        "x-y": [1, {"a": None}],
    }
    assert list(to_wire(info))[:-1] == [field.alias for field in pc.RestPushInfo.model_fields.values()]


def test_the_ext_of_a_rest_push_info_may_be_a_text() -> None:
    """It is kept byte for byte, and must be valid."""
    text = json.dumps(to_wire(EXT), indent=1)
    assert compose.rest_push_info(text).ext == text
    with pytest.raises(pc.EncodeError) as caught:
        compose.rest_push_info('{"entity":{"action":1,"chatType":3,"sender":"a"}}')
    assert codes(caught.value) == [("PC303", "/Ext -> /entity/chatType")]
    with pytest.raises(TypeError, match=r"^expected a model of the ext, got bytes$"):
        compose.rest_push_info(text.encode())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"title": 5, "desc": ["x"]}, [("PC301", "/Desc"), ("PC301", "/Title")]),
        ({"badge_add_num": 0, "badge_set_num": 1000}, [("PC303", "/BadgeAddNum"), ("PC303", "/BadgeSetNum")]),
        ({"push_flag": True}, [("PC301", "/PushFlag")]),
        ({"title": "\ud800"}, [("PC106", "/Title")]),
        ({"push_template_param": {"a": float("nan")}}, [("PC201", "(document)")]),
        ({"custom_message": True}, [("PC801", "(document)")]),
        (
            {"android_info": pc.AndroidInfo().model_copy(update={"vivo_notify_type": 4})},
            [("PC301", "/AndroidInfo/VIVONotifyType")],
        ),
    ],
)
def test_a_wrong_rest_push_info_is_refused(arguments: dict[str, Any], found: list[tuple[str, str]]) -> None:
    """The locations have the names of the API; a model that was changed in memory is checked, too."""
    with pytest.raises(pc.EncodeError) as caught:
        compose.rest_push_info(EXT, **arguments)
    assert sorted(codes(caught.value)) == found


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"android_info": {"OPPOChannelID": "a"}}, "android_info must be an AndroidInfo, not dict"),
        ({"apns_info": pc.AndroidInfo()}, "apns_info must be an ApnsInfo, not AndroidInfo"),
        ({"harmony_info": "a"}, "harmony_info must be a HarmonyInfo, not str"),
        ({"multi_language_content": 5}, "multi_language_content must be a sequence of MultiLanguageContent, not int"),
        ({"multi_language_content": [{}]}, "an item of multi_language_content must be a MultiLanguageContent, not dict"),
        ({"push_template_param": [1]}, "push_template_param must be a mapping, not list"),
        ({"extra": [1]}, "extra must be a mapping of wire names, not list"),
        ({"custom_message": 1}, "custom_message must be a bool, not int"),
    ],
)
def test_a_part_of_another_type_is_a_type_error(arguments: dict[str, Any], message: str) -> None:
    """The message names the keyword and the type."""
    with pytest.raises(TypeError) as caught:
        compose.rest_push_info(EXT, **arguments)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"extra": {"title": "a"}}, "extra has the key 'title', which is the keyword 'title'"),
        ({"extra": {"androidInfo": {}}}, "extra has the key 'androidInfo', which is the keyword 'android_info'"),
        (
            {"android_info": pc.AndroidInfo(XiaomiChannelID="a")},  # type: ignore[call-arg]
            "android_info has the key 'XiaomiChannelID', which is the keyword 'xiaomi_channel_id'",
        ),
        (
            {"apns_info": pc.ApnsInfo(live_activity=pc.LiveActivity(LaID="a"))},  # type: ignore[call-arg]
            "live_activity has the key 'LaID', which is the keyword 'la_id'",
        ),
    ],
)
def test_another_writing_of_a_key_is_an_error(arguments: dict[str, Any], message: str) -> None:
    """Servers ignore a misspelled key."""
    with pytest.raises(ValueError) as caught:
        compose.rest_push_info(EXT, **arguments)
    assert str(caught.value) == message


FUNCTIONS = [value for name in compose.__all__ if callable(value := getattr(compose, name))]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_an_unknown_keyword_is_an_error(function: Callable[..., Any]) -> None:
    """For every function; the error suggests the nearest keyword, also for a wire name."""
    parameters = inspect.signature(function).parameters
    assert not any(each.kind is each.VAR_KEYWORD for each in parameters.values())
    for name in parameters:
        for misspelled in {name.replace("_", ""), wire_name(name), f"{name}s", name.upper()} - {name}:
            with pytest.raises(TypeError) as caught:
                function(**{misspelled: "x"})
            unexpected, _, suggested = str(caught.value).partition("; did you mean ")
            listed = ", ".join(parameters)
            expected = f"{function.__name__}() got an unexpected keyword argument {misspelled!r}: expected one of {listed}"
            assert unexpected == expected
            assert repr(name) in suggested
    with pytest.raises(TypeError, match=rf"^{function.__name__}\(\) got an unexpected keyword argument 'qqqq': expected one of "):
        function(qqqq=1)


def test_the_list_of_functions_is_complete() -> None:
    """The tests above use all public functions."""
    names = {function.__name__ for function in FUNCTIONS}
    assert names >= {"chat", "c2c_chat", "group_chat", "call", "c2c_call", "group_call", "offline_push_info", "apns_config"}
    assert names >= {"account_binding", "push_info_violations", "rest_push_info", "fit"}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: compose.chat(sender="a", user_id=5), "a user id or a group id must be a str, not int"),  # type: ignore[arg-type]
        (lambda: compose.group_chat(group_id=b"g"), "a user id or a group id must be a str, not bytes"),  # type: ignore[arg-type]
        (lambda: compose.c2c_call(**{**CALL, "invited_list": "bob"}), "invited_list must be a sequence of user ids, not str"),
        (lambda: compose.c2c_call(**{**CALL, "invited_list": {"bob"}}), "invited_list must be a sequence of user ids, not set"),
        (lambda: compose.c2c_call(**{**CALL, "invited_list": None}), "invited_list must be a sequence of user ids, not NoneType"),
        (lambda: compose.c2c_call(**{**CALL, "invited_list": [5]}), "a user id or a group id must be a str, not int"),
        (lambda: compose.apns_config(tpns_token=b"t"), "tpns_token must be a str, not bytes"),  # type: ignore[arg-type]
        (lambda: compose.apns_config(apns_token="t"), "apns_token must be bytes, not str"),  # type: ignore[arg-type]
        (lambda: compose.apns_config(off="no"), "off must be a bool, not str"),  # type: ignore[arg-type]
        (
            lambda: compose.offline_push_info(EXT, custom_message="no"),  # type: ignore[arg-type]
            "custom_message must be a bool, not str",
        ),
        (lambda: compose.offline_push_info("{}"), "expected a model of the ext, got str"),  # type: ignore[arg-type]
        (
            lambda: compose.push_info_violations({}, custom_message=True),  # type: ignore[arg-type]
            "info must be an OfflinePushInfo or a RestPushInfo, not dict",
        ),
    ],
)
def test_a_wrong_type_of_an_argument_that_is_not_written_is_a_type_error(make: Callable[[], object], message: str) -> None:
    """The error names the expected type."""
    with pytest.raises(TypeError) as caught:
        make()
    assert str(caught.value) == message


def test_a_custom_message_needs_a_desc() -> None:
    """A custom message without desc is a violation, because it is never pushed; other messages need none."""
    with pytest.raises(pc.EncodeError) as caught:
        compose.offline_push_info(EXT, title="Alice", custom_message=True)
    assert codes(caught.value) == [("PC801", "(document)")]
    assert compose.offline_push_info(EXT, desc="hi", custom_message=True).desc == "hi"
    info = compose.offline_push_info(EXT)
    assert compose.push_info_violations(info, custom_message=False) == []
    assert [found.code for found in compose.push_info_violations(info, custom_message=True)] == ["PC801"]


def test_a_wrong_push_info_is_refused() -> None:
    """An attribute with a wrong type or value is an EncodeError with the SDK's name of the key."""
    with pytest.raises(pc.EncodeError) as caught:
        compose.offline_push_info(EXT, ios_sound=5, android_vivo_classification=2)  # type: ignore[arg-type]
    assert sorted(codes(caught.value)) == [("PC301", "/iOSSound"), ("PC303", "/AndroidVIVOClassification")]


def test_the_apns_config_of_a_tpns_token() -> None:
    """A TPNS token is written as its UTF-8 bytes, with business id 0."""
    config = compose.apns_config(tpns_token="0123abcd")
    assert config == {"businessID": 0, "token": base64.b64encode(b"0123abcd").decode(), "isTPNSToken": True}


def test_the_apns_config_of_a_device_token() -> None:
    """An APNs token is written as its bytes, with the business id of the certificate."""
    config = compose.apns_config(apns_token=b"\xde\xad", business_id=1234)
    assert config == {"businessID": 1234, "token": "3q0=", "isTPNSToken": False}


def test_the_apns_config_that_switches_push_off() -> None:
    """It is null."""
    assert compose.apns_config(off=True) is None


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"tpns_token": "t", "business_id": 7}, [("PC303", "/businessID")]),
        ({"tpns_token": ""}, [("PC304", "/token")]),
        ({"tpns_token": "\ud800"}, [("PC106", "/token")]),
        ({"apns_token": b"t", "business_id": -1}, [("PC303", "/businessID")]),
    ],
)
def test_a_wrong_apns_config_is_refused(arguments: dict[str, Any], found: list[tuple[str, str]]) -> None:
    """A TPNS token with a business id, an empty token and a negative id are EncodeErrors."""
    with pytest.raises(pc.EncodeError) as caught:
        compose.apns_config(**arguments)
    assert codes(caught.value) == found


@pytest.mark.parametrize("arguments", [{}, {"tpns_token": "t", "off": True}, {"tpns_token": "t", "apns_token": b"t"}])
def test_an_apns_config_is_of_one_kind(arguments: dict[str, Any]) -> None:
    """None or several of the three kinds are an error of the caller, so that push is not switched off by mistake."""
    with pytest.raises(ValueError, match=r"^expected exactly one of tpns_token, apns_token and off=True$"):
        compose.apns_config(**arguments)


def test_the_account_is_bound_and_released() -> None:
    """After login, the user id under key 0; after logout, the key to delete; an empty user id is an error."""
    assert compose.account_binding("alice") == {"0": "alice"}
    assert compose.account_binding(None) == [0]
    with pytest.raises(pc.EncodeError, match="PC304"):
        compose.account_binding("")

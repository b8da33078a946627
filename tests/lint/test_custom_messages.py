"""PC801: which push of a custom message has no desc, decided from a REST body or from the payload."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pushcodec.errors import Code
from pushcodec.lint import Config, lint_text


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


CONTENT = {"action": 1, "call_id": "c-5", "call_type": 2, "invited_list": ["kim"], "room_id": 9, "timeout": 30, "version": 4}
CALL = _text(
    {"entity": {"action": 2, "chatType": 1, "sender": "mei", "content": _text(CONTENT), "version": 1, "sendTime": 1764000000}}
)
CHAT = _text({"entity": {"action": 1, "chatType": 1, "sender": "mei", "content": "Soup?", "version": 1}})


def pointers(document: object, **options: Any) -> list[str]:
    """Where the rule finds something."""
    found = lint_text(_text(document), config=Config(**options))
    return [each.pointer for each in found if each.code is Code.CUSTOM_MESSAGE_WITHOUT_DESC]


def element(kind: str = "TIMCustomElem", **content: Any) -> dict[str, Any]:
    return {"MsgType": kind, "MsgContent": {"Data": "{}", **content}}


def body(*elements: object, **beside: Any) -> dict[str, Any]:
    return {"To_Account": "kim", "MsgRandom": 7, "MsgBody": list(elements), **beside}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (body(element(), OfflinePushInfo={"Ext": CHAT}), ["/OfflinePushInfo"]),
        (body(element(), OfflinePushInfo={"Ext": CHAT, "Desc": ""}), ["/OfflinePushInfo/Desc"]),
        (body(element(), OfflinePushInfo={"Ext": CHAT, "Desc": "Soup?"}), []),
        (body(element(Desc="Soup?"), OfflinePushInfo={"Ext": CHAT}), ["/OfflinePushInfo"]),
        (body(element(Desc="Soup?"), OfflinePushInfo={}), ["/OfflinePushInfo"]),
        (body(element(Ext=CHAT)), ["/MsgBody/0/MsgContent"]),
        (body(element(Ext=CHAT, Desc="")), ["/MsgBody/0/MsgContent/Desc"]),
        (body(element(Ext=CHAT, Desc="Soup?")), []),
        (body(element("TIMTextElem"), OfflinePushInfo={"Ext": CALL}), []),
        (body(element("TIMTextElem"), element(), OfflinePushInfo={"Ext": CHAT}), ["/OfflinePushInfo"]),
        (body({"MsgType": "TIMCustomElem"}, element(Desc="", Ext=CHAT)), ["/MsgBody/1/MsgContent/Desc"]),
        (body(7, OfflinePushInfo={"Ext": CALL}), []),
        (body(element(), OfflinePushInfo={"Ext": CHAT, "PushTemplateId": "1400000000-1"}), []),
        ({"OfflinePushInfo": {"Ext": CALL}, "From_Account": "mei"}, ["/OfflinePushInfo"]),
        ({"OfflinePushInfo": {"Ext": CHAT}, "From_Account": "mei"}, []),
        ({"offlinePushInfo": {"extension": CALL}}, ["/offlinePushInfo"]),
        ({"extension": CALL, "description": "", "iOSSound": "a"}, ["/description"]),
        ({"extension": CALL, "description": {"a": 1}, "iOSSound": "a"}, []),
        ({"message_offline_push_config": {"offline_push_config_ext": CALL}}, ["/message_offline_push_config"]),
        ({"clickPayload": CALL, "title": "Mei"}, [""]),
        ({"audience_type": "all", "message_type": "notify", "message": {"title": "a", "ios": {"custom_content": CALL}}}, []),
        ({"ext": CALL, "userID": "mei"}, []),
    ],
)
def test_a_custom_message_needs_a_desc_in_the_place_that_counts(document: object, expected: list[str]) -> None:
    """A body says itself whether its message is a custom one; in other forms a call is one."""
    assert pointers(document) == expected


def test_the_configuration_names_custom_messages_where_the_form_does_not() -> None:
    """A body of text elements stays none, and the finding of several exts is one."""
    web = {"offlinePushInfo": {"extension": CHAT}}
    assert pointers(web) == []
    assert pointers(web, custom_message=True) == ["/offlinePushInfo"]
    assert pointers(body(element("TIMTextElem"), OfflinePushInfo={"Ext": CHAT}), custom_message=True) == []
    both = {"message_offline_push_config": {"offline_push_config_ext": CALL}}
    both["message_offlie_push_config"] = {"offline_push_config_ext": CALL, "offline_push_config_desc": "Soup?"}
    assert pointers(both) == ["/message_offline_push_config"]


def test_the_message_names_the_desc_that_counts() -> None:
    """And says that the element's own one is ignored."""
    (found,) = (
        each
        for each in lint_text(_text(body(element(Desc="Soup?"), OfflinePushInfo={"Ext": CHAT})))
        if each.code is Code.CUSTOM_MESSAGE_WITHOUT_DESC
    )
    assert "OfflinePushInfo.Desc is set; that of the element is ignored beside it" in found.message

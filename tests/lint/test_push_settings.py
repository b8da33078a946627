"""The rules of the settings of a push, in all forms: sizes, cut texts, what switches a push off, and what is ignored."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pushcodec.errors import Code
from pushcodec.lint import Config, lint_text


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def chat(content: str = "Soup?") -> str:
    return _text({"entity": {"action": 1, "chatType": 1, "sender": "mei", "content": content, "version": 1}})


CHAT = chat()
CHANNEL = {"AndroidInfo": {"OPPOChannelID": "a"}}


def pointers(document: object, code: Code, **options: Any) -> list[str]:
    """Where a rule finds something."""
    found = lint_text(_text(document), config=Config(**options))
    return [" -> ".join((each.pointer, *each.embedded)) for each in found if each.code is code]


def rest(**settings: Any) -> dict[str, Any]:
    return {"From_Account": "mei", "MsgRandom": 1, "OfflinePushInfo": {"Ext": CHAT, **CHANNEL, **settings}}


def tpns(**message: Any) -> dict[str, Any]:
    return {"audience_type": "all", "message_type": "notify", "message": {"title": "Mei", "content": "Soup?", **message}}


def c_api(**config: Any) -> dict[str, Any]:
    return {"message_offline_push_config": {f"offline_push_config_{key}": value for key, value in config.items()}}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (rest(Title="a" * 32, Desc="b" * 50), []),
        (rest(Title="a" * 33, Desc="b" * 51), ["/OfflinePushInfo/Title", "/OfflinePushInfo/Desc"]),
        (rest(Title="\U0001f35c" * 16), []),
        (rest(Title="\U0001f35c" * 17), ["/OfflinePushInfo/Title"]),
        (rest(Desc="b" * 100, AndroidInfo={"OPPOChannelID": "a", "PushStyle": 1}), []),
        (rest(Desc="b" * 101, AndroidInfo={"OPPOChannelID": "a", "PushStyle": 1}), ["/OfflinePushInfo/Desc"]),
        (rest(Desc="b" * 51, AndroidInfo={"OPPOChannelID": "a", "PushStyle": True}), ["/OfflinePushInfo/Desc"]),
        (rest(Title=["a"] * 40), []),
        (
            rest(MultiLanguageContent=[{"Language": "en", "Title": "a" * 40, "Desc": "b" * 60}]),
            ["/OfflinePushInfo/MultiLanguageContent/0/Title", "/OfflinePushInfo/MultiLanguageContent/0/Desc"],
        ),
        (
            {"To_Account": "kim", "MsgBody": [{"MsgType": "TIMCustomElem", "MsgContent": {"Ext": CHAT, "Desc": "b" * 51}}]},
            ["/MsgBody/0/MsgContent/Desc"],
        ),
        (
            {"MsgBody": [{"MsgType": "TIMCustomElem", "MsgContent": {"Desc": "b" * 51}}], **rest(Desc="b")},
            [],
        ),
        (tpns(title="a" * 33, content="b" * 51), ["/message/title", "/message/content"]),
        ({"offlinePushInfo": {"description": "b" * 51, "extension": CHAT}}, ["/offlinePushInfo/description"]),
        ({"offlinePushInfo": {"description": "b" * 51, "extension": CHAT, "androidInfo": {"PushStyle": 1}}}, []),
        ({"extension": CHAT, "iOSSound": "a", "title": "a" * 33, "androidInfo": {"PushStyle": 1}}, ["/title"]),
        (
            c_api(desc="b" * 51, android_config={"android_offline_push_config_title": "a" * 33}),
            [
                "/message_offline_push_config/offline_push_config_desc",
                "/message_offline_push_config/offline_push_config_android_config/android_offline_push_config_title",
            ],
        ),
        ({"extension": [123, 125], "androidConfig": {"description": "b" * 51}}, ["/androidConfig/description"]),
        ({"ext": CHAT, "title": "a" * 33, "disablePush": None}, ["/title"]),
        ([{"extensionInfo": {"ext": CHAT}, "description": "b" * 51}], ["/0/description"]),
        ({"WebInfo": {"Title": "a" * 60, "Ext": CHAT}}, []),
    ],
)
def test_a_text_that_some_vendor_cuts(document: object, expected: list[str]) -> None:
    """32 units of a title, 50 of a desc, 100 with the style of OPPO that shows more; an integer 1 sets it."""
    assert pointers(document, Code.TITLE_OR_DESC_CUT) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (rest(PushFlag=1), ["/OfflinePushInfo/PushFlag"]),
        (rest(PushFlag=0), []),
        (rest(PushFlag=True), []),
        (rest(PushFlag=1.0), []),
        ({"OfflinePushInfo": {"PushFlag": 1, "Desc": "a"}}, []),
        ({"Ext": CHAT, "PushFlag": 1}, ["/PushFlag"]),
        ({"offlinePushInfo": {"extension": CHAT, "disablePush": True}}, ["/offlinePushInfo/disablePush"]),
        ({"offlinePushInfo": {"extension": CHAT, "disablePush": 1}}, []),
        ({"ext": CHAT, "disablePush": True, "title": "a"}, ["/disablePush"]),
        ({"extensionInfo": {"ext": CHAT, "disablePush": True}}, ["/extensionInfo/disablePush"]),
        (c_api(ext=CHAT, flag=1), ["/message_offline_push_config/offline_push_config_flag"]),
        ({"offline_push_config_ext": CHAT, "offline_push_config_flag": 1}, ["/offline_push_config_flag"]),
        ({"extension": [123, 125], "androidConfig": {}, "pushFlag": 1}, ["/pushFlag"]),
        ({"isDisablePush": True, "desc": "a"}, []),
    ],
)
def test_a_setting_that_switches_the_push_of_an_ext_off(document: object, expected: list[str]) -> None:
    """Only the value that the documentation names, and only beside an ext."""
    assert pointers(document, Code.PUSH_SWITCHED_OFF) == expected


def test_a_push_that_is_switched_off_keeps_its_other_findings() -> None:
    """A wrong value in the ext is still one."""
    found = {each.code for each in lint_text(_text(rest(PushFlag=1, Ext=CHAT.replace('"mei"', "5"), Title="a" * 40)))}
    assert {Code.PUSH_SWITCHED_OFF, Code.WRONG_TYPE, Code.TITLE_OR_DESC_CUT} <= found


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (rest(), []),
        (rest(AndroidInfo={}), ["/OfflinePushInfo/AndroidInfo"]),
        (rest(AndroidInfo={"OPPOChannelID": ""}), ["/OfflinePushInfo/AndroidInfo/OPPOChannelID"]),
        (rest(AndroidInfo=None), ["/OfflinePushInfo"]),
        ({"OfflinePushInfo": {"PushFlag": 0, "Ext": ""}}, []),
        ({"OfflinePushInfo": {"Title": "a"}}, ["/OfflinePushInfo"]),
        ({"Ext": CHAT, "PushFlag": 0}, [""]),
        (tpns(android={"custom_content": CHAT}), ["/message/android"]),
        (tpns(ios={"custom_content": CHAT}), []),
        (tpns(android="a"), []),
        ({"WebInfo": {"Title": "a", "Ext": CHAT}}, []),
        ({"offlinePushInfo": {"extension": CHAT}}, ["/offlinePushInfo"]),
        ({"offlinePushInfo": {"extension": CHAT, "androidInfo": {"OPPOChannelID": "a"}}}, []),
        ({"offlinePushInfo": {"extension": CHAT, "androidOPPOChannelID": "a"}}, []),
        ({"clickPayload": CHAT, "title": "a"}, []),
        (c_api(ext=CHAT), ["/message_offline_push_config"]),
        ({"extensionInfo": {"ext": CHAT}}, ["/extensionInfo"]),
        ({"ext": CHAT, "userID": None}, []),
        ({"To_Account": "kim", "MsgBody": [{"MsgType": "TIMCustomElem", "MsgContent": {"Ext": CHAT, "Desc": "a"}}]}, []),
    ],
)
def test_a_push_without_an_oppo_channel(document: object, expected: list[str]) -> None:
    """The innermost object where the channel belongs is marked."""
    assert pointers(document, Code.NO_OPPO_CHANNEL) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"Data": "a"}, []),
        ({"Desc": "", "Ext": CHAT, "Sound": "a"}, ["Desc", "Ext", "Sound"]),
    ],
)
def test_settings_of_an_element_are_ignored_beside_an_offline_push_info(content: dict[str, Any], expected: list[str]) -> None:
    """Even an empty one. Without one they count, and so do those of other elements than custom ones."""
    element = {"MsgType": "TIMCustomElem", "MsgContent": content}
    body = {
        "To_Account": "kim",
        "MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": {"Desc": "a"}}, 5, {"MsgType": "TIMCustomElem"}, element],
    }
    expected = [f"/MsgBody/3/MsgContent/{key}" for key in expected]
    assert pointers({**body, "OfflinePushInfo": {}}, Code.ELEMENT_SETTINGS_IGNORED) == expected
    assert pointers(body, Code.ELEMENT_SETTINGS_IGNORED) == []


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (rest(Ext=chat("a" * 2900)), []),
        (rest(Ext=chat("a" * 2900), Title="b" * 60, Desc="c" * 60), ["/OfflinePushInfo"]),
        ({"offlinePushInfo": {"extension": chat("a" * 3000)}}, ["/offlinePushInfo"]),
        ({"title": "b" * 3072, "desc": "", "disablePush": False}, []),
        ({"title": "b" * 3073, "desc": "", "disablePush": False}, [""]),
        (
            {"MsgBody": [{"MsgType": "TIMCustomElem", "MsgContent": {"Ext": chat("a" * 2900), "Desc": "b" * 120}}]},
            [""],
        ),
        (tpns(ios={"custom_content": chat("a" * 3000)}), []),
        ({"aps": {}, "custom": chat("a" * 3000)}, []),
    ],
)
def test_title_desc_and_ext_over_the_advised_size(document: object, expected: list[str]) -> None:
    """In every form of the message API; TPNS has a limit of its own."""
    assert pointers(document, Code.OVERSIZED_PUSH_INFO) == expected


def of_size(size: int, **texts: str) -> str:
    """An ext whose smallest notification has a size in bytes."""
    smallest = _text({**({"aps": {"alert": texts}} if texts else {}), "custom": chat("")})
    return chat("a" * (size - len(smallest)))


@pytest.mark.parametrize(
    ("document", "limit", "expected"),
    [
        (lambda size: rest(Ext=of_size(size)), 4096, "/OfflinePushInfo/Ext"),
        (lambda size: rest(Ext=of_size(size, title="b" * 9, body="c"), Title="b" * 9, Desc="c"), 4096, "/OfflinePushInfo/Ext"),
        (
            lambda size: rest(Ext=of_size(size, title="long"), Title="b", ApnsInfo={"Title": "long"}),
            4096,
            "/OfflinePushInfo/Ext",
        ),
        (lambda size: rest(Ext=of_size(size), ApnsInfo={"IsVoipPush": 1}), 5120, "/OfflinePushInfo/Ext"),
        (lambda size: rest(Ext=of_size(size), ApnsInfo={"IsVoipPush": True}), 4096, "/OfflinePushInfo/Ext"),
        (lambda size: {"Ext": of_size(size), "PushFlag": 0, "ApnsInfo": {"IsVoipPush": 1}}, 5120, "/Ext"),
        (lambda size: {"ext": of_size(size), "iOSPushType": 1, "androidSound": "a"}, 5120, "/ext"),
        (lambda size: {"ext": of_size(size, body="b"), "desc": "b", "disablePush": False}, 4096, "/ext"),
        (
            lambda size: c_api(ext=of_size(size), ios_config={"ios_offline_push_config_push_type": 1}),
            5120,
            "/message_offline_push_config/offline_push_config_ext",
        ),
        (lambda size: {"ext": of_size(size), "userID": "a"}, 4096, "/ext"),
        (
            lambda size: {
                **c_api(ext=of_size(size, title="b"), title="b"),
                "message_offlie_push_config": {"offline_push_config_title": "long"},
            },
            4096,
            "/message_offline_push_config/offline_push_config_ext",
        ),
    ],
)
def test_the_smallest_notification_has_the_texts_of_the_form(document: Any, limit: int, expected: str) -> None:
    """A notification of exactly the limit is none over it."""
    assert pointers(document(limit), Code.OVERSIZED_NOTIFICATION) == []
    assert pointers(document(limit + 1), Code.OVERSIZED_NOTIFICATION) == [expected]


def test_the_message_of_a_tpns_push_has_a_limit() -> None:
    """With both exts in it, and as compact text."""
    size = len(_text(tpns(ios={"custom_content": chat("")})["message"]))
    exact = tpns(ios={"custom_content": chat("a" * (4096 - size))})
    assert pointers(exact, Code.OVERSIZED_NOTIFICATION) == []
    longer = tpns(ios={"custom_content": chat("a" * (4097 - size))})
    assert pointers(longer, Code.OVERSIZED_NOTIFICATION) == ["/message"]
    assert [each.code for each in lint_text(json.dumps(exact, indent=9)) if each.code is Code.OVERSIZED_NOTIFICATION] == []
    huge = _text(tpns(ios={"custom_content": chat("a" * 5000)})).replace('"Soup?"', "1e999")
    assert Code.OVERSIZED_NOTIFICATION in [each.code for each in lint_text(huge)]
    both = tpns(ios={"custom_content": chat("a" * 2100)}, android={"custom_content": chat("a" * 2100), "oppo_ch_id": "a"})
    assert pointers(both, Code.OVERSIZED_NOTIFICATION) == ["/message"]
    assert pointers({**tpns(), "message": 5, "x": "a" * 5000}, Code.OVERSIZED_NOTIFICATION) == []


def test_only_texts_that_travel_are_made_shorter() -> None:
    """White space around the settings of a request stays on the server; that in the ext is sent."""
    spaced = CHAT.replace(":", ": ")
    assert [each.code for each in lint_text(json.dumps(rest(Desc="a"), indent=1))] == []
    (found,) = lint_text(json.dumps(rest(Ext=spaced), indent=1))
    assert (found.code, found.embedded) == (Code.PRETTY_PRINTING, ("",))


@pytest.mark.parametrize(
    ("document", "pointers"),
    [
        ({"ext": '{"x": 1}', "userID": "kim"}, [("/ext", "")]),
        ({"OfflinePushInfo": {"Ext": '{"x": 1}'}, "TaskId": "7"}, [("/OfflinePushInfo/Ext", "")]),
        ({"aps": {}, "custom": '{"x":1}'}, [("",)]),
    ],
)
def test_white_space_counts_only_in_texts_that_travel_to_a_phone(document: dict[str, Any], pointers: list[tuple[str, ...]]) -> None:
    """Not that between the tokens of a request, or of what a click passes to the app."""
    found = lint_text(json.dumps(document, indent=1), config=Config(select=("PC704",)))
    assert [(each.pointer, *each.embedded) for each in found] == pointers

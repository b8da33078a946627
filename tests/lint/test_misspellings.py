"""PC306: unknown keys that look like known ones, in the payload and in the objects of each form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushcodec import schemafiles
from pushcodec.documents import FORMS
from pushcodec.errors import Code
from pushcodec.lint import lint_text
from pushcodec.lint.analyses.edits import MOST, distance, may_be_near, parts_of
from pushcodec.lint.analyses.known_keys import known_keys
from pushcodec.lint.diagnostics import Diagnostic
from pushcodec.lint.fixes import fix_document


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


CHAT = _text({"entity": {"action": 1, "chatType": 1, "sender": "mei", "content": "Soup?", "version": 1}})
REQUEST = {"To_Account": "kim", "MsgRandom": 7, "MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "Soup?"}}]}


def misspelled(document: object) -> dict[str, str]:
    """The message of each misspelled key, by its pointers."""
    return {_place(each): each.message for each in lint_text(_text(document)) if each.code is Code.MISSPELLED_KEY}


def _place(found: Diagnostic) -> str:
    return " -> ".join((found.pointer, *found.embedded))


def request(push_info: dict[str, Any], **beside: Any) -> dict[str, Any]:
    return {**REQUEST, **beside, "OfflinePushInfo": {"Title": "Mei", "Desc": "Soup?", "Ext": CHAT, **push_info}}


@pytest.mark.parametrize(
    ("document", "place", "meant"),
    [
        (request({"AndroidInfo": {"OppoChannelID": "a"}}), "/OfflinePushInfo/AndroidInfo/OppoChannelID", "OPPOChannelID"),
        (request({"AndroidInfo": {"HuaWeiChanelID": "a"}}), "/OfflinePushInfo/AndroidInfo/HuaWeiChanelID", "HuaWeiChannelID"),
        (request({"AndroidInfo": {"sound": "a"}}), "/OfflinePushInfo/AndroidInfo/sound", "Sound"),
        (request({"ApnsInfo": {"badgeMode": 1}}), "/OfflinePushInfo/ApnsInfo/badgeMode", "BadgeMode"),
        (request({"ApnsInfo": {"LiveActivity": {"LAId": "a"}}}), "/OfflinePushInfo/ApnsInfo/LiveActivity/LAId", "LaId"),
        (request({"HarmonyInfo": {"SoundDurations": 3}}), "/OfflinePushInfo/HarmonyInfo/SoundDurations", "SoundDuration"),
        (request({"MultiLanguageContent": [{"Languag": "en"}]}), "/OfflinePushInfo/MultiLanguageContent/0/Languag", "Language"),
        (request({}, MsgLifetime=60), "/MsgLifetime", "MsgLifeTime"),
        (request({}, SyncOtherMachin=1), "/SyncOtherMachin", "SyncOtherMachine"),
        ({"offlinePushInfo": {"extension": CHAT, "androidOppoChannelID": "a"}}, "/offlinePushInfo/androidOppoChannelID", None),
        ({"extension": CHAT, "disablevoippush": True, "iOSSound": "a"}, "/disablevoippush", "disableVoipPush"),
        (
            {"message_offline_push_config": {"offline_push_config_ext": CHAT, "offline_push_confg_title": "a"}},
            "/message_offline_push_config/offline_push_confg_title",
            "offline_push_config_title",
        ),
        (
            {"offline_push_config_ext": CHAT, "offline_push_config_ios_config": {"ios_offline_push_config_Sound": "a"}},
            "/offline_push_config_ios_config/ios_offline_push_config_Sound",
            "ios_offline_push_config_sound",
        ),
        ({"extensionInfo": {"ext": CHAT, "androidSound": "a"}}, "/extensionInfo/androidSound", "AndroidSound"),
        ({"ext": CHAT, "androidOPPOChannelID": "a", "androidVivoCategory": "IM"}, "/androidVivoCategory", "androidVIVOCategory"),
        ({"title": "Mei", "ext": CHAT, "AndroidOppoChannelID": "a"}, "/AndroidOppoChannelID", "AndroidOPPOChannelID"),
        ({"ext": CHAT, "userID": "mei", "groupId": None}, "/groupId", "groupID"),
        (
            {
                "audience_type": "all",
                "message_type": "notify",
                "message": {"title": "a", "content": "b", "ios": {"custom_contnet": CHAT}},
            },
            "/message/ios/custom_contnet",
            "custom_content",
        ),
        ([request({"pushFlag": 0})], "/0/OfflinePushInfo/pushFlag", "PushFlag"),
        ({"json": _text(request({"pushFlag": 0}))}, "/json -> /OfflinePushInfo/pushFlag", "PushFlag"),
    ],
)
def test_a_key_of_a_form_that_looks_like_a_known_one_is_reported(document: object, place: str, meant: str | None) -> None:
    """It differs from a key of the same object, which is absent there, in case or by at most two letters."""
    assert misspelled(document) == {place: f"did you mean '{meant or 'androidOPPOChannelID'}'?"}


@pytest.mark.parametrize(
    "document",
    [
        request({"AndroidInfo": {"OPPOChannelID": "a", "OppoChannelID": "b"}}),
        request({"AndroidInfo": {"VIVOChannelID": "a"}}),
        request({"ApnsInfo": {"Titel": "a"}}),
        request({"Label": "a"}),
        request({}, Random=5, GroupID="a", **{"From_Account" + "s" * 60: "a"}),
        {"extension": CHAT, "androidInfo": {"sound": "a", "XiaoMiChannelID": "b"}, "apnsInfo": {"image": "c"}},
        {"extension": CHAT, "androidOPPOChannelID": "a", "androidOPPOCategory": "IM"},
        {"ext": CHAT, "androidOPPOChannelID": "a", "title": None, "androidHonorImage": None},
        {"audience_type": "all", "message_type": "notify", "message": {"title": "a", "content": "b", "android": {"mz_ch_id": "1"}}},
        {
            "audience_type": "all",
            "message_type": "notify",
            "message": {"title": "a", "content": "b", "android": {"fcm_ch_id": "1"}},
        },
        {"aps": {"alert": "a"}, "custom": CHAT, "Ext": "a"},
        request({f"pushFlag{at}": 1 for at in range(101)}),
    ],
)
def test_a_key_that_is_known_short_or_like_no_other_is_not_reported(document: object) -> None:
    """A known key, a short one with another letter, one like two known keys, or one of many."""
    assert misspelled(document) == {}


def test_a_misspelled_required_key_of_a_form_is_one_finding() -> None:
    """It names the required key, and the missing key is no finding of its own."""
    document = {"audience_type": "all", "message_typ": "notify", "message": {"title": "Mei", "Content": "Soup?"}}
    found = {(each.code, each.pointer, each.message) for each in lint_text(_text(document))}
    assert found == {
        (Code.MISSPELLED_KEY, "/message_typ", "did you mean 'message_type', which is required?"),
        (Code.MISSPELLED_KEY, "/message/Content", "did you mean 'content', which is required?"),
    }


def test_a_misspelled_required_key_of_each_ext_is_named_in_its_finding() -> None:
    """Of a payload the missing key is the finding, in the first ext of a form and in the others."""
    chat = CHAT.replace("sender", "sendr")
    parts = {"custom_content": chat}
    document = {"audience_type": "all", "message_type": "notify", "message": {"title": "a", "content": "b", "ios": parts}}
    document["message"]["android"] = {**parts, "oppo_ch_id": "a"}  # type: ignore[index]
    found = [each for each in lint_text(_text(document)) if each.code in (Code.MISSING_KEY, Code.MISSPELLED_KEY)]
    assert [(each.code, each.pointer, each.fix is not None) for each in found] == [
        (Code.MISSING_KEY, "/message/ios/custom_content", True),
        (Code.MISSING_KEY, "/message/android/custom_content", True),
    ]
    assert all("'sendr' looks like a misspelling" in each.message for each in found)


def test_the_fix_renames_the_key_in_its_object() -> None:
    """Only with unsafe fixes, and nothing else changes."""
    text = _text([request({"AndroidInfo": {"XiaomiChannelID": "a", "OPPOChannelID": "b"}})]).encode()
    fixed = fix_document(text, unsafe=True)
    assert fixed == (text.replace(b"XiaomiChannelID", b"XiaoMiChannelID"), 1)
    assert fix_document(text).fixes == 0


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.name)
def test_no_example_of_a_schema_has_a_misspelled_key(form: Any) -> None:
    """No key that the documentation of a form uses is reported."""
    for example in schemafiles.schema(form.schema)["examples"]:
        found = lint_text(_text(example))
        assert [each.pointer for each in found if each.code is Code.MISSPELLED_KEY] == []


def test_the_known_keys_of_a_form_are_those_of_its_schema() -> None:
    """Objects in objects, items of arrays, and references with and without a condition have theirs."""
    known = known_keys("rest-sendmsg")
    assert {"To_Account", "OfflinePushInfo"} <= known.keys
    assert "OPPOChannelID" in known.inside["OfflinePushInfo"].inside["AndroidInfo"].keys
    body = known.inside["MsgBody"].items
    assert body is not None
    assert body.keys == {"MsgType", "MsgContent"}
    assert "entity" not in known.all_keys
    assert "extension" in known_keys("web-options").inside["offlinePushInfo"].keys
    assert "TagsOr" in known_keys("timpush-webpush").inside["Condition"].keys


words = st.text("abcAB_", max_size=8)


@given(words, words)
def test_the_distance_is_the_least_number_of_edits(left: str, right: str) -> None:
    """As the table of all beginnings has it, which is the textbook's algorithm."""
    row = list(range(len(right) + 1))
    for at, character in enumerate(left, 1):
        above, row[0] = row[0], at
        for column, other in enumerate(right, 1):
            above, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, above + (character != other))
    assert distance(left, right) == min(row[-1], MOST + 1)


@given(words, words)
def test_words_that_are_near_share_a_part(left: str, right: str) -> None:
    """What the comparison of parts excludes is more than two edits away."""
    assert may_be_near(left, parts_of(right)) or distance(left, right) > MOST

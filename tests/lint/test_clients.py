"""The rules about several clients: their findings for each class of disagreement, and the positions."""

from __future__ import annotations

from typing import Any

import pytest
from linted import documents
from mutants import mutants, originals
from payloads import c2c_chat, compact, group_call, group_content
from shared_data import shared_folder
from test_compare import DISAGREEMENTS, SENT

from pushcodec.cli import main
from pushcodec.errors import Code
from pushcodec.lint import Config, lint_text
from pushcodec.lint.clear import is_clear
from pushcodec.lint.config import config_from
from pushcodec.lint.rules import clients_disagree, crashes_android

MINE = {Code.CLIENTS_DISAGREE, Code.CRASHES_ANDROID}

# Another rule reports these differences; at the edge of the timeout, the payload has no fault.
OTHER_RULES = {
    "call with chatType 1 and a group_id": Code.C2C_CALL_WITH_GROUP_ID,
    "sendTime in milliseconds": Code.SEND_TIME_IN_MILLISECONDS,
    "sendTime one second ahead": Code.FUTURE_SEND_TIME,
    "age equals timeout": None,
}


def found(text: str | bytes, **options: Any) -> dict[Code, tuple[str, ...]]:
    return {each.code: (each.pointer, *each.embedded) for each in lint_text(text, config=Config(**options))}


@pytest.mark.parametrize("name", DISAGREEMENTS)
def test_each_class_of_disagreement_has_a_rule(name: str) -> None:
    """Clients that differ in the second of sending are reported, and so are crashes of Android; other rules report the rest."""
    text, effects = DISAGREEMENTS[name]
    codes = set(found(text, now=SENT + 9))
    if name in OTHER_RULES:
        other = OTHER_RULES[name]
        assert MINE & codes == set()
        assert other is None or other in codes
    else:
        assert Code.CLIENTS_DISAGREE in codes
        assert (Code.CRASHES_ANDROID in codes) is (effects[1] == "crash")
        assert (Code.CLIENT_CRASH in codes) is (effects[0] == "crash")


def test_a_call_sent_ahead_of_the_clock_is_no_fault_without_a_clock() -> None:
    """Without `now`, the linter compares clients in the second of sending."""
    assert OTHER_RULES["sendTime one second ahead"] not in found(DISAGREEMENTS["sendTime one second ahead"][0])


PLACES: dict[str, tuple[str, Code, tuple[str, ...]]] = {
    "field of a call": (
        compact({"entity": group_call(group_content(duration="long"))}),
        Code.CRASHES_ANDROID,
        ("/entity/content", "/duration"),
    ),
    "content that is no JSON": (
        compact({"entity": group_call(content=None) | {"content": "hi"}}),
        Code.CRASHES_ANDROID,
        ("/entity/content",),
    ),
    "content that is no object": (
        compact({"entity": group_call() | {"content": "[]"}}),
        Code.CRASHES_ANDROID,
        ("/entity/content", ""),
    ),
    "field of an entity": (compact({"entity": c2c_chat(nickname=[])}), Code.CLIENTS_DISAGREE, ("/entity/nickname",)),
    "number beyond the doubles": (
        compact({"entity": group_call(group_content(timeout=999))}).replace("999", "1e999"),
        Code.CRASHES_ANDROID,
        ("/entity/content", "/timeout"),
    ),
    "entity": (compact({"entity": c2c_chat(version=2)}), Code.CLIENTS_DISAGREE, ("/entity",)),
    "entity as text": (compact({"entity": "{}"}), Code.CLIENTS_DISAGREE, ("/entity",)),
    "only the text": ("{'entity':{'sender':'a'}}", Code.CLIENTS_DISAGREE, ("",)),
    "no entity": ('{"entity":{"action":1,"chatType":1,"sender":"a"},}', Code.CLIENTS_DISAGREE, ("/entity",)),
    "text of a notification": (
        compact({"aps": {}, "custom": compact({"entity": c2c_chat(version=2)})}),
        Code.CLIENTS_DISAGREE,
        ("/custom", "/entity"),
    ),
    "text of a push info": (
        compact({"title": "a", "ext": "{'entity':{'sender':'a'}}"}),
        Code.CLIENTS_DISAGREE,
        ("",),
    ),
}


@pytest.mark.parametrize(("text", "code", "place"), PLACES.values(), ids=PLACES)
def test_the_value_that_gson_refuses_is_marked(text: str, code: Code, place: tuple[str, ...]) -> None:
    """The field with a wrong value, or the innermost existing value around the one that decided."""
    assert found(text)[code] == place


def test_the_message_has_the_effects_and_their_reasons() -> None:
    """Clients with the same effect are listed together."""
    text = compact({"entity": group_call(group_content(room_id=2**31), sendTime=SENT)})
    clients = ("ios-6.0", "android-6.0", "android-6.1", "android-7.9")
    messages = {each.code: each.message for each in lint_text(text, config=Config(clients=clients))}
    assert messages[Code.CRASHES_ANDROID] == "the app crashes on Android 6.0: Gson can't read content as a call"
    assert messages[Code.CLIENTS_DISAGREE] == (
        "clients disagree: iOS 6.0: rings; Android 6.0: crash (Gson can't read content as a call); "
        "Android 6.1, Android 7.9: nothing (the release has no branch for calls)"
    )


def test_chats_with_other_ids_are_reported() -> None:
    """The message says that the chats differ; it contains no id."""
    text = compact({"entity": c2c_chat()}).replace('"sender":', '"sender":"mallory","sender":')
    (message,) = (each.message for each in lint_text(text) if each.code is Code.CLIENTS_DISAGREE)
    assert message == "clients disagree: iOS 6.0, Android 6.0: opens C2C chat, of other ids"
    assert "mallory" not in message


# Without findings


def test_valid_samples_have_no_finding_about_clients() -> None:
    """Valid payloads of other projects, in every carrier."""
    files = sorted(shared_folder("samples").joinpath("valid").iterdir())
    assert len(files) > 10
    assert {file.name for file in files if MINE & set(found(file.read_bytes()))} == set()


def test_certainly_valid_texts_have_no_finding_about_clients() -> None:
    """The linter does not compare clients on certainly valid texts; comparing them would give no finding."""
    certain = [text for text in (*originals(), *mutants(2000, seed=3)) if is_clear(documents(text, kind="ext")[0])]
    assert len(certain) > 200
    for text in certain:
        for rule in (clients_disagree.RULE, crashes_android.RULE):
            assert list(rule.check(documents(text, kind="ext")[0], Config())) == []


@pytest.mark.parametrize("clients", [(), ("ios-6.0",), ("android-6.0",), ("ios-6.0", "ios-6.1")])
def test_only_the_configured_clients_are_compared(clients: tuple[str, ...]) -> None:
    """One client alone gives no finding, and neither do two releases that open a chat alike."""
    assert MINE & set(found(DISAGREEMENTS["version 2"][0], clients=clients)) == set()


def test_a_text_over_the_limit_is_not_compared() -> None:
    """The linter reads only a part of it, and the effects of a part say nothing about the whole."""
    assert MINE & set(found(DISAGREEMENTS["version 2"][0] + " " * 70_000)) == set()


# Settings


def test_the_setting_names_clients() -> None:
    """An unknown client is an error."""
    assert config_from({"clients": ["android-7.9"]}).clients == ("android-7.9",)
    with pytest.raises(ValueError, match=r"no client is 'ios-5': expected one of ios-6\.0, "):
        config_from({"clients": ["ios-5"]})


def test_the_command_line_names_clients(capsys: pytest.CaptureFixture[str], tmp_path: Any) -> None:
    """`lint --clients` replaces the clients of the configuration."""
    file = tmp_path / "x.json"
    file.write_text(DISAGREEMENTS["version 2"][0])
    assert main(["lint", "--isolated", "--select=PC512", str(file)]) == 1
    assert main(["lint", "--isolated", "--select=PC512", "--clients=android-6.0,android-7.9", str(file)]) == 0
    capsys.readouterr()


# What follows a route on iOS

FOLLOW_UPS: dict[str, tuple[dict[str, Any], Code, tuple[str, ...]]] = {
    "sender a number": (c2c_chat(sender=1), Code.CLIENT_CRASH, ("/entity/sender",)),
    "sender empty": (c2c_chat(sender=""), Code.IGNORED_PAYLOAD, ("/entity/sender",)),
    "sender absent": ({"action": 1, "chatType": 2}, Code.IGNORED_PAYLOAD, ("/entity",)),
    "call_id null": (group_call(group_content(call_id=None)), Code.CLIENT_CRASH, ("/entity/content", "/call_id")),
    "inviter a list": (group_call(sender=[]), Code.CLIENT_CRASH, ("/entity/sender",)),
    "no one invited": (group_call(group_content(invited_list=[])), Code.IGNORED_PAYLOAD, ("/entity/content", "/invited_list")),
    "group_id true": (group_call(group_content(group_id=True)), Code.CLIENT_CRASH, ("/entity/content", "/group_id")),
}


@pytest.mark.parametrize(("entity", "code", "place"), FOLLOW_UPS.values(), ids=FOLLOW_UPS)
def test_the_steps_after_routing_are_included(entity: dict[str, Any], code: Code, place: tuple[str, ...]) -> None:
    """A stored value without a length is a crash; an empty value has no effect."""
    assert found(compact({"entity": entity}))[code] == place

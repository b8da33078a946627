"""The page of each rule: why it matters, a payload that breaks it and one that does not.

`pushcodec rule` prints these, docs/rules/ is written from them, and the tests lint every example. A rule's name, summary and
severity stand in the catalogue of codes; whether it is mended is asked of the linter itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pushcodec.errors import Code
from pushcodec.lint.catalogue import SEVERITIES
from pushcodec.lint.rules import CONVERTED, rule
from pushcodec.lint.rules.rule import Page

# Payloads for the examples


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _ext(entity: Mapping[str, Any], **beside: Any) -> str:
    return _text({"entity": entity, **beside})


def _without(payload: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in payload.items() if key not in keys}


def _chat(**changes: Any) -> dict[str, Any]:
    chat = {"action": 1, "chatType": 1, "sender": "alice", "content": "Lunch at noon?", "nickname": "Alice", "version": 1}
    return {**chat, **changes}


def _content(**changes: Any) -> dict[str, Any]:
    call = {"action": 1, "call_id": "1441-1706601600-1734", "call_type": 2, "invited_list": ["bob"], "room_id": 271828}
    return {**call, "group_id": "@TGS#2WALRUSX", "timeout": 30, "version": 4, **changes}


def _call(content: Any = None, **changes: Any) -> dict[str, Any]:
    text = _text(_content() if content is None else content)
    call = {"action": 2, "chatType": 2, "sender": "alice", "content": text, "version": 1, "sendTime": 1706601600}
    return {**call, **changes}


def _c2c_call(**changes: Any) -> dict[str, Any]:
    return _call(_content(call_id="", group_id="", **changes), chatType=1)


def _push_info(**changes: Any) -> str:
    return _text({"title": "Alice", "desc": "Lunch at noon?", "ext": _ext(_chat()), "AndroidOPPOChannelID": "tuikit", **changes})


_CHAT, _CALL = _ext(_chat()), _ext(_call())
_DEEP = "[" * 15 + "1" + "]" * 15
_LONG = "Lunch at noon? " * 70

PAGES: Final[dict[Code, Page]] = {
    Code.NOT_JSON: Page(
        "The client ignores a text that its reader refuses, and nobody hears of it (`receive 4`).",
        _CHAT.replace('"Alice"', "'Alice'"),
        _CHAT,
    ),
    Code.TRAILING_COMMA: Page(
        "The iOS reader forgives one comma after the last member, Android and every strict reader refuse the text.",
        _CHAT.replace("1}}", "1,}}"),
        _CHAT,
    ),
    Code.INVALID_UTF8: Page(
        "No client reads a text that is not UTF-8; a sender that cuts a text in the middle of a character makes one.",
        _ext(_chat(content="中")).encode().replace("中".encode(), "中".encode()[:2]),
        _ext(_chat(content="中")),
    ),
    Code.BYTE_ORDER_MARK: Page("The client takes a text that begins with one for no JSON.", "\ufeff" + _CHAT, _CHAT),
    Code.DUPLICATE_KEY: Page(
        "Readers do not agree on which of the two counts: Apple's took the first, most others take the last. "
        "`s\\u0065nder` is the same key as `sender`.",
        _CHAT.replace('"sender":"alice"', '"sender":"alice","s\\u0065nder":"bob"'),
        _CHAT,
    ),
    Code.LONE_SURROGATE: Page(
        "Half of a surrogate pair is no character, and the client takes the text for no JSON. A sender that cuts an emoji in two "
        "makes one.",
        _CHAT.replace("noon?", "noon? \\ud83c"),
        _CHAT.replace("noon?", "noon? \\ud83c\\udf5c"),
    ),
    Code.INTEGER_BEYOND_64_BITS: Page(
        "Readers make a double of it, or refuse the text.",
        _ext(_chat(), traceId=2**64),
        _ext(_chat(), traceId=str(2**64)),
    ),
    Code.NUMBER_BEYOND_DOUBLE: Page(
        "A reader makes infinity or zero of it, or refuses the text, as the client does.",
        _CHAT[:-1] + ',"ratio":1e999}',
        _CHAT[:-1] + ',"ratio":1e99}',
    ),
    Code.TOO_DEEP: Page(
        "Deep nesting is how a text brings a reader down that recurses; 16 levels are more than a payload needs.",
        f'{{"entity":{_text(_chat())},"userData":[{_DEEP}]}}',
        f'{{"entity":{_text(_chat())},"userData":{_DEEP}}}',
    ),
    Code.TOO_LARGE: Page(
        "A text of more than 65,536 bytes is not read at all: no carrier takes a twelfth of that.",
        _ext(_chat(content="x" * 65536)),
        _CHAT,
    ),
    Code.TOO_MANY_ITEMS: Page(
        "An array or object of more than 1,000 items is refused: no payload needs it.",
        _ext(_chat(), userData=[0] * 1001),
        _ext(_chat(), userData=[0] * 10),
    ),
    Code.MORE_VIOLATIONS: Page(
        "At most 1,000 findings of a document are listed; after those are mended, the rest can be seen.",
        f'{{"entity":{_text(_chat())},"ratios":[{",".join(["1e999"] * 1001)}]}}',
        _CHAT,
    ),
    Code.WRONG_TYPE: Page(
        "The iOS client coerces some types and crashes on others; Android drops the payload, or crashes. Where the string holds "
        "the integer, the linter can write that.",
        _ext(_chat(chatType="1")),
        _CHAT,
    ),
    Code.MISSING_KEY: Page(
        "The client has no defaults: without `action` or `chatType` it ignores the payload, a call without `sendTime` or `timeout` "
        "has expired, one without `room_id` crashes the app.",
        _ext(_without(_chat(), "sender")),
        _CHAT,
    ),
    Code.VALUE_NOT_ALLOWED: Page(
        "A client does nothing with a value that it does not know; Android refuses any `version` of an entity but 1.",
        _ext(_chat(version=2)),
        _CHAT,
    ),
    Code.EMPTY_STRING: Page(
        "A chat with nobody opens nothing; the call kit never joins a group call without `call_id` or `group_id`.",
        _ext(_chat(sender="")),
        _CHAT,
    ),
    Code.EMPTY_LIST: Page("A call that invites nobody rings nowhere.", _ext(_call(_content(invited_list=[]))), _CALL),
    Code.MISSPELLED_KEY: Page(
        "No client reads a key that it does not know, so what stands under it is lost in silence. `nickName` for `nickname` has "
        "shipped.",
        _CHAT.replace("nickname", "nickName"),
        _CHAT,
    ),
    Code.NO_PAYLOAD: Page(
        "The client looks for `custom` (TPNS), `ext` (APNs) or `entity` (below iOS 10), finds none and does nothing.",
        _text({"aps": {"alert": "Lunch at noon?"}}),
        _text({"aps": {"alert": "Lunch at noon?"}, "custom": _CHAT}),
        {"kind": "notification"},
    ),
    Code.CLIENT_CRASH: Page(
        "The app dies when the user taps the notification, and again on each tap. The message names the step of the contract at "
        "which it does.",
        _ext(_call(_without(_content(), "room_id"))),
        _CALL,
    ),
    Code.IGNORED_PAYLOAD: Page(
        "The user taps the notification, the app opens, and nothing else happens. The message names the step.",
        _ext(_chat(action=3)),
        _CHAT,
    ),
    Code.EXPIRED_ON_ARRIVAL: Page(
        "The client compares the phone's clock with `sendTime` in seconds, and the difference with `timeout` (`route "
        "14`). An absent "
        "`sendTime` reads as 1970, milliseconds as the far future, an absent `timeout` as 0: nothing rings, ever.",
        _ext(_without(_call(), "sendTime")),
        _CALL,
    ),
    Code.ZERO_TIMEOUT: Page(
        "The call is over as soon as a second has passed, on Android at once.", _ext(_call(_content(timeout=0))), _CALL
    ),
    Code.FUTURE_SEND_TIME: Page(
        "The difference of the times wraps below zero (`route 14`): a call sent one second ahead of the phone's clock has expired. "
        "Asked only where the configuration or `--now` says what the clock shows.",
        _CALL,
        _ext(_call(sendTime=1706601500)),
        {"now": 1706601590},
    ),
    Code.CLIENT_COERCION: Page(
        'iOS makes 1 of `"1"`, `1.0` and `true`; other clients and later ones need not.', _ext(_chat(action=True)), _CHAT
    ),
    Code.SILENT_C2C_CALL: Page(
        "Of a one-to-one call the tap itself does nothing (`route 8`): the call kit rings once the app runs and is logged in. Good "
        "to know when a call seems lost.",
        _ext(_c2c_call()),
        _CALL,
    ),
    Code.C2C_CALL_WITHOUT_GROUP_ID: Page(
        'A running Android app never rings for it; with `"group_id":""` it does.',
        _ext(_call(_without(_content(), "group_id"), chatType=1)),
        _ext(_c2c_call()),
    ),
    Code.C2C_CALL_WITH_GROUP_ID: Page(
        "Android never looks at `chatType` of a call: it rings as a group call, iOS leaves the call to the call kit.",
        _ext(_call(_content(call_type=2), chatType=1)),
        _ext(_c2c_call()),
    ),
    Code.SIGNALING_VERSION_ABOVE_4: Page(
        "The call kit of iOS drops the call after all else went well.", _ext(_call(_content(version=5))), _CALL
    ),
    Code.INTEGER_BEYOND_53_BITS: Page(
        "A web client, and every reader that has doubles only, reads another integer. Ids belong into strings.",
        _ext(_chat(), traceId=2**53 + 1),
        _ext(_chat(), traceId=str(2**53 + 1)),
    ),
    Code.CLIENTS_DISAGREE: Page(
        "The phone in somebody's hand decides what a tap does. The message has what each client does, and the step of the contract "
        "at which it is decided. What no payload can avoid is not reported: that iOS leaves one-to-one calls to its call kit, that "
        "releases from 6.1 have no branch for calls, and that a call as old as its timeout has expired on Android only. The "
        "clients are those of the setting `clients`.",
        _ext(_chat(version=2)),
        _CHAT,
    ),
    Code.CRASHES_ANDROID: Page(
        "Gson reads every bound field of a call, also those that nothing uses, and throws on a value that does not fit: the app "
        "dies when the user taps the notification (`android 10`).",
        _ext(_call(_content(room_id=2**31))),
        _CALL,
    ),
    Code.DEFAULTS_LEFT_OUT: Page(
        "A serializer that leaves out default values leaves out `action` and `version`. Android reads its own "
        "defaults, iOS ignores "
        "the payload (`route 2`).",
        _ext(_without(_chat(), "action", "version")),
        _CHAT,
    ),
    Code.ROOM_AND_TIMEOUT_LEFT_OUT: Page(
        "Web senders have left out both. A group call without `room_id` crashes the app that it rings (`route 16`).",
        _ext(_call(_without(_content(), "room_id", "timeout"))),
        _CALL,
    ),
    Code.C2C_CALL_AS_GROUP_CALL: Page(
        "Some senders write `chatType` 2 on every call. Without a `group_id` the client joins no group call, and "
        "leaves this one to "
        "nobody.",
        _ext(_call(_content(call_id="", group_id=""))),
        _ext(_c2c_call()),
    ),
    Code.CALL_TYPE_AS_CHAT_TYPE: Page(
        "`call_type` says audio or video, `chatType` one to one or group; who writes the one into the other turns every audio call "
        "in a group into a one-to-one call.",
        _ext(_call(_content(call_type=1), chatType=1)),
        _ext(_call(_content(call_type=1))),
    ),
    Code.CALL_CONTENT_AS_OBJECT: Page(
        "The client asks the content for its UTF-8 bytes, and an object has none: the app crashes (`route 10`).",
        _ext(_call(content=_content(), sendTime=1706601600)).replace(_text(_text(_content())), _text(_content())),
        _CALL,
    ),
    Code.ENTITY_AS_TEXT: Page(
        "The client asks the entity for its keys, and a string has none: the app crashes (`route 1`).",
        _text({"entity": _text(_chat())}),
        _CHAT,
    ),
    Code.EXT_AS_PLAIN_TEXT: Page(
        "Some senders write a word of their own. The client ignores what is no JSON object (`receive 4`).",
        '"SignalingExt"',
        _CHAT,
    ),
    Code.OVERSIZED_NOTIFICATION: Page(
        "APNs and TPNS take 4,096 bytes, a VoIP push 5,120; what has more is refused, or cut. Counted in UTF-8, in the "
        "carrier: of a "
        "bare ext, in the smallest TPNS notification that holds it. Sources: Apple, Generating a remote notification; "
        "TPNS push API.",
        _text({"aps": {"alert": "Lunch?"}, "custom": _ext(_chat(content=_LONG * 4))}),
        _text({"aps": {"alert": "Lunch?"}, "custom": _CHAT}),
    ),
    Code.OVERSIZED_PUSH_INFO: Page(
        "Title, desc and ext together should have at most 3,072 bytes. Source: Tencent IM offline-push guide.",
        _push_info(desc=_LONG * 3),
        _push_info(),
    ),
    Code.OVERSIZED_EXT: Page(
        "An ext should have at most 1,024 bytes, or vendors' channels may refuse it. Source: Tencent IM push guide, 2026.",
        _ext(_chat(content=_LONG)),
        _CHAT,
    ),
    Code.PRETTY_PRINTING: Page(
        "White space between tokens says nothing to the client and counts against every limit.",
        json.dumps({"entity": _chat()}, indent=2),
        _CHAT,
    ),
    Code.NEEDLESS_ESCAPES: Page(
        "`\\u4e2d` takes six bytes, `中` three; `\\/` two, `/` one.",
        json.dumps({"entity": _chat(content="中午吃饭吗")}, separators=(",", ":")),
        _ext(_chat(content="中午吃饭吗")),
    ),
    Code.CUSTOM_MESSAGE_WITHOUT_DESC: Page(
        "A custom message, such as a call, is pushed only when `desc` is set. Of other messages only the configuration knows "
        "(`custom-message`). Source: Tencent IM offline-push guide, FAQ.",
        _text({"title": "Alice", "ext": _CALL}),
        _push_info(ext=_CALL, desc="Alice is calling"),
    ),
    Code.TPNS_TOKEN_WITH_BUSINESS_ID: Page(
        "A business id names an APNs certificate; a TPNS token goes with 0, or no push arrives. Source: the guide, FAQ.",
        _text({"businessID": 21, "token": "eGluZ2U=", "isTPNSToken": True}),
        _text({"businessID": 0, "token": "eGluZ2U=", "isTPNSToken": True}),
        {"kind": "apns-config"},
    ),
}


PAGES.update({code: rule(code).page() for code in CONVERTED})


# Pages as text


def page(code: Code) -> str:
    """The page of a rule, as Markdown."""
    found = PAGES[code]
    parts = [
        f"# {code} {code.rule}",
        f"{code.summary[0].upper()}{code.summary[1:]}.",
        f"Severity: {SEVERITIES[code]}. Fixed: {_fixed(code)}.{_asked(found)}",
        f"## Why is this bad?\n\n{found.why}",
        f"## Example\n\n{_block(found.bad)}",
        f"Use instead:\n\n{_block(found.good)}",
    ]
    return "\n\n".join(parts) + "\n"


def _fixed(code: Code) -> str:
    from pushcodec.lint.config import Config
    from pushcodec.lint.linter import lint_text

    found = lint_text(PAGES[code].bad, config=Config(**PAGES[code].options))
    fixes = [each.fix for each in found if each.code is code and each.fix]
    if not fixes:
        return "no"
    return "by `--fix`" if fixes[0].safe else "by `--fix --unsafe-fixes`"


def _asked(found: Page) -> str:
    options = ", ".join(f"`{name} = {json.dumps(value)}`" for name, value in found.options.items())
    return f" The example is linted with {options}." if options else ""


_SHOWN = 600  # characters of an example


def _block(text: str | bytes) -> str:
    shown = text if isinstance(text, str) else text.decode("utf-8", "backslashreplace")
    shown = shown.replace("\ufeff", "\\ufeff")
    cut = "" if len(shown) <= _SHOWN else f"... ({len(shown)} characters)"
    return f"```json\n{shown[:_SHOWN]}{cut}\n```"

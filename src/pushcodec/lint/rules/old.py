"""Severities and pages of the rules that have no module of their own yet."""

from __future__ import annotations

from typing import Final

from pushcodec.errors import Code
from pushcodec.lint.examples import CALL, CHAT, c2c_call, call, chat, content, ext, without
from pushcodec.lint.rules.rule import Page
from pushcodec.lint.severity import Severity

SEVERITIES: Final = {
    Code.CLIENT_CRASH: Severity.ERROR,
    Code.IGNORED_PAYLOAD: Severity.ERROR,
    Code.EXPIRED_ON_ARRIVAL: Severity.ERROR,
    Code.ZERO_TIMEOUT: Severity.WARNING,
    Code.FUTURE_SEND_TIME: Severity.ERROR,
    Code.CLIENT_COERCION: Severity.WARNING,
    Code.SILENT_C2C_CALL: Severity.INFO,
    Code.C2C_CALL_WITHOUT_GROUP_ID: Severity.INFO,
    Code.C2C_CALL_WITH_GROUP_ID: Severity.WARNING,
    Code.SIGNALING_VERSION_ABOVE_4: Severity.WARNING,
    Code.INTEGER_BEYOND_53_BITS: Severity.WARNING,
    Code.CLIENTS_DISAGREE: Severity.WARNING,
    Code.CRASHES_ANDROID: Severity.ERROR,
}

PAGES: Final[dict[Code, Page]] = {
    Code.CLIENT_CRASH: Page(
        "The app dies when the user taps the notification, and again on each tap. The message names the step of the contract at "
        "which it does.",
        ext(call(without(content(), "room_id"))),
        CALL,
    ),
    Code.IGNORED_PAYLOAD: Page(
        "The user taps the notification, the app opens, and nothing else happens. The message names the step.",
        ext(chat(action=3)),
        CHAT,
    ),
    Code.EXPIRED_ON_ARRIVAL: Page(
        "The client compares the phone's clock with `sendTime` in seconds, and the difference with `timeout` (`route "
        "14`). An absent "
        "`sendTime` reads as 1970, milliseconds as the far future, an absent `timeout` as 0: nothing rings, ever.",
        ext(without(call(), "sendTime")),
        CALL,
    ),
    Code.ZERO_TIMEOUT: Page(
        "The call is over as soon as a second has passed, on Android at once.", ext(call(content(timeout=0))), CALL
    ),
    Code.FUTURE_SEND_TIME: Page(
        "The difference of the times wraps below zero (`route 14`): a call sent one second ahead of the phone's clock has expired. "
        "Asked only where the configuration or `--now` says what the clock shows.",
        CALL,
        ext(call(sendTime=1706601500)),
        {"now": 1706601590},
    ),
    Code.CLIENT_COERCION: Page(
        'iOS makes 1 of `"1"`, `1.0` and `true`; other clients and later ones need not.', ext(chat(action=True)), CHAT
    ),
    Code.SILENT_C2C_CALL: Page(
        "Of a one-to-one call the tap itself does nothing (`route 8`): the call kit rings once the app runs and is logged in. Good "
        "to know when a call seems lost.",
        ext(c2c_call()),
        CALL,
    ),
    Code.C2C_CALL_WITHOUT_GROUP_ID: Page(
        'A running Android app never rings for it; with `"group_id":""` it does.',
        ext(call(without(content(), "group_id"), chatType=1)),
        ext(c2c_call()),
    ),
    Code.C2C_CALL_WITH_GROUP_ID: Page(
        "Android never looks at `chatType` of a call: it rings as a group call, iOS leaves the call to the call kit.",
        ext(call(content(call_type=2), chatType=1)),
        ext(c2c_call()),
    ),
    Code.SIGNALING_VERSION_ABOVE_4: Page(
        "The call kit of iOS drops the call after all else went well.", ext(call(content(version=5))), CALL
    ),
    Code.INTEGER_BEYOND_53_BITS: Page(
        "A web client, and every reader that has doubles only, reads another integer. Ids belong into strings.",
        ext(chat(), traceId=2**53 + 1),
        ext(chat(), traceId=str(2**53 + 1)),
    ),
    Code.CLIENTS_DISAGREE: Page(
        "The phone in somebody's hand decides what a tap does. The message has what each client does, and the step of the contract "
        "at which it is decided. What no payload can avoid is not reported: that iOS leaves one-to-one calls to its call kit, that "
        "releases from 6.1 have no branch for calls, and that a call as old as its timeout has expired on Android only. The "
        "clients are those of the setting `clients`.",
        ext(chat(version=2)),
        CHAT,
    ),
    Code.CRASHES_ANDROID: Page(
        "Gson reads every bound field of a call, also those that nothing uses, and throws on a value that does not fit: the app "
        "dies when the user taps the notification (`android 10`).",
        ext(call(content(room_id=2**31))),
        CALL,
    ),
}

"""What each rule is: how much it matters, why, and an example of what it finds and of what to write instead."""

from __future__ import annotations

from typing import Final

from pushcodec.errors import Code
from pushcodec.lint.severity import Severity

_WARNINGS = frozenset(
    {
        Code.MISSPELLED_KEY,
        Code.ZERO_TIMEOUT,
        Code.CLIENT_COERCION,
        Code.C2C_CALL_WITH_GROUP_ID,
        Code.SIGNALING_VERSION_ABOVE_4,
        Code.INTEGER_BEYOND_53_BITS,
        Code.CLIENTS_DISAGREE,
        Code.DEFAULTS_LEFT_OUT,
        Code.ROOM_AND_TIMEOUT_LEFT_OUT,
        Code.C2C_CALL_AS_GROUP_CALL,
        Code.CALL_TYPE_AS_CHAT_TYPE,
        Code.SEND_TIME_IN_MILLISECONDS,
        Code.CALL_CONTENT_AS_OBJECT,
        Code.ENTITY_AS_TEXT,
        Code.EXT_AS_PLAIN_TEXT,
        Code.INVALID_FACE_URL,
        Code.TIMEOUT_IN_MILLISECONDS,
        Code.OVERSIZED_NOTIFICATION,
        Code.OVERSIZED_PUSH_INFO,
        Code.OVERSIZED_EXT,
        Code.CUSTOM_MESSAGE_WITHOUT_DESC,
        Code.TPNS_TOKEN_WITH_BUSINESS_ID,
        Code.GROUP_ID_AS_USER_ID,
    }
)
_INFOS = frozenset(
    {
        Code.SILENT_C2C_CALL,
        Code.C2C_CALL_WITHOUT_GROUP_ID,
        Code.USER_ID_AS_GROUP_ID,
        Code.PRETTY_PRINTING,
        Code.NEEDLESS_ESCAPES,
    }
)
_NOT_OF_TEXTS = frozenset({Code.NOT_ENCODABLE, Code.NO_TARGET})  # they are about values to encode and messages to send


def _severity(code: Code) -> Severity:
    return Severity.INFO if code in _INFOS else Severity.WARNING if code in _WARNINGS else Severity.ERROR


SEVERITIES: Final = {code: _severity(code) for code in Code if code not in _NOT_OF_TEXTS}
"""The rules, and the default severity of each."""

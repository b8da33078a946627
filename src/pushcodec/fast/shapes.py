"""The payloads as msgspec reads them off the wire, and what msgspec alone can't vouch for.

The strict Structs say what the schemas say and allow no unknown key, so that nothing of a text is skipped unread: whatever they
decode is well-formed, valid UTF-8 with whole surrogate pairs and integers of 64 bits. Only one thing is left open: msgspec
takes the last of duplicate keys in silence. The `..._is_single` functions close it. The `Tap...` Structs hold only what the
client reads when a notification is tapped, and skip the rest. The `Open...` Structs are for values that were read whole.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeAlias

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from pushcodec.contract import WIRE_NAMES

Text: TypeAlias = str | UnsetType
NonEmpty: TypeAlias = Annotated[str, Meta(min_length=1)]
Int32: TypeAlias = Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)]
PositiveInt32: TypeAlias = Annotated[int, Meta(ge=1, le=2**31 - 1)]
OneOrTwo: TypeAlias = Annotated[int, Meta(ge=1, le=2)]
SendTime: TypeAlias = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Timeout: TypeAlias = Annotated[int, Meta(ge=0, le=2**31 - 1)]
One: TypeAlias = Annotated[int, Meta(ge=1, le=1)]
Byte: TypeAlias = Annotated[int, Meta(ge=-128, le=127)]


class Chat(Struct, gc=False, forbid_unknown_fields=True, rename=WIRE_NAMES, tag_field="action", tag=1):
    chat_type: OneOrTwo
    sender: NonEmpty
    content: Text = UNSET
    nickname: Text = UNSET
    face_url: Text = UNSET
    version: One | UnsetType = UNSET
    send_time: SendTime | UnsetType = UNSET
    custom_data: list[Byte] | UnsetType = UNSET


class Call(Struct, gc=False, forbid_unknown_fields=True, rename=WIRE_NAMES, tag_field="action", tag=2):
    chat_type: OneOrTwo
    sender: NonEmpty
    content: str
    send_time: SendTime
    nickname: Text = UNSET
    face_url: Text = UNSET
    version: One | UnsetType = UNSET
    custom_data: list[Byte] | UnsetType = UNSET


class TimPushFeatures(Struct, gc=False, forbid_unknown_fields=True, rename=WIRE_NAMES):
    fcm_push_type: Int32 | UnsetType = UNSET
    fcm_notification_type: Int32 | UnsetType = UNSET


class Ext(Struct, gc=False, forbid_unknown_fields=True, rename=WIRE_NAMES):
    entity: Chat | Call
    tim_push_features: TimPushFeatures | UnsetType = UNSET


class Content(Struct, gc=False, forbid_unknown_fields=True):
    action: Annotated[int, Meta(ge=1, le=5)]
    call_id: str
    call_type: OneOrTwo
    invited_list: Annotated[list[NonEmpty], Meta(min_length=1)]
    room_id: PositiveInt32
    timeout: Timeout
    version: PositiveInt32
    group_id: Text = UNSET
    code: Int32 | UnsetType = UNSET
    duration: Int32 | UnsetType = UNSET
    timestamp: Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)] | UnsetType = UNSET
    sender: Text = UNSET
    data: Text = UNSET


# The same with unknown keys, for values that were read whole: `whole`.


class OpenChat(Chat, gc=False, forbid_unknown_fields=False, tag=1):
    pass


class OpenCall(Call, gc=False, forbid_unknown_fields=False, tag=2):
    pass


class OpenTimPushFeatures(TimPushFeatures, gc=False, forbid_unknown_fields=False):
    pass


class OpenExt(Struct, gc=False, rename=WIRE_NAMES):
    entity: OpenChat | OpenCall
    tim_push_features: OpenTimPushFeatures | UnsetType = UNSET


class OpenContent(Content, gc=False, forbid_unknown_fields=False):
    pass


# What stands beside `custom` in a notification is free. `Notification` has what Apple and TPNS document and senders use; any other
# is read whole.
Int64: TypeAlias = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]


class Alert(Struct, gc=False, forbid_unknown_fields=True):
    title: Text = UNSET
    subtitle: Text = UNSET
    body: Text = UNSET


class Aps(Struct, gc=False, forbid_unknown_fields=True, rename="kebab"):
    alert: str | Alert | UnsetType = UNSET
    badge: Int64 | UnsetType = UNSET
    sound: Text = UNSET
    mutable_content: Int64 | UnsetType = UNSET
    content_available: Int64 | UnsetType = UNSET
    category: Text = UNSET
    thread_id: Text = UNSET


class Xg(Struct, gc=False, forbid_unknown_fields=True):
    msgid: Int64 | UnsetType = UNSET
    msgtype: Int64 | UnsetType = UNSET
    bid: Int64 | UnsetType = UNSET
    ts: Int64 | UnsetType = UNSET


class Notification(Struct, gc=False, forbid_unknown_fields=True):
    custom: str
    aps: Aps | UnsetType = UNSET
    xg: Xg | UnsetType = UNSET


class TapChat(Struct, gc=False, rename=WIRE_NAMES, tag_field="action", tag=1):
    chat_type: OneOrTwo
    sender: str


class TapCall(Struct, gc=False, rename=WIRE_NAMES, tag_field="action", tag=2):
    chat_type: OneOrTwo
    sender: str
    content: str
    send_time: SendTime


class Tap(Struct, gc=False):
    entity: TapChat | TapCall


class TapContent(Struct, gc=False):
    action: Int32
    call_id: str
    call_type: OneOrTwo
    invited_list: list[str]
    room_id: PositiveInt32
    group_id: str
    timeout: Timeout
    version: PositiveInt32


class TapNotification(Struct, gc=False):
    custom: str


def decoder(shape: Any, *, float_hook: Callable[[str], Any] | None = None) -> Any:
    """A strict JSON decoder of a shape; thread-safe, for it keeps nothing between two calls."""
    return msgspec.json.Decoder(shape, float_hook=float_hook)


encode = msgspec.json.Encoder().encode
"""The shortest text of a value."""


MOST_LEVELS = 1000
"""As deep as msgspec may go: it recurses over what it skips, up to a limit that Python 3.13 sets too high for a small stack."""


def is_shallow(text: bytes | str) -> bool:
    """Whether msgspec can read a text on the stack of every thread: none nests deeper than it has characters, or brackets."""
    if len(text) <= MOST_LEVELS:
        return True
    brackets = text.count("{") + text.count("[") if isinstance(text, str) else text.count(b"{") + text.count(b"[")
    return brackets <= MOST_LEVELS


def is_joinable(content: Content) -> bool:
    """Whether a group call with this content can be joined: the one rule that its fields can't say."""
    return bool(content.call_id and content.group_id)


# Nothing twice. Two things tell.
#
# The length: `encode` writes the shortest text of a value, so a text that is hardly longer has no room for a member that was
# dropped. That is quick, and says yes to compact texts only.
#
# The quotes: two stand at the ends of each string, keys and values alike, and one for each quote in a string that is spelt `\"`. So
# a text has at least as many as the ends of what was decoded need, and as many exactly when no key stands twice and no quote in a
# string. With quotes in the strings the sum must come out, and none may be spelt `\u0022`.


def is_terse(value: Struct, text: bytes | str) -> bool:
    """Whether a text is too short to say more than what was decoded of it, so nothing stands twice. False says nothing."""
    # Most texts that are longer show it at once, by white space after the brace; a str's characters may be fewer than its bytes.
    quote = text[1] == _QUOTE if isinstance(text, bytes) else text[1] == '"' and text.isascii()
    return quote and len(text) - len(encode(value)) < _SHORTEST_TWIN


_QUOTE = ord('"')
_SHORTEST_TWIN = len('"":0,')


def count_quotes(text: bytes | str) -> int:
    """How many quotes a text has."""
    return text.count(b'"') if isinstance(text, bytes) else text.count('"')


def chat_is_single(ext: Ext, text: bytes | str, quotes: int) -> bool:
    """Whether the text of an ext with a chat holds no key twice; `quotes` is how many quotes it has. False also when that can't be
    told."""
    chat = ext.entity
    spare = quotes - 10  # the keys entity, action, chatType and sender, and the sender
    if chat.content is not UNSET:
        spare -= 4
    if chat.nickname is not UNSET:
        spare -= 4
    if chat.face_url is not UNSET:
        spare -= 4
    if chat.version is not UNSET:
        spare -= 2
    if chat.send_time is not UNSET:
        spare -= 2
    if chat.custom_data is not UNSET:
        spare -= 2
    if ext.tim_push_features is not UNSET:
        spare -= 2 + 2 * count_set(ext.tim_push_features)
    return spare == 0 or _are_quotes_of(spare, (chat.content, chat.sender, chat.nickname, chat.face_url), text)


def call_is_single(ext: Ext, text: bytes | str, quotes: int, quotes_in_content: int) -> bool:
    """Whether the text of an ext with a call holds no key twice; the quotes are those of the text, and of the content decoded."""
    call = ext.entity
    spare = quotes - quotes_in_content - 16  # the keys entity, action, chatType, sender, sendTime and content, and two strings
    if call.nickname is not UNSET:
        spare -= 4
    if call.face_url is not UNSET:
        spare -= 4
    if call.version is not UNSET:
        spare -= 2
    if call.custom_data is not UNSET:
        spare -= 2
    if ext.tim_push_features is not UNSET:
        spare -= 2 + 2 * count_set(ext.tim_push_features)
    if spare == 0:
        return no_quote_by_number(text)
    return _are_quotes_of(spare, (call.sender, call.nickname, call.face_url), text)


def content_is_single(content: Content, text: str, quotes: int) -> bool:
    """Whether the text of a signaling content holds no key twice; `quotes` is how many quotes it has."""
    spare = quotes - 16 - 2 * len(content.invited_list)  # the seven required keys, call_id and the user ids
    if content.group_id is not UNSET:
        spare -= 4
    if spare == 0:
        return True  # the other keys are seldom there, and where they are, spare is not 0 yet
    spare -= 2 * ((content.code is not UNSET) + (content.duration is not UNSET) + (content.timestamp is not UNSET))
    spare -= 4 * ((content.sender is not UNSET) + (content.data is not UNSET))
    values = (content.call_id, *content.invited_list, content.group_id, content.sender, content.data)
    return spare == 0 or _are_quotes_of(spare, values, text)


def notification_is_single(notification: Notification, text: bytes | str, quotes_in_custom: int) -> bool:
    """Whether the text of a notification, whose `custom` was taken out of it, holds no key twice outside of that.

    What is left, written again, has the quotes that it needs. False also when that can't be told.
    """
    written = encode(notification).count(b'"')
    return count_quotes(text) == written + quotes_in_custom and no_quote_by_number(text)


def count_set(features: TimPushFeatures) -> int:
    """How many of the keys a text had."""
    return (features.fcm_push_type is not UNSET) + (features.fcm_notification_type is not UNSET)


def _are_quotes_of(values_quotes: int, values: tuple[Text, ...], text: bytes | str) -> bool:
    return values_quotes == sum(value.count('"') for value in values if value is not UNSET) and no_quote_by_number(text)


def no_quote_by_number(text: bytes | str) -> bool:
    """Whether a text spells no quote as `\\u0022`."""
    # `in` is several times slower than `find` where bytes are concerned
    return (text.find(b"\\u0022") if isinstance(text, bytes) else text.find("\\u0022")) < 0

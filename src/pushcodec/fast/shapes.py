"""The payloads as msgspec reads them.

The strict structs (`Chat`, `Call`, `TimPushFeatures`, `Ext`, `Content`, `Notification`) require what the schemas require and
allow no unknown key, so msgspec skips no part of a text. What they decode is well-formed, valid UTF-8 with whole surrogate
pairs and integers of 64 bits. One fault remains: msgspec keeps the last of repeated keys. `repeats` excludes that.

The `Open…` structs allow unknown keys; they are for values that were read before. The `Client…` structs contain only the keys
that the client reads when a notification is tapped, and skip the rest.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.json import Decoder, Encoder

from pushcodec.contract import PAYLOADS, WIRE_NAMES

T = TypeVar("T")
Text: TypeAlias = str | UnsetType
Int64: TypeAlias = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]


# begin generated: payloads
class Chat(Struct, gc=False, forbid_unknown_fields=True, rename=WIRE_NAMES, tag_field="action", tag=1):
    chat_type: Annotated[int, Meta(ge=1, le=2)]
    sender: Annotated[str, Meta(min_length=1)]
    content: str | UnsetType = UNSET
    nickname: str | UnsetType = UNSET
    face_url: str | UnsetType = UNSET
    version: Annotated[int, Meta(ge=1, le=1)] | UnsetType = UNSET
    send_time: Annotated[int, Meta(ge=0, le=2**53 - 1)] | UnsetType = UNSET
    custom_data: list[Annotated[int, Meta(ge=-128, le=127)]] | UnsetType = UNSET


class Call(Struct, gc=False, forbid_unknown_fields=True, rename=WIRE_NAMES, tag_field="action", tag=2):
    chat_type: Annotated[int, Meta(ge=1, le=2)]
    sender: Annotated[str, Meta(min_length=1)]
    content: str
    send_time: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    nickname: str | UnsetType = UNSET
    face_url: str | UnsetType = UNSET
    version: Annotated[int, Meta(ge=1, le=1)] | UnsetType = UNSET
    custom_data: list[Annotated[int, Meta(ge=-128, le=127)]] | UnsetType = UNSET


class TimPushFeatures(Struct, gc=False, forbid_unknown_fields=True, rename=WIRE_NAMES):
    fcm_push_type: Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)] | UnsetType = UNSET
    fcm_notification_type: Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)] | UnsetType = UNSET


class Ext(Struct, gc=False, forbid_unknown_fields=True, rename=WIRE_NAMES):
    entity: Chat | Call
    tim_push_features: TimPushFeatures | UnsetType = UNSET


class Content(Struct, gc=False, forbid_unknown_fields=True, rename=WIRE_NAMES):
    action: Annotated[int, Meta(ge=1, le=5)]
    call_id: str
    call_type: Annotated[int, Meta(ge=1, le=2)]
    invited_list: Annotated[list[Annotated[str, Meta(min_length=1)]], Meta(min_length=1)]
    room_id: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    timeout: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    version: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    group_id: str | UnsetType = UNSET
    code: Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)] | UnsetType = UNSET
    duration: Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)] | UnsetType = UNSET
    timestamp: Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)] | UnsetType = UNSET
    sender: str | UnsetType = UNSET
    data: str | UnsetType = UNSET


# end generated


# The same with unknown keys, for values that `unknown_keys` has read.


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


# A notification may have any key beside `custom`. `Notification` has those that Apple and TPNS document and senders use;
# `unknown_keys` reads any other notification.


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


# What the client reads. The schemas are stricter than these structs; what both refuse, the client's mirror routes.


def _bounds(payload: str, key: str) -> Meta:
    """The bounds of an integer in the field table."""
    bounded = PAYLOADS[payload].field(key).type
    return Meta(ge=bounded.minimum, le=bounded.maximum)


class ClientChat(Struct, gc=False, rename=WIRE_NAMES, tag_field="action", tag=1):
    chat_type: Annotated[int, _bounds("chat-entity", "chatType")]
    sender: str


class ClientCall(Struct, gc=False, rename=WIRE_NAMES, tag_field="action", tag=2):
    chat_type: Annotated[int, _bounds("call-entity", "chatType")]
    sender: str
    content: str
    send_time: Annotated[int, _bounds("call-entity", "sendTime")]


class ClientExt(Struct, gc=False):
    entity: ClientChat | ClientCall


class ClientContent(Struct, gc=False):
    action: Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)]  # the client passes any action on
    call_id: str
    call_type: Annotated[int, _bounds("signaling-content", "call_type")]
    invited_list: list[str]
    room_id: Annotated[int, _bounds("signaling-content", "room_id")]
    group_id: str
    timeout: Annotated[int, _bounds("signaling-content", "timeout")]
    version: Annotated[int, _bounds("signaling-content", "version")]


class ClientNotification(Struct, gc=False):
    custom: str


def decoder(shape: type[T]) -> Decoder[T]:
    """A strict JSON decoder of a shape. It has no state between two calls, so threads may share it."""
    return Decoder(shape)


encode = Encoder().encode
"""The shortest text of a value."""


MOST_LEVELS = 1000
"""The most levels that msgspec may read. It recurses over what it skips; the limit of Python 3.13 is too high for a small stack."""


def is_shallow(text: bytes | str) -> bool:
    """Whether msgspec can read a text on the stack of every thread: it has as many characters and brackets as levels, or more."""
    if len(text) <= MOST_LEVELS:
        return True
    brackets = text.count("{") + text.count("[") if isinstance(text, str) else text.count(b"{") + text.count(b"[")
    return brackets <= MOST_LEVELS


# begin generated: limits
def chat_has_few_items(chat: Chat, most: int) -> bool:
    """Whether no array has more than so many items."""
    return chat.custom_data is UNSET or len(chat.custom_data) <= most


def call_has_few_items(call: Call, most: int) -> bool:
    """Whether no array has more than so many items."""
    return call.custom_data is UNSET or len(call.custom_data) <= most


def content_has_few_items(content: Content, most: int) -> bool:
    """Whether no array has more than so many items."""
    return len(content.invited_list) <= most


# end generated


def is_joinable(content: Content) -> bool:
    """Whether a group call with this content can be joined: the one rule that is not about a single field."""
    return bool(content.call_id and content.group_id)

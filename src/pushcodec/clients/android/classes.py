"""The classes that the Android client binds: their fields, and the readers of their texts, which do not raise.

Sources: TIMSDK@6.0.1975 and TIMSDK@7.9.5666 Android, `OfflineMessageBean`, `CallModel`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias, get_args

from pushcodec.clients.android.gson import (
    Bound,
    Field,
    FieldReader,
    GsonError,
    object_of,
    read_bytes,
    read_document,
    read_int,
    read_long,
    read_string,
    read_strings,
)
from pushcodec.clients.steps import Unreadable

Release: TypeAlias = Literal["6.0", "6.1", "7.9"]
Carrier: TypeAlias = Literal["bundle_ext", "oppo_entity"]
RELEASES: Final[tuple[Release, ...]] = get_args(Release)
CARRIERS: Final[tuple[Carrier, ...]] = get_args(Carrier)

# Fields

ENTITY: Final[Mapping[str, Field]] = {
    "version": Field(1, read_int),
    "chatType": Field(1, read_int),
    "action": Field(1, read_int),
    "sender": Field("", read_string),
    "nickname": Field("", read_string),
    "faceUrl": Field("", read_string),
    "content": Field("", read_string),
    "sendTime": Field(0, read_long),
}
_CALL_INTS = ("version", "room_id", "action", "call_type", "timeout", "duration", "code")
CALL: Final[Mapping[str, Field]] = {
    **{name: Field(0, read_int) for name in _CALL_INTS},
    "timestamp": Field(0, read_long),
    "call_id": Field(None, read_string),
    "group_id": Field("", read_string),
    "sender": Field("", read_string),
    "data": Field("", read_string),
    "invited_list": Field(None, read_strings),
}
ENTITY_7_9: Final[Mapping[str, Field]] = {**ENTITY, "customData": Field(None, read_bytes)}
FEATURES: Final[Mapping[str, Field]] = {name: Field(0, read_int) for name in ("fcmPushType", "fcmNotificationType")}


# Readers


ReadText: TypeAlias = "Callable[[str], Bound | Unreadable | None]"
"""A reader of the texts of one class, made by `class_reader`."""


def class_reader(read: FieldReader) -> ReadText:
    """A reader of the texts of one class that does not raise: the object, None as `read_document` has it, or `Unreadable`."""

    def read_text(text: str) -> Bound | Unreadable | None:
        try:
            bound: Bound | None = read_document(text, read)
        except GsonError as error:
            return Unreadable(error.path)
        return bound

    return read_text


_entity = object_of(ENTITY)
_entity_7_9 = object_of(ENTITY_7_9)
_NO_ENTITY_7_9 = {name: field.default for name, field in ENTITY_7_9.items()}  # from 7.9 an absent entity is one with defaults
read_entity: ReadText = class_reader(_entity)
"""Reads the text of an entity, before 7.9."""
_read_entity_7_9: ReadText = class_reader(_entity_7_9)
read_ext: ReadText = class_reader(object_of({"entity": Field(None, _entity)}))
"""Reads the text of an ext, before 7.9."""
read_ext_7_9: ReadText = class_reader(
    object_of({"entity": Field(_NO_ENTITY_7_9, _entity_7_9), "timPushFeatures": Field(None, object_of(FEATURES))})
)
"""Reads the text of an ext, from 7.9."""
read_call: ReadText = class_reader(object_of(CALL))
"""Reads the text of a call's content: the call model."""

READERS: Final[Mapping[Carrier, Mapping[Release, ReadText]]] = {
    "bundle_ext": {"6.0": read_ext, "6.1": read_ext, "7.9": read_ext_7_9},
    "oppo_entity": {"6.0": read_entity, "6.1": read_entity, "7.9": _read_entity_7_9},
}
"""How a release reads the text that it gets."""

Apply: TypeAlias = Callable[[ReadText, str], "Bound | Unreadable | None"]


def apply(reader: ReadText, text: str) -> Bound | Unreadable | None:
    """What a reader makes of a text."""
    return reader(text)

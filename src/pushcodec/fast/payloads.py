"""The results of the fast path: msgspec structs with the attributes of the models, built in a tenth of the time.

Absent keys read as their defaults. `extras` contains the unknown keys, `absent` the attributes whose keys the text does not have;
`to_model()` and `to_wire()` leave these out too. `repr` hides what the models' `repr` hides.

`msgspec.json.encode` of a result has the wire names but is not a payload: the `content` of a call is an object in it, and
`extras` and `absent` are keys. `to_wire()` returns the payload.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from msgspec import Struct
from msgspec.structs import astuple

from pushcodec.contract import PAYLOADS, wire_name
from pushcodec.enums import Action, CallType, ChatType, SignalingAction
from pushcodec.errors import Redacted
from pushcodec.hashing import hash_of
from pushcodec.jsontext import DEFAULT_LIMITS, JSONValue, dump

if TYPE_CHECKING:
    from pushcodec import models


_HIDDEN = frozenset(
    field.attribute for name in ("chat-entity", "signaling-content") for field in PAYLOADS[name].fields if field.hidden
)


class Payload(Struct, frozen=True, gc=False, kw_only=True, rename=wire_name):
    """What all results have."""

    extras: dict[str, JSONValue] = {}
    absent: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        return hash_of(type(self), astuple(self))

    @classmethod
    def _known(cls) -> tuple[str, ...]:
        return tuple(name for name in cls.__struct_fields__ if name not in ("extras", "absent"))

    @classmethod
    def from_model(cls, model: models.Payload) -> Self:
        """The struct of a model."""
        known = cls._known()
        values = {name: _result(getattr(model, name)) for name in known}
        return cls(**values, extras=model.model_extra or {}, absent=frozenset(known) - model.model_fields_set)

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [(name, _shown(name, getattr(self, name))) for name in self._known()]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__rich_repr__())})"

    def to_wire(self) -> dict[str, Any]:
        """The payload with JSON values and wire names, equal to `pushcodec.to_wire` of the model."""
        return {key: _wire_value(value) for key, value in self._members().items()}

    def _members(self) -> dict[str, Any]:
        """The attributes whose keys the text has, and the unknown keys, under wire names."""
        wire = {wire_name(name): getattr(self, name) for name in self._known() if name not in self.absent}
        return wire | self.extras


class SignalingContent(Payload, frozen=True, gc=False, kw_only=True):
    """The content of a call: `pushcodec.SignalingContent` as a struct."""

    # begin generated: signaling-content
    action: SignalingAction
    call_id: str
    call_type: CallType
    invited_list: tuple[str, ...]
    room_id: int
    group_id: str = ""
    timeout: int
    version: int
    code: int = 0
    duration: int = 0
    timestamp: int = 0
    sender: str = ""
    data: str = ""
    # end generated

    def to_model(self) -> models.SignalingContent:
        """The model that the codec decodes from the same text."""
        from pushcodec import models  # pydantic is loaded only where it is used

        return models.SignalingContent.from_wire(self._members(), DEFAULT_LIMITS)


class ChatEntity(Payload, frozen=True, gc=False, kw_only=True):
    """An entity that opens a chat: `pushcodec.ChatEntity` as a struct."""

    # begin generated: chat-entity
    action: Action
    chat_type: ChatType
    sender: str
    content: str = ""
    nickname: str = ""
    face_url: str = ""
    version: int = 1
    send_time: int = 0
    custom_data: tuple[int, ...] = ()
    # end generated

    def to_model(self) -> models.ChatEntity:
        """The model that the codec decodes from the same text."""
        from pushcodec import models

        return models.ChatEntity.from_wire(self._members(), DEFAULT_LIMITS)


class CallEntity(Payload, frozen=True, gc=False, kw_only=True):
    """An entity that rings a call: `pushcodec.CallEntity` as a struct."""

    # begin generated: call-entity
    action: Action
    chat_type: ChatType
    sender: str
    content: SignalingContent
    nickname: str = ""
    face_url: str = ""
    version: int = 1
    send_time: int
    custom_data: tuple[int, ...] = ()
    # end generated

    def to_model(self) -> models.CallEntity:
        """The model that the codec decodes from the same text."""
        from pushcodec import models

        return models.CallEntity.from_wire({**self._members(), "content": self.content.to_model()}, DEFAULT_LIMITS)


Entity: TypeAlias = ChatEntity | CallEntity


def entity_from_model(model: models.Entity) -> Entity:
    """The struct of an entity's model."""
    from pushcodec import models

    return CallEntity.from_model(model) if isinstance(model, models.CallEntity) else ChatEntity.from_model(model)


def _wire_value(value: Any) -> Any:
    match value:
        case SignalingContent():
            return dump(value.to_wire())
        case tuple():
            return list(value)
        case IntEnum():
            return int(value)
    return value


def _shown(name: str, value: Any) -> Any:
    """A value as `repr` shows it. A signaling content has a `repr` of its own."""
    return Redacted(len(value)) if name in _HIDDEN and isinstance(value, str) else value


def _result(value: Any) -> Any:
    from pushcodec import models

    return SignalingContent.from_model(value) if isinstance(value, models.SignalingContent) else value

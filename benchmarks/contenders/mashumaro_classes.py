"""mashumaro over orjson: dataclasses chosen by `action`, the content deserialized from its text. It checks no bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from mashumaro import field_options
from mashumaro.mixins.orjson import DataClassORJSONMixin
from mashumaro.types import Discriminator

from contenders import Facts, Ready


@dataclass
class Content(DataClassORJSONMixin):
    action: int
    call_id: str
    call_type: int
    invited_list: list[str]
    room_id: int
    timeout: int
    version: int
    group_id: str = ""


@dataclass(kw_only=True)
class Entity:
    chat_type: int = field(metadata=field_options(alias="chatType"))
    sender: str
    nickname: str = ""
    face_url: str = field(default="", metadata=field_options(alias="faceUrl"))
    version: int = 1


@dataclass(kw_only=True)
class Chat(Entity):
    action: Literal[1] = 1
    content: str = ""
    send_time: int = field(default=0, metadata=field_options(alias="sendTime"))


@dataclass(kw_only=True)
class Call(Entity):
    action: Literal[2] = 2
    content: Content = field(metadata=field_options(deserialize=Content.from_json))
    send_time: int = field(metadata=field_options(alias="sendTime"))


@dataclass
class Ext(DataClassORJSONMixin):
    entity: Annotated[Entity, Discriminator(field="action", include_subtypes=True)]


def setup() -> Ready:
    """The contender answers the object."""

    def loop(texts: Sequence[bytes]) -> list[Any]:
        read = Ext.from_json
        return [read(text) for text in texts]

    return Ready(loop, common=lambda ext: Facts.of_object(ext.entity))

"""msgspec by hand: typed Structs; a second decoder decodes the content. It does not see repeated keys and skipped values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, NamedTuple

import msgspec
from msgspec import Meta, Struct

from contenders import Facts, Ready

NonEmpty = Annotated[str, Meta(min_length=1)]
OneOrTwo = Annotated[int, Meta(ge=1, le=2)]
PositiveInt32 = Annotated[int, Meta(ge=1, le=2**31 - 1)]
NotNegative = Annotated[int, Meta(ge=0)]


class Content(Struct):
    action: Annotated[int, Meta(ge=1, le=5)]
    call_id: str
    call_type: OneOrTwo
    invited_list: Annotated[list[NonEmpty], Meta(min_length=1)]
    room_id: PositiveInt32
    timeout: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    version: PositiveInt32
    group_id: str = ""


class Chat(Struct, rename="camel", tag_field="action", tag=1):
    action: ClassVar[int] = 1
    chat_type: OneOrTwo
    sender: NonEmpty
    content: str = ""
    nickname: str = ""
    face_url: str = ""
    version: int = 1
    send_time: NotNegative = 0


class Call(Struct, rename="camel", tag_field="action", tag=2):
    action: ClassVar[int] = 2
    chat_type: OneOrTwo
    sender: NonEmpty
    content: str
    send_time: NotNegative
    nickname: str = ""
    face_url: str = ""
    version: int = 1


class Ext(Struct):
    entity: Chat | Call


class _Decoded(NamedTuple):
    """The entity and, for a call, its content."""

    entity: Chat | Call
    content: Content | None


def setup() -> Ready:
    """The contender answers the entity and its content."""
    read_ext, read_content = msgspec.json.Decoder(Ext).decode, msgspec.json.Decoder(Content).decode

    def loop(texts: Sequence[bytes]) -> list[Any]:
        answers = []
        for text in texts:
            entity = read_ext(text).entity
            answers.append(_Decoded(entity, read_content(entity.content) if type(entity) is Call else None))
        return answers

    return Ready(loop, common=_facts)


def _facts(decoded: _Decoded) -> Facts:
    entity, content = decoded
    call = None if content is None else (content.call_id, content.room_id, content.timeout)
    return Facts(entity.action, entity.chat_type, entity.sender, call)

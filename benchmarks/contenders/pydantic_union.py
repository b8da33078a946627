"""A plain pydantic union, discriminated by `action`, with the content as `Json[...]`: what most people would write first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, Json

from contenders import Facts, Ready


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True)


class Content(_Strict):
    action: Annotated[int, Field(ge=1, le=5)]
    call_id: str
    call_type: Literal[1, 2]
    invited_list: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)]
    room_id: Annotated[int, Field(ge=1, le=2**31 - 1)]
    group_id: str = ""
    timeout: Annotated[int, Field(ge=0, le=2**31 - 1)]
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class _Entity(_Strict):
    chat_type: Literal[1, 2] = Field(alias="chatType")
    sender: Annotated[str, Field(min_length=1)]
    nickname: str = ""
    face_url: str = Field(default="", alias="faceUrl")
    version: Literal[1] = 1


class Chat(_Entity):
    action: Literal[1]
    content: str = ""
    send_time: Annotated[int, Field(ge=0)] = Field(default=0, alias="sendTime")


class Call(_Entity):
    action: Literal[2]
    content: Json[Content]
    send_time: Annotated[int, Field(ge=0)] = Field(alias="sendTime")


class Ext(_Strict):
    entity: Annotated[Chat | Call, Field(discriminator="action")]


def setup() -> Ready:
    """The contender answers the model."""

    def loop(texts: Sequence[bytes]) -> list[Any]:
        validate = Ext.model_validate_json
        return [validate(text) for text in texts]

    return Ready(loop, common=lambda ext: Facts.of_object(ext.entity))

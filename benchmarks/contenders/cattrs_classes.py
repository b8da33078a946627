"""cattrs over orjson: attrs classes in a tagged union; a hook structures the content. It coerces values where it can."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from attrs import define
from cattrs.gen import make_dict_structure_fn, override
from cattrs.preconf.orjson import OrjsonConverter, make_converter
from cattrs.strategies import configure_tagged_union

from contenders import Facts, Ready


@define
class Content:
    action: int
    call_id: str
    call_type: int
    invited_list: list[str]
    room_id: int
    timeout: int
    version: int
    group_id: str = ""


@define
class Chat:
    action: ClassVar[int] = 1
    chat_type: int
    sender: str
    content: str = ""
    nickname: str = ""
    face_url: str = ""
    version: int = 1
    send_time: int = 0


@define
class Call:
    action: ClassVar[int] = 2
    chat_type: int
    sender: str
    content: Content
    send_time: int
    nickname: str = ""
    face_url: str = ""
    version: int = 1


@define
class Ext:
    entity: Chat | Call


def setup() -> Ready:
    """The contender answers the object."""
    converter = _converter()

    def loop(texts: Sequence[bytes]) -> list[Any]:
        read = converter.loads
        return [read(text, Ext) for text in texts]

    return Ready(loop, common=lambda ext: Facts.of_object(ext.entity))


def _converter() -> OrjsonConverter:
    converter, inner = make_converter(detailed_validation=False), make_converter(detailed_validation=False)
    converter.register_structure_hook(Content, lambda text, _: inner.loads(text, Content))
    for shape in (Chat, Call):
        converter.register_structure_hook(
            shape, make_dict_structure_fn(shape, converter, _cattrs_detailed_validation=False, **_NAMES)
        )
    configure_tagged_union(Chat | Call, converter, tag_generator=_tag, tag_name="action")
    return converter


def _tag(shape: Any) -> Any:
    return shape.action


_NAMES: dict[str, Any] = {
    "chat_type": override(rename="chatType"),
    "face_url": override(rename="faceUrl"),
    "send_time": override(rename="sendTime"),
}

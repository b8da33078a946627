"""Whether values that were read already are valid, by the structs of the payloads."""

from __future__ import annotations

from msgspec import ValidationError, convert

from pushcodec.enums import ChatType
from pushcodec.fast import shapes
from pushcodec.jsontext.values import ABSENT, Maybe


def is_valid(ext: Maybe, content: Maybe = ABSENT) -> bool:
    """Whether an ext is certainly valid and has known keys only. False if that is unknown.

    Both are values of texts without a fault; `content` is that of the text under `/entity/content` of a call.
    """
    try:
        entity = convert(ext, shapes.Ext).entity
        if isinstance(entity, shapes.Chat):
            return True
        found = convert(content, shapes.Content)
    except ValidationError:
        return False
    return entity.chat_type != ChatType.GROUP or shapes.is_joinable(found)

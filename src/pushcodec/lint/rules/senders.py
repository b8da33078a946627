"""Rules of senders: faults that shipped, recognised by name, and ids that look like ones of another kind.

These are guesses from what the payload shows; that it breaks the contract or the client is for other rules to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pushcodec import jsontext
from pushcodec.enums import Action, ChatType
from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document, Node
from pushcodec.lint.rules.findings import Change, Finding, Mend, at_value

_LOOKED_AT = 4096  # bytes of a text that can't be read, to see how it begins


def check_shape(document: Document, _: Config) -> Iterator[Finding]:
    """An ext or an entity that is no object at all."""
    if document.clear:
        return
    ext_text = document.ext_text
    if document.kind == "ext" and _is_plain(document.root, document.text):
        message = "an ext of this kind is some sender's own: expected the JSON text of an object with entity"
        yield Finding(Code.EXT_AS_PLAIN_TEXT, message, at_value(document.top))
    if ext_text is not None and isinstance(ext_text.value, str) and _is_plain(document.ext, ext_text.value):
        message = "an ext of this kind is some sender's own: expected the JSON text of an object with entity"
        yield Finding(Code.EXT_AS_PLAIN_TEXT, message, at_value(ext_text))
    if document.entity is not None and isinstance(document.entity.value, str):
        message = "an entity as a string crashes the client: expected the object itself"
        yield Finding(Code.ENTITY_AS_TEXT, message, at_value(document.entity), _unpacked(document.entity))


def _is_plain(found: Node | None, text: str | bytes) -> bool:
    """Whether an ext is a word rather than an object that went wrong."""
    if found is not None:
        return not isinstance(found.value, dict)
    opening = (text if isinstance(text, str) else text[:_LOOKED_AT].decode("utf-8", "replace")).lstrip()[:1]
    return opening not in ("", "{", "[")


def _unpacked(node: Node) -> Mend | None:
    """The object that a string holds, in its place."""
    assert isinstance(node.value, str)
    found = jsontext.read(node.value)
    if found.faults or not isinstance(found.value, dict):
        return None
    return Mend("write the object itself", safe=False, changes=(Change(at_value(node), jsontext.dump(found.value)),))


def check_left_out(document: Document, _: Config) -> Iterator[Finding]:
    """Keys that senders are known to leave out together."""
    entity, content = document.entity, document.content
    if document.clear:
        return
    if entity and _lacks(entity, "action", "version") and not _lacks(entity, "chatType", "sender"):
        message = "action and version are both absent, as from senders that leave out default values; the client has no defaults"
        yield Finding(Code.DEFAULTS_LEFT_OUT, message, at_value(entity))
    if content and _lacks(content, "room_id", "timeout") and not _lacks(content, "call_type", "invited_list", "call_id"):
        message = "room_id and timeout are both absent, as from web senders; a group call crashes the client"
        yield Finding(Code.ROOM_AND_TIMEOUT_LEFT_OUT, message, at_value(content))


def _lacks(node: Node, *keys: str) -> bool:
    """Whether an object has none of the keys."""
    return isinstance(node.value, dict) and not node.value.keys() & set(keys)


def check_calls(document: Document, _: Config) -> Iterator[Finding]:
    """Calls whose chatType or content is what another field should be."""
    entity, content = document.entity, document.content
    if entity is None or document.action != Action.CALL:
        return
    text = document.content_text
    if text is not None and isinstance(text.value, dict):
        message = "the content of a call as an object crashes the client: expected its JSON text"
        mend = _packed(text) if document.is_sound(text.paths[:-1]) else None
        yield Finding(Code.CALL_CONTENT_AS_OBJECT, message, at_value(text), mend)
    chat_type = entity.get("chatType")
    if content is None or chat_type is None or not isinstance(content.value, dict):
        return
    in_group = bool(content.value.get("group_id"))
    if chat_type.value == ChatType.GROUP and not in_group:
        message = "chatType is 2, a group's, but group_id is empty, as from senders that write 2 on every call"
        yield Finding(Code.C2C_CALL_AS_GROUP_CALL, message, at_value(chat_type))
    elif chat_type.value != ChatType.GROUP and chat_type.value == content.value.get("call_type") and in_group:
        message = "chatType has the value of call_type, but group_id says that this is a group call: expected 2"
        yield Finding(Code.CALL_TYPE_AS_CHAT_TYPE, message, at_value(chat_type))


def _packed(node: Node) -> Mend:
    """The text of an object, in its place."""
    packed = Change(at_value(node), jsontext.dump(jsontext.dump(node.value)))
    return Mend("write the object as JSON text", safe=False, changes=(packed,))


CHECKS: tuple[Callable[[Document, Config], Iterator[Finding]], ...] = (
    check_shape,
    check_left_out,
    check_calls,
)

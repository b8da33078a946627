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
from pushcodec.lint.urls import is_web_url

GROUP_ID = "@TGS#"
"""How the group ids begin that Tencent assigns; no user id may."""

MILLISECONDS = 100_000_000_000
"""From here on a number of seconds is one of milliseconds: the year 5138, or March 1973."""


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


def check_send_time(document: Document, _: Config) -> Iterator[Finding]:
    """A sendTime in milliseconds."""
    found = document.entity and document.entity.get("sendTime")
    if found and type(found.value) is int and found.value >= MILLISECONDS:
        seconds = Change(at_value(found), str(found.value // 1000))
        mend = Mend("write seconds", safe=False, changes=(seconds,))
        yield Finding(Code.SEND_TIME_IN_MILLISECONDS, "expected seconds, this looks like milliseconds", at_value(found), mend)


_LONGEST_TIMEOUT = 1000
"""From here on a timeout in seconds is taken for one in milliseconds: no phone rings for a quarter of an hour."""


def check_timeout(document: Document, _: Config) -> Iterator[Finding]:
    """A call's timeout in milliseconds."""
    found = document.content and document.content.get("timeout")
    if found and type(found.value) is int and found.value >= _LONGEST_TIMEOUT:
        seconds, rest = divmod(found.value, 1000)
        is_certain = not rest and seconds < _LONGEST_TIMEOUT
        mend = Mend("write seconds", safe=False, changes=(Change(at_value(found), str(seconds)),)) if is_certain else None
        message = f"expected seconds, fewer than {_LONGEST_TIMEOUT}; this looks like milliseconds"
        yield Finding(Code.TIMEOUT_IN_MILLISECONDS, message, at_value(found), mend)


def check_face_url(document: Document, _: Config) -> Iterator[Finding]:
    """A faceUrl that no phone can load."""
    found = document.entity and document.entity.get("faceUrl")
    if found and isinstance(found.value, str) and found.value and not is_web_url(found.value):
        message = "expected an absolute http or https URL with a host, or an empty string"
        yield Finding(Code.INVALID_FACE_URL, message, at_value(found))


def check_ids(document: Document, _: Config) -> Iterator[Finding]:
    """Ids of users where groups belong, and of groups where users belong."""
    entity = document.entity
    sender = entity and entity.get("sender")
    if sender and isinstance(sender.value, str) and sender.value:
        to_group = document.action == Action.CHAT and document.chat_type == ChatType.GROUP
        if to_group and not sender.value.startswith("@"):
            message = f"the sender of a group chat is the group's id, and those that Tencent assigns begin with {GROUP_ID}"
            yield Finding(Code.USER_ID_AS_GROUP_ID, message, at_value(sender))
        elif not to_group:
            yield from _group_id_as_user_id(sender)
    invited = document.content and document.content.get("invited_list")
    if invited and isinstance(invited.value, list):
        for index in range(len(invited.value)):
            yield from _group_id_as_user_id(invited.child(index))


def _group_id_as_user_id(node: Node) -> Iterator[Finding]:
    if isinstance(node.value, str) and node.value.startswith(GROUP_ID):
        yield Finding(Code.GROUP_ID_AS_USER_ID, "expected a user's id, this looks like a group's", at_value(node))


CHECKS: tuple[Callable[[Document, Config], Iterator[Finding]], ...] = (
    check_shape,
    check_left_out,
    check_calls,
    check_send_time,
    check_timeout,
    check_face_url,
    check_ids,
)

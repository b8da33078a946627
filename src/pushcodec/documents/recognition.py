"""Whether a document contains a payload."""

from __future__ import annotations

import re
from typing import Final

from pushcodec.documents.carriers import SIGNALING_KEYS, TEXT_KEYS
from pushcodec.jsontext import DEFAULT_LIMITS, JSONValue, Limits


def contains_payload(value: JSONValue) -> bool:
    """Whether a JSON value has the marks of a payload, of a notification or of a push info.

    | form | marks |
    |---|---|
    | notification | `aps`, an object; or `custom` or `ext` that contains an entity |
    | ext | `timPushFeatures`, an object; or `entity`: beside other products' keys only if it has two keys of an entity |
    | entity | `chatType` beside `action` or `sender`, or a number `action` beside a text `sender` |
    | signaling content | two of `call_id`, `call_type`, `invited_list`, `room_id` |
    | push info | two of its keys that are not `title` or `desc`; or a text `ext` beside these two alone |

    Other products use the same words: a webhook has `{"action": "opened", "sender": {…}}`, an audit log has `entity`, a
    `package.json` may have `custom`. None of these is a payload.
    """
    return isinstance(value, dict) and any(has_marks(value) for has_marks in _FORMS)


def mentions_payload(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> bool:
    """Whether a text that cannot be read as JSON was probably meant as a payload: it has a key that marks one, quoted or not.

    Of a text beyond the limits only the outermost keys count, because a large document of another product may use any key
    somewhere. The text is bytes in any encoding that contains ASCII, or UTF-16.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(data) <= limits.max_bytes:
        data = data.replace(b"\0", b"")  # of UTF-16
        return re.search(_MARK, data) is not None or len(set(re.findall(_SIGNALING_MARK, data))) > 1
    keys = _outermost_keys(data[: limits.max_bytes])
    return bool(_LARGE_MARKS & keys) or len(SIGNALING_KEYS & keys) > 1


def _is_notification(value: dict[str, JSONValue]) -> bool:
    return isinstance(value.get("aps"), dict) or any(_contains_entity(value.get(key)) for key in TEXT_KEYS.values())


def _is_ext(value: dict[str, JSONValue]) -> bool:
    if isinstance(value.get("timPushFeatures"), dict):
        return True
    if "entity" not in value:
        return False
    return value.keys() <= _EXT_NEIGHBOURS or _is_certain_entity(value["entity"])


def _is_entity(value: dict[str, JSONValue]) -> bool:
    if "chatType" in value:
        return "action" in value or "sender" in value
    action = value.get("action")
    return isinstance(action, int | float) and not isinstance(action, bool) and isinstance(value.get("sender"), str)


def _is_signaling_content(value: dict[str, JSONValue]) -> bool:
    return len(SIGNALING_KEYS & value.keys()) > 1


def _is_push_info(value: dict[str, JSONValue]) -> bool:
    if len(_CERTAIN_PUSH_INFO_KEYS & value.keys()) > 1:
        return True
    known = value.keys() <= _CERTAIN_PUSH_INFO_KEYS | {"title", "desc", "ext"}
    certain = bool(_CERTAIN_PUSH_INFO_KEYS & value.keys()) or isinstance(value.get("ext"), str)
    return known and certain and len(value) > 1


_FORMS: Final = (_is_notification, _is_ext, _is_entity, _is_signaling_content, _is_push_info)
_EXT_NEIGHBOURS = frozenset({"entity", "aps", "custom", "ext", "xg"})
_CERTAIN_ENTITY_KEYS = frozenset({"action", "chatType", "faceUrl", "nickname", "sendTime", "sender"})
_CERTAIN_PUSH_INFO_KEYS = frozenset(
    {"AndroidOPPOChannelID", "AndroidVIVOClassification", "disablePush", "iOSSound", "ignoreIOSBadge"}
)


def _contains_entity(value: JSONValue) -> bool:
    """Whether an object, or the text of one that may be broken, has the key `entity`."""
    if isinstance(value, str):
        return re.search(_ENTITY_MARK, value) is not None
    return isinstance(value, dict) and "entity" in value


def _is_certain_entity(entity: JSONValue) -> bool:
    """Whether an object, or the text of one, has two keys of an entity that other products rarely have both."""
    keys = set(re.findall(_ENTITY_KEY, entity)) if isinstance(entity, str) else entity.keys() if isinstance(entity, dict) else set()
    return len(_CERTAIN_ENTITY_KEYS & keys) > 1


# Patterns as text, compiled when they are used: most documents need none. A quote may have backslashes before it, in a text inside
# a text. No pattern begins with a repetition: each takes linear time.
_QUOTED: Final = r"""["'](%s)\\*["']\s*(?::|\Z)"""
_ENTITY_KEY = _QUOTED % "|".join(sorted(_CERTAIN_ENTITY_KEYS))
_ENTITY_MARK = _QUOTED % "entity" + r"|[{,]\s*entity\s*:"
_MARK = (_QUOTED % "entity|chatType|timPushFeatures" + r"""|[{,]\s*(?:entity|chatType)\s*:|["']aps\\*["']\s*:\s*\{""").encode()
_SIGNALING_MARK = (_QUOTED % "|".join(sorted(SIGNALING_KEYS))).encode()
_TOKEN = rb'(?s)"((?:[^"\\]++|\\.)*+)(?:"(\s*+:)?|\Z)|[\[{]|[\]}]'
_LARGE_MARKS = frozenset({"aps", "chatType", "entity", "timPushFeatures"})


def _outermost_keys(data: bytes) -> set[str]:
    """The keys of the outermost object of a text that may be cut or broken."""
    keys: set[str] = set()
    depth = 0
    for token in re.finditer(_TOKEN, data):
        if token[2] and depth == 1:
            keys.add(token[1].decode("utf-8", "replace"))
        depth += (token[0] in b"[{") - (token[0] in b"]}")
    return keys

"""Which form a document has, and whether a document contains a payload at all."""

from __future__ import annotations

import re
from typing import Final

from pushcodec.documents.forms import CARRIERS, PUSH_INFO, SIGNALING_CONTENT, TEXT_KEYS, Carrier
from pushcodec.jsontext import DEFAULT_LIMITS, JSONValue, Limits


def look(notification: JSONValue) -> Carrier | None:
    """The carrier whose form a JSON value has; None if it has the form of none."""
    if not isinstance(notification, dict):
        return None
    for carrier, key in TEXT_KEYS.items():
        if isinstance(notification.get(key), str):
            return carrier
    if "entity" in notification:
        return Carrier.LEGACY if "aps" in notification else Carrier.EXT
    for carrier, key in TEXT_KEYS.items():  # the right key with a value that is no text: the caller reports it
        if key in notification:
            return carrier
    return Carrier.ENTITY if CARRIERS[Carrier.ENTITY].any_of & notification.keys() else None


def look_kind(value: JSONValue) -> str:
    """The name of the schema for a JSON value, chosen by its keys; `ext` if its keys select none."""
    if not isinstance(value, dict):
        return "ext"
    if "aps" not in value and PUSH_INFO.any_of & value.keys():
        return PUSH_INFO.schema
    carrier = look(value)
    if carrier in (Carrier.TPNS, Carrier.APNS, Carrier.LEGACY):
        return CARRIERS[carrier].schema
    if SIGNALING_CONTENT.any_of & value.keys():
        return SIGNALING_CONTENT.schema
    return CARRIERS[carrier or Carrier.EXT].schema


def contains_payload(value: JSONValue) -> bool:
    """Whether a JSON value has the marks of a notification, a payload or a push info.

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
    somewhere. Bytes can have any encoding that extends ASCII, or UTF-16.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(data) <= limits.max_bytes:
        data = data.replace(b"\0", b"")  # of UTF-16
        return re.search(_MARK, data) is not None or len(set(re.findall(_SIGNALING_MARK, data))) > 1
    keys = _outermost_keys(data[: limits.max_bytes])
    return bool(_MENTIONED & keys) or len(SIGNALING_CONTENT.distinctive & keys) > 1


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
    return len(SIGNALING_CONTENT.distinctive & value.keys()) > 1


def _is_push_info(value: dict[str, JSONValue]) -> bool:
    distinctive = PUSH_INFO.distinctive & value.keys()
    if len(distinctive) > 1:
        return True
    known = value.keys() <= PUSH_INFO.distinctive | {"title", "desc", "ext"}
    certain = bool(distinctive) or isinstance(value.get("ext"), str)
    return known and certain and len(value) > 1


_FORMS: Final = (_is_notification, _is_ext, _is_entity, _is_signaling_content, _is_push_info)
_EXT_NEIGHBOURS = frozenset({"entity", "aps", "custom", "ext", "xg"})
_ENTITY_KEYS = CARRIERS[Carrier.ENTITY].distinctive


def _contains_entity(value: JSONValue) -> bool:
    """Whether an object, or the text of one that may be broken, has the key `entity`."""
    if isinstance(value, str):
        return re.search(_ENTITY_MARK, value) is not None
    return isinstance(value, dict) and "entity" in value


def _is_certain_entity(entity: JSONValue) -> bool:
    """Whether an object, or the text of one, has two distinctive keys of an entity."""
    keys = set(re.findall(_ENTITY_KEY, entity)) if isinstance(entity, str) else entity.keys() if isinstance(entity, dict) else set()
    return len(_ENTITY_KEYS & keys) > 1


# The patterns are texts that are compiled when they are used, because most documents need none. In a text inside a text,
# backslashes precede a quote. No pattern begins with a repetition, so that each takes linear time.
_QUOTED: Final = r"""["'](%s)\\*["']\s*(?::|\Z)"""
_ENTITY_KEY = _QUOTED % "|".join(sorted(_ENTITY_KEYS))
_ENTITY_MARK = _QUOTED % "entity" + r"|[{,]\s*entity\s*:"
_MARK = (_QUOTED % "entity|chatType|timPushFeatures" + r"""|[{,]\s*(?:entity|chatType)\s*:|["']aps\\*["']\s*:\s*\{""").encode()
_SIGNALING_MARK = (_QUOTED % "|".join(sorted(SIGNALING_CONTENT.distinctive))).encode()
_TOKEN = rb'(?s)"((?:[^"\\]++|\\.)*+)(?:"(\s*+:)?|\Z)|[\[{]|[\]}]'
_MENTIONED = frozenset().union(*(form.mentioned for form in CARRIERS.values()))


def _outermost_keys(data: bytes) -> set[str]:
    """The keys of the outermost object of a text that may be cut or broken."""
    keys: set[str] = set()
    depth = 0
    for token in re.finditer(_TOKEN, data):
        if token[2] and depth == 1:
            keys.add(token[1].decode("utf-8", "replace"))
        depth += (token[0] in b"[{") - (token[0] in b"]}")
    return keys

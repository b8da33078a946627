"""Where each carrier keeps the ext: from a notification, as the device or a vendor's bundle hands it over, to the ext's text.

| carrier | form | the ext is |
|---|---|---|
| `tpns` | `{"aps": …, "custom": "<ext as JSON text>"}` | the text under `custom` |
| `apns` | `{"aps": …, "ext": "<ext as JSON text>"}`; Xiaomi's and vivo's bundles too | the text under `ext` |
| `legacy` | `{"aps": …, "entity": {…}}`, below iOS 10 | the notification itself |
| `ext` | `{"entity": {…}}` | the text itself |
| `entity` | `{"action": …, "chatType": …, …}`, OPPO | the text, put under `entity` |
"""

from __future__ import annotations

import re
from enum import StrEnum
from types import NoneType
from typing import Final, NamedTuple, Never

from pushcodec import jsontext
from pushcodec.errors import Code, DecodeError, Violation, printable
from pushcodec.jsontext import DEFAULT_LIMITS, JSONValue, Limits
from pushcodec.jsonvalues import check_type, json_type


class Carrier(StrEnum):
    """What brings the ext to the app."""

    TPNS = "tpns"
    APNS = "apns"
    LEGACY = "legacy"
    EXT = "ext"
    ENTITY = "entity"

    @classmethod
    def _missing_(cls, value: object) -> Never:
        raise ValueError(f"no carrier is named {printable(str(value))!r}, expected one of {', '.join(cls)}")


class Carried(NamedTuple):
    """Which carrier a notification came by, and the text of the ext that it carries. The ext itself is not validated."""

    carrier: Carrier
    ext: str

    def locate(self, violation: Violation) -> Violation:
        """A violation of the ext as one of the notification: `/entity/sender` becomes `/custom -> /entity/sender` in a TPNS one."""
        pointer, embedded = violation.pointer, violation.embedded
        if self.carrier in TEXT_KEYS:
            pointer, embedded = f"/{TEXT_KEYS[self.carrier]}", (pointer, *embedded)
        elif self.carrier is Carrier.ENTITY:
            pointer = pointer.removeprefix("/entity")
        return Violation(violation.code, pointer, violation.message, embedded)


TEXT_KEYS: Final = {Carrier.TPNS: "custom", Carrier.APNS: "ext"}
"""The key under which a carrier keeps the ext's text; the others hold no text of their own."""
_ENTITY_KEYS = frozenset({"action", "chatType", "sender"})


def find_ext(notification: str | bytes, *, carrier: Carrier | str | None = None, limits: Limits = DEFAULT_LIMITS) -> Carried:
    """The ext that a notification carries, and the carrier that it came by.

    Reads the JSON text of a notification in any form of the table above, as `str` or UTF-8 `bytes`. Without a `carrier` it looks:
    a text under `custom`, then one under `ext`, then `entity`, then the keys of a bare entity. Raises DecodeError when the text is
    not JSON or has no ext in the carrier's place (`PC401`, `PC301`), ValueError for an unknown carrier's name.
    """
    check_type("carrier", carrier, (str, NoneType), "a Carrier or its name")
    named = None if carrier is None else Carrier(carrier)
    value = jsontext.parse(notification, limits)
    if not isinstance(value, dict):
        raise _refused(Code.WRONG_TYPE, "", f"expected an object, got {json_type(value)}")
    found = named or look(value)
    if found is None:
        raise _refused(Code.NO_PAYLOAD, "", "expected 'custom' (TPNS), 'ext' (APNs), 'entity', or the keys of an entity")
    return Carried(found, _ext_text(found, value, notification))


def look(notification: JSONValue) -> Carrier | None:
    """The carrier whose form a JSON value has, None when it has none."""
    if not isinstance(notification, dict):
        return None
    for carrier, key in TEXT_KEYS.items():
        if isinstance(notification.get(key), str):
            return carrier
    if "entity" in notification:
        return Carrier.LEGACY if "aps" in notification else Carrier.EXT
    for carrier, key in TEXT_KEYS.items():  # in its place, though not as a text: the caller gets to know
        if key in notification:
            return carrier
    return Carrier.ENTITY if _ENTITY_KEYS & notification.keys() else None


_SIGNALING_KEYS = frozenset({"call_id", "call_type", "invited_list", "room_id"})
_PUSH_INFO_KEYS = frozenset({"title", "desc", "iOSSound", "AndroidOPPOChannelID", "disablePush", "ignoreIOSBadge"})


def look_kind(value: JSONValue) -> str:
    """The name of the schema that a JSON value looks meant for; `ext` when it looks like nothing."""
    if not isinstance(value, dict):
        return "ext"
    if "aps" not in value and _PUSH_INFO_KEYS & value.keys():
        return "offline-push-info"
    match look(value):
        case Carrier.TPNS | Carrier.APNS | Carrier.LEGACY:
            return "notification"
        case Carrier.ENTITY if not _SIGNALING_KEYS & value.keys():
            return "entity"
    return "signaling-content" if _SIGNALING_KEYS & value.keys() else "ext"


def _ext_text(carrier: Carrier, value: dict[str, JSONValue], notification: str | bytes) -> str:
    if carrier in TEXT_KEYS:
        return _text_under(TEXT_KEYS[carrier], value)
    text = notification if isinstance(notification, str) else notification.decode()
    if carrier is Carrier.ENTITY:
        return f'{{"entity":{text}}}'
    if "entity" not in value:
        raise _refused(Code.NO_PAYLOAD, "", f"expected the key 'entity' in the {carrier} form")
    return text


def _text_under(key: str, value: dict[str, JSONValue]) -> str:
    if key not in value:
        raise _refused(Code.NO_PAYLOAD, "", f"expected the ext's text under the key '{key}'")
    text = value[key]
    if not isinstance(text, str):
        raise _refused(Code.WRONG_TYPE, f"/{key}", f"expected the ext as JSON text, got {json_type(text)}")
    return text


def _refused(code: Code, pointer: str, message: str) -> DecodeError:
    return DecodeError([Violation(code, pointer, message)])


# Whether a document contains a payload at all


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
    return bool(_LARGE_MARKS & keys) or len(_SIGNALING_KEYS & keys) > 1


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
    return len(_SIGNALING_KEYS & value.keys()) > 1


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
_SIGNALING_MARK = (_QUOTED % "|".join(sorted(_SIGNALING_KEYS))).encode()
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

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

from enum import StrEnum
from types import NoneType
from typing import Final, NamedTuple, Never

from pushcodec import jsontext
from pushcodec.errors import Code, DecodeError, Violation, printable
from pushcodec.jsontext import DEFAULT_LIMITS, JSONValue, Limits
from pushcodec.jsontext.values import check_type, json_type


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


SIGNALING_KEYS = frozenset({"call_id", "call_type", "invited_list", "room_id"})
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
        case Carrier.ENTITY if not SIGNALING_KEYS & value.keys():
            return "entity"
    return "signaling-content" if SIGNALING_KEYS & value.keys() else "ext"


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

"""The forms of documents that contain an ext, in one table: the schema of each, the key of the ext's text, the keys that mark it.

| form | document | the ext is |
|---|---|---|
| `tpns` | `{"aps": …, "custom": "<ext as JSON text>"}` | the text under `custom` |
| `apns` | `{"aps": …, "ext": "<ext as JSON text>"}`; Xiaomi's and vivo's bundles too | the text under `ext` |
| `legacy` | `{"aps": …, "entity": {…}}`, below iOS 10 | the notification itself |
| `ext` | `{"entity": {…}}` | the text itself |
| `entity` | `{"action": …, "chatType": …, …}`, OPPO | the text, put under `entity` |
| `offline-push-info` | `{"title": …, "desc": …, "ext": "<ext as JSON text>"}` | the text under `ext` |
| `signaling-content` | `{"call_id": …, "room_id": …, …}` | absent |
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple, Never

from pushcodec.errors import printable


class Carrier(StrEnum):
    """The form in which the ext arrives at the app."""

    TPNS = "tpns"
    APNS = "apns"
    LEGACY = "legacy"
    EXT = "ext"
    ENTITY = "entity"

    @classmethod
    def _missing_(cls, value: object) -> Never:
        raise ValueError(f"no carrier is named {printable(str(value))!r}, expected one of {', '.join(cls)}")


class Form(NamedTuple):
    """One form of document.

    - `schema`: the name of its schema
    - `text_key`: the key whose value is the ext's text; None if the form has no such key
    - `any_of`: any one of these keys selects the form for a document that is known to be a payload
    - `distinctive`: two of these keys identify the form, because other products rarely use two of them together
    - `mentioned`: any one of these keys marks the form in a text that cannot be read
    """

    schema: str
    text_key: str | None = None
    any_of: frozenset[str] = frozenset()
    distinctive: frozenset[str] = frozenset()
    mentioned: frozenset[str] = frozenset()


PUSH_INFO: Final = Form(
    "offline-push-info",
    text_key="ext",
    any_of=frozenset({"title", "desc", "iOSSound", "AndroidOPPOChannelID", "disablePush", "ignoreIOSBadge"}),
    distinctive=frozenset({"AndroidOPPOChannelID", "AndroidVIVOClassification", "disablePush", "iOSSound", "ignoreIOSBadge"}),
)
SIGNALING_CONTENT: Final = Form(
    "signaling-content",
    any_of=frozenset({"call_id", "call_type", "invited_list", "room_id"}),
    distinctive=frozenset({"call_id", "call_type", "invited_list", "room_id"}),
)
CARRIERS: Final = MappingProxyType(
    {
        Carrier.TPNS: Form("notification", text_key="custom", mentioned=frozenset({"aps"})),
        Carrier.APNS: Form("notification", text_key="ext", mentioned=frozenset({"aps"})),
        Carrier.LEGACY: Form("notification", mentioned=frozenset({"aps"})),
        Carrier.EXT: Form("ext", mentioned=frozenset({"entity", "timPushFeatures"})),
        Carrier.ENTITY: Form(
            "entity",
            any_of=frozenset({"action", "chatType", "sender"}),
            distinctive=frozenset({"action", "chatType", "faceUrl", "nickname", "sendTime", "sender"}),
            mentioned=frozenset({"chatType"}),
        ),
    }
)
"""The form of each carrier."""

TEXT_KEYS: Final = MappingProxyType({carrier: form.text_key for carrier, form in CARRIERS.items() if form.text_key})
"""The keys of the ext's text, by carrier; other carriers have no such key."""


def text_key(carrier: Carrier | None, kind: str = "notification") -> str | None:
    """The key whose value is the ext's text in a document of a carrier, or of a kind (the name of its schema); None without one."""
    if kind == PUSH_INFO.schema:
        return PUSH_INFO.text_key
    return None if carrier is None else CARRIERS[carrier].text_key

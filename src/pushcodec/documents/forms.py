"""What a form of document is: its marks, its schema, and where the ext and the push settings are in it.

`documents.table` has the rows. A path in a row leads from the form's object: its keys are separated by `/`, `*` is any item of an
array, and a key that ends in `*` is any key with that beginning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple, Never

from pushcodec.errors import printable
from pushcodec.jsontext.values import ABSENT, JSONValue, Maybe, Path


class Carrier(StrEnum):
    """The forms of documents, by name."""

    REST_ROBOT_CALL = "rest-robot-call"
    TIMPUSH_REVOKE = "timpush-revoke"
    REST_SEND_GROUP_MSG = "rest-send-group-msg"
    REST_BATCHSENDMSG = "rest-batchsendmsg"
    REST_SENDMSG = "rest-sendmsg"
    TIMPUSH_BATCH = "timpush-batch"
    TIMPUSH_PUSH = "timpush-push"
    REST_IM_PUSH = "rest-im-push"
    REST_REQUEST = "rest-request"
    TIMPUSH_WEBPUSH = "timpush-webpush"
    WEBIM_PUSH_INFO = "webim-push-info"
    REST_PUSH_INFO = "rest-push-info"
    TPNS_PUSH = "tpns-push"
    C_API_MESSAGE = "c-api-message"
    C_API_PUSH_CONFIG = "c-api-push-config"
    SDK_DUMP_MESSAGE = "sdk-dump-message"
    FLUTTER_OPTIONS = "flutter-options"
    CALLKIT_OPTIONS = "callkit-options"
    WEB_OPTIONS = "web-options"
    SDK_DUMP = "sdk-dump"
    ATOMICX_PUSH_INFO = "atomicx-push-info"
    V2TIM_PUSH_INFO = "v2tim-push-info"
    FLUTTER_PUSH_INFO = "flutter-push-info"
    WEB_PUSH_INFO = "web-push-info"
    CALLKIT_PUSH_INFO = "callkit-push-info"
    TPNS = "tpns"
    APNS = "apns"
    LEGACY = "legacy"
    CLICK_CALLBACK = "click-callback"
    OFFLINE_PUSH_INFO = "offline-push-info"
    XIAOMI_BUNDLE = "xiaomi-bundle"
    VENDOR_LOG = "vendor-log"
    EXT = "ext"
    ENTITY = "entity"
    UNIAPP_CLICK = "uniapp-click"
    REACT_NATIVE_CLICK = "react-native-click"
    SIGNALING_CONTENT = "signaling-content"
    VENDOR_PARAMS = "vendor-params"
    CLICK_INTENT = "click-intent"
    OPPO_BUNDLE = "oppo-bundle"

    @classmethod
    def _missing_(cls, value: object) -> Never:
        raise ValueError(f"no form is named {printable(str(value))!r}, expected one of {', '.join(cls)}")


class Storage(StrEnum):
    """What is at the place of an ext in a document."""

    TEXT = "text"
    """A string that is the ext's text."""
    ITSELF = "itself"
    """The form's object is the ext."""
    ENTITY = "entity"
    """The form's object is the entity of the ext."""
    ENTITY_TEXT = "entity-text"
    """A string that is the text of the ext's entity."""
    ANY_TEXT = "any-text"
    """A string that is the text of the ext, or of its entity where it has the keys of an entity and not the key `entity`."""
    BYTES = "bytes"
    """An array of integers from -128 to 127, the UTF-8 bytes of the ext's text."""
    LINK = "link"
    """A string with the URI of a click; the ext is a parameter of it, percent-encoded."""


class Mark(NamedTuple):
    """A key that helps to recognise a form, and the type that its value must have.

    `type` is the JSON name of a type, `any` for every value, or one of these:

    - `object text`: a string that begins like the text of an object
    - `entity`: an object with the key `entity`, or the text of one, which may be broken
    - `entity text`: only the text of one
    - `any entity text`: that, or the text of an entity
    - `certain entity`: an object with two keys that are typical of an entity, or the text of one
    - `likely entity`: an object with one such key, or the text of one
    - `custom element`: an array with a `TIMCustomElem` that has `Desc` or `Ext`
    """

    path: str
    type: str = "any"

    @property
    def words(self) -> str:
        """The mark for people: `OfflinePushInfo (object)`."""
        return self.path.replace("/", ".") + ("" if self.type == "any" else f" ({self.type})")


class Marks(NamedTuple):
    """One way to recognise a form. Every part must be fulfilled.

    - `all`: every one of these marks is there
    - `some`, `least`: so many of these marks are there
    - `none`: no value is at any of these paths
    - `only`: the object has no other keys than these; any keys if it is empty
    - `certain`: false for marks that other products use too; they count only for a document that was named
    """

    all: tuple[Mark, ...] = ()
    some: tuple[Mark, ...] = ()
    least: int = 1
    none: tuple[str, ...] = ()
    only: frozenset[str] = frozenset()
    certain: bool = True


class Place(NamedTuple):
    """A place where a form can contain an ext.

    With `unless` it counts only where nothing is at that path. `in_schema` says that the form's schema has the schema of the text.
    """

    path: str
    storage: Storage = Storage.TEXT
    unless: str | None = None
    in_schema: bool = True


class Setting(NamedTuple):
    """A key and one of its values."""

    path: str
    value: JSONValue


class Form(NamedTuple):
    """One form of document.

    - `name`: a `Carrier`; for a document that was named after a schema without a form, the name of that schema
    - `title`: the form for people: "REST sendmsg body"
    - `family`: the name that selects the fitting one of several forms, where the caller names the form
    - `schema`: the name of its schema
    - `marks`: the ways to recognise it
    - `places`: where its exts can be
    - `titles`, `texts`: where the title and the text of the notification are
    - `oppo_channels`: where an OPPO channel can be; one of them suffices
    - `phones`: the part with the settings for Android, without which no OPPO channel is needed; the form's object if it is empty
    - `switched_off`: the settings that keep everyone from receiving the push
    - `settings`: the object with the push settings
    """

    name: str
    title: str
    family: str
    schema: str
    marks: tuple[Marks, ...] = ()
    places: tuple[Place, ...] = ()
    titles: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    oppo_channels: tuple[str, ...] = ()
    phones: str = ""
    switched_off: tuple[Setting, ...] = ()
    settings: str = ""


SEPARATOR: Final = "/"


class _Parts(NamedTuple):
    """The keys of a path of a row, and whether each of them is that of one member."""

    keys: tuple[str, ...]
    is_plain: bool


@cache
def _parts(path: str) -> _Parts:
    keys = tuple(path.split(SEPARATOR)) if path else ()
    return _Parts(keys, not any(key.endswith("*") for key in keys))


def values_at(value: JSONValue, path: str) -> Sequence[tuple[Path, JSONValue]]:
    """The values at a path of a row, each with its own path, in the order of the document."""
    keys, is_plain = _parts(path)
    if is_plain:
        member = _member(value, keys)
        return () if member is ABSENT else ((keys, member),)
    found: list[tuple[Path, JSONValue]] = [((), value)]
    for key in keys:
        found = [inner for each in found for inner in _step(*each, key)]
    return found


def value_at(value: JSONValue, path: str) -> Maybe:
    """The first value at a path of a row, `ABSENT` if there is none."""
    found = values_at(value, path)
    return found[0][1] if found else ABSENT


def _member(value: Maybe, keys: tuple[str, ...]) -> Maybe:
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return ABSENT
        value = value[key]
    return value


def _step(path: Path, value: JSONValue, part: str) -> Iterator[tuple[Path, JSONValue]]:
    if part == "*":
        if isinstance(value, list):
            yield from (((*path, index), item) for index, item in enumerate(value))
    elif isinstance(value, dict):
        if part.endswith("*"):
            yield from (((*path, key), inner) for key, inner in value.items() if key.startswith(part[:-1]))
        elif part in value:
            yield (*path, part), value[part]

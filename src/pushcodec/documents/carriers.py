"""From a document to the text of its ext."""

from __future__ import annotations

from types import NoneType
from typing import NamedTuple

from pushcodec import jsontext
from pushcodec.arguments import check_type
from pushcodec.documents.forms import TEXT_KEYS, Carrier, text_key
from pushcodec.documents.recognition import look
from pushcodec.errors import Code, DecodeError, Violation
from pushcodec.jsontext import ABSENT, DEFAULT_LIMITS, Limits, Maybe
from pushcodec.jsontext.values import json_type


class Carried(NamedTuple):
    """The carrier of a notification, and the text of the ext in it. The ext itself is not validated."""

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


class Contents(NamedTuple):
    """A document: its text, the value that a reader made of it, and the carrier, None if the value has the form of none.

    The strict reader and a client's reader can make different values of one text: the caller chooses.
    """

    text: str
    value: Maybe
    carrier: Carrier | None

    @property
    def ext(self) -> Maybe:
        """What is in the place of the ext's text; possibly no string, `ABSENT` if the place is empty.

        A bare entity is put under `entity`. Any other document without a key for the ext's text is itself that text.
        """
        key = text_key(self.carrier)
        if key is not None:
            return self.value.get(key, ABSENT) if isinstance(self.value, dict) else ABSENT
        return f'{{"entity":{self.text}}}' if self.carrier is Carrier.ENTITY else self.text

    def ext_text(self) -> str:
        """The text of the ext. Raises DecodeError if its place is empty (`PC401`) or contains no string (`PC301`)."""
        ext = self.ext
        if isinstance(ext, str):
            return ext
        key = text_key(self.carrier)
        if ext is ABSENT:
            raise _refused(Code.NO_PAYLOAD, "", f"expected the ext's text under the key '{key}'")
        raise _refused(Code.WRONG_TYPE, f"/{key}", f"expected the ext as JSON text, got {json_type(ext)}")


def contents_of(text: str, value: Maybe) -> Contents:
    """A document with the carrier whose form its value has."""
    return Contents(text, value, None if value is ABSENT else look(value))


def find_ext(notification: str | bytes, *, carrier: Carrier | str | None = None, limits: Limits = DEFAULT_LIMITS) -> Carried:
    """The carrier of a notification, and the text of the ext in it.

    Reads the JSON text of a notification in the form of any carrier (`documents.forms`), as `str` or UTF-8 `bytes`. Without a
    `carrier` the keys decide: a text under `custom`, then one under `ext`, then `entity`, then the keys of a bare entity. Raises
    DecodeError if the text is not JSON or has no ext in the carrier's place (`PC401`, `PC301`), ValueError for an unknown
    carrier's name.
    """
    check_type("carrier", carrier, (str, NoneType), "a Carrier or its name")
    named = None if carrier is None else Carrier(carrier)
    value = jsontext.parse(notification, limits)
    if not isinstance(value, dict):
        raise _refused(Code.WRONG_TYPE, "", f"expected an object, got {json_type(value)}")
    found = named or look(value)
    if found is None:
        raise _refused(Code.NO_PAYLOAD, "", "expected 'custom' (TPNS), 'ext' (APNs), 'entity', or the keys of an entity")
    if found in (Carrier.LEGACY, Carrier.EXT) and "entity" not in value:
        raise _refused(Code.NO_PAYLOAD, "", f"expected the key 'entity' in the {found} form")
    text = notification if isinstance(notification, str) else notification.decode()
    return Carried(found, Contents(text, value, found).ext_text())


def _refused(code: Code, pointer: str, message: str) -> DecodeError:
    return DecodeError([Violation(code, pointer, message)])

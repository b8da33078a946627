"""What a file contains, as `route`, `explain` and `compare` read it: recognised by `carriers.look`, as in all other commands.

The client does not apply the limits of the strict reader and accepts more, so the text is read with the reader of the client.
"""

from __future__ import annotations

from typing import NamedTuple

from pushcodec.clients.ios.foundation import read_object
from pushcodec.documents import TEXT_KEYS, Carrier, look
from pushcodec.errors import Code, DecodeError, Violation
from pushcodec.jsontext.values import JSONValue, json_type


class Contents(NamedTuple):
    """The text of a document, the object in it, None if it is none, and the carrier whose form that has."""

    text: str
    value: dict[str, JSONValue] | None
    carrier: Carrier | None

    @property
    def carried(self) -> JSONValue:
        """What is in the place of the ext's text in a notification, None for any other form. It may be no text."""
        return self.value.get(TEXT_KEYS[self.carrier]) if self.value and self.carrier in TEXT_KEYS else None

    @property
    def ext(self) -> str:
        """The text of the ext: a notification's, a bare entity with `entity` around it, or else all of the text."""
        if self.carrier is Carrier.ENTITY:
            return f'{{"entity":{self.text}}}'
        return self.carried if isinstance(self.carried, str) else self.text

    @property
    def note(self) -> str:
        """What to add to the answer of a client that reads `custom` only; empty for any form but that of APNs."""
        return _APNS_NOTE if self.carrier is Carrier.APNS else ""

    def check_ext(self) -> None:
        """Raises DecodeError if the ext of a notification is no text: no client gets it as an ext."""
        if self.carrier in TEXT_KEYS and not isinstance(self.carried, str):
            message = f"expected the ext as JSON text, got {json_type(self.carried)}"
            raise DecodeError([Violation(Code.WRONG_TYPE, f"/{TEXT_KEYS[self.carrier]}", message)])


_APNS_NOTE = " (the ext under 'ext', as APNs carries it, is read as if it were under 'custom')"


def contents(data: bytes) -> Contents | None:
    """What a document contains; None if it is not UTF-8."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    value = read_object(text)
    return Contents(text, value, look(value))

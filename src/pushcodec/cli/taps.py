"""What a client does with the document in a file, and how the commands report it."""

from __future__ import annotations

from typing import Any, Final

from pushcodec.cli.inputs.sources import SourceError
from pushcodec.clients.client import Client, Tap
from pushcodec.clients.ios.foundation import read_object
from pushcodec.clients.outcomes import Outcome
from pushcodec.clients.steps import Trace, untraced
from pushcodec.documents import Carrier, Contents, contents_of
from pushcodec.jsontext import ABSENT, JSONValue, Readings

MAX_FILE: Final = 64 * 2**20
"""The most bytes of a document that are read. The clients have no limit."""


def check_size(data: bytes) -> None:
    """Raises SourceError for a document of which only the beginning was read: the answer for a part would be wrong."""
    if len(data) > MAX_FILE:
        raise SourceError(f"larger than {MAX_FILE} bytes")


def tap(data: bytes, *, client: Client, now: int, logged_in: bool = True, ios10: bool = True, trace: Trace = untraced) -> Outcome:
    """What a client does with the document in a file when the user taps the notification."""
    return client.tap(tap_on(data, now=now, logged_in=logged_in, ios10=ios10), trace=trace)


def tap_on(data: bytes, *, now: int, logged_in: bool = True, ios10: bool = True) -> Tap:
    """The tap on a document: a notification of TPNS as it is, an ext and one that APNs carries as TPNS would carry it, an entity by
    itself."""
    found = contents(data)
    if found is None:
        return Tap(data, now, logged_in=logged_in, ios10=ios10)
    plain = Tap(_ext(found), now, logged_in=logged_in, ios10=ios10)
    value: JSONValue = None if found.value is ABSENT else found.value
    if found.carrier is Carrier.ENTITY:
        return plain._replace(entity=value)
    if found.carrier is Carrier.LEGACY or not ios10:
        return plain._replace(notification=value, ios10=False)
    if found.carrier is Carrier.APNS:
        return plain._replace(notification={"custom": None if found.ext is ABSENT else found.ext})
    if found.carrier is Carrier.EXT or value is None:
        return plain
    return plain._replace(notification=value)


def contents(data: bytes, readings: Readings | None = None) -> Contents | None:
    """A document as the client's reader, which accepts more than the strict one, reads it; None if it is not UTF-8.

    `readings` keeps what the reader reads, for clients that read the same text.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    value = (readings or Readings()).by(read_object, text)
    return contents_of(text, ABSENT if value is None else value)


def ext_of(data: bytes) -> str | bytes:
    """The text of the ext in a document; all of one that is not UTF-8, or whose ext is not a text."""
    found = contents(data)
    return data if found is None else _ext(found)


def _ext(found: Contents) -> str:
    return found.ext if isinstance(found.ext, str) else found.text


def note_on(data: bytes, *, client: Client, ios10: bool) -> str:
    """What to add to the answer of a client that reads `custom` only; empty for any form but that of APNs."""
    found = contents(data) if client.gets_notification and ios10 else None
    return _APNS_NOTE if found is not None and found.carrier is Carrier.APNS else ""


_APNS_NOTE: Final = " (the ext under 'ext', as APNs carries it, is read as if it were under 'custom')"


def to_record(taken: Outcome, client: Client) -> dict[str, Any]:
    """An outcome for programs: `{"outcome", "detail", "message"}`, the first two in the vectors' form, the last one in words."""
    return {**taken.to_dict(), "message": client.describe(taken)}

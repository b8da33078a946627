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


class TappedDocument:
    """The document in a file, as the clients get it. Each reader of the clients reads each of its texts once.

    `contents` is the document as Foundation, which accepts more than the strict reader, reads it; None if it is not UTF-8.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.readings = Readings()
        self.contents = self._contents()

    def _contents(self) -> Contents | None:
        try:
            text = self.data.decode()
        except UnicodeDecodeError:
            return None
        value = self.readings.by(read_object, text)
        return contents_of(text, ABSENT if value is None else value)

    def outcome(self, client: Client, *, now: int, logged_in: bool = True, ios10: bool = True, trace: Trace = untraced) -> Outcome:
        """What a client does when the user taps the notification."""
        return client.tap(self.tap(now=now, logged_in=logged_in, ios10=ios10), readings=self.readings, trace=trace)

    def tap(self, *, now: int, logged_in: bool = True, ios10: bool = True) -> Tap:
        """The tap on a notification of TPNS as it is, on any other ext as TPNS would carry it, or on an entity by itself."""
        found = self.contents
        if found is None:
            return Tap(self.data, now, logged_in=logged_in, ios10=ios10)
        plain = Tap(found.ext if isinstance(found.ext, str) else found.text, now, logged_in=logged_in, ios10=ios10)
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

    def note(self, client: Client, *, ios10: bool) -> str:
        """What to add to the answer of a client that reads `custom` only; empty for any form but that of APNs."""
        is_apns = self.contents is not None and self.contents.carrier is Carrier.APNS
        return _APNS_NOTE if is_apns and client.gets_notification and ios10 else ""


_APNS_NOTE: Final = " (the ext under 'ext', as APNs carries it, is read as if it were under 'custom')"


def to_record(taken: Outcome, client: Client) -> dict[str, Any]:
    """An outcome for programs: `{"outcome", "detail", "message"}`, the first two in the vectors' form, the last one in words."""
    return {**taken.to_dict(), "message": client.describe(taken)}

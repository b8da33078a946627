"""What clients do with the exts of the document in a file, and how the commands report it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from pushcodec import jsontext
from pushcodec.cli.files import Answer
from pushcodec.cli.inputs.sources import SourceError
from pushcodec.clients.client import Client, Tap
from pushcodec.clients.ios.foundation import read_object
from pushcodec.clients.outcomes import Outcome
from pushcodec.clients.steps import Trace, untraced
from pushcodec.documents import FORMS, Carrier, Form, Found, carried, is_link, no_ext, recognise, unknown_document
from pushcodec.errors import DecodeError, Violation
from pushcodec.jsontext import ABSENT, JSONValue, Reading, Readings
from pushcodec.jsontext.values import Maybe

MAX_FILE: Final = 64 * 2**20
"""The most bytes of a document that are read. The clients have no limit."""


def check_size(data: bytes) -> None:
    """Raises SourceError for a document of which only the beginning was read: the answer for a part would be wrong."""
    if len(data) > MAX_FILE:
        raise SourceError(f"larger than {MAX_FILE} bytes")


class TappedExt(NamedTuple):
    """An ext of a document, as clients get it.

    - `form`: the form that contains it, `pointers` the way to it (see `Carried`)
    - `ext`: its text; bytes if the document is not UTF-8
    - `value`: the object of the form
    """

    form: Form
    pointers: tuple[str, ...]
    ext: str | bytes
    value: Maybe
    readings: Readings

    @property
    def location(self) -> str:
        """The pointers to it in one text."""
        return " -> ".join(pointer or "(document)" for pointer in self.pointers)

    @property
    def origin(self) -> dict[str, Any]:
        """Where it was found, for programs: `{"form", "pointers"}`."""
        return {"form": str(self.form.name), "pointers": list(self.pointers)}

    def outcome(self, client: Client, *, now: int, logged_in: bool = True, ios10: bool = True, trace: Trace = untraced) -> Outcome:
        """What a client does when the user taps the notification."""
        return client.tap(self.tap(now=now, logged_in=logged_in, ios10=ios10), readings=self.readings, trace=trace)

    def tap(self, *, now: int, logged_in: bool = True, ios10: bool = True) -> Tap:
        """The tap on a notification of TPNS as it is, on any other ext as TPNS would carry it, or on an entity by itself."""
        plain = Tap(self.ext, now, logged_in=logged_in, ios10=ios10)
        value: JSONValue = None if self.value is ABSENT else self.value
        if self.form.name == Carrier.ENTITY:
            return plain._replace(entity=value)
        if self.form.name == Carrier.LEGACY or not ios10:
            return plain._replace(notification=value, ios10=False)
        return plain._replace(notification=value) if self.form.name == Carrier.TPNS else plain

    def note(self, client: Client, *, ios10: bool) -> str:
        """What to add to the answer of a client that reads `custom` only; empty for any form but that of APNs."""
        return _APNS_NOTE if self.form.name == Carrier.APNS and client.gets_notification and ios10 else ""


_APNS_NOTE: Final = " (the ext under 'ext', as APNs carries it, is read as if it were under 'custom')"


def tapped_exts(data: bytes) -> list[TappedExt]:
    """The exts of a document, at least one. Each reader of the clients reads each of its texts once.

    A document that is an object is read as Foundation reads it, which accepts more than the strict reader. Raises DecodeError for a
    document of no known form (`PC402`) and for one without an ext (`PC401`, `PC301`).
    """
    readings = Readings()
    whole = FORMS[Carrier.EXT]
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return [TappedExt(whole, ("",), data, ABSENT, readings)]
    reading = jsontext.read(text)
    value = _value_of(reading, readings)
    if not isinstance(value, dict | list) and not is_link(value):
        return [TappedExt(whole, ("",), text, value, readings)]
    forms = recognise(value, readings.embedded)
    found = [
        TappedExt(form.form, each.pointers, each.ext, form.value, readings)
        for form in forms
        for each in carried(form, reading, readings)
    ]
    if not found:
        raise DecodeError([_why_none(forms, value)])
    return found


def _value_of(reading: Reading, readings: Readings) -> Maybe:
    """The value of a document: of an object as Foundation reads it, of an array or a scalar as the strict reader does."""
    value = readings.by(read_object, reading.characters)
    if value is not None:
        return value
    return ABSENT if reading.faults else reading.value


def _why_none(forms: list[Found], value: Maybe) -> Violation:
    return no_ext(forms[0]) if forms or value is ABSENT else unknown_document(value)


def answer_each(name: str, data: bytes, work: Callable[[str, TappedExt], Answer]) -> Answer:
    """The answers for all exts of a document as one: the worst status, and the texts one after the other.

    `work` gets a name for the ext, which has the pointers to it if there are several.
    """
    check_size(data)
    found = tapped_exts(data)
    answers = [work(_title(name, each, found), each) for each in found]
    return Answer(max(each.status for each in answers), "".join(each.text for each in answers), answers[0].write)


def _title(name: str, ext: TappedExt, found: list[TappedExt]) -> str:
    return name if len(found) == 1 else f"{name} {ext.location}"


def to_record(taken: Outcome, client: Client) -> dict[str, Any]:
    """An outcome for programs: `{"outcome", "detail", "message"}`, the first two in the vectors' form, the last one in words."""
    return {**taken.to_dict(), "message": client.describe(taken)}

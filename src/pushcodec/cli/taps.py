"""What clients do with the exts of the document in a file, and how the commands report it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from pushcodec import jsontext
from pushcodec.cli.arguments import CarrierOptions
from pushcodec.cli.files import Answer, Files, for_each
from pushcodec.cli.inputs.sources import SourceError
from pushcodec.cli.origins import origin_of, way_to, without_payload
from pushcodec.clients.client import Client, Tap
from pushcodec.clients.ios.foundation import read_object
from pushcodec.clients.outcomes import Outcome
from pushcodec.clients.steps import Trace, untraced
from pushcodec.documents import (
    FORMS,
    Carrier,
    Ext,
    Form,
    Found,
    ext_text,
    exts_of,
    limit_faults,
    no_ext,
    recognise,
    text_around,
    unknown_document,
)
from pushcodec.errors import DecodeError, Violation
from pushcodec.jsontext import ABSENT, Reading, Readings, pointer
from pushcodec.jsontext.values import WHITE_SPACE, Maybe

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
    - `value`: what Foundation, which accepts more than the strict reader, makes of the form's object; `ABSENT` if it refuses it
    """

    form: Form
    pointers: tuple[str, ...]
    ext: str | bytes
    value: Maybe
    readings: Readings

    @property
    def way(self) -> str:
        """Where it was found, in words."""
        return way_to(self.form, self.pointers)

    @property
    def origin(self) -> dict[str, Any]:
        """Where it was found, for programs."""
        return origin_of(self.form, self.pointers)

    def outcome(self, client: Client, *, now: int, logged_in: bool = True, ios10: bool = True, trace: Trace = untraced) -> Outcome:
        """What a client does when the user taps the notification."""
        return client.tap(self.tap(now=now, logged_in=logged_in, ios10=ios10), readings=self.readings, trace=trace)

    def tap(self, *, now: int, logged_in: bool = True, ios10: bool = True) -> Tap:
        """The tap on a notification as it is, on any other ext as TPNS would carry it, or on an entity by itself.

        Below iOS 10 any other ext is the notification.
        """
        plain = Tap(self.ext, now, logged_in=logged_in, ios10=ios10)
        if self.form.name == Carrier.LEGACY or not ios10:
            return plain._replace(notification=self._below_ios10(), ios10=False)
        if self.value is ABSENT:
            return plain
        if self.form.name == Carrier.ENTITY:
            return plain._replace(entity=self.value)
        return plain._replace(notification=self.value) if self.form.name == Carrier.TPNS else plain

    def note(self, client: Client, *, ios10: bool = True) -> str:
        """What to add to the answer of a client that reads `custom` only; empty for any form but that of APNs."""
        return APNS_NOTE if self.form.name == Carrier.APNS and client.gets_notification and ios10 else ""

    def _below_ios10(self) -> Maybe:
        """The notification below iOS 10, None for a text that Foundation does not read."""
        if self.form.family in _WHOLE:
            return None if self.value is ABSENT else self.value
        return self.readings.by(read_object, self.ext) if isinstance(self.ext, str) else None


_WHOLE: Final = ("notification", "entity")
"""The families of forms whose object is the notification of iOS below 10 as it is."""

APNS_NOTE: Final = "iOS reads 'ext', as APNs carries it, in the place of 'custom'"


def tapped_exts(data: bytes, carrier: str | None = None) -> list[TappedExt]:
    """The exts of a document, at least one. Each reader of the clients reads each of its texts once.

    The outermost text is read as Foundation reads it, or as the strict reader does where Foundation refuses it. `carrier` is the
    name of its form, None to look for forms. Raises DecodeError for a document of no known form (`PC402`), for one without an ext
    (`PC401`, `PC301`), and for an array beyond the limits, which no client reads, so that the strict reader has to find the exts.
    """
    readings = Readings()
    whole = FORMS[Carrier.EXT]
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return [TappedExt(whole, ("",), data, ABSENT, readings)]
    reading = jsontext.read(text)
    by_foundation = readings.by(read_object, text)
    value: Maybe = reading.value if by_foundation is None else by_foundation
    if by_foundation is None and text.lstrip(WHITE_SPACE).startswith("[") and (limits := limit_faults(reading)):
        raise DecodeError(Violation(fault.code, pointer(fault.path), reading.message(fault)) for fault in limits)
    forms = recognise(value, readings.embedded, kind=carrier)
    if not isinstance(value, dict | list) and [found.form for found in forms] == [whole]:
        return [TappedExt(whole, ("",), text, ABSENT, readings)]
    found: list[TappedExt] = []
    for form in forms:
        seen = _as_foundation_reads(form, by_foundation, reading, readings)
        for ext in exts_of(form):
            pointers = tuple(map(pointer, ext.paths))
            is_tolerated = by_foundation is not None and len(reading.faults) > 0
            text = _written(ext) if is_tolerated and ext.is_object else ext_text(ext, reading, readings)
            found.append(TappedExt(form.form, pointers, text, seen, readings))
    if not found:
        raise DecodeError([without_payload(_why_none(forms, value))])
    return found


def _as_foundation_reads(form: Found, whole: Maybe | None, reading: Reading, readings: Readings) -> Maybe:
    """The object of a form as Foundation makes it of its text; `whole` is what it makes of the whole document."""
    if form.paths == ((),):
        return ABSENT if whole is None else whole
    is_strict = not reading.faults and not text_around(form.paths, reading, readings).faults
    return form.value if is_strict else ABSENT


def _written(ext: Ext) -> str:
    """The text of an ext that is an object in a text with faults, which Foundation may read otherwise."""
    text = jsontext.dump_deep(ext.value)
    return f'{{"entity":{text}}}' if ext.is_entity else text


def _why_none(forms: list[Found], value: Maybe) -> Violation:
    return no_ext(forms[0]) if forms or value is ABSENT else unknown_document(value)


def for_each_ext(options: CarrierOptions, files: Files, work: Callable[[str, TappedExt], Answer]) -> int:
    """Writes the answer for each ext of each document of the files; returns the worst exit status.

    `work` gets the name of a document and one of its exts.
    """

    def answer(name: str, data: bytes) -> Answer:
        check_size(data)
        answers = [work(name, ext) for ext in tapped_exts(data, options.carrier)]
        return Answer(max(each.status for each in answers), "".join(each.text for each in answers), answers[0].write)

    return for_each(files, answer, most=MAX_FILE)


def files_of(options: CarrierOptions) -> Files:
    """The files that the options of a command name."""
    return Files.of(options, is_form_named=options.carrier is not None)


def to_brackets(note: str) -> str:
    """A note for people, behind an answer; empty without a note."""
    return f" ({note})" if note else ""


def to_record(taken: Outcome, client: Client, note: str = "") -> dict[str, Any]:
    """An outcome for programs: `{"outcome", "detail", "message"}`, the first two in the vectors' form, the last one in words.

    With a note it has `note`, too.
    """
    return {**taken.to_dict(), "message": client.describe(taken), **({"note": note} if note else {})}

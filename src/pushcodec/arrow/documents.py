"""Rows that are documents: the ext of each, as a text that is decoded, or why a row has none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from pushcodec import jsontext
from pushcodec.documents import Carried, Carrier, carried, find_ext, recognise
from pushcodec.errors import PushCodecError, Violation
from pushcodec.jsontext import Limits, Readings

AUTO: Final = "auto"
"""The kind of texts that are recognised one by one."""

KINDS: Final = ("ext", AUTO, *(str(carrier) for carrier in Carrier if carrier != Carrier.EXT))
"""The kinds of texts that a column can contain: exts, documents of any form, documents of one form."""


class Unwrapped(NamedTuple):
    """The exts in some documents, each with the index of its document, and the errors of the documents without exactly one.

    `carried` is None for a document that is the ext itself.
    """

    places: list[int]
    exts: list[bytes]
    carried: list[Carried | None]
    refused: list[tuple[int, PushCodecError]]

    def locate(self, number: int, violation: Violation) -> Violation:
        """A violation of the ext of a number as one of its document."""
        each = self.carried[number]
        return violation if each is None else each.locate(violation)


def unwrap(documents: Iterable[bytes], kind: str, limits: Limits) -> Unwrapped:
    """The exts in documents of a kind other than `ext`."""
    found = Unwrapped([], [], [], [])
    for place, document in enumerate(documents):
        try:
            each = _recognised(document, limits) if kind == AUTO else find_ext(document, carrier=kind, limits=limits)
        except PushCodecError as error:
            found.refused.append((place, error))
            continue
        found.places.append(place)
        found.carried.append(each)
        # A text in a text may have half of a surrogate pair, for which no UTF-8 exists. The decoder refuses these bytes.
        found.exts.append(document if each is None else each.ext.encode("utf-8", "surrogatepass"))
    return found


def _recognised(document: bytes, limits: Limits) -> Carried | None:
    """The only ext in a document; None for one that is an ext, or counts as one because it is not JSON or a scalar.

    Raises what `find_ext` raises.
    """
    reading = jsontext.read(document, limits)
    readings = Readings(limits)
    forms = recognise(reading.value, readings.embedded)
    if [(each.form.name, each.paths) for each in forms] == [(Carrier.EXT, ((),))]:
        return None
    exts = [] if reading.faults else [each for form in forms for each in carried(form, reading, readings)]
    return exts[0] if len(exts) == 1 else find_ext(document, limits=limits)  # which raises the reason

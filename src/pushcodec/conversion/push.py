"""The one model of a push that all forms are read into and written from, and what of a document it does not have."""

from __future__ import annotations

from typing import NamedTuple

from pushcodec.conversion.dialects import Dialect
from pushcodec.conversion.settings import Setting
from pushcodec.documents import Paths
from pushcodec.errors import printable
from pushcodec.jsontext import JSONValue


class Loss(NamedTuple):
    """A setting of the source that the written document does not have.

    - `pointers`: the RFC 6901 pointers to it in the source, one for each text on the way, as in a `Violation`
    - `reason`: why, in printable ASCII and without values of the source
    """

    pointers: tuple[str, ...]
    reason: str

    @property
    def location(self) -> str:
        """All pointers in one text in printable ASCII; `(document)` for the outermost value."""
        return printable(" -> ".join(each or "(document)" for each in self.pointers), 200)

    def __str__(self) -> str:
        return f"{self.location}: {self.reason}"


class Given(NamedTuple):
    """The value of a setting, as `settings` describes it, and the paths to each place that has it in the source."""

    value: JSONValue
    places: tuple[Paths, ...]


class Lost(NamedTuple):
    """A `Loss` before its pointers are written."""

    paths: Paths
    reason: str


class Push(NamedTuple):
    """The settings of a push in the order of the source.

    - `losses`: what the source has and no setting can express
    - `dialect`: that of the only object with settings, None if there are none or several
    - `original`: that object
    - `left_out`: pointers from the form's object to its members that do not belong to the push
    """

    settings: dict[Setting, Given]
    losses: list[Lost]
    dialect: Dialect | None
    original: JSONValue
    left_out: tuple[str, ...]

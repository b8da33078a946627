"""What the linter finds: a violation with its severity, its place in a file, the lines to show and, if any, its mend."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct

from pushcodec.errors import Code, Violation
from pushcodec.jsontext.values import Position
from pushcodec.lint.severity import Severity as Severity


class Frame(NamedTuple):
    """A piece of one line of a text, around what is marked in it: raw characters, to be escaped by whoever shows them.

    `line` and `column` are those of the first character marked, in that text. What is marked ends with the line at the latest.
    `clipped_before` and `clipped_after` say that the line goes on at that side.
    """

    line: int
    column: int
    before: str
    marked: str
    after: str
    clipped_before: bool
    clipped_after: bool


class Edit(NamedTuple):
    """Replaces the bytes from `start` to before `end` with `content`."""

    start: Position
    end: Position
    content: str


class Fix(Struct, frozen=True, gc=False):
    """How to mend a finding. A safe mend can't change what the client does; any other repairs it, and is made only if asked for."""

    message: str
    safe: bool
    edits: tuple[Edit, ...]


class Diagnostic(Struct, frozen=True):
    """One finding in a file.

    `pointer` and `embedded` are a violation's: one pointer for the outer document and one for each text entered. `start` and `end`
    (exclusive) are places in the file, also for values inside embedded text. `frames` shows the line in the file and, for embedded
    text, the decoded line there. `fingerprint` stays the same while rule, pointers and what is marked do.
    """

    file: str
    code: Code
    severity: Severity
    message: str
    pointer: str
    embedded: tuple[str, ...]
    start: Position
    end: Position
    fingerprint: str
    fix: Fix | None = None
    frames: tuple[Frame, ...] = ()

    @property
    def name(self) -> str:
        """The kebab-case name of the rule."""
        return self.code.rule

    @property
    def location(self) -> str:
        """All pointers as one text in printable ASCII: `/custom -> /entity/content -> /room_id`."""
        return Violation(self.code, self.pointer, "", self.embedded).location

    def to_dict(self) -> dict[str, object]:
        """As the json output has it: `{"file", "code", "name", "severity", "message", "pointer", "embedded", "start", "end"}` and,
        where there is one, `"fix"`: `{"message", "safe", "edits": [{"start", "end", "content"}]}`."""
        found: dict[str, object] = {
            "file": self.file,
            "code": str(self.code),
            "name": self.name,
            "severity": str(self.severity),
            "message": self.message,
            "pointer": self.pointer,
            "embedded": list(self.embedded),
            "start": self.start._asdict(),
            "end": self.end._asdict(),
        }
        if self.fix is not None:
            edits = [{"start": edit.start._asdict(), "end": edit.end._asdict(), "content": edit.content} for edit in self.fix.edits]
            found["fix"] = {"message": self.fix.message, "safe": self.fix.safe, "edits": edits}
        return found


class Report(NamedTuple):
    """A file that was linted, and what was found in it, in order; found while it is read, so it is read once."""

    file: str
    diagnostics: Iterable[Diagnostic]

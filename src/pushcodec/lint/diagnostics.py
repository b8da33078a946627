"""What the linter reports: findings with their severity, position in a file, the lines to show and the fix if there is one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct

from pushcodec.errors import Code, Violation
from pushcodec.jsontext.values import Position
from pushcodec.lint.severity import Severity as Severity


class Frame(NamedTuple):
    """A part of one line of a text, with the marked characters. The characters are raw: outputs escape them.

    `line` and `column` are those of the first marked character in that text. `marked` ends with the line at the latest.
    `clipped_before` and `clipped_after` are true where the line continues on that side.
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
    """How to fix a finding. A safe fix does not change what the client does. Any other fix is applied only on request."""

    message: str
    safe: bool
    edits: tuple[Edit, ...]


class Diagnostic(Struct, frozen=True):
    """One finding in a file.

    `pointer` and `embedded` are those of a violation: one pointer for the outer document and one for each text entered. `start` and
    `end` (exclusive) are positions in the file, also for values inside embedded text. `frames` are the line of the file and, for
    embedded text, the decoded line there. `fingerprint` depends only on the rule, the pointers and the marked characters.
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
        """The record of the JSON output: `{"file", "code", "name", "severity", "message", "pointer", "embedded", "start", "end"}`.

        If there is a fix, it has `"fix"`, too: `{"message", "safe", "edits": [{"start", "end", "content"}]}`.
        """
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
    """A file and the findings in it, in order. They are computed during the iteration, which is possible once."""

    file: str
    diagnostics: Iterable[Diagnostic]

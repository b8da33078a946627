"""The steps of a client: what each one asks, in words, which fields of the payload it reads, and how a mirror traces them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple, TypeAlias

from pushcodec.errors import Code
from pushcodec.jsontext.values import Path

EXT_TEXT: Final[Path] = ("custom",)
"""The path of the ext's text in the notification. All other paths of a step start at the ext."""


class Unreadable(NamedTuple):
    """What the reader of a client returns for a text that it cannot read.

    `path` is the path in the text of the field at which it gave up, as far as it has entered fields.
    """

    path: Path


class Binding(NamedTuple):
    """A text that a step reads into typed fields; a value that does not fit its field loses all of the text.

    - `text`: the path of the text, `EXT_TEXT` or a path from the ext
    - `path`: the path of the object that has the fields, from the ext
    - `read`: the reader of the text, which returns `Unreadable` for a text that it cannot read
    """

    text: Path
    path: Path
    read: Callable[[str], Any]


class Step(NamedTuple):
    """One step of a client.

    - `condition`: what it asks, in the words of `docs/contract.md`
    - `words`: why it decided, for people; `why` is the condition where this is empty
    - `goes_on`: whether the client goes on where the condition is met; any other step decides then
    - `reads`: the paths of the fields that it looks at: `("entity", "action")`; `("entity", "content", "timeout")` is a field in
      the text of `content`; `EXT_TEXT` is the text of the ext
    - `binds`: the text that it reads into typed fields, for the steps that do so
    - `rule`: the rule of the linter that reports a group call for which only this step keeps a client from ringing
    """

    condition: str
    words: str = ""
    goes_on: bool = False
    reads: tuple[Path, ...] = ()
    binds: Binding | None = None
    rule: Code | None = None

    @property
    def why(self) -> str:
        """Why the step decided."""
        return self.words or self.condition


Trace: TypeAlias = Callable[[str, Any], object]
"""Called at each step that a client reaches, in order, with its name and the value that it looks at. The last one decides."""


def untraced(_: str, __: object) -> None:
    """A trace that does nothing."""

"""What the dialect of a form is: the keys that it has for the settings of a push, and how it writes their values."""

from __future__ import annotations

from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from pushcodec.conversion.settings import TEXT, Codec, Setting, numbers, words
from pushcodec.jsontext import JSONValue

Keys: TypeAlias = "tuple[str, ...]"
"""The keys on the way from the object with the settings to a value."""


class Line(NamedTuple):
    """A key of a form, the setting that it has, and how its value is written. `is_written` is false for one that is only read."""

    setting: Setting
    keys: Keys
    codec: Codec
    is_written: bool = True


class Filler(NamedTuple):
    """A key with its default value, which is written only if the document has too few marks of its form without it."""

    key: str
    value: JSONValue


class Dialect:
    """The keys of a form.

    - `lines`: the keys for settings
    - `texts`: the keys of the outermost object whose value is the text of an object that has more of them
    - `others`: the keys of the outermost object that do not belong to the push
    - `fillers`: see `Filler`
    """

    def __init__(
        self, *lines: Line, texts: tuple[str, ...] = (), others: tuple[str, ...] = (), fillers: tuple[Filler, ...] = ()
    ) -> None:
        self.lines = lines
        self.texts = frozenset(texts)
        self.others = frozenset(others)
        self.fillers = fillers

    @cached_property
    def by_keys(self) -> dict[Keys, tuple[Line, ...]]:
        """The lines with the same keys."""
        found: dict[Keys, tuple[Line, ...]] = {}
        for line in self.lines:
            found[line.keys] = (*found.get(line.keys, ()), line)
        return found

    @cached_property
    def groups(self) -> frozenset[Keys]:
        """The keys of the objects that contain keys for settings."""
        return frozenset(line.keys[:size] for line in self.lines for size in range(1, len(line.keys)))

    @cached_property
    def written(self) -> frozenset[Setting]:
        """The settings that have a key which is written."""
        return frozenset(line.setting for line in self.lines if line.is_written)


def at(setting: Setting, path: str, codec: Codec = TEXT) -> Line:
    """A line whose keys are given as a path, with `/` between them."""
    return Line(setting, tuple(path.split("/")), codec)


def only_read(*lines: Line) -> tuple[Line, ...]:
    """Lines for keys that are not written."""
    return tuple(line._replace(is_written=False) for line in lines)


IMPORTANCE: Final = words("LOW", "NORMAL")
LEVELS: Final = words("passive", "active", "time-sensitive", "critical")
PRIORITY: Final = words("normal", "high")
CLASS: Final = numbers(0, 1)
OPPO_LEVEL: Final = numbers(1, 2, 16)

"""Paths that match a pattern, as in a shell, but `**` does not follow symbolic links to folders.

The standard library's `glob` follows them, and does not end in a folder with two links to itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from pushcodec.cli.status import ReportProblem


def glob(pattern: str, report_problem: ReportProblem, is_pruned: Callable[[str], bool]) -> list[str]:
    """The paths of files and folders that match a pattern, sorted. `**` matches any number of folders, none of which is pruned.

    As in a shell, only a part of a pattern that begins with a dot matches a name that does. `report_problem` is called once for
    each folder that can't be read.
    """
    unread: dict[str, str] = {}
    start = os.sep if pattern.startswith(os.sep) else ""
    parts = [part for part in pattern.split(os.sep) if part]
    parts = [part for part, before in zip(parts, ["", *parts], strict=False) if not part == before == "**"]
    found = sorted(set(_Search(unread, is_pruned).fitting(start, parts)))
    for folder, reason in unread.items():
        report_problem(folder, reason)
    return [path for path in found if os.path.isdir(path)] if pattern.endswith(os.sep) else found


class _Search(NamedTuple):
    """A search for the paths that match a pattern."""

    unread: dict[str, str]
    """The folders that could not be read, and why."""
    is_pruned: Callable[[str], bool]

    def fitting(self, folder: str, parts: list[str]) -> Iterator[str]:
        """The paths in a folder that match the parts of a pattern. The recursion has one level for each part."""
        part, rest = parts[0], parts[1:]
        if part == "**":
            for each in self._tree(folder):
                yield from self.fitting(each, rest or ["*"])
            return
        for path in self._matching(folder, part):
            if not rest:
                yield path
            elif os.path.isdir(path):
                yield from self.fitting(path, rest)

    def _matching(self, folder: str, part: str) -> list[str]:
        if not any(c in part for c in "*?["):
            path = os.path.join(folder, part)
            return [path] if os.path.lexists(path) else []
        names = [each.name for each in self._entries(folder) if part.startswith(".") or not each.name.startswith(".")]
        return [os.path.join(folder, name) for name in names if fnmatchcase(name, part)]

    def _tree(self, folder: str) -> Iterator[str]:
        """A folder and all folders below it."""
        pending = [folder]
        while pending:
            path = pending.pop()
            yield path
            inside = [each.name for each in self._entries(path) if each.is_dir(follow_symlinks=False)]
            pending += [os.path.join(path, name) for name in inside if not (name.startswith(".") or self.is_pruned(name))]

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder or ".") as entries:
                return list(entries)
        except OSError as error:
            self.unread[folder] = error.strerror or "can't be read"
            return []

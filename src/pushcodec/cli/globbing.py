"""Paths that fit a pattern, as a shell finds them, but without an end to no links: `**` does not follow symbolic links to folders.

The standard library's `glob` follows them, and takes forever in a folder with two links to itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase


def glob(pattern: str, is_pruned: Callable[[str], bool] = lambda _: False) -> list[str]:
    """The paths of files and folders that fit a pattern, sorted. `**` stands for any number of folders, none of which is pruned.

    As in a shell, a name that begins with a dot has to be asked for by a dot.
    """
    start = os.sep if pattern.startswith(os.sep) else ""
    parts = [part for part in pattern.split(os.sep) if part]
    parts = [part for part, before in zip(parts, ["", *parts], strict=False) if not part == before == "**"]
    found = sorted(set(_fitting(start, parts, is_pruned)))
    return [path for path in found if os.path.isdir(path)] if pattern.endswith(os.sep) else found


def _fitting(folder: str, parts: list[str], is_pruned: Callable[[str], bool]) -> Iterator[str]:
    """The paths in a folder that fit the parts of a pattern. The recursion is as deep as the pattern is long."""
    part, rest = parts[0], parts[1:]
    if part == "**":
        for each in _tree(folder, is_pruned):
            yield from _fitting(each, rest or ["*"], is_pruned)
        return
    for path in _matching(folder, part):
        if not rest:
            yield path
        elif os.path.isdir(path):
            yield from _fitting(path, rest, is_pruned)


def _matching(folder: str, part: str) -> list[str]:
    if not any(c in part for c in "*?["):
        path = os.path.join(folder, part)
        return [path] if os.path.lexists(path) else []
    names = [each.name for each in _entries(folder) if part.startswith(".") or not each.name.startswith(".")]
    return [os.path.join(folder, name) for name in names if fnmatchcase(name, part)]


def _tree(folder: str, is_pruned: Callable[[str], bool]) -> Iterator[str]:
    """A folder and all folders in it."""
    pending = [folder]
    while pending:
        path = pending.pop()
        yield path
        inside = [each.name for each in _entries(path) if each.is_dir(follow_symlinks=False)]
        pending += [os.path.join(path, name) for name in inside if not (name.startswith(".") or is_pruned(name))]


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder, nothing where it cannot be read."""
    try:
        with os.scandir(folder or ".") as entries:
            return list(entries)
    except OSError:
        return []

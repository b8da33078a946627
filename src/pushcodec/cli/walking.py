"""The files that names stand for: files, folders and globs, each file once.

A folder is walked in the order of its names. Symbolic links to folders and links out of the tree are not followed, so that a walk
ends and stays where it was sent. A file that was named is returned whatever it is; a file that was found in a folder or by a glob
is returned only if it has the name of a payload file and nothing excludes it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Final, NamedTuple, TypeAlias

STDIN = "-"
SUFFIXES: Final = tuple(f"{kind}{packed}" for kind in (".json", ".ndjson", ".jsonl") for packed in ("", ".gz"))
ALWAYS_EXCLUDED: Final = (".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".nox", ".*_cache")

Complain: TypeAlias = Callable[[str, str], None]


class Found(NamedTuple):
    """A file, and whether it was found in a folder or by a glob instead of named."""

    name: str
    walked: bool


class Filter(NamedTuple):
    """What a walk passes over, besides the names in `ALWAYS_EXCLUDED`."""

    excludes: Callable[[str], bool] = lambda _: False
    """Whether the path of a file or a folder is excluded."""
    outputs: Collection[str] = ()
    """Resolved paths of files that this run writes, or reads as something else."""


EVERYTHING: Final = Filter()


def find_files(
    names: Sequence[str], complain: Complain, passed_over: Filter = EVERYTHING, *, as_found: bool = False
) -> list[Found]:
    """The files that names stand for: a file, a folder, a glob, or `-` for standard input.

    `complain` is called with a name and a reason for what cannot be found. With `as_found` a file that is named is treated as if a
    walk had found it. A file that is named and also found counts as named.
    """
    found: dict[str, Found] = {}
    for name in names:
        for each in _expand(name, complain, passed_over, as_found):
            real = each.name if each.name == STDIN else os.path.realpath(each.name)
            before = found.setdefault(real, each)
            if before.walked and not each.walked:
                found[real] = Found(before.name, walked=False)
    return list(found.values())


def _expand(name: str, complain: Complain, passed_over: Filter, as_found: bool) -> Iterator[Found]:
    if name == STDIN:
        yield Found(name, walked=as_found)
    elif os.path.isdir(name):
        yield from _walk(name, complain, passed_over)
    elif is_glob(name):
        for each in _globbed(name, complain):
            if os.path.isdir(each):
                if not _is_passed_over(each, passed_over):
                    yield from _walk(each, complain, passed_over)
            elif not _is_passed_over(each, passed_over):
                yield Found(each, walked=True)
    elif not (as_found and (_is_passed_over(name, passed_over) or not name.endswith(SUFFIXES))):
        yield Found(name, walked=as_found)


def is_glob(name: str) -> bool:
    """Whether a name is a pattern and not the name of a file."""
    return any(c in name for c in "*?[") and not os.path.lexists(name)


def _globbed(pattern: str, complain: Complain) -> list[str]:
    from glob import glob  # loaded only where there is one

    found = sorted(glob(pattern, recursive=True))
    if not found:
        complain(pattern, "no such file")
    return found


def _is_passed_over(path: str, passed_over: Filter) -> bool:
    """Whether a walk that came by this path would have left it out, or a folder on the way."""
    parts = os.path.relpath(path).split(os.sep)
    return any(map(_is_always_excluded, parts)) or passed_over.excludes(path) or os.path.realpath(path) in passed_over.outputs


def _is_always_excluded(name: str) -> bool:
    return any(fnmatchcase(name, each) for each in ALWAYS_EXCLUDED)


# A folder


def _walk(folder: str, complain: Complain, passed_over: Filter) -> Iterator[Found]:
    """The payload files of a folder and of those in it, in the order of their names, without recursion."""
    root = os.path.realpath(folder)
    pending = [folder]
    while pending:
        path = pending.pop()
        if path is not folder and not os.path.isdir(path):
            yield Found(path, walked=True)
            continue
        try:
            with os.scandir(path) as entries:
                inside = sorted(entry.name for entry in entries if _is_wanted(entry, root, passed_over))
        except OSError as error:
            complain(path, error.strerror or "can't be read")
            continue
        pending.extend(name if path == "." else os.path.join(path, name) for name in reversed(inside))


def _is_wanted(entry: os.DirEntry[str], root: str, passed_over: Filter) -> bool:
    """Whether an entry of a folder is a folder to go into, or a payload file inside the tree."""
    try:
        if _is_always_excluded(entry.name):
            return False
        if entry.is_dir(follow_symlinks=False):
            return not passed_over.excludes(entry.path)
        if not (entry.name.endswith(SUFFIXES) and entry.is_file()):
            return False
        real = os.path.realpath(entry.path) if entry.is_symlink() or passed_over.outputs else ""
        stays = not entry.is_symlink() or real.startswith(root.rstrip(os.sep) + os.sep)
        return stays and real not in passed_over.outputs and not passed_over.excludes(entry.path)
    except OSError:  # it went away, or links to itself
        return False

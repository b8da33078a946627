"""The files that names on the command line refer to: files, folders and globs, each file once.

A folder is walked in the order of its names. Symbolic links to folders and links out of the tree are not followed, so that a walk
ends and stays in its folder. A file that is named is always returned. A file that is found in a folder or by a glob is
returned only if its name has the suffix of a payload file and nothing excludes it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

from pushcodec.cli.inputs.gitignore import IgnoreFiles, Rules, ignores
from pushcodec.cli.status import ReportProblem

STDIN = "-"
SUFFIXES: Final = tuple(f"{kind}{packed}" for kind in (".json", ".ndjson", ".jsonl") for packed in ("", ".gz"))
ALWAYS_EXCLUDED: Final = (".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".nox", ".*_cache")


class Found(NamedTuple):
    """A file. `walked`: it was found in a folder or by a glob, not named."""

    name: str
    walked: bool


class Filter(NamedTuple):
    """The files and folders that a walk skips, besides the names in `ALWAYS_EXCLUDED`."""

    excludes: Callable[[str], bool] = lambda _: False
    """Whether the path of a file or a folder is excluded."""
    outputs: Collection[str] = ()
    """Resolved paths of files that this run writes, or reads as configuration or baseline."""
    ignore_files: IgnoreFiles | None = None
    """The ignore files of git, None if they are not respected."""

    def passes_over(self, path: str) -> bool:
        """Whether a walk from the current folder would skip this path, or a folder that contains it."""
        if any(map(_is_always_excluded, os.path.relpath(path).split(os.sep))) or self.excludes(path):
            return True
        target = os.path.realpath(path)
        if target in self.outputs or (os.path.islink(path) and not is_below(target, os.path.realpath("."))):
            return True
        return self.ignore_files is not None and self.ignore_files.ignores(path)


EVERYTHING: Final = Filter()


def find_files(
    names: Sequence[str], report_problem: ReportProblem, passed_over: Filter = EVERYTHING, *, as_found: bool = False
) -> list[Found]:
    """The files that names refer to: a file, a folder, a glob, or `-` for standard input.

    `report_problem` is called for a file or folder that can't be found or read. With `as_found` a named file counts as found by a
    walk. A file that is both named and found counts as named.
    """
    found: dict[str, Found] = {}
    for name in names:
        for each in _expand(name, report_problem, passed_over, as_found):
            real = each.name if each.name == STDIN else os.path.realpath(each.name)
            before = found.setdefault(real, each)
            if before.walked and not each.walked:
                found[real] = Found(before.name, walked=False)
    return list(found.values())


def _expand(name: str, report_problem: ReportProblem, passed_over: Filter, as_found: bool) -> Iterator[Found]:
    if name == STDIN:
        yield Found(name, walked=as_found)
    elif as_found and os.path.lexists(name) and passed_over.passes_over(name):
        return
    elif os.path.isdir(name):
        yield from _walk(name, report_problem, passed_over)
    elif is_glob(name):
        for each in _globbed(name, report_problem):
            if passed_over.passes_over(each) or not (os.path.isdir(each) or os.path.isfile(each)):
                continue
            yield from _walk(each, report_problem, passed_over) if os.path.isdir(each) else [Found(each, walked=True)]
    elif not as_found or not os.path.lexists(name) or (name.endswith(SUFFIXES) and os.path.isfile(name)):
        yield Found(name, walked=as_found)


def is_glob(name: str) -> bool:
    """Whether a name is a pattern and not the name of a file."""
    return any(c in name for c in "*?[") and not os.path.lexists(name)


def _globbed(pattern: str, report_problem: ReportProblem) -> list[str]:
    from pushcodec.cli.inputs.globs import glob  # loaded only for a pattern

    found = [f"./{path}" if path == STDIN else path for path in glob(pattern, report_problem, _is_always_excluded)]
    if not found:
        report_problem(pattern, "no such file")
    return found


def is_below(path: str, folder: str) -> bool:
    """Whether a path is in a folder or in one of those in it."""
    return path.startswith(folder.rstrip(os.sep) + os.sep)


def _is_always_excluded(name: str) -> bool:
    return any(fnmatchcase(name, each) for each in ALWAYS_EXCLUDED)


# A folder


class _Entry(NamedTuple):
    """A folder or a file on a walk: its path for messages, its path without symbolic links, and the ignore rules for it."""

    path: str
    real: str
    is_folder: bool
    rules: Rules | None


def _walk(folder: str, report_problem: ReportProblem, passed_over: Filter) -> Iterator[Found]:
    """The payload files of a folder and of its subfolders, in the order of their names. The function does not recurse."""
    ignore_files = passed_over.ignore_files
    root = os.path.realpath(folder)
    pending = [_Entry(folder, root, True, ignore_files.rules_for(root) if ignore_files else None)]
    while pending:
        entry = pending.pop()
        if not entry.is_folder:
            yield Found(entry.path, walked=True)
            continue
        try:
            with os.scandir(entry.path) as entries:
                inside = list(entries)
        except OSError as error:
            report_problem(entry.path, error.strerror or "can't be read")
            continue
        rules = ignore_files.rules_in(entry.real, entry.rules) if ignore_files else None
        wanted = [found for each in inside if (found := _wanted(each, entry, rules, root, passed_over))]
        pending += sorted(wanted, key=lambda each: each.path, reverse=True)


def _wanted(entry: os.DirEntry[str], parent: _Entry, rules: Rules | None, root: str, passed_over: Filter) -> _Entry | None:
    """The entry of a subfolder to walk or of a payload file inside the tree; None for any other."""
    path = entry.name if parent.path == "." else os.path.join(parent.path, entry.name)
    real = os.path.join(parent.real, entry.name)
    try:
        is_folder = entry.is_dir(follow_symlinks=False)
        if _is_always_excluded(entry.name) or not (is_folder or (entry.name.endswith(SUFFIXES) and entry.is_file())):
            return None
        target = os.path.realpath(real) if entry.is_symlink() else real
    except OSError:  # deleted meanwhile, or a link to itself
        return None
    if not is_below(target, root) or target in passed_over.outputs:
        return None
    if passed_over.excludes(path) or ignores(rules, real, is_folder=is_folder):
        return None
    return _Entry(path, real, is_folder, rules)

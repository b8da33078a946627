"""The files that names on the command line refer to: files, folders and globs, each file once.

A folder is walked in the order of its names. Symbolic links to folders and links out of the tree are not followed, so that a walk
ends and stays in its folder. A file that is named is always returned. A file that is found in a folder or by a glob is
returned only if its name has the suffix of a payload file and nothing excludes it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from operator import itemgetter
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
        for real, each in _expand(name, report_problem, passed_over, as_found):
            before = found.setdefault(real, each)
            if before.walked and not each.walked:
                found[real] = Found(before.name, walked=False)
    return list(found.values())


def _expand(name: str, report_problem: ReportProblem, passed_over: Filter, as_found: bool) -> Iterator[tuple[str, Found]]:
    """The files that a name refers to, each after its path without symbolic links."""
    if name == STDIN:
        yield name, Found(name, walked=as_found)
    elif as_found and os.path.lexists(name) and passed_over.passes_over(name):
        return
    elif os.path.isdir(name):
        yield from _walk(name, report_problem, passed_over)
    elif is_glob(name):
        for each in _globbed(name, report_problem):
            if passed_over.passes_over(each) or not (os.path.isdir(each) or os.path.isfile(each)):
                continue
            if os.path.isdir(each):
                yield from _walk(each, report_problem, passed_over)
            else:
                yield os.path.realpath(each), Found(each, walked=True)
    elif not as_found or not os.path.lexists(name) or (name.endswith(SUFFIXES) and os.path.isfile(name)):
        yield os.path.realpath(name), Found(name, walked=as_found)


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


_EXCLUDED_NAMES: Final = frozenset(each for each in ALWAYS_EXCLUDED if "*" not in each)
_EXCLUDED_GLOBS: Final = tuple(each for each in ALWAYS_EXCLUDED if "*" in each)


def _is_always_excluded(name: str) -> bool:
    return name in _EXCLUDED_NAMES or any(fnmatchcase(name, each) for each in _EXCLUDED_GLOBS)


# A folder


class _Entry(NamedTuple):
    """A folder or a file on a walk: its path for messages, its path without symbolic links, and the ignore rules for it."""

    path: str
    real: str
    is_folder: bool
    rules: Rules | None


class _Folder(NamedTuple):
    """A folder whose entries are read: what precedes their names in paths, and the ignore rules for them."""

    path: str
    """In messages; empty for the current folder."""
    real: str
    """Without symbolic links."""
    rules: Rules | None


def _walk(folder: str, report_problem: ReportProblem, passed_over: Filter) -> Iterator[tuple[str, Found]]:
    """The payload files of a folder and of its subfolders, in the order of their names, each after its path without symbolic links.
    The function does not recurse."""
    ignore_files = passed_over.ignore_files
    root = os.path.realpath(folder)
    pending = [_Entry(folder, root, True, ignore_files.rules_for(root) if ignore_files else None)]
    while pending:
        path, real, is_folder, above = pending.pop()
        if not is_folder:
            yield real, Found(path, walked=True)
            continue
        try:
            with os.scandir(path) as entries:
                inside = list(entries)
        except OSError as error:
            report_problem(path, error.strerror or "can't be read")
            continue
        rules = ignore_files.rules_in(real, above) if ignore_files else None
        parent = _Folder("" if path == "." else os.path.join(path, ""), os.path.join(real, ""), rules)
        wanted = [found for each in inside if (found := _wanted(each, parent, root, passed_over))]
        pending += sorted(wanted, key=_path, reverse=True)


_path = itemgetter(0)


def _wanted(entry: os.DirEntry[str], parent: _Folder, root: str, passed_over: Filter) -> _Entry | None:
    """The entry of a subfolder to walk or of a payload file inside the tree; None for any other."""
    name, rules = entry.name, parent.rules
    real = target = parent.real + name
    try:
        is_folder = entry.is_dir(follow_symlinks=False)
        if not (is_folder or (name.endswith(SUFFIXES) and entry.is_file())) or _is_always_excluded(name):
            return None
        if entry.is_symlink():
            target = os.path.realpath(real)
            if not is_below(target, root):
                return None
    except OSError:  # deleted meanwhile, or a link to itself
        return None
    path = parent.path + name
    if target in passed_over.outputs or passed_over.excludes(path) or (rules and ignores(rules, real, is_folder=is_folder)):
        return None
    return _Entry(path, target, is_folder, rules)

"""The files that git ignores by `.gitignore` in each folder up to the repository's, and by `.git/info/exclude`.

Source: git's documentation, gitignore(5). A pattern of a deeper folder takes precedence over one of a folder above, a later line
over an earlier one, and an ignored folder is not entered. Outside of a repository the ignore files of the walked tree apply.
The user's own excludes file (`core.excludesFile`) is not read, so that a run has the same result on every machine. The index is not
read, so a file that git tracks although a pattern ignores it is ignored. A pattern with more than four `*` in a part, or more than
four `**`, is not used.
"""

from __future__ import annotations

import os
import re
import stat
import warnings
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from pushcodec.cli.status import ReportProblem

if TYPE_CHECKING:
    from pathspec.pattern import Pattern as CompiledPattern

_SEVERAL_STARS: Final = re.compile(r"(?<!\\)\*{2,}")
"""Several stars in a part of a pattern mean the same as one, which is cheaper to match."""

_NAME: Final = ".gitignore"
_MOST_STARS: Final = 4
"""The maximum number of `*` in a part of a pattern, and of `**`. Each multiplies the time of a mismatch by the length of the name,
so that matching a hostile pattern would take years. Patterns of real projects have one or two."""

_MOST: Final = 1024 * 1024
"""The maximum size of an ignore file in bytes; git's own limit is 100 MiB."""


class Pattern:
    """A line of an ignore file. Raises ValueError or re.error if it is not a pattern."""

    def __init__(self, line: str) -> None:
        body = line.removeprefix("!")
        body = body if body.endswith("\\ ") else body.rstrip(" ")
        body = "/".join(part if part == "**" else _SEVERAL_STARS.sub("*", part) for part in body.split("/"))
        parts = body.strip("/").split("/")
        if max(part.count("*") for part in parts) > _MOST_STARS or parts.count("**") > _MOST_STARS:
            raise ValueError(f"more than {_MOST_STARS} wildcards")
        tail = parts[_index_after_last("**", parts) :]
        self.ignores = not line.startswith("!")
        self._is_for_folders = body.endswith("/")
        self._is_for_names = "/" not in body.rstrip("/")
        self._length = len(tail)
        self._whole = _compiled(body.rstrip("/"))
        self._tail = _compiled("/" + "/".join(tail)) if 0 < len(tail) < len(parts) else None

    def matches(self, path: str, *, is_folder: bool) -> bool:
        """Whether the pattern matches a path itself, not a folder that contains it. The path is relative to the ignore file.

        pathspec's patterns also match everything in a matching folder. A later pattern may include the folder again, and then its
        content has to be matched anew. So a path must have as many parts as the pattern, or as the part after its last `**`.
        """
        if self._is_for_folders and not is_folder:
            return False
        if self._is_for_names:
            return _fits(self._whole, path.rpartition("/")[2])
        parts = path.split("/")
        if self._tail is not None:
            return _fits(self._whole, path) and _fits(self._tail, "/".join(parts[-self._length :]))
        return self._length in (0, len(parts)) and _fits(self._whole, path)


def _compiled(pattern: str) -> CompiledPattern:
    from pathspec import GitIgnoreSpec  # loaded only if there is a pattern

    escaped = f"\\{pattern}" if pattern.startswith(("!", "#")) else pattern
    with warnings.catch_warnings(action="ignore"):  # FutureWarning of `re` about sets of characters
        (compiled,) = GitIgnoreSpec.from_lines([escaped]).patterns
    return compiled


def _fits(compiled: CompiledPattern, path: str) -> bool:
    return compiled.match_file(path) is not None


def _index_after_last(part: str, parts: list[str]) -> int:
    return len(parts) - parts[::-1].index(part) if part in parts else 0


class Rules(NamedTuple):
    """The patterns of one ignore file, and those of the files above it."""

    folder: str
    """The folder that the patterns are relative to, an absolute path that ends with a separator."""
    patterns: list[Pattern]
    above: Rules | None


def ignores(rules: Rules | None, path: str, *, is_folder: bool) -> bool:
    """Whether a pattern ignores a file or a folder itself, not a folder that contains it. The path is absolute."""
    while rules is not None:
        relative = path[len(rules.folder) :].replace(os.sep, "/")
        for pattern in reversed(rules.patterns):
            if pattern.matches(relative, is_folder=is_folder):
                return pattern.ignores
        rules = rules.above
    return False


class IgnoreFiles:
    """The ignore files of a run, each read once. `report_problem` is called for one that can't be read."""

    def __init__(self, report_problem: ReportProblem) -> None:
        self._report_problem = report_problem
        self._patterns: dict[str, list[Pattern]] = {}

    def rules_in(self, folder: str, above: Rules | None) -> Rules | None:
        """The rules for the content of a folder, an absolute path without symbolic links; `above` are those for the folder."""
        git = os.path.join(folder, ".git")
        if os.path.lexists(git):  # a repository of its own: the files above it do not apply
            above = self._with(os.path.join(_common_folder(git), "info", "exclude"), folder, None)
        return self._with(os.path.join(folder, _NAME), folder, above)

    def rules_for(self, folder: str) -> Rules | None:
        """The rules for a folder that is walked because it was named. Rules of the folders above that ignore it do not apply."""
        rules: Rules | None = None
        for parent, child in _way_down(folder):
            rules = self.rules_in(parent, rules)
            if ignores(rules, child, is_folder=True):
                return None
        return rules

    def ignores(self, path: str) -> bool:
        """Whether a file or folder is ignored, or a folder that contains it."""
        folder, name = os.path.split(os.path.abspath(path))
        whole = os.path.join(os.path.realpath(folder), name)
        is_folder = os.path.isdir(whole)
        rules: Rules | None = None
        for parent, child in _way_down(whole, os.path.realpath(".")):
            rules = self.rules_in(parent, rules)
            if ignores(rules, child, is_folder=is_folder or child != whole):
                return True
        return False

    def _with(self, file: str, folder: str, above: Rules | None) -> Rules | None:
        """The rules with those of an ignore file added, if it exists and has patterns."""
        if file not in self._patterns:
            lines = _read(file, self._report_problem).split("\n")
            self._patterns[file] = [pattern for line in lines if (pattern := _pattern(line.removesuffix("\r")))]
        patterns = self._patterns[file]
        return Rules(folder.rstrip(os.sep) + os.sep, patterns, above) if patterns else above


def _way_down(path: str, otherwise: str = "") -> Iterator[tuple[str, str]]:
    """Each folder and the next one on the way to a path, from the folder of its repository, or outside of one from `otherwise`."""
    way = [path]
    while os.path.dirname(way[-1]) != way[-1]:
        way.append(os.path.dirname(way[-1]))
    top = next((folder for folder in way[1:] if os.path.lexists(os.path.join(folder, ".git"))), otherwise)
    if top in way:
        way = way[way.index(top) :: -1]
        yield from pairwise(way)


# Ignore files


def _pattern(line: str) -> Pattern | None:
    """The pattern of a line; None for a comment and for a line that is not a pattern, which git skips as well."""
    if not line.strip(" ") or line.startswith("#"):
        return None
    try:
        return Pattern(line)
    except (ValueError, re.error):
        return None


def _read(file: str, report_problem: ReportProblem) -> str:
    """The text of a regular file, empty if it does not exist. A symbolic link does not count as a file, as in git."""
    try:
        if not stat.S_ISREG(os.lstat(file).st_mode):
            return ""
        with open(file, "rb") as source:
            data = source.read(_MOST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        report_problem(file, error.strerror or "can't be read")
        return ""
    if len(data) > _MOST:
        report_problem(file, f"more than {_MOST} bytes of ignore patterns")
        return ""
    return os.fsdecode(data.removeprefix(b"\xef\xbb\xbf"))


def _common_folder(git: str) -> str:
    """The folder that contains `info`: `.git`, or for a worktree or submodule the folder that its file `.git` names."""
    if os.path.isdir(git):
        return git
    folder = os.path.join(os.path.dirname(git), _line(git).removeprefix("gitdir:").strip())
    return os.path.join(folder, _line(os.path.join(folder, "commondir")))


def _line(file: str) -> str:
    """The text of a file of one line, empty if it does not exist."""
    return _read(file, lambda name, reason: None).strip()

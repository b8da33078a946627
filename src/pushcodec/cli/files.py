"""The loop of the commands over files and their documents. A document that fails affects no other one."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from pushcodec import jsontext
from pushcodec.cli.arguments import FileOptions
from pushcodec.cli.inputs.sources import Document, SourceError, documents_of
from pushcodec.cli.inputs.walk import STDIN, find_files, is_glob
from pushcodec.cli.progress import Progress
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, ReportProblem, internal_error, report_problem, write_message
from pushcodec.cli.streams import write_error, write_machine, write_text
from pushcodec.display import readable, shown_name
from pushcodec.errors import PushCodecError, Violation
from pushcodec.jsontext import DEFAULT_LIMITS

_T = TypeVar("_T")


class Answer(NamedTuple):
    """What a command writes about one document: the exit status, and a text with the function that writes it."""

    status: int
    text: str
    write: Callable[[str], None] = write_text


class Files:
    """The files that a command is given, and the worst exit status so far.

    - `names`: the files; with `is_expanded` they are the names as given, otherwise those in folders and that match globs
    - `is_form_named`: the command line says what the documents are, so those without a payload are not skipped
    - `as_json`: a payload that is refused is written as JSON to standard output
    """

    def __init__(
        self,
        names: Sequence[str],
        *,
        stdin_filename: str | None = None,
        as_json: bool = False,
        is_form_named: bool = False,
        is_expanded: bool = False,
        quiet: bool = False,
    ) -> None:
        self.as_json = as_json
        self.stdin_filename = stdin_filename
        self.status = GOOD
        self.skipped = 0
        self.progress = Progress(())  # `report_problem` clears it
        self.names = list(names) if is_expanded else _expanded_all(names, self.report_problem)
        self._wanted = frozenset(self.names if is_form_named else names)
        self.progress = Progress(self.names, quiet=quiet)

    @classmethod
    def of(cls, options: FileOptions, *, is_form_named: bool = False) -> Files:
        """The files that the options of a command name."""
        return cls(options.files, stdin_filename=options.stdin_filename, as_json=options.json, is_form_named=is_form_named)

    def report_problem(self, name: str, reason: str) -> None:
        """Reports on standard error that the command can't work on a file or a document."""
        self.status = COULD_NOT_RUN
        self.progress.clear()
        report_problem(name, reason)

    def documents(self, most: int, *, has_lines: bool | None = None) -> Iterator[Document]:
        """The documents of all files. Of one longer than `most` bytes the first `most + 1` are read.

        In files that were found in a folder or by a glob, documents without a payload are skipped, as the linter does.
        """
        for name in self.names:
            self.progress.at(name)
            for document in documents_of(
                name, most, self.report_problem, self.stdin_filename, self.progress.add, has_lines=has_lines
            ):
                if name in self._wanted or _has_payload(document):
                    yield document
                else:
                    self.skipped += 1

    def print(self, answer: Answer) -> None:
        """Writes an answer and counts its status."""
        self.status = max(self.status, answer.status)
        self.progress.clear()
        answer.write(answer.text)


def for_each(
    files: Files, work: Callable[[str, bytes], Answer], most: int = DEFAULT_LIMITS.max_bytes, *, has_lines: bool | None = None
) -> int:
    """Writes the answer for each document of the files; returns the worst exit status.

    `work` gets the name of a document and its bytes. It may raise PushCodecError for a bad payload, and SourceError. `has_lines`
    says whether there is a document on each line, None to find out.
    """
    for document in files.documents(most, has_lines=has_lines):
        answer = attempt(document, lambda each: _answer(files, work, each), files.report_problem)
        if answer is not None:
            files.print(answer)
    files.progress.clear()
    if files.skipped:
        write_message(f"{files.skipped} document{'s' if files.skipped > 1 else ''} without a payload skipped")
    return files.status


def attempt(document: Document, work: Callable[[Document], _T], report_problem: ReportProblem) -> _T | None:
    """The result of the work on a document; None if it failed, and then `report_problem` is called with the reason.

    No payload may end a run over others, so an error in pushcodec itself is reported like an error in a file.
    """
    try:
        return work(document)
    except SourceError as error:
        report_problem(document.name, str(error))
    except Exception as error:
        report_problem(document.name, internal_error(error))
    return None


def _has_payload(document: Document) -> bool:
    from pushcodec.documents import contains_payload  # loaded only where files are found

    return contains_payload(document.data)


def _answer(files: Files, work: Callable[[str, bytes], Answer], document: Document) -> Answer:
    try:
        return work(document.name, document.data)
    except PushCodecError as error:
        if files.as_json:
            violations = [violation.to_dict() for violation in error.violations]
            return Answer(BAD, json_line({"file": readable(document.name), "violations": violations}), write_machine)
        return Answer(BAD, "".join(violation_lines(document.name, error.violations)), write_error)


# Names


def _expanded_all(names: Sequence[str], report_problem: ReportProblem) -> list[str]:
    """The files that names refer to: those in a folder or that match a glob. Any other name is a file, as often as it is given.

    Standard input and a pipe count once: what was read from them can't be read again, and a pipe would wait for another writer.
    """
    found: list[str] = []
    for name in names:
        found += (file for file in _expanded(name, report_problem) if not (_is_stream(file) and file in found))
    return found


def _is_stream(name: str) -> bool:
    try:
        return name == STDIN or stat.S_ISFIFO(os.stat(name).st_mode)
    except (OSError, ValueError):  # reported where it is opened
        return False


def _expanded(name: str, report_problem: ReportProblem) -> list[str]:
    if name == STDIN or not (os.path.isdir(name) or is_glob(name)):
        return [name]
    found = [each.name for each in find_files([name], report_problem)]
    if not found and os.path.isdir(name):
        report_problem(name, "no .json, .ndjson or .jsonl files in this folder")
    return found


# Texts


def json_line(value: dict[str, Any]) -> str:
    """A JSON object on a line, in ASCII."""
    try:
        return json.dumps(value) + "\n"
    except RecursionError:
        return jsontext.ascii_only(jsontext.dump_deep(value)) + "\n"


def violation_lines(name: str, violations: Iterable[Violation]) -> Iterator[str]:
    """A line for each violation of a document."""
    return (f"{shown_name(name)}: {violation}\n" for violation in violations)

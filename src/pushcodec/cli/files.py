"""The loop of the commands over files and their documents: each is opened, read and worked on, and a bad one affects no other."""

from __future__ import annotations

import argparse
import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from pushcodec import jsontext
from pushcodec.cli.opening import Document, SourceError, open_source
from pushcodec.cli.progress import Progress
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, complain, internal_error
from pushcodec.cli.streams import write_error, write_machine, write_text
from pushcodec.cli.walking import STDIN, find_files, is_glob
from pushcodec.display import readable, shown, shown_name
from pushcodec.errors import PushCodecError, Violation
from pushcodec.jsontext import DEFAULT_LIMITS

Refuse = Callable[[str, str], None]
"""Reports that a file or a document can't be worked on: its name, and why."""

_T = TypeVar("_T")


def expanded(names: Sequence[str], refuse: Refuse) -> list[str]:
    """The files that names stand for: those in a folder or that fit a glob; any other name is itself, as often as it is given.

    Standard input and a pipe count once: what was read of them is gone, and a pipe would wait for another writer.
    """
    found: list[str] = []
    for name in names:
        found += (file for file in _expanded(name, refuse) if not (_is_stream(file) and file in found))
    return found


def _is_stream(name: str) -> bool:
    try:
        return name == STDIN or stat.S_ISFIFO(os.stat(name).st_mode)
    except (OSError, ValueError):  # said where it is opened
        return False


def _expanded(name: str, refuse: Refuse) -> list[str]:
    if name == STDIN or not (os.path.isdir(name) or is_glob(name)):
        return [name]
    found = [each.name for each in find_files([name], refuse)]
    if not found and os.path.isdir(name):
        refuse(name, "no .json, .ndjson or .jsonl files in this folder")
    return found


class Answer(NamedTuple):
    """What a command has to say about one document: the exit status, and a text with the function that writes it."""

    status: int
    text: str
    write: Callable[[str], None] = write_text


class Files:
    """The files that a command was given, and the worst exit status so far."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.as_json: bool = arguments.json
        self.status = GOOD
        self.progress = Progress(())
        self._stdin_filename: str | None = arguments.stdin_filename
        self.skipped = 0
        self.names = expanded(arguments.files, self.refuse)
        is_form_named = getattr(arguments, "kind", None) or getattr(arguments, "carrier", None)
        self._wanted = frozenset(self.names if is_form_named else arguments.files)
        self.progress = Progress(self.names)

    def refuse(self, name: str, reason: str) -> None:
        """Reports on standard error that a file or a document can't be worked on."""
        self.status = COULD_NOT_RUN
        self.progress.clear()
        complain(f"{shown_name(name)}: {shown(reason)}")

    def documents(self, most: int) -> Iterator[Document]:
        """The documents of all files; of one longer than `most` bytes the first `most + 1` are read.

        Of a file that was found in a folder or by a glob, those without a payload are skipped, as the linter does, unless the
        command line says what they are.
        """
        for name in self.names:
            self.progress.at(name)
            for document in documents_of(name, most, self.refuse, self._stdin_filename, self.progress.add):
                if name in self._wanted or _has_payload(document):
                    yield document
                else:
                    self.skipped += 1

    def print(self, answer: Answer) -> None:
        """Writes an answer, and counts its status."""
        self.status = max(self.status, answer.status)
        self.progress.clear()
        answer.write(answer.text)


def for_each(files: Files, work: Callable[[str, bytes], Answer], most: int = DEFAULT_LIMITS.max_bytes) -> int:
    """Prints the answer for each document of the files; returns the worst exit status.

    `work` is called with the name of a document and its bytes. It may raise PushCodecError for a bad payload, and SourceError.
    """
    for document in files.documents(most):
        answer = attempt(document, lambda each: _answer(files, work, each), files.refuse)
        if answer is not None:
            files.print(answer)
    files.progress.clear()
    if files.skipped:
        complain(f"{files.skipped} document{'s' if files.skipped > 1 else ''} without a payload skipped")
    return files.status


def _has_payload(document: Document) -> bool:
    from pushcodec.lint.document import Document as Payload  # loaded only where files are found

    return Payload(document.data, kind=None).has_marks


def _answer(files: Files, work: Callable[[str, bytes], Answer], document: Document) -> Answer:
    try:
        return work(document.name, document.data)
    except PushCodecError as error:
        if files.as_json:
            violations = [violation.to_dict() for violation in error.violations]
            return Answer(BAD, json_line({"file": readable(document.name), "violations": violations}), write_machine)
        return Answer(BAD, "".join(violation_lines(document.name, error.violations)), write_error)


def documents_of(
    name: str,
    most: int,
    refuse: Refuse,
    stdin_filename: str | None = None,
    count: Callable[[int], object] = lambda _: None,
    *,
    has_lines: bool | None = None,
) -> Iterator[Document]:
    """The documents of a file; where it can't be read on they end, and `refuse` is called with the reason.

    No handler is around a `yield`: an error of whoever works on a document is not one of the file.
    """
    try:
        source = open_source(name, stdin_filename)
    except SourceError as error:
        refuse(stdin_filename or name if name == STDIN else name, str(error))
        return
    with source:
        found = source.documents(most, count, has_lines=has_lines)
        while True:
            try:
                document = next(found, None)
            except SourceError as error:
                refuse(source.title, str(error))
                return
            if document is None:
                return
            yield document


def attempt(document: Document, work: Callable[[Document], _T], refuse: Refuse) -> _T | None:
    """The result of the work on a document; None if it failed, and then `refuse` is called with the reason.

    No payload may end a run over others, so an error of pushcodec itself is reported like one of a file.
    """
    try:
        return work(document)
    except SourceError as error:
        refuse(document.name, str(error))
    except Exception as error:
        refuse(document.name, internal_error(error))
    return None


# Texts


def json_line(value: Any) -> str:
    """A JSON value on a line, in ASCII."""
    try:
        return json.dumps(value) + "\n"
    except RecursionError:
        return jsontext.ascii_only(jsontext.dump_deep(value)) + "\n"


def violation_lines(name: str, violations: Iterable[Violation]) -> Iterator[str]:
    """A line for each violation of a document."""
    return (f"{shown_name(name)}: {violation}\n" for violation in violations)

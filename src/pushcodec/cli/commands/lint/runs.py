"""One run of the linter over files: which files it reads, what it finds in them, and where it writes the findings."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from pushcodec.cli.commands.lint.options import Options
from pushcodec.cli.commands.lint.settings import Settings, SettingsError
from pushcodec.cli.files import attempt
from pushcodec.cli.inputs.gitignore import IgnoreFiles
from pushcodec.cli.inputs.sources import Document, SourceError, open_source, read_file, read_regular, until_unreadable
from pushcodec.cli.inputs.walk import STDIN, Filter, find_files
from pushcodec.cli.progress import Progress
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, report_problem, write_message
from pushcodec.cli.streams import terminal_width, wants_color, write_machine, write_text
from pushcodec.display import shown_name
from pushcodec.errors import Code
from pushcodec.jsontext import DEFAULT_LIMITS
from pushcodec.lint import Config, Diagnostic, Report, Severity
from pushcodec.lint.linter import lint_document
from pushcodec.lint.output import render
from pushcodec.lint.output.style import Style
from pushcodec.lint.output.summary import Summary

if TYPE_CHECKING:
    from pushcodec.lint.baseline import Baseline

_MOST_UNUSED = 10  # entries of a baseline that are listed


class Run:
    """One run over all files, and its result so far."""

    def __init__(self, options: Options, settings: Settings) -> None:
        self.options = options
        self.settings = settings
        self.alarmed = False
        self.counts: Counter[Code] = Counter()
        self.summary = Summary()
        self.progress = Progress(())  # not shown while files are found, but `report_problem` clears it
        respects = settings.config.respect_gitignore
        passed_over = Filter(settings.excludes, _outputs(options), IgnoreFiles(self.report_problem) if respects else None)
        found = find_files(options.files, self.report_problem, passed_over, as_found=options.as_found)
        self.files = [file.name for file in found]
        self._reported_outputs: set[str] = set()
        self.walked = frozenset(file.name for file in found if file.walked)
        self.progress = Progress(self.files, quiet=options.quiet)

    @property
    def failed(self) -> bool:
        """Whether something could not be read or written."""
        return self.summary.failed

    @property
    def status(self) -> int:
        """The exit status so far."""
        if self.failed:
            return COULD_NOT_RUN
        return BAD if self.alarmed and not self.options.exit_zero else GOOD

    def report_problem(self, name: str, reason: str) -> None:
        """Reports on standard error why a file is not linted. The run continues."""
        self.summary.failed = True
        self.progress.clear()
        report_problem(name, reason)

    def report(self) -> int:
        """Writes the findings of all files; returns the exit status."""
        reports: Iterable[Report] = filter(None, map(self._report, self.files))
        if self.options.write_baseline:
            return self._write_baseline(self.options.write_baseline, reports)
        if self.options.baseline:
            reports = self._without_known(self.options.baseline, reports)
        try:
            self._write(self._pieces(self._counted(reports)))
        finally:
            self.progress.clear()
        return self.status

    def _write(self, pieces: Iterable[str]) -> None:
        if self.options.output_file:
            from pushcodec.cli.outputs.sinks import write_output  # loaded only where a file is written

            write_output(self.options.output_file, (piece.encode("utf-8", "backslashreplace") for piece in pieces))
            return
        is_for_people = self.options.statistics or self.options.output_format in ("text", "concise")
        write = write_text if is_for_people else write_machine
        for piece in pieces:
            self.progress.clear()
            write(piece)

    def _pieces(self, reports: Iterable[Report]) -> Iterator[str]:
        options = self.options
        style = Style() if options.output_file else Style(wants_color(options.color), terminal_width())
        if not options.statistics:
            yield from render(reports, options.output_format, style)
            if options.output_format == "text" and not options.quiet:
                yield self.summary.text()
            return
        from pushcodec.lint.output.text import write_statistics

        for report in reports:
            for _ in report.diagnostics:
                pass  # the iteration counts them
        yield from write_statistics(self.counts, style)

    def check_outputs(self) -> None:
        """Raises OutputError if an output must not be written, SettingsError if the other options exclude it."""
        if self.options.diff:
            option = "--output-file" if self.options.output_file else "--write-baseline"
            raise SettingsError(f"--diff writes to standard output; leave out {option}")
        from pushcodec.cli.outputs.checks import check_distinct, check_output
        from pushcodec.cli.outputs.kinds import BASELINE, FINDINGS

        options = self.options
        inputs = [*self.files, *filter(None, [options.config])]
        if options.output_file:
            known = filter(None, [options.baseline])
            check_output(options.output_file, FINDINGS, [*inputs, *known], force=options.force)
        if options.write_baseline:
            check_output(options.write_baseline, BASELINE, inputs, force=options.force)
        check_distinct([options.output_file, options.write_baseline])

    # Files

    def display_name(self, name: str) -> str:
        """The name of a file in the findings. Each format has its own escapes for bytes that are not UTF-8."""
        return (self.options.stdin_filename or "<stdin>") if name == STDIN else name.replace(os.sep, "/")

    def config_for(self, name: str) -> Config:
        """The configuration for a file."""
        path = (self.options.stdin_filename or "<stdin>") if name == STDIN else name
        return self.settings.for_file(path, walked=name in self.walked)

    def _report(self, name: str) -> Report | None:
        """The findings of a file, made while they are iterated. None for a file that was not named and has no payload, and for one
        that can't be read."""
        findings = self._readable(name, self._findings(name))
        first = next(findings, None)
        return None if first is None else Report(self.display_name(name), chain(first, chain.from_iterable(findings)))

    def _readable(self, name: str, findings: Iterator[list[Diagnostic] | None]) -> Iterator[list[Diagnostic]]:
        """The findings of each document with a payload, until the file can't be read any more. Then the reason is reported."""
        was_read = was_refused = False

        def stop(reason: str) -> None:
            nonlocal was_refused
            was_refused = True
            self.summary.unread += 1
            self.report_problem(self.display_name(name), reason)

        for found in until_unreadable(findings, stop):
            if found is not None:
                self.summary.files += not was_read
                was_read = True
                yield found
        self.summary.skipped += not (was_read or was_refused)

    def _findings(self, name: str) -> Iterator[list[Diagnostic] | None]:
        """The findings of each document, None for one without a payload. A log that was named has at least an empty list."""
        filename, config = self.display_name(name), self.config_for(name)

        def lint(document: Document) -> tuple[list[Diagnostic] | None]:
            is_line = document.line is not None
            found = lint_document(document.data, filename=filename, config=config, start=document.start, one_line=is_line)
            return (None if found and self._is_own_output(name, document.data) else found,)

        def attempted(document: Document) -> list[Diagnostic] | None:
            linted = attempt(document, lint, self.report_problem)
            return [] if linted is None else linted[0]

        self.progress.at(name)
        if config.only_payloads and name.endswith(".json"):
            data = read_regular(name, DEFAULT_LIMITS.max_bytes)
            self.progress.add(len(data))
            yield attempted(Document(filename, data))
            return
        with open_source(name, filename) as source:
            if source.has_lines and name not in self.walked:
                yield []
            yield from map(attempted, source.documents(DEFAULT_LIMITS.max_bytes, self.progress.add))

    def _is_own_output(self, name: str, data: bytes) -> bool:
        """Whether a document with findings is an output of pushcodec. If the file was named, this is reported once."""
        from pushcodec.cli.outputs.kinds import own_output  # loaded only if there are findings

        kind = own_output(data)
        if kind is None:
            return False
        if name not in self.walked and name not in self._reported_outputs:
            self._reported_outputs.add(name)
            self.progress.clear()
            write_message(f"{shown_name(self.display_name(name))}: {kind.title}, not a payload; skipped")
        return True

    def _counted(self, reports: Iterable[Report]) -> Iterator[Report]:
        return (Report(report.file, self._count(report.diagnostics)) for report in reports)

    def _count(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        for number, each in enumerate(diagnostics):
            self.summary.with_findings += number == 0
            self.summary.add(each)
            self.counts[each.code] += 1
            self.alarmed |= each.severity is not Severity.INFO
            yield each

    # Baselines

    def _without_known(self, name: str, reports: Iterable[Report]) -> Iterable[Report]:
        baseline = _read_baseline(name)
        new = (Report(report.file, baseline.new(report.diagnostics)) for report in reports)
        return chain(new, self._unused(name, baseline))

    def _unused(self, name: str, baseline: Baseline) -> Iterator[Report]:
        """Yields nothing. Once all files are linted, reports on standard error which entries of the baseline match no finding."""
        if not self.failed and not self.options.quiet:
            self.progress.clear()
            unused = baseline.unused
            for entry in unused[:_MOST_UNUSED]:
                write_message(f"{shown_name(name)}: no finding matches {entry.in_words}; --write-baseline leaves it out")
            if len(unused) > _MOST_UNUSED:
                write_message(f"{shown_name(name)}: no finding matches {len(unused) - _MOST_UNUSED} more entries")
        yield from ()

    def _write_baseline(self, name: str, reports: Iterable[Report]) -> int:
        from pushcodec.cli.outputs.sinks import write_output
        from pushcodec.lint.baseline import write_baseline

        text = write_baseline(each for report in reports for each in report.diagnostics)
        self.progress.clear()
        write_output(name, text.encode())
        return COULD_NOT_RUN if self.failed else GOOD


_MOST_BASELINE = 64 * 1024 * 1024
"""The maximum size of a baseline in bytes."""


def _read_baseline(name: str) -> Baseline:
    from pushcodec.lint.baseline import Baseline, BaselineError

    try:
        return Baseline.read(read_file(name, _MOST_BASELINE).decode())
    except UnicodeDecodeError:
        raise SourceError(f"{name}: not UTF-8") from None
    except (SourceError, BaselineError) as error:
        raise SourceError(f"{name}: {error}") from None


def _outputs(options: Options) -> frozenset[str]:
    """The resolved paths of the files that the linter writes or reads as its baseline. A walk does not yield them."""
    names = (options.output_file, options.write_baseline, options.baseline)
    return frozenset(os.path.realpath(name) for name in names if name is not None and "\0" not in name)

"""`pushcodec lint`: the linter on files, its findings in a format, its mends in the files."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from pushcodec.cli.files import attempt
from pushcodec.cli.ignoring import IgnoreFiles
from pushcodec.cli.opening import Document, SourceError, open_source
from pushcodec.cli.progress import Progress
from pushcodec.cli.settings import Settings, SettingsError, settings
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, complain
from pushcodec.cli.streams import terminal_width, wants_color, write_machine, write_text
from pushcodec.cli.walking import STDIN, Filter, find_files
from pushcodec.display import shown, shown_name
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


def run_lint(arguments: argparse.Namespace) -> int:
    """Lints the files; gives the exit status: 0 clean, 1 findings (notes aside), 2 when something could not be read or run."""
    try:
        found = settings(arguments)
        if arguments.show_settings or arguments.show_files:
            from pushcodec.cli.showing import show_files, show_settings  # loaded only where something is shown

            return show_settings(found) if arguments.show_settings else show_files(Run(arguments, found))
        run = Run(arguments, found)
        if arguments.output_file or arguments.write_baseline:
            run.check_outputs()
        if arguments.fix or arguments.diff:
            from pushcodec.cli.fixing import fix_files, show_diff  # loaded only where something is fixed

            if arguments.diff:
                return show_diff(run)
            fix_files(run)
        return run.report()
    except (SettingsError, SourceError) as error:
        complain(shown_name(str(error)))
        return COULD_NOT_RUN


class Run:
    """One run over all files, and what came of it so far."""

    def __init__(self, arguments: argparse.Namespace, settings: Settings) -> None:
        self.arguments = arguments
        self.settings = settings
        self.alarmed = False
        self.counts: Counter[Code] = Counter()
        self.summary = Summary()
        self.progress = Progress(())  # nothing to show while files are found, but complaints take it away
        respects = settings.config.respect_gitignore
        passed_over = Filter(settings.excludes, _outputs(arguments), IgnoreFiles(self.complain) if respects else None)
        found = find_files(arguments.files, self.complain, passed_over, as_found=arguments.as_found)
        self.files = [file.name for file in found]
        self._reported_outputs: set[str] = set()
        self.walked = frozenset(file.name for file in found if file.walked)
        self.progress = Progress(self.files, quiet=arguments.quiet)

    @property
    def failed(self) -> bool:
        """Whether something could not be read or done."""
        return self.summary.failed

    @property
    def status(self) -> int:
        """The exit status so far."""
        if self.failed:
            return COULD_NOT_RUN
        return BAD if self.alarmed and not self.arguments.exit_zero else GOOD

    def complain(self, name: str, reason: str) -> None:
        """Says on standard error why a file is left out; the others go on."""
        self.summary.failed = True
        self.progress.clear()
        complain(f"{shown_name(name)}: {shown(reason)}")

    def report(self) -> int:
        """Writes what is found in all files."""
        reports: Iterable[Report] = filter(None, map(self._report, self.files))
        if self.arguments.write_baseline:
            return self._write_baseline(reports)
        if self.arguments.baseline:
            reports = self._without_known(reports)
        try:
            self._write(self._pieces(self._counted(reports)))
        finally:
            self.progress.clear()
        return self.status

    def _write(self, pieces: Iterable[str]) -> None:
        if self.arguments.output_file:
            from pushcodec.cli.writing import write_output  # loaded only where a file is written

            write_output(self.arguments.output_file, (piece.encode("utf-8", "backslashreplace") for piece in pieces))
            return
        is_for_people = self.arguments.statistics or self.arguments.output_format in ("text", "concise")
        write = write_text if is_for_people else write_machine
        for piece in pieces:
            self.progress.clear()
            write(piece)

    def _pieces(self, reports: Iterable[Report]) -> Iterator[str]:
        arguments = self.arguments
        style = Style() if arguments.output_file else Style(wants_color(arguments.color), terminal_width())
        if not arguments.statistics:
            yield from render(reports, arguments.output_format, style)
            if arguments.output_format == "text" and not arguments.quiet:
                yield self.summary.text()
            return
        from pushcodec.lint.output.text import write_statistics

        for report in reports:
            for _ in report.diagnostics:
                pass  # counted on the way
        yield from write_statistics(self.counts, style)

    def check_outputs(self) -> None:
        """Raises OutputError if an output must not be written, SettingsError if it never would be."""
        if self.arguments.diff:
            option = "--output-file" if self.arguments.output_file else "--write-baseline"
            raise SettingsError(f"--diff writes to standard output; leave out {option}")
        from pushcodec.cli.existing import BASELINE, FINDINGS
        from pushcodec.cli.targets import check_distinct, check_output

        arguments = self.arguments
        inputs = [*self.files, *filter(None, [arguments.config])]
        if arguments.output_file:
            known = filter(None, [arguments.baseline])
            check_output(arguments.output_file, FINDINGS, [*inputs, *known], force=arguments.force)
        if arguments.write_baseline:
            check_output(arguments.write_baseline, BASELINE, inputs, force=arguments.force)
        check_distinct([arguments.output_file, arguments.write_baseline])

    # Files

    def display_name(self, name: str) -> str:
        """What a file is called in the findings; each format writes in its own way what is not UTF-8 in it."""
        return (self.arguments.stdin_filename or "<stdin>") if name == STDIN else name.replace(os.sep, "/")

    def config_for(self, name: str) -> Config:
        """What is looked for in a file."""
        path = (self.arguments.stdin_filename or "<stdin>") if name == STDIN else name
        return self.settings.for_file(path, walked=name in self.walked)

    def _report(self, name: str) -> Report | None:
        """What is found in a file while it is read; None for a file without a payload that was not named, and for one that can't
        be read."""
        findings = self._readable(name, self._findings(name))
        first = next(findings, None)
        return None if first is None else Report(self.display_name(name), chain(first, chain.from_iterable(findings)))

    def _readable(self, name: str, findings: Iterator[list[Diagnostic] | None]) -> Iterator[list[Diagnostic]]:
        """The findings of each document with a payload; where the file can't be read on they end, and the reason is reported."""
        was_read = False
        try:
            for found in findings:
                if found is not None:
                    self.summary.files += not was_read
                    was_read = True
                    yield found
        except SourceError as error:
            self.summary.unread += 1
            self.complain(self.display_name(name), str(error))
        else:
            self.summary.skipped += not was_read

    def _findings(self, name: str) -> Iterator[list[Diagnostic] | None]:
        """The findings of each document; of a file that was named there is at least an empty list."""
        filename, config = self.display_name(name), self.config_for(name)

        def lint(document: Document) -> tuple[list[Diagnostic] | None]:
            is_line = document.line is not None
            found = lint_document(document.data, filename=filename, config=config, start=document.start, one_line=is_line)
            return (None if found and self._is_own_output(name, document.data) else found,)

        self.progress.at(name)
        with open_source(name, filename) as source:
            if source.has_lines and name not in self.walked:
                yield []
            for document in source.documents(DEFAULT_LIMITS.max_bytes, self.progress.add):
                linted = attempt(document, lint, self.complain)
                yield [] if linted is None else linted[0]

    def _is_own_output(self, name: str, data: bytes) -> bool:
        """Whether a document with findings is an output of ours. Reports it, if the file was named."""
        from pushcodec.cli.existing import own_output  # loaded only where something is found

        kind = own_output(data)
        if kind is None:
            return False
        if name not in self.walked and name not in self._reported_outputs:
            self._reported_outputs.add(name)
            self.progress.clear()
            complain(f"{shown_name(self.display_name(name))}: {kind.title}, not a payload; skipped")
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

    def _without_known(self, reports: Iterable[Report]) -> Iterable[Report]:
        name = self.arguments.baseline
        baseline = _read_baseline(name)
        new = (Report(report.file, baseline.new(report.diagnostics)) for report in reports)
        return chain(new, self._unused(name, baseline))

    def _unused(self, name: str, baseline: Baseline) -> Iterator[Report]:
        """No report; says on standard error which entries of the baseline matched nothing, once all files were linted."""
        if not self.failed and not self.arguments.quiet:
            self.progress.clear()
            unused = baseline.unused
            for entry in unused[:_MOST_UNUSED]:
                complain(f"{shown_name(name)}: no finding matches {entry.in_words}; --write-baseline leaves it out")
            if len(unused) > _MOST_UNUSED:
                complain(f"{shown_name(name)}: no finding matches {len(unused) - _MOST_UNUSED} more entries")
        yield from ()

    def _write_baseline(self, reports: Iterable[Report]) -> int:
        from pushcodec.cli.writing import write_output
        from pushcodec.lint.baseline import write_baseline

        text = write_baseline(each for report in reports for each in report.diagnostics)
        self.progress.clear()
        write_output(self.arguments.write_baseline, text.encode())
        return COULD_NOT_RUN if self.failed else GOOD


_MOST_BASELINE = 64 * 1024 * 1024
"""The most bytes of a baseline."""


def _read_baseline(name: str) -> Baseline:
    from pushcodec.lint.baseline import Baseline, BaselineError

    try:
        with open_source(name) as source:
            data = source.read(_MOST_BASELINE + 1)
        if len(data) > _MOST_BASELINE:
            raise SourceError(f"more than {_MOST_BASELINE} bytes")
        return Baseline.read(data.decode())
    except UnicodeDecodeError:
        raise SourceError(f"{name}: not UTF-8") from None
    except (SourceError, BaselineError) as error:
        raise SourceError(f"{name}: {error}") from None


def _outputs(arguments: argparse.Namespace) -> frozenset[str]:
    """The files that the linter writes, or reads as its baseline; a walk passes over them."""
    names = (arguments.output_file, arguments.write_baseline, arguments.baseline)
    return frozenset(os.path.realpath(name) for name in names if name is not None and "\0" not in name)

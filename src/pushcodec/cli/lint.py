"""`pushcodec lint`: the linter on files, its findings in a format, its mends in the files."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Iterator

from pushcodec.cli.progress import Progress
from pushcodec.cli.settings import SettingsError, settings
from pushcodec.cli.sources import STDIN, SourceError, chunks, find_files, open_file, read_document
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, complain
from pushcodec.cli.streams import wants_color, write_machine, write_text
from pushcodec.errors import Code
from pushcodec.lint import Config, Diagnostic, Report, Severity, lint_lines, lint_text
from pushcodec.lint.linter import holds_lines
from pushcodec.lint.output import render
from pushcodec.lint.output.style import Style, shown


def run_lint(arguments: argparse.Namespace) -> int:
    """Lints the files; gives the exit status: 0 clean, 1 findings (notes aside), 2 when something could not be read or run."""
    try:
        run = Run(arguments, settings(arguments))
        if arguments.fix or arguments.diff:
            from pushcodec.cli.fixing import fix_files, show_diff  # loaded only where something is fixed

            if arguments.diff:
                return show_diff(run)
            fix_files(run)
        return run.report()
    except (SettingsError, SourceError) as error:
        complain(shown(str(error)))
        return COULD_NOT_RUN


class Run:
    """One run over all files, and what came of it so far."""

    def __init__(self, arguments: argparse.Namespace, config: Config) -> None:
        self.arguments = arguments
        self.config = config
        self.failed = False
        self.alarmed = False
        self.counts: Counter[Code] = Counter()
        self.progress = Progress(())  # nothing to show while files are found, but complaints take it away
        self.files = list(find_files(arguments.files, config.exclude, self.complain))
        self.progress = Progress(self.files, quiet=arguments.quiet)

    @property
    def status(self) -> int:
        """The exit status so far."""
        if self.failed:
            return COULD_NOT_RUN
        return BAD if self.alarmed and not self.arguments.exit_zero else GOOD

    def complain(self, name: str, reason: str) -> None:
        """Says on standard error why a file is left out; the others go on."""
        self.failed = True
        self.progress.clear()
        complain(f"{shown(name)}: {reason}")

    def report(self) -> int:
        """Writes what is found in all files."""
        reports: Iterable[Report] = map(self._report, self.files)
        if self.arguments.write_baseline:
            return self._write_baseline(reports)
        if self.arguments.baseline:
            reports = self._without_known(reports)
        pieces = self._pieces(self._counted(reports))
        if self.arguments.output_file:
            from pushcodec.cli.writing import write_atomically  # loaded only where a file is written

            write_atomically(self.arguments.output_file, "".join(pieces).encode("utf-8", "backslashreplace"))
        else:
            write = write_text if self._is_for_people else write_machine
            for piece in pieces:
                self.progress.clear()
                write(piece)
        self.progress.clear()
        return self.status

    def _pieces(self, reports: Iterable[Report]) -> Iterator[str]:
        arguments = self.arguments
        style = Style(color=wants_color(arguments.color) and not arguments.output_file, summary=not arguments.quiet)
        if not arguments.statistics:
            return render(reports, arguments.output_format, style)
        from pushcodec.lint.output.text import write_statistics

        for report in reports:
            for _ in report.diagnostics:
                pass  # counted on the way
        return write_statistics(self.counts, style)

    @property
    def _is_for_people(self) -> bool:
        return self.arguments.statistics or self.arguments.output_format in ("text", "concise")

    # Files

    def display_name(self, name: str) -> str:
        """What a file is called in the findings."""
        return (self.arguments.stdin_filename or "<stdin>") if name == STDIN else name.replace(os.sep, "/")

    def _report(self, name: str) -> Report:
        return Report(self.display_name(name), self._lint(name))

    def _lint(self, name: str) -> Iterator[Diagnostic]:
        """The findings in a file; where it can't be read on they end, and the reason is told."""
        shown_name = self.display_name(name)
        self.progress.at(name)
        try:
            with open_file(name) as source:
                if holds_lines(shown_name):
                    yield from lint_lines(chunks(name, source, self.progress.add), filename=shown_name, config=self.config)
                else:
                    data = read_document(source)
                    self.progress.add(len(data))
                    yield from lint_text(data, filename=shown_name, config=self.config)
        except SourceError as error:
            self.complain(shown_name, str(error))

    def _counted(self, reports: Iterable[Report]) -> Iterator[Report]:
        return (Report(report.file, self._count(report.diagnostics)) for report in reports)

    def _count(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        for each in diagnostics:
            self.counts[each.code] += 1
            self.alarmed |= each.severity is not Severity.INFO
            yield each

    # Baselines

    def _without_known(self, reports: Iterable[Report]) -> Iterator[Report]:
        from pushcodec.lint.baseline import Baseline, BaselineError

        name = self.arguments.baseline
        try:
            with open(name, encoding="utf-8") as file:
                baseline = Baseline.read(file.read())
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(f"{name}: {getattr(error, 'strerror', None) or 'not UTF-8'}") from None
        except BaselineError as error:
            raise SourceError(f"{name}: {error}") from None
        return (Report(report.file, baseline.new(report.diagnostics)) for report in reports)

    def _write_baseline(self, reports: Iterable[Report]) -> int:
        from pushcodec.cli.writing import write_atomically
        from pushcodec.lint.baseline import write_baseline

        text = write_baseline(each for report in reports for each in report.diagnostics)
        self.progress.clear()
        write_atomically(self.arguments.write_baseline, text.encode())
        return COULD_NOT_RUN if self.failed else GOOD

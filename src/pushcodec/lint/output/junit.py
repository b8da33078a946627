"""For CI servers: JUnit XML, a suite for each file and a case for each finding. A file without findings has one passing case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from pushcodec.lint.diagnostics import Diagnostic, Report, Severity
from pushcodec.lint.output.style import Style, message_with_location, shown_name


def write_junit(reports: Iterable[Report], _: Style) -> Iterator[str]:
    """`<testsuites name="pushcodec">`, with a `<failure>` for each error and warning. An info passes."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="pushcodec">\n'
    for report in reports:
        diagnostics = iter(report.diagnostics)
        suite = list(islice(diagnostics, _MOST_CASES))
        yield from _suite(report.file, suite)
        while suite := list(islice(diagnostics, _MOST_CASES)):
            yield from _suite(report.file, suite)
    yield "</testsuites>\n"


_MOST_CASES = 1000  # of a suite, which begins with their number; a file with more has several suites


def _suite(name: str, diagnostics: list[Diagnostic]) -> Iterator[str]:
    file = quoteattr(shown_name(name))
    failures = sum(each.severity is not Severity.INFO for each in diagnostics)
    yield f'  <testsuite name={file} tests="{len(diagnostics) or 1}" failures="{failures}">\n'
    if not diagnostics:
        yield f'    <testcase name="pushcodec" classname={file}/>\n'
    yield from map(_case, diagnostics)
    yield "  </testsuite>\n"


def _case(diagnostic: Diagnostic) -> str:
    place = f"line {diagnostic.start.line}, column {diagnostic.start.column}"
    name, file = quoteattr(f"{diagnostic.code} {diagnostic.name}, {place}"), quoteattr(shown_name(diagnostic.file))
    message = message_with_location(diagnostic)
    if diagnostic.severity is Severity.INFO:
        return f"    <testcase name={name} classname={file}><system-out>{escape(message)}</system-out></testcase>\n"
    failure = f"<failure message={quoteattr(message)} type={quoteattr(diagnostic.severity)}>"
    return f"    <testcase name={name} classname={file}>{failure}{escape(f'{place}: {message}')}</failure></testcase>\n"

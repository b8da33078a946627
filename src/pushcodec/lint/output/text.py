"""For people: `text`, with the marked line of each finding, and `concise`, with one line for each finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from pushcodec.errors import Code
from pushcodec.lint.diagnostics import Diagnostic, Frame, Report, Severity
from pushcodec.lint.output.style import Style, message_with_location, shown_name


def write_concise(reports: Iterable[Report], style: Style) -> Iterator[str]:
    """`file:line:column: PC301 wrong-type: expected a string, got number [/entity/nickname]`."""
    for report in reports:
        for each in report.diagnostics:
            code = style.paint(each.code, each.severity)
            yield f"{_place(each)}: {code} {each.name}: {message_with_location(each)}\n"


def write_text(reports: Iterable[Report], style: Style) -> Iterator[str]:
    """Each finding with the source line and a caret under the exact characters.

    Findings that mark the same characters share one excerpt.
    """
    for report in reports:
        for _, same in groupby(report.diagnostics, key=lambda each: (each.start, each.end, each.pointer, each.embedded)):
            yield from _block(list(same), style)


def write_statistics(counts: Mapping[Code, int], style: Style) -> Iterator[str]:
    """The number of findings of each rule, largest first."""
    width = max((len(str(count)) for count in counts.values()), default=0)
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>{width}}  {style.paint(code, 'code')}  {code.rule}\n"


def _place(diagnostic: Diagnostic) -> str:
    return f"{shown_name(diagnostic.file)}:{diagnostic.start.line}:{diagnostic.start.column}"


# A block: headlines, the position, the frames, the fixes, the pages of the rules


def _block(diagnostics: list[Diagnostic], style: Style) -> Iterator[str]:
    first = diagnostics[0]
    width = max(len(str(frame.line)) for frame in first.frames)
    gutter = " " * width
    for each in diagnostics:
        yield f"{style.paint(f'{each.severity}[{each.code}]', each.severity)} {style.paint(each.name, 'code')}: {each.message}\n"
    arrow, bar = style.paint("-->", "gutter"), style.paint("|", "gutter")
    yield f"{gutter}{arrow} {_place(first)}  {style.paint(first.location, 'dim')}\n"
    yield f"{gutter} {bar}\n"
    for number, frame in enumerate(first.frames):
        if number:
            yield f"{gutter} {bar} in the text inside, line {frame.line}, column {frame.column}:\n"
        yield from _draw(frame, width, first.severity, style)
    for each in diagnostics:
        if each.fix is not None:
            option = "--fix" if each.fix.safe else "--unsafe-fixes"
            yield f"{gutter} {style.paint('=', 'gutter')} {style.paint('help', 'help')}: {each.fix.message} ({option})\n"
    codes = " ".join(dict.fromkeys(each.code for each in diagnostics))
    yield f"{gutter} {style.paint('=', 'gutter')} {style.paint('note', 'dim')}: pushcodec rule {codes}\n"
    yield "\n"


def _draw(frame: Frame, width: int, severity: Severity, style: Style) -> Iterator[str]:
    from pushcodec.lint.output.excerpt import excerpt  # loaded only if something is found

    drawn = excerpt(frame, style.width and style.width - width - len(" | "))
    bar = style.paint("|", "gutter")
    yield f"{style.paint(f'{frame.line:>{width}}', 'gutter')} {bar} {drawn.line}\n"
    indent = drawn.carets.rstrip("^")
    yield f"{' ' * width} {bar} {indent}{style.paint(drawn.carets[len(indent) :], severity)}\n"

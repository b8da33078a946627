"""The positions of marks in a file, through the texts that are embedded in one another."""

from __future__ import annotations

from typing import NamedTuple

from pushcodec.jsontext import Reading
from pushcodec.jsontext.positions import EmbeddedText, SourceText
from pushcodec.jsontext.values import Path, Position, Span, Spans
from pushcodec.lint.diagnostics import Frame
from pushcodec.lint.document import Texts
from pushcodec.lint.marks import Mark, Paths


class Layer:
    """One text of a document: its characters, the spans in it, and where its characters are in the outermost text."""

    def __init__(self, text: str, reading: Reading, around: Layer | None = None, embedded: EmbeddedText | None = None) -> None:
        self.text = text
        self._reading = reading
        self._around = around
        self._embedded = embedded

    @property
    def spans(self) -> Spans:
        """Where the values and keys of this text are."""
        return self._reading.spans

    def enter(self, path: Path, reading: Reading) -> Layer:
        """The text in the string at a path, which has the given reading."""
        embedded = EmbeddedText(self.text, self.spans.values[path])
        return Layer(embedded.text, reading, self, embedded)

    def outermost(self, at: int) -> int:
        """The index in the outermost text of the character at an index of this one."""
        if self._around is None or self._embedded is None:
            return at
        return self._around.outermost(self._embedded.outer(at))

    def outermost_span(self, span: Span) -> Span:
        """The characters of the outermost text that a span of this one covers."""
        return Span(self.outermost(span.start), self.outermost(span.end))

    def span(self, mark: Mark) -> Span:
        """The characters of this text that a mark covers. For a value that could not be read, those of the value around it."""
        if mark.characters is not None:
            return mark.characters
        path = mark.paths[-1]
        if mark.key and path in self.spans.keys:
            return self.spans.keys[path]
        while path and path not in self.spans.values:
            path = path[:-1]
        return self.spans.values.get(path, Span(0, len(self.text)))


class Located(NamedTuple):
    """A mark with its positions.

    - `start`, `end`: where it begins and ends in the file
    - `marked`: its characters in the innermost text
    - `frames`: the marked line of the file and, for a mark in embedded text, the line of that text
    """

    start: Position
    end: Position
    marked: str
    frames: tuple[Frame, ...]


class Locator:
    """Finds the characters of marks: in the innermost text, in the document and in its file."""

    def __init__(self, source: SourceText, texts: Texts) -> None:
        self._source = source
        self._texts = texts
        self._layers: dict[Paths, Layer] = {(): Layer(source.text, texts.reading)}

    def layer(self, entered: Paths) -> Layer:
        """The text in the string at the last of these paths, each of which is a path in the text of the one before."""
        if entered not in self._layers:
            self._layers[entered] = self.layer(entered[:-1]).enter(entered[-1], self._texts.reading_at(entered))
        return self._layers[entered]

    def positions(self, mark: Mark) -> tuple[Position, Position]:
        """The positions in the file where a mark begins and ends."""
        layer = self.layer(mark.paths[:-1])
        start, end = layer.outermost_span(layer.span(mark))
        return self._source.position(start), self._source.position(end)

    def locate(self, mark: Mark) -> Located:
        """A mark with its positions, its characters and the lines to show."""
        layer = self.layer(mark.paths[:-1])
        inner = layer.span(mark)
        outer = layer.outermost_span(inner)
        start, end = self._source.position(outer.start), self._source.position(outer.end)
        # The document may be one of many in its file, so line and column are those of the file.
        frames: tuple[Frame, ...] = (_frame(self._source.text, outer)._replace(line=start.line, column=start.column),)
        if len(mark.paths) > 1:
            frames += (_frame(layer.text, inner),)
        return Located(start, end, layer.text[inner.start : inner.end], frames)


_BEFORE, _MARKED, _AFTER = 60, 120, 40  # the most characters of a line that are shown


def _frame(text: str, span: Span) -> Frame:
    """The marked characters of the line in which the span begins, with some characters around them."""
    start, end = span
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    ends = [at for at in (text.find("\n", start), text.find("\r", start)) if at >= 0]
    line_end = min(ends, default=len(text))
    shown_start = max(line_start, start - _BEFORE)
    marked_end = min(end, line_end, start + _MARKED)
    shown_end = min(line_end, marked_end + _AFTER)
    line = text.count("\n", 0, start) + text.count("\r", 0, start) - text.count("\r\n", 0, start) + 1
    return Frame(
        line,
        start - line_start + 1,
        text[shown_start:start],
        text[start:marked_end],
        text[marked_end:shown_end],
        shown_start > line_start,
        shown_end < line_end,
    )

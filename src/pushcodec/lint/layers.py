"""The positions of marks in a file, through the texts that are embedded in one another."""

from __future__ import annotations

from typing import NamedTuple

from pushcodec.documents import link_parameter
from pushcodec.jsontext import Absent, JSONValue, Reading
from pushcodec.jsontext.positions import Embedded, EmbeddedBytes, EmbeddedLink, EmbeddedText, SourceText
from pushcodec.jsontext.values import Path, Position, Span, Spans
from pushcodec.lint.diagnostics import Frame
from pushcodec.lint.document import Texts
from pushcodec.lint.marks import Mark, Paths


class Layer:
    """One text of a document: its characters, the spans in it, and where its characters are in the outermost text."""

    def __init__(self, text: str, reading: Reading, around: Layer | None = None, embedded: Embedded | None = None) -> None:
        self.text = text
        self._reading = reading
        self._around = around
        self._embedded = embedded

    @property
    def spans(self) -> Spans:
        """Where the values and keys of this text are."""
        return self._reading.spans

    def enter(self, path: Path, reading: Reading, value: JSONValue, *, is_link: bool) -> Layer:
        """The text in the value at a path, which has the given reading: a string, a link or an array of bytes."""
        span = self.spans.values[path]
        embedded: Embedded
        if isinstance(value, list):
            data = bytes(each & 0xFF for each in value if isinstance(each, int))
            embedded = EmbeddedBytes(data, [self.spans.values[(*path, at)] for at in range(len(value))], span)
        else:
            embedded = string = EmbeddedText(self.text, span)
            parameter = link_parameter(string.text) if is_link else None
            if parameter is not None:
                embedded = EmbeddedLink(string, parameter)
        return Layer(embedded.text, reading, self, embedded)

    def outermost_span(self, span: Span) -> Span:
        """The characters of the outermost text that a span of this one covers."""
        return self._outermost(span, "")[0]

    def replaced(self, span: Span, characters: str) -> str | None:
        """What replaces a span of this text, as it is written in the outermost one; None if it cannot be written."""
        return self._outermost(span, characters)[1]

    def _outermost(self, span: Span, characters: str) -> tuple[Span, str | None]:
        layer: Layer = self
        replaced: str | None = characters
        while layer._around is not None and layer._embedded is not None:
            replaced = None if replaced is None else layer._embedded.replaced(span, replaced)
            span = layer._embedded.span(span)
            layer = layer._around
        return span, replaced

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
            value = self._texts.value_at(entered)
            assert not isinstance(value, Absent)  # a text was read there
            reading = self._texts.reading_at(entered)
            is_link = entered in self._texts.decoded
            self._layers[entered] = self.layer(entered[:-1]).enter(entered[-1], reading, value, is_link=is_link)
        return self._layers[entered]

    def positions(self, mark: Mark) -> tuple[Position, Position]:
        """The positions in the file where a mark begins and ends."""
        layer = self.layer(mark.paths[:-1])
        start, end = layer.outermost_span(layer.span(mark))
        return self._source.position(start), self._source.position(end)

    def replaced(self, mark: Mark, characters: str) -> str | None:
        """What replaces the characters of a mark, as it is written in the file; None if it cannot be written."""
        layer = self.layer(mark.paths[:-1])
        return layer.replaced(layer.span(mark), characters)

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

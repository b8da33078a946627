"""The positions of marks in a file, through the texts that are embedded in one another."""

from __future__ import annotations

from pushcodec.jsontext import Reading
from pushcodec.jsontext.positions import EmbeddedText, SourceText
from pushcodec.jsontext.values import Path, Position, Span, Spans
from pushcodec.lint.diagnostics import Frame
from pushcodec.lint.document import Document
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


class Locator:
    """Finds the characters of marks: in the innermost text, in the document and in its file."""

    def __init__(self, source: SourceText, document: Document) -> None:
        self.source = source
        self._document = document
        self._layers: dict[Paths, Layer] = {(): Layer(source.text, document.reading)}

    def layer(self, entered: Paths) -> Layer:
        """The text in the string at the last of these paths, each of which is a path in the text of the one before."""
        if entered not in self._layers:
            self._layers[entered] = self.layer(entered[:-1]).enter(entered[-1], self._document.reading_at(entered))
        return self._layers[entered]

    def span(self, mark: Mark) -> Span:
        """The characters of the outermost text that a mark covers."""
        layer = self.layer(mark.paths[:-1])
        start, end = layer.span(mark)
        return Span(layer.outermost(start), layer.outermost(end))

    def marked(self, mark: Mark) -> str:
        """The characters that a mark covers, as they are in the innermost text."""
        layer = self.layer(mark.paths[:-1])
        start, end = layer.span(mark)
        return layer.text[start:end]

    def positions(self, mark: Mark) -> tuple[Position, Position]:
        """The positions in the file where a mark begins and ends."""
        start, end = self.span(mark)
        return self.source.position(start), self.source.position(end)

    def frames(self, mark: Mark) -> tuple[Frame, ...]:
        """The marked line of the file and, for a mark in embedded text, the line of that text."""
        start, _ = self.positions(mark)
        # The document may be one of many in its file, so line and column are those of the file.
        in_file = _frame(self.source.text, self.span(mark))._replace(line=start.line, column=start.column)
        if len(mark.paths) == 1:
            return (in_file,)
        layer = self.layer(mark.paths[:-1])
        return in_file, _frame(layer.text, layer.span(mark))


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

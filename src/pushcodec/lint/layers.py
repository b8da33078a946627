"""Where in its file a finding stands, through all the texts that are embedded in one another."""

from __future__ import annotations

from functools import cached_property

from pushcodec.jsontext import Limits
from pushcodec.jsontext.positions import EmbeddedText, SourceText
from pushcodec.jsontext.scanner import find_spans
from pushcodec.jsontext.values import Path, Position, Span, Spans
from pushcodec.lint.diagnostics import Frame
from pushcodec.lint.marks import Paths, Place


class Layer:
    """One text of a document: its characters, the spans in it, and where they stand in the outermost text."""

    def __init__(self, text: str, limits: Limits, around: Layer | None = None, embedded: EmbeddedText | None = None) -> None:
        self.text = text
        self._limits = limits
        self._around = around
        self._embedded = embedded

    @cached_property
    def spans(self) -> Spans:
        """Where the values and keys of this text stand."""
        return find_spans(self.text, max_depth=self._limits.max_depth, max_items=self._limits.max_items)

    def enter(self, path: Path) -> Layer:
        """The text that the string at a path holds."""
        embedded = EmbeddedText(self.text, self.spans.values[path])
        return Layer(embedded.text, self._limits, self, embedded)

    def outermost(self, at: int) -> int:
        """The index in the outermost text of the character at an index of this one."""
        if self._around is None or self._embedded is None:
            return at
        return self._around.outermost(self._embedded.outer(at))

    def span(self, place: Place) -> Span:
        """What a place marks in this text. A value that could not be read is marked by what is around it."""
        if place.characters is not None:
            return place.characters
        path = place.paths[-1]
        if place.key and path in self.spans.keys:
            return self.spans.keys[path]
        while path and path not in self.spans.values:
            path = path[:-1]
        return self.spans.values.get(path, Span(0, len(self.text)))


class Places:
    """The places of one document in its file."""

    def __init__(self, source: SourceText, limits: Limits) -> None:
        self.source = source
        self._layers: dict[Paths, Layer] = {(): Layer(source.text, limits)}

    def layer(self, entered: Paths) -> Layer:
        """The text that one gets to by entering the strings at these paths, one after the other."""
        if entered not in self._layers:
            self._layers[entered] = self.layer(entered[:-1]).enter(entered[-1])
        return self._layers[entered]

    def span(self, place: Place) -> Span:
        """What a place marks in the outermost text."""
        layer = self.layer(place.paths[:-1])
        start, end = layer.span(place)
        return Span(layer.outermost(start), layer.outermost(end))

    def marked(self, place: Place) -> str:
        """The characters that a place marks, as the innermost text has them."""
        layer = self.layer(place.paths[:-1])
        start, end = layer.span(place)
        return layer.text[start:end]

    def positions(self, place: Place) -> tuple[Position, Position]:
        """Where in the file what a place marks begins and ends."""
        start, end = self.span(place)
        return self.source.position(start), self.source.position(end)

    def frames(self, place: Place) -> tuple[Frame, ...]:
        """The line that the place marks in the file and, where it is in embedded text, the decoded line there."""
        start, _ = self.positions(place)
        # The file's own lines and columns: the document may be one of many in it.
        in_file = _frame(self.source.text, self.span(place))._replace(line=start.line, column=start.column)
        if len(place.paths) == 1:
            return (in_file,)
        layer = self.layer(place.paths[:-1])
        return in_file, _frame(layer.text, layer.span(place))


_BEFORE, _MARKED, _AFTER = 60, 120, 40  # characters of a line that are shown at most


def _frame(text: str, span: Span) -> Frame:
    """What is marked of the line where the span begins, with some characters around."""
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

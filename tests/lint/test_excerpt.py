"""Excerpts fit the terminal: no line of source or carets is wider, and the carets are below the marked characters."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payloads import compact, group_call

from pushcodec.cli import main
from pushcodec.cli.streams import terminal_width
from pushcodec.lint import Frame, lint_text
from pushcodec.lint.output import render
from pushcodec.lint.output.excerpt import excerpt
from pushcodec.lint.output.style import Style, columns, shown

TEXT = st.text(st.one_of(st.sampled_from("ab {中é\u0301\x1b\u202e👩\u200d\ufe0f\u3000"), st.characters()), max_size=130)
FRAMES = st.builds(Frame, st.just(1), st.just(1), TEXT, TEXT, TEXT, st.booleans(), st.booleans())


@given(FRAMES, st.integers(16, 240))
def test_an_excerpt_fits(frame: Frame, width: int) -> None:
    """The carets are only below marked characters, and below the first of them."""
    drawn = excerpt(frame, width)
    assert columns(drawn.line) <= width
    assert len(drawn.carets) <= width
    indent, marked = len(drawn.carets.rstrip("^")), shown(frame.marked)
    starts = [drawn.line[at:] for at in range(len(drawn.line) + 1) if columns(drawn.line[:at]) == indent]
    starts += [""] * (columns(drawn.line) < indent)  # trailing white space is left out
    assert any(marked.startswith(start.removesuffix("…")) or start.startswith(marked.rstrip()) for start in starts)
    assert "^" in drawn.carets


@given(FRAMES)
def test_without_a_width_the_whole_line_is_shown(frame: Frame) -> None:
    """The same with a width that is large enough."""
    drawn = excerpt(frame, None)
    assert shown(frame.marked).strip() in drawn.line
    assert excerpt(frame, 10_000) == drawn
    assert drawn.carets.count("^") == max(1, columns(shown(frame.marked)))


@pytest.mark.parametrize(
    ("before", "marked", "after", "width", "line", "carets"),
    [
        ("abcdefghijkl", "XY", "mnopqrstuvwx", 20, "…bcdefghijklXYmnopq…", " " * 12 + "^^"),
        ("", "X" * 40, "yz", 20, "X" * 18 + "…", "^" * 18),
        ("abcdefghijkl", "X" * 40, "yz", 20, "…ghijkl" + "X" * 12 + "…", "       " + "^" * 12),
        ("中中中中中中中中中中", "小", "", 16, "…中中中中中中小", "             ^^"),
        ("e\u0301" * 30, "X", "", 16, "…" + "e\u0301" * 13 + "X", " " * 14 + "^"),
        ("", "中" * 30, "", 17, "中" * 7 + "…", "^" * 14),
        ("a" * 30, "", "", 20, "…" + "a" * 17, " " * 18 + "^"),
        ("a", "b", "c" * 50, 20, "ab" + "c" * 16 + "…", " ^"),
        ("a" * 50, "b", "c", 20, "…" + "a" * 16 + "bc", " " * 17 + "^"),
        ("ab", "c", "d", 3, "abcd", "  ^"),
    ],
)
def test_long_lines_are_cut(before: str, marked: str, after: str, width: int, line: str, carets: str) -> None:
    """With ellipses at the cuts; no wide character and no combining sequence is split."""
    assert excerpt(Frame(1, 1, before, marked, after, False, False), width) == (line, carets)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_all_lines_of_source_fit(width: int) -> None:
    """Lines of the file and of embedded texts, with the gutter."""
    content = json.loads(group_call()["content"])
    document = compact({"aps": {}, "custom": compact({"entity": group_call({**content, "timeout": "3" * 300, "组": "组" * 200})})})
    for text in (document, document[:-30], f'{{"entity":"{"中" * 300}"}}', "\n" * 12344 + document):
        from pushcodec.lint.diagnostics import Report

        out = "".join(render([Report("x.json", lint_text(text))], "text", Style(width=width)))
        source = [line for line in out.splitlines() if " | " in line and "in the text inside" not in line]
        assert source
        assert max(map(columns, source)) <= width


class Terminal(io.StringIO):
    """Standard output as a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_width_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The value of COLUMNS, else the width of the terminal, else 80; no width for a pipe."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert terminal_width() is None
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert terminal_width() == 80
    for said, width in (("100", 100), ("0", 80), ("-5", 80), ("x", 80), ("٣", 80), ("9" * 5000, 80)):
        monkeypatch.setenv("COLUMNS", said)
        assert terminal_width() == width
    monkeypatch.delenv("COLUMNS")
    size: list[Any] = [os.terminal_size((132, 40))]
    monkeypatch.setattr(Terminal, "fileno", lambda _: 1)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: size[0])
    assert terminal_width() == 132
    size[0] = os.terminal_size((0, 0))
    assert terminal_width() == 80


def test_the_command_fits_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a file, whole lines are written."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    file = tmp_path / "x.json"
    file.write_text(compact({"a": "b" * 100, "entity": group_call(sender=1), "c": "d" * 100}))
    out = Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["lint", "--isolated", "--color", "never", "x.json"]) == 1
    source = [line for line in out.getvalue().splitlines() if line.startswith(("1 |", "  |"))]
    assert 70 < max(map(columns, source)) <= 80
    main(["lint", "--isolated", "--output-file", "found.txt", "x.json"])
    assert max(map(len, (tmp_path / "found.txt").read_text().splitlines())) > 100

"""The tree of `pushcodec explain` in colours, drawn by rich, for a terminal or as an SVG."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from pushcodec.cli.commands.explain.tree import Explanation, Taken, parts, seen
from pushcodec.cli.streams import output_encoding
from pushcodec.display import columns

_FONT_FACE: Final = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)  # the only part of the SVG that refers to the network
_NARROWEST: Final = 60


def draw_tree(name: str, found: Explanation) -> str:
    """The tree of one ext, with the escape sequences of a terminal."""
    drawn = io.TextIOWrapper(io.BytesIO(), encoding=output_encoding(), errors="backslashreplace", newline="")
    Console(file=drawn, force_terminal=True, highlight=False).print(_tree(name, found))
    drawn.seek(0)
    return drawn.read()


def draw_svg(explained: Sequence[tuple[str, Explanation]]) -> str:
    """The trees of some exts as the text of an SVG that needs no other file."""
    trees = [_tree(name, found) for name, found in explained]
    width = max([_NARROWEST, *(_width(tree) for tree in trees)])
    drawn = io.StringIO()
    console = Console(
        record=True,
        file=drawn,
        width=width,
        height=25,
        highlight=False,
        color_system="truecolor",
        force_terminal=True,
        no_color=False,  # NO_COLOR of the environment does not apply to a file
    )
    console.print(*trees, sep="\n\n")
    return _FONT_FACE.sub("", console.export_svg(title="pushcodec explain", unique_id="explain"))


def _tree(name: str, found: Explanation) -> Tree:
    tree = Tree(Text(name, "bold"), guide_style="dim")
    for heading, steps in parts(found):
        branch = tree.add(Text(heading, "cyan"))
        for taken in steps:
            branch.add(_line(taken, _color(found) if taken is found.steps[-1] else "dim"))
    tree.add(Text(found.client.describe(found.outcome), _color(found)))
    return tree


def _color(found: Explanation) -> str:
    """Red for what is lost, yellow for a call that has expired, green for what works."""
    if found.client.is_lost(found.outcome):
        return "bold red"
    return "bold yellow" if found.outcome.outcome == "call_expired" else "bold green"


def _line(taken: Taken, color: str) -> Text:
    answer = (f"{taken.answer}: ", color)
    return Text.assemble((f"{taken.number:>2}  ", "dim"), taken.condition, answer, (seen(taken.value), "yellow"))


def _width(tree: Tree) -> int:
    """The terminal columns of the longest line of a tree."""
    labels = [tree.label, *(branch.label for branch in tree.children)]
    steps = [step.label for branch in tree.children for step in branch.children]
    return max(columns(str(label)) for label in (*labels, *steps)) + 9

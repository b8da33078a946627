"""The pictures of the documentation: what commands print on a terminal, as SVG.

`generate.py` writes them and compares their words, because the markup of an SVG depends on the version of rich.
"""

from __future__ import annotations

import html
import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pushcodec.cli.commands.explain.pictures import draw_svg
from pushcodec.cli.commands.explain.tree import explain
from pushcodec.cli.taps import tapped_exts

ROOT = Path(__file__).parents[1]

LINTED = "samples/invalid/notification-tpns-three-layers.json"
LINT = ("lint", "--color=always", "--select=PC301,PC506", LINTED)
EXPLAINED = "samples/valid/notification-tpns-group-call.json"
_WIDTH = 104  # columns of the drawn terminal
_FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)  # refers to fonts on the web


def explain_picture() -> str:
    """The steps of the client for a valid group call, 9 seconds after it was sent."""
    found = explain(tapped_exts((ROOT / EXPLAINED).read_bytes())[0], now=1706601609)
    return draw_svg([(f"{EXPLAINED}: {found.way}", found)])


def lint_picture() -> str:
    """What `pushcodec lint` prints for a sample with one wrong type."""
    environment = {**os.environ, "COLUMNS": str(_WIDTH), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "pushcodec", *LINT]
    printed = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=False).stdout
    console = Console(
        record=True,
        file=io.StringIO(),
        width=_WIDTH,
        height=25,
        highlight=False,
        color_system="truecolor",
        force_terminal=True,
        no_color=False,  # whatever the terminal of the run
    )
    console.print(Text.from_ansi(printed), soft_wrap=True)
    return _FONT_FACE.sub("", console.export_svg(title="pushcodec lint", unique_id="lint"))


def words(svg: str) -> str:
    """The words of an SVG without its styles, markup and white space."""
    return "".join(html.unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", svg, flags=re.DOTALL)).split())

"""The chart of docs/speed.md: the ratio of every contender to the baseline, for compact texts of the mixed corpus."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import matplotlib as mpl
from contenders import BASELINE, OURS
from matplotlib.figure import Figure

_OURS, _BASELINE, _OTHERS = "#c2410c", "#475569", "#a8b3c2"


def draw(ratios: Mapping[str, float], file: Path) -> None:
    """Draws the chart as SVG; the same ratios give the same bytes."""
    ordered = sorted({**ratios, BASELINE: 1.0}.items(), key=lambda item: item[1], reverse=True)
    names, values = zip(*ordered, strict=True)
    with mpl.rc_context({"svg.hashsalt": "pushcodec", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 10}):
        figure = Figure(figsize=(8, 5.2), layout="constrained")
        axes = figure.subplots()
        bars = axes.barh([_label(name) for name in names], values, color=[_color(name) for name in names])
        axes.bar_label(bars, labels=[f"{value:.3g}" for value in values], padding=4)
        axes.axvline(1, color=_BASELINE, linewidth=1, linestyle=":")
        axes.set_xscale("log")
        axes.set_xlim(0.5, max(values) * 2)
        axes.set_xticks([0.5, 1, 2, 5, 10, 20, 50, 100, 200], labels=["0.5", "1", "2", "5", "10", "20", "50", "100", "200"])
        axes.minorticks_off()
        axes.set_xlabel("time of a payload, as a multiple of orjson.loads (log scale; less is faster)")
        axes.spines[["top", "right"]].set_visible(False)
        for label, name in zip(axes.get_yticklabels(), names, strict=True):
            label.set_fontweight("bold" if name in OURS else "normal")
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})


def _label(name: str) -> str:
    return f"pushcodec: {name}" if name in OURS else name


def _color(name: str) -> str:
    if name == BASELINE:
        return _BASELINE
    return _OURS if name in OURS else _OTHERS

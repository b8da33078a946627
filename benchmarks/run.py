"""The cost of pushcodec and of other libraries, as multiples of `orjson.loads` of the same texts (`make bench`).

All contenders take turns in one run over one seeded corpus. Every answer is checked in every round. Prints tables and the figures
to reach; a full run also writes benchmarks/results.json and docs/speed.svg. Exits 1 if a binding figure is not reached.

Usage: python benchmarks/run.py [--quick] [--rounds N]
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import alone
import chart
import corpus
from cases import MIXED, all_cases
from contenders import CONTENDERS
from figures import Figure, Ratios, figures
from measure import medians, progress

HERE = Path(__file__).parent
PAYLOADS = 1000
FULL, QUICK = 30, 5  # rounds
COUNTS = ("1000", "10000", "100000", "1000000")  # lines of a stream


def main() -> int:
    """Measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and nothing is written")
    parser.add_argument("--rounds", type=int, help=f"rounds of the interleaved run (default {FULL}, quick {QUICK})")
    arguments = parser.parse_args()
    rounds = arguments.rounds or (QUICK if arguments.quick else FULL)
    print(*(f"{name} {number}" for name, number in _versions().items()), sep=", ", end="\n\n")

    ratios = medians(all_cases(PAYLOADS), rounds)
    texts = [text for _, text in corpus.exts(PAYLOADS)]
    stream = alone.ask(["stream", *(COUNTS[::3] if arguments.quick else COUNTS)], texts)
    memory = _memory(texts)
    reached = figures(ratios, stream["growth_mib"])
    _show(ratios, stream, memory, reached)
    if not arguments.quick:
        results = {
            "versions": _versions(),
            "platform": _platform(),
            "rounds": rounds,
            "payloads": PAYLOADS,
            "ratios": _nested(ratios),
            "stream": stream,
            "memory": memory,
            "figures": [figure.to_dict() for figure in reached],
        }
        (HERE / "results.json").write_text(json.dumps(results, indent=2) + "\n", "utf-8")
        chart.draw(_nested(ratios)[corpus.COMPACT][MIXED], HERE.parent / "docs" / "speed.svg")
    return int(any(figure.binding and not figure.reached for figure in reached))


def _versions() -> dict[str, str]:
    packages = sorted({contender.package for contender in CONTENDERS} - {""})
    return {"Python": platform.python_version(), **{package: version(package) for package in packages}}


def _platform() -> dict[str, str]:
    return {"implementation": platform.python_implementation(), "system": platform.system(), "machine": platform.machine()}


def _memory(texts: Sequence[str]) -> dict[str, Any]:
    each = zip(progress(len(CONTENDERS)), CONTENDERS, strict=True)
    return {contender.name: alone.ask(["memory", contender.name], texts) for _, contender in each}


def _nested(ratios: Ratios) -> dict[str, dict[str, dict[str, float]]]:
    """The ratios as they are in the results: `{table: {row: {contender: ratio}}}`."""
    nested: dict[str, dict[str, dict[str, float]]] = {}
    for (table, row, contender), ratio in ratios.items():
        nested.setdefault(table, {}).setdefault(row, {})[contender] = round(ratio, 2)
    return nested


def _show(ratios: Ratios, stream: dict[str, Any], memory: dict[str, Any], reached: Iterable[Figure]) -> None:
    for table, rows in _nested(ratios).items():
        _show_table(f"{table}: x orjson.loads", rows)
    _show_table("lines of a stream, each answer dropped at once: x orjson.loads", stream["lines"])
    print("memory")
    for name, taken in memory.items():
        print(f"  {name:24}{taken['process_mib']:6} MiB the process{taken['answer_bytes']:8} bytes an answer")
    print("\nfigures", *reached, sep="\n  ")


def _show_table(title: str, rows: dict[str, dict[str, float]]) -> None:
    """A column for each row of the results, a line for each contender."""
    print(title)
    print(" " * 26 + "".join(f"{row:>12}" for row in rows))
    for contender in next(iter(rows.values())):
        print(f"  {contender:24}" + "".join(f"{row[contender]:12.2f}" for row in rows.values()))
    print()


if __name__ == "__main__":
    sys.exit(main())

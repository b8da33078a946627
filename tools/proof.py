"""Runs the long checks of all promises and writes PROOF.md: `tools/proof.py` runs all shards, `tools/proof.py memory fuzz-1` these.

A shard is a few commands that take less than an hour on two cores. Its results are kept in `proof.json`, so that shards can run on
different days and machines. PROOF.md is written from that file and from `PROMISES` only. A shard fails if it does not print the
figure of each of its promises. `--list` prints the names of the shards, `--write` only writes PROOF.md, and `--check` exits 1 if
PROOF.md is out of date.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import mutation

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "proof.json"
PAGE = ROOT / "PROOF.md"


class Shard(NamedTuple):
    """Commands, each a target of make with its variables, and whether CI runs them in the same length."""

    commands: tuple[str, ...]
    in_ci: bool = False


class Promise(NamedTuple):
    """A promise, the shard that checks it, and the pattern of the figure that it prints; `ci` is what CI checks if that is less."""

    promise: str
    shard: str
    figure: str
    ci: str = ""


FAILED = "proof: the command failed"
_FUZZ_SHARDS = 4
SHARDS: dict[str, Shard] = {
    "ci": Shard(("make ci",), in_ci=True),
    "mutants": Shard(("make differential MUTANTS=1000000",)),
    "memory": Shard(("make resources DECODES=10000000",)),
    "properties": Shard(("make properties",)),
    **{f"fuzz-{number}": Shard((f"make fuzz FUZZ_RUNS={20_000_000 // _FUZZ_SHARDS}",)) for number in range(1, _FUZZ_SHARDS + 1)},
    **{f"mutation-{name}": Shard((f"make mutation SHARDS={name}",)) for name in mutation.SHARDS},
}

PROMISES = (
    # The client
    Promise("The iOS mirror agrees with a real Objective-C Foundation, types included", "ci", "^vectors, iOS:"),
    Promise("The steps after an iOS route agree, too", "ci", "^vectors, iOS follow-ups:"),
    Promise("The Android mirror agrees with the real Gson on a JVM, in three releases", "ci", "^vectors, Android:"),
    Promise("The Android mirror answers every text", "mutants", "^Android mirror:", "200,000 mutants"),
    Promise(
        "A payload that decode accepts crashes no client and does the same on all", "mutants", "^strictness:", "200,000 mutants"
    ),
    # The contract
    Promise("The strict reader accepts the JSON of JSONTestSuite and refuses the rest, in each layer", "ci", "^JSONTestSuite"),
    Promise("Four schema engines give the same verdict of every document", "ci", "^schema engines:"),
    Promise("Fast path, codec, mirror and schemas agree on every text", "mutants", "^differential:", "200,000 mutants"),
    Promise("Properties hold over drawn payloads", "properties", r"\d+ passed", "300 examples of each"),
    Promise("The strategies generate every kind of payload that they name", "ci", "^strategies:"),
    Promise("The committed corpus of the fuzzer has no finding", "ci", "^fuzz corpus:"),
    *(
        Promise("Coverage-guided fuzzing of every target has no finding", f"fuzz-{number}", "^fuzz:", "500,000 executions")
        for number in range(1, _FUZZ_SHARDS + 1)
    ),
    # The code
    Promise("Each reader reads a text once", "ci", "^readings:"),
    Promise("No modules import each other, and chains of imports are short", "ci", "^architecture:"),
    Promise("Every line and branch is tested", "ci", "^TOTAL"),
    Promise("Loosened schemas are noticed", "ci", "^schema mutants:"),
    *(Promise("Mutants of the code are noticed", f"mutation-{name}", "^mutation: [^s]", "-") for name in mutation.SHARDS),
    # The process that uses the library
    Promise("Every limit is exact, in both layers", "ci", "^limits:"),
    Promise("No depth overflows a small stack", "ci", "^stack:"),
    Promise("The time of a text grows with its length, no faster", "ci", "^time:"),
    Promise("Decoding does not leak memory", "memory", "^resident memory", "1,100,000 decodes"),
    Promise("Threads and interruptions corrupt nothing", "ci", "^(threads|interruptions):"),
    Promise("Models, routes, results and errors pickle and copy", "ci", "^pickled"),
    Promise("The library opens no files but modules and its schemas", "ci", "^no I/O:"),
    Promise("Errors are safe to show and to log", "ci", "^safe errors:"),
    Promise("The examples work", "ci", "^examples:"),
    Promise("A cluster gives the results of a plain loop, also if a worker is killed", "ci", "^cluster:"),
    # Speed
    Promise("Clean documents are linted fast, and files in constant memory", "ci", "^lint:"),
    Promise("All clients are compared fast", "ci", "^compare:"),
    Promise("Cases are answered fast", "ci", "^route --cases:"),
    Promise("No call takes more instructions than its ceiling", "ci", "ceiling"),
    # The release
    Promise("Wheel and sdist are the same bytes each time", "ci", "^release:"),
    Promise("The wheel passes the tests, with old and new dependencies and Pythons", "ci", "^wheel:"),
    Promise("CI takes less than 20 minutes on two cores", "ci", "^ci:"),
)


def main() -> int:
    """Runs the shards and writes the page, or does what the option says; returns 1 if a shard fails, else 0."""
    named = sys.argv[1:]
    if named == ["--list"]:
        print("\n".join(SHARDS))
        return 0
    if named == ["--check"]:
        return int(PAGE.read_text("utf-8") != page(kept()))
    failed = []
    for name in [] if named == ["--write"] else named or list(SHARDS):
        print(f"proof: {name}", flush=True)
        shown = run(name)
        KEPT.write_text(json.dumps({**kept(), name: shown}, indent=1, sort_keys=True) + "\n", "utf-8")
        if not shown["passed"]:
            failed.append(name)
    PAGE.write_text(page(kept()), "utf-8")
    if failed:
        print(f"proof: failed: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


def kept() -> dict[str, Any]:
    """The results of the shards so far, by their names."""
    found: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    return found


def run(name: str) -> dict[str, Any]:
    """Runs a shard; returns its result, an entry of proof.json."""
    started = time.monotonic()
    lines: list[str] = []
    passed = True
    for command in SHARDS[name].commands:
        for line in output(command.split()):
            passed &= line != FAILED
            print(line, flush=True)
            lines.append(line)
    figures = {each.figure: found for each in PROMISES if each.shard == name and (found := figures_of(lines, each.figure))}
    missing = {each.figure for each in PROMISES if each.shard == name} - figures.keys()
    return {
        "passed": passed and not missing,
        "figures": figures,
        "minutes": round((time.monotonic() - started) / 60, 1),
        "commit": subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip(),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
    }


def output(command: list[str]) -> Iterator[str]:
    """The lines that a command prints, and `FAILED` if it fails."""
    options: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "errors": "replace"}
    with subprocess.Popen(command, cwd=ROOT, **options) as process:
        yield from (line.rstrip() for line in process.stdout or ())
    if process.returncode:
        yield FAILED


def figures_of(lines: list[str], figure: str) -> list[str]:
    """The lines with a figure, each once, with single spaces and without the equals signs that pytest adds."""
    return list(dict.fromkeys(" ".join(line.strip("= ").split()) for line in lines if re.search(figure, line)))


# The page


def page(shown: Mapping[str, Any]) -> str:
    """PROOF.md, from the results of the shards."""
    rows = "\n".join(row(promise, shown.get(promise.shard)) for promise in PROMISES)
    runs = "\n".join(f"| {name} | `{'; '.join(shard.commands)}` | {ran(shown.get(name))} |" for name, shard in SHARDS.items())
    return f"""# Proof

Written by `make proof` (`make proof SHARDS="memory fuzz-1"` runs some shards): each promise, the figure that a run printed for it,
and where it is checked. Each shard takes less than an hour on two cores. CI runs the short versions on each change.

| promise | figure | checked by |
|---|---|---|
{rows}

| shard | commands | run |
|---|---|---|
{runs}
"""


def row(promise: Promise, shown: Mapping[str, Any] | None) -> str:
    """The row of a promise: the promise, its figures, and where it is checked."""
    found = shown["figures"].get(promise.figure, []) if shown else []
    figure = "<br>".join(found).replace("|", "\\|") or "not run yet"
    by = "CI" if SHARDS[promise.shard].in_ci else f"`make proof SHARDS={promise.shard}`"
    also = f"; CI: {promise.ci}" if promise.ci and promise.ci != "-" else ""
    return f"| {promise.promise} | {figure} | {by}{also} |"


def ran(shown: Mapping[str, Any] | None) -> str:
    """The result of a shard, with its time and machine."""
    if shown is None:
        return "not yet"
    verdict = "passed" if shown["passed"] else "**failed**"
    return f"{verdict} in {shown['minutes']} min, {shown['date']}, {shown['commit']}, {shown['machine']}"


if __name__ == "__main__":
    sys.exit(main())

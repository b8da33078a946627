"""Shows what is promised, at length, and writes PROOF.md: `tools/proof.py` runs all shards, `tools/proof.py memory fuzz-1` these.

A shard is a few commands that take less than an hour on two cores. What a shard has shown is kept in `proof.json`, so that they
can be run on different days or machines; PROOF.md is written from that file and from `PROMISES` alone. A promise whose figure a
shard does not print is a failure of that shard. `--list` names the shards, `--write` only writes PROOF.md, `--check` says whether
it is up to date.
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
    """Commands, each a target of make with its variables, and whether CI runs them too, no shorter."""

    commands: tuple[str, ...]
    in_ci: bool = False


class Promise(NamedTuple):
    """What is promised, the shard that shows it, and the pattern of the figure there; `ci` is what CI shows where that is less."""

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
    Promise("What follows an iOS route agrees too", "ci", "^vectors, iOS follow-ups:"),
    Promise("The Android mirror agrees with the real Gson on a JVM, in three releases", "ci", "^vectors, Android:"),
    Promise("The Android mirror is total", "mutants", "^Android mirror:", "200,000 mutants"),
    Promise("What decode accepts crashes no client, and does the same on all", "mutants", "^strictness:", "200,000 mutants"),
    # The contract
    Promise("The gate takes what JSONTestSuite has as JSON, and refuses the rest, in each layer", "ci", "^JSONTestSuite"),
    Promise("Four schema engines give one verdict of every document", "ci", "^schema engines:"),
    Promise("Fast path, codec, mirror and schemas say the same of every text", "mutants", "^differential:", "200,000 mutants"),
    Promise("Properties hold over drawn payloads", "properties", r"\d+ passed", "300 examples of each"),
    Promise("The strategies reach what they claim", "ci", "^strategies:"),
    Promise("The committed corpus of the fuzzer finds nothing", "ci", "^fuzz corpus:"),
    *(
        Promise("Coverage-guided fuzzing of five targets finds nothing", f"fuzz-{number}", "^fuzz:", "500,000 executions")
        for number in range(1, _FUZZ_SHARDS + 1)
    ),
    # The tests
    Promise("Every line and branch is tested", "ci", "^TOTAL"),
    Promise("Loosened schemas are noticed", "ci", "^schema mutants:"),
    *(Promise("Mutants of the code are noticed", f"mutation-{name}", "^mutation: [^s]", "-") for name in mutation.SHARDS),
    # The process that embeds it
    Promise("Every limit is exact, in both layers", "ci", "^limits:"),
    Promise("No depth overflows a small stack", "ci", "^stack:"),
    Promise("No text takes more than its length in time", "ci", "^time:"),
    Promise("Decoding leaves nothing in memory", "memory", "^resident memory", "1,100,000 decodes"),
    Promise("Threads and interruptions corrupt nothing", "ci", "^(threads|interruptions):"),
    Promise("Models, routes, results and errors pickle and copy", "ci", "^pickled"),
    Promise("Nothing is opened but modules and our schemas", "ci", "^no I/O:"),
    Promise("Errors are safe to show and to log", "ci", "^safe errors:"),
    Promise("The examples work", "ci", "^examples:"),
    Promise("A cluster gives what a plain loop gives, with a worker killed", "ci", "^cluster:"),
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
    """Runs the shards and writes the page, or what the option says."""
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
        print(f"proof: not shown: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


def kept() -> dict[str, Any]:
    """What the shards have shown so far."""
    found: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    return found


def run(name: str) -> dict[str, Any]:
    """Runs a shard, and says what it has shown."""
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
    """The lines that a command writes, and one more if it fails."""
    options: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "errors": "replace"}
    with subprocess.Popen(command, cwd=ROOT, **options) as process:
        yield from (line.rstrip() for line in process.stdout or ())
    if process.returncode:
        yield FAILED


def figures_of(lines: list[str], figure: str) -> list[str]:
    """The lines that have a figure, each once, with one space for many and without pytest's frame."""
    return list(dict.fromkeys(" ".join(line.strip("= ").split()) for line in lines if re.search(figure, line)))


# The page


def page(shown: Mapping[str, Any]) -> str:
    """PROOF.md, from what the shards have shown."""
    rows = "\n".join(row(promise, shown.get(promise.shard)) for promise in PROMISES)
    runs = "\n".join(f"| {name} | `{'; '.join(shard.commands)}` | {ran(shown.get(name))} |" for name, shard in SHARDS.items())
    return f"""# Proof

Made by `make proof` (`make proof SHARDS="memory fuzz-1"` for some): each promise, the figure that a run printed for it, and who
shows it. Each shard takes less than an hour on two cores. CI runs the short versions on each change.

| promise | figure | shown by |
|---|---|---|
{rows}

| shard | commands | run |
|---|---|---|
{runs}
"""


def row(promise: Promise, shown: Mapping[str, Any] | None) -> str:
    """A promise, its figures, and who shows it."""
    found = shown["figures"].get(promise.figure, []) if shown else []
    figure = "<br>".join(found).replace("|", "\\|") or "not run yet"
    by = "CI" if SHARDS[promise.shard].in_ci else f"`make proof SHARDS={promise.shard}`"
    also = f"; CI: {promise.ci}" if promise.ci and promise.ci != "-" else ""
    return f"| {promise.promise} | {figure} | {by}{also} |"


def ran(shown: Mapping[str, Any] | None) -> str:
    """When and where a shard was run, and how it ended."""
    if shown is None:
        return "not yet"
    verdict = "passed" if shown["passed"] else "**failed**"
    return f"{verdict} in {shown['minutes']} min, {shown['date']}, {shown['commit']}, {shown['machine']}"


if __name__ == "__main__":
    sys.exit(main())

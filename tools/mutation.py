"""Mutation testing with mutmut, in shards: `tools/mutation.py` runs all, `tools/mutation.py client senders` these.

- Each shard mutates a few modules in a copy of the tree in a temporary folder, and runs the tests that are about them: the checkout
  stays as it is.
- A mutant counts as killed when a test fails, or when the tests do not come to an end.
- The run fails below `LEAST_KILLED`, and for a survivor that `tests/mutation/survivors.md` does not list. What it lists has a
  reason, and is found again by its change, for mutmut's numbers move with every edit.
- Tests that spare the stack to the last frame are left out: mutmut puts frames of its own between.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from shutil import copy2
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SURVIVORS = ROOT / "tests" / "mutation" / "survivors.md"
LEAST_KILLED = 95.0
_MUTMUT = Path(sys.executable).with_name("mutmut")
_KILLED = ("killed", "timeout", "segfault")
_CONFIG = """
[tool.mutmut]
source_paths = ["src/pushcodec"]
only_mutate = [{modules}]
also_copy = ["src", "schemas", "samples", "docs", "fuzz", "README.md"]
pytest_add_cli_args_test_selection = [{tests}]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-k", "not little_stack"]
use_git_change_detection = false
"""


class Shard(NamedTuple):
    """Modules of the package, and the tests that have to notice a change in them; both without `.py`."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


SHARDS = {
    "gate": Shard(
        ("jsontext", "jsonscan", "jsonvalues"),
        (
            "test_jsontext",
            "property/test_gate_properties",
            "test_positions",
            "property/test_position_properties",
            "test_validation",
        ),
    ),
    "client": Shard(
        ("foundation", "routing/ios", "routing/outcomes"),
        ("test_foundation", "test_routing", "test_vectors", "property/test_gate_properties", "test_explain"),
    ),
    "codec": Shard(
        ("codec", "validation", "models"),
        ("test_codec", "test_models", "test_validation", "property/test_codec_properties"),
    ),
    "senders": Shard(("compose", "carriers"), ("test_compose", "test_carriers")),
}


class Survivor(NamedTuple):
    """A mutant that no test noticed: its function, and the lines taken away and put there."""

    function: str
    change: str


def main() -> int:
    """Runs the shards named, or all, and says what was killed."""
    started = time.monotonic()
    counts: Counter[str] = Counter()
    listed = SURVIVORS.read_text("utf-8")
    unlisted = 0
    for name in sys.argv[1:] or SHARDS:
        counted, survivors = run_shard(name)
        counts += counted
        for survivor in survivors:
            if not is_listed(survivor, listed):
                unlisted += 1
                print(f"not in {SURVIVORS.relative_to(ROOT)}:\n\n{entry(survivor)}", flush=True)
    killed = share_killed(counts)
    print(f"mutation: {counts.total()} mutants, {killed:.1f} % killed, {time.monotonic() - started:.0f} s: {dict(counts)}")
    return 1 if unlisted or killed < LEAST_KILLED else 0


def run_shard(name: str) -> tuple[Counter[str], list[Survivor]]:
    """How many mutants of a shard met which fate, and those that survived."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pushcodec-mutation-") as folder:
        tree = Path(folder)
        copy_tree(tree, SHARDS[name])
        with (tree / "mutmut.log").open("wb") as log:
            mutmut(tree, "run", "--max-children", "1", output=log.fileno())
        found = dict(re.findall(r"^\s+(\S+): (.+)$", mutmut(tree, "results", "--all", "true"), re.MULTILINE))
        if not found or "not checked" in found.values():
            print((tree / "mutmut.log").read_text("utf-8", "replace")[-3000:], file=sys.stderr)
            raise SystemExit(f"mutation: {name}: mutmut came to no end")
        survivors = [read_survivor(mutant, mutmut(tree, "show", mutant)) for mutant, fate in found.items() if fate not in _KILLED]
    counts = Counter(found.values())
    print(f"mutation: {name}: {dict(counts)}, {share_killed(counts):.1f} % killed, {time.monotonic() - started:.0f} s", flush=True)
    return counts, survivors


def share_killed(counts: Counter[str]) -> float:
    """The share of the mutants that were killed, in percent."""
    return 100 * sum(counts[fate] for fate in _KILLED) / counts.total()


def copy_tree(tree: Path, shard: Shard) -> None:
    """The files of the checkout that git knows, with mutmut's configuration for the shard."""
    listed = subprocess.run(("git", "ls-files", "-z"), cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        copy2(ROOT / name, tree / name)
    modules = ", ".join(f'"src/pushcodec/{module}.py"' for module in shard.modules)
    tests = ", ".join(f'"tests/{test}.py"' for test in shard.tests)
    with (tree / "pyproject.toml").open("a", encoding="utf-8") as config:
        config.write(_CONFIG.format(modules=modules, tests=tests))


def mutmut(tree: Path, *arguments: str, output: int = subprocess.PIPE) -> str:
    """What mutmut prints in the tree, or nothing where it is written elsewhere."""
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "mutation", "PYTHONDONTWRITEBYTECODE": "1"}
    command = (str(_MUTMUT), *arguments)
    done = subprocess.run(command, cwd=tree, env=environment, stdout=output, stderr=subprocess.STDOUT, check=False)
    return (done.stdout or b"").decode("utf-8", "replace")


def read_survivor(mutant: str, shown: str) -> Survivor:
    """The survivor that `mutmut show` shows as a diff."""
    module, _, rest = mutant.rpartition(".")
    function = re.sub(r"^x_?|__mutmut_\d+$", "", rest).replace("ǁ", ".").strip(".")
    changed = [line for line in shown.splitlines() if re.match(r"[-+](?![-+]{2})", line)]
    return Survivor(
        f"{module.removeprefix('pushcodec.')}.{function}", "\n".join(re.sub(r"^(.)\s*", r"\1 ", line) for line in changed)
    )


def entry(survivor: Survivor) -> str:
    """A survivor as the list has it, its reason yet to be written."""
    return f"### `{survivor.function}`\n\n```diff\n{survivor.change}\n```\n"


def is_listed(survivor: Survivor, listed: str) -> bool:
    """Whether the list has the survivor."""
    return entry(survivor) in listed


if __name__ == "__main__":
    sys.exit(main())

"""Mutation testing with mutmut, in shards: `tools/mutation.py` runs all shards, `tools/mutation.py client senders` these two.

- Each shard mutates a few modules in a copy of the tree in a temporary folder, and runs the tests of these modules there. The
  checkout does not change.
- A mutant counts as killed if a test fails, or if the tests do not come to an end.
- The run fails if less than `LEAST_KILLED` percent of the mutants of a module are killed, if a mutant survives that
  `tests/mutation/survivors.md` does not list, and if that file lists one that does not survive. Each entry has a reason. Entries
  are compared by their change, because mutmut's numbers differ after every edit.
- mutmut mutates no constants, and activates a mutant after the import. So it cannot mutate models and validators, which are built
  once; the mutants of the schemas (`tests/test_schema_mutants.py`) and the tests that compare both are for these.
- Tests that use the stack up to the last frame are left out, because mutmut adds frames. So are slow tests that find no more
  mutants: those of huge texts, and of rates.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from shutil import copy2
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SURVIVORS = ROOT / "tests" / "mutation" / "survivors.md"
LEAST_KILLED = 95.0
_MUTMUT = Path(sys.executable).with_name("mutmut")
_MEMORY = 4 << 30  # bytes of address space: stops a mutant that allocates without end before the machine runs out of memory
_KILLED = ("killed", "timeout", "segfault")
_CONFIG = """
[tool.mutmut]
source_paths = ["src/pushcodec"]
only_mutate = [{modules}]
also_copy = ["src", "schemas", "samples", "docs", "fuzz", "README.md"]
pytest_add_cli_args_test_selection = [{tests}]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-k", "not little_stack and not take_no_stack and not a_second"]
timeout_multiplier = 3  # six times the time of the tests; many mutants loop
use_git_change_detection = false
"""


class Shard(NamedTuple):
    """Modules of the package, and the tests that must fail for a mutant of them; both without `.py`."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


SHARDS = {
    "gate": Shard(
        ("jsontext/reading", "jsontext/writing", "jsontext/scanner", "jsontext/values"),
        (
            "test_jsontext",
            "property/test_reader_properties",
            "test_positions",
            "property/test_position_properties",
        ),
    ),
    "client": Shard(
        ("clients/ios/foundation", "clients/integers", "clients/ios/routing", "clients/ios/outcomes", "clients/outcomes"),
        ("test_foundation", "test_routing", "test_vectors", "property/test_reader_properties", "test_explain"),
    ),
    "gson": Shard(("clients/android/gson", "clients/android/java_numbers"), ("test_gson", "property/test_digit_properties")),
    "clients": Shard(
        (
            "clients/android/classes",
            "clients/android/redirect",
            "clients/android/outcomes",
            "clients/android/effects",
            "clients/ios/after_routing",
            "clients/comparison",
        ),
        ("test_android", "test_vectors", "test_follow_up", "test_compare"),
    ),
    "codec": Shard(("codec",), ("test_codec", "test_push_infos", "property/test_codec_properties")),
    "senders": Shard(
        (
            "compose/fitting",
            "compose/messages",
            "compose/push_infos",
            "compose/registration",
            "documents/carriers",
            "documents/recognition",
        ),
        ("test_compose", "test_documents", "test_fit"),
    ),
}


class Survivor(NamedTuple):
    """A mutant for which no test fails: its module and function, and the removed and added lines."""

    module: str
    function: str
    change: str


def main() -> int:
    """Runs the shards that the arguments name, or all, and prints the killed mutants of each module; 1 if that fails, else 0."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.RLIM_INFINITY))
    listed = list(read_list(SURVIVORS.read_text("utf-8")))
    failed = False
    for name in sys.argv[1:] or SHARDS:
        started = time.monotonic()
        results, survivors = run_shard(name)
        for module in SHARDS[name].modules:
            killed, total = sum(result in _KILLED for result in results[module]), len(results[module])
            print(f"mutation: {module}: killed {killed} of {total} ({100 * killed / total:.1f} %)")
            failed |= 100 * killed / total < LEAST_KILLED
        failed |= differs(survivors, [each for each in listed if each.module in SHARDS[name].modules])
        print(f"mutation: shard {name} took {time.monotonic() - started:.0f} s", flush=True)
    return int(failed)


def differs(survivors: list[Survivor], listed: list[Survivor]) -> bool:
    """Whether the survivors differ from those listed; prints the differences."""
    unlisted, needless = Counter(survivors) - Counter(listed), Counter(listed) - Counter(survivors)
    for survivor in unlisted.elements():
        print(f"not in {SURVIVORS.relative_to(ROOT)}:\n\n{entry(survivor)}")
    for survivor in needless.elements():
        print(f"listed, but killed now:\n\n{entry(survivor)}")
    return bool(unlisted or needless)


def run_shard(name: str) -> tuple[dict[str, list[str]], list[Survivor]]:
    """The results of each module's mutants, as mutmut names them, and the mutants that survived."""
    with tempfile.TemporaryDirectory(prefix="pushcodec-mutation-") as folder:
        tree = Path(folder)
        copy_tree(tree, SHARDS[name])
        with (tree / "mutmut.log").open("wb") as log:
            mutmut(tree, "run", "--max-children", "1", output=log.fileno())
        found = dict(re.findall(r"^\s+(\S+): (.+)$", mutmut(tree, "results", "--all", "true"), re.MULTILINE))
        if not found or "not checked" in found.values():
            print((tree / "mutmut.log").read_text("utf-8", "replace")[-3000:], file=sys.stderr)
            raise SystemExit(f"mutation: {name}: mutmut did not finish")
        survivors = [
            read_survivor(mutant, mutmut(tree, "show", mutant)) for mutant, result in found.items() if result not in _KILLED
        ]
    results: dict[str, list[str]] = defaultdict(list)
    for mutant, result in found.items():
        results[module_of(mutant)].append(result)
    return results, survivors


def module_of(mutant: str) -> str:
    """The module of a mutant, in the form of the shards."""
    return mutant.removeprefix("pushcodec.").rpartition(".")[0].replace(".", "/")


def copy_tree(tree: Path, shard: Shard) -> None:
    """Copies the files of the checkout that git tracks, with mutmut's configuration for the shard."""
    listed = subprocess.run(("git", "ls-files", "-z"), cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        copy2(ROOT / name, tree / name)
    modules = ", ".join(f'"src/pushcodec/{module}.py"' for module in shard.modules)
    tests = ", ".join(f'"tests/{test}.py"' for test in shard.tests)
    with (tree / "pyproject.toml").open("a", encoding="utf-8") as config:
        config.write(_CONFIG.format(modules=modules, tests=tests))


def mutmut(tree: Path, *arguments: str, output: int = subprocess.PIPE) -> str:
    """Runs mutmut in the tree; returns what it prints, or nothing if `output` takes that."""
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "mutation", "PUSHCODEC_MUTANTS": "1000", "PYTHONDONTWRITEBYTECODE": "1"}
    command = (str(_MUTMUT), *arguments)
    done = subprocess.run(command, cwd=tree, env=environment, stdout=output, stderr=subprocess.STDOUT, check=False)
    return (done.stdout or b"").decode("utf-8", "replace")


def read_survivor(mutant: str, shown: str) -> Survivor:
    """The survivor that `mutmut show` shows as a diff."""
    function = re.sub(r"^x_?|__mutmut_\d+$", "", mutant.rpartition(".")[2]).replace("ǁ", ".").strip(".")
    changed = [line for line in shown.splitlines() if re.match(r"[-+](?![-+]{2})", line)]
    return Survivor(module_of(mutant), function, "\n".join(re.sub(r"^(.)\s*", r"\1 ", line) for line in changed))


def entry(survivor: Survivor) -> str:
    """The entry of a survivor in the list, without its reason."""
    return f"### `{survivor.module}` `{survivor.function}`\n\n```diff\n{survivor.change}\n```\n"


def read_list(text: str) -> Iterator[Survivor]:
    """The survivors of a list; exits for one without a reason below its change."""
    for module, function, change, reason in re.findall(
        r"^### `(.+)` `(.+)`\n\n```diff\n((?s:.+?))\n```\n\n?(.*)", text, re.MULTILINE
    ):
        survivor = Survivor(module, function, change)
        if not reason or reason.startswith("#"):
            raise SystemExit(f"no reason is given for:\n\n{entry(survivor)}")
        yield survivor


if __name__ == "__main__":
    sys.exit(main())

"""The options of the commands: typed, and complete."""

from __future__ import annotations

import argparse
import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import pushcodec.cli
from pushcodec.cli.parsing import COMMANDS, command_module, options_from

FOLDER = Path(pushcodec.cli.__file__).parent
REQUIRED = {"columns": ["in.ndjson", "out.parquet"], "report": ["in.ndjson"], "convert": ["--to=web"]}
GIVEN = {
    "lint": "x.json --kind=ext --exclude=a,b --exclude=c --select=PC3 --extend-select=PC4 --ignore=PC5 --ignore=PC6,PC7 --now=1"
    " --clients=ios-6.0,ios-6.1 --config=c --baseline=b --write-baseline=w --output-file=o --stdin-filename=s",
    "rule": "PC301 --all",
    "decode": "x.json --carrier=ext --stdin-filename=s",
    "encode": "x.json",
    "convert": "x.json --to=rest --from=flutter --output-file=o --stdin-filename=s",
    "validate": "x.json --kind=ext",
    "route": "x.json --carrier=apns --now=1 --client=ios-6.1 --cases=c",
    "compare": "x.json --carrier=tpns-push --now=1 --clients=ios-6.1",
    "columns": "in.ndjson out.parquet --form=auto --now=1 --stdin-filename=s",
    "report": "in.ndjson --form=ext --now=1 --html=h --stdin-filename=s",
    "explain": "x.json --now=1 --svg=x.svg",
    "schema": "ext --bundle",
}


def namespace(command: str, words: list[str]) -> argparse.Namespace:
    """The arguments of a command as argparse returns them."""
    parser = argparse.ArgumentParser()
    command_module(command).add_options(parser)
    return parser.parse_args(words)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_option_has_a_field_of_its_type(command: str) -> None:
    """The fields are the destinations of the parser. Arguments, and the defaults, have the types of the fields."""
    kind: Any = command_module(command).Options
    for words in (REQUIRED.get(command, []), GIVEN[command].split()):
        arguments = namespace(command, words)
        assert set(kind.__struct_fields__) == set(vars(arguments))
        options = options_from(arguments, kind)
        assert msgspec.convert(msgspec.structs.asdict(options), kind) == options
        with pytest.raises(AttributeError):
            setattr(options, kind.__struct_fields__[0], None)


def test_lists_of_names_add_up() -> None:
    """An option that is given twice has the names of both."""
    assert namespace("lint", GIVEN["lint"].split()).ignore == ["PC5", "PC6", "PC7"]
    assert namespace("lint", GIVEN["lint"].split()).exclude == ["a", "b", "c"]
    assert namespace("lint", []).ignore == []
    assert namespace("lint", []).select is None


def names_in(module: Path) -> Iterator[str]:
    """The names and attributes in the source of a module."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name


def test_one_module_knows_the_namespace_of_argparse() -> None:
    """Every other one gets the options object of its command."""
    assert [module.name for module in FOLDER.rglob("*.py") if "Namespace" in set(names_in(module))] == ["parsing.py"]


@pytest.mark.parametrize(
    ("words", "loaded"),
    [("--help", set()), ("--version", set()), ("decode --help", {"decode"}), ("lint --version", {"lint"}), ("frobnicate", set())],
)
def test_only_the_named_command_is_loaded(words: str, loaded: set[str]) -> None:
    """Without a command, neither msgspec nor the reader is loaded."""
    code = (
        "import sys\nfrom pushcodec.cli import main\nmain(sys.argv[1:])\n"
        "print([name for name in sys.modules if name.startswith(('pushcodec.cli.commands.', 'pydantic', 'jsonschema', 'msgspec'))])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", code, *words.split()], capture_output=True, text=True, check=True, env=environment)
    found = set(ast.literal_eval(done.stdout.splitlines()[-1]))
    assert {name.split(".")[3] for name in found if name.startswith("pushcodec")} == loaded
    assert not {"pydantic", "jsonschema"} & found
    assert ("msgspec" in found) == bool(loaded)

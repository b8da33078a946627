"""The words of what people read: pages, docstrings, comments, messages and names are plain, standard English.

`WORDS` lists the words that the project does not use, and what it writes instead. `ALLOWED` lists the exceptions, each with its
reason. Code blocks of pages, code in backticks and the values of payloads are not prose.
"""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import pushcodec

ROOT = Path(__file__).parents[1]

WORDS = {
    r"mend(s|ed|ing)?": "fix",
    r"forg[ai]v\w*": "tolerate, accept",
    r"vouch\w*": "certainly valid",
    r"tell(s|ing)?|told": "report, return, show; distinguish",
    r"hold(s|ing)?|held": "contain, have; compare with, validate by",
    r"stand(s|ing)?|stood": "is in, is at, occurs, follows",
    r"spelt": "written",
    r"twins?": "the class, or the object, that corresponds to",
    r"gates?": "strict reader",
    r"sieves?": "quick check",
    r"rooms": "modules",
    r"for\s+to": "because, to",
    r"whoever": "everyone who, a user who",
    r"in\s+vain|midst": "without success; during",
}
NOT_USED = re.compile("|".join(rf"\b(?:{word})\b" for word in WORDS), re.IGNORECASE)


class Allowed(NamedTuple):
    """A phrase with a word of the list that is allowed in the files whose path matches a pattern, and the reason."""

    path: str
    phrase: str
    reason: str


ALLOWED = (
    Allowed(r".*", r"\bstands? for\b", "the standard term: a pattern stands for paths"),
    Allowed(r"src/pushcodec/cli/outputs/.*", r"\bhold(s|ing)? (a|the) lock\b", "the standard term: a process holds a lock"),
    Allowed(r"PROOF\.md|tools/proof\.py", r"^\W*Properties hold\b", "the standard term: a property holds"),
    Allowed(r"PROOF\.md", r"\b(corpus|fuzz): gate\b|\bmutation-gate\b", "names of a fuzz target and of a shard in kept figures"),
    Allowed(r"Makefile", r'SHARDS="gate\b', "the name of a shard"),
    Allowed(r"src/pushcodec/cli/outputs/sinks\.py", r"^tell$", "the name of the method in Python's protocol of files"),
    Allowed(r"benchmarks/.*|docs/.*", r"\bbench-gate\b|\bgate\.py\b", "the name of the benchmark that fails over its ceilings"),
)


class Prose(NamedTuple):
    """A piece of text that people read, and its place."""

    path: str
    line: int
    text: str


def in_python(path: str, source: str) -> Iterator[Prose]:
    """Comments, docstrings and other strings of two words or more, and the names of functions and classes."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield Prose(path, token.start[0], token.string)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value.split()) > 1:
            yield Prose(path, node.lineno, re.sub("``?[^`]*``?", "", node.value))
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield Prose(path, node.lineno, re.sub(r"(?<=[a-z])(?=[A-Z])", " ", node.name).replace("_", " "))


def in_markdown(path: str, source: str) -> Iterator[Prose]:
    """The lines outside code blocks, without code in backticks, addresses of links, and comments."""
    fence = ""
    for number, line in enumerate(source.splitlines(), 1):
        mark = re.match(r"\s*(```+|~~~+)", line)
        if mark and mark[1].startswith(fence):
            fence = "" if fence else mark[1]
        elif not fence:
            yield Prose(path, number, re.sub(r"`[^`]*`|\]\([^)]*\)|<!--.*?-->", "", line))


def in_comments(path: str, source: str) -> Iterator[Prose]:
    """What follows a `#` in a line, in a Makefile or in YAML."""
    for number, line in enumerate(source.splitlines(), 1):
        _, mark, comment = line.partition("#")
        if mark:
            yield Prose(path, number, comment)


def in_schema(path: str, source: str) -> Iterator[Prose]:
    """The titles and descriptions of a schema."""
    for text in descriptions(json.loads(source)):
        yield Prose(path, source[: source.index(json.dumps(text, ensure_ascii=False))].count("\n") + 1, text)


def descriptions(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from (schema[key] for key in ("title", "description") if isinstance(schema.get(key), str))
    members = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for member in members:
        yield from descriptions(member)


READERS: dict[str, Callable[[str, str], Iterator[Prose]]] = {
    "src/**/*.py": in_python,
    "tests/**/*.py": in_python,
    "tools/**/*.py": in_python,
    "benchmarks/**/*.py": in_python,
    "fuzz/**/*.py": in_python,
    "examples/**/*.py": in_python,
    "*.md": in_markdown,
    "docs/**/*.md": in_markdown,
    "tests/mutation/*.md": in_markdown,
    "schemas/*.json": in_schema,
    "Makefile": in_comments,
    ".github/workflows/*.yml": in_comments,
}


def files(pattern: str) -> Iterator[tuple[str, Path]]:
    """The files that match the pattern, by their path in the checkout; the package's are those that are imported."""
    if pattern.startswith("src/"):
        package = Path(pushcodec.__file__).parent
        yield from ((f"src/pushcodec/{path.relative_to(package).as_posix()}", path) for path in sorted(package.rglob("*.py")))
    else:
        found = ((path.relative_to(ROOT).as_posix(), path) for path in sorted(ROOT.glob(pattern)))
        yield from ((name, path) for name, path in found if name != "tests/test_words.py" and "node_modules" not in name)


@cache
def prose(pattern: str) -> tuple[Prose, ...]:
    """The prose of the files that match the pattern."""
    return tuple(piece for name, path in files(pattern) for piece in READERS[pattern](name, path.read_text("utf-8")))


def words_in(piece: Prose) -> Iterator[str]:
    """The words of the list in a piece, each with its place and the text around it, except in allowed phrases."""
    text = piece.text
    for allowed in ALLOWED:
        if re.fullmatch(allowed.path, piece.path):
            text = re.sub(allowed.phrase, lambda match: "-" * len(match[0]), text)
    for found in NOT_USED.finditer(text):
        line = piece.line + text[: found.start()].count("\n")
        around = piece.text[max(0, found.start() - 30) : found.end() + 30]
        yield f"{piece.path}:{line}: {found[0]!r} in {around!r}"


@pytest.mark.parametrize("pattern", READERS)
def test_no_file_uses_a_word_of_the_list(pattern: str) -> None:
    """`WORDS` says what to write instead of each word."""
    assert [found for piece in prose(pattern) for found in words_in(piece)] == []


@pytest.mark.parametrize("allowed", ALLOWED, ids=lambda allowed: allowed.phrase)
def test_each_allowed_phrase_occurs(allowed: Allowed) -> None:
    """A phrase that no file contains any longer is removed from the list."""
    assert allowed.reason
    pieces = (piece for pattern in READERS for piece in prose(pattern) if re.fullmatch(allowed.path, piece.path))
    assert any(re.search(allowed.phrase, piece.text) for piece in pieces)


def test_words_are_found_in_python() -> None:
    """In comments, docstrings, messages, f-strings and names, but not in code and not in backticks."""
    source = (
        '"""A gate."""\ndef test_it_holds(twin):  # for  to\n    """A.\n\n    `told` told."""\n    raise E(f"{gate} stands so")\n'
    )
    assert sorted(found.split(" in ")[0] for piece in in_python("x.py", source) for found in words_in(piece)) == [
        "x.py:1: 'gate'",
        "x.py:2: 'for  to'",
        "x.py:2: 'holds'",
        "x.py:5: 'told'",
        "x.py:6: 'stands'",
    ]


def test_words_are_found_in_pages() -> None:
    """Outside code blocks, code in backticks and addresses of links."""
    source = "A `gate` [holds](gate.md).\n\n```sh\ngate\n```\n\n    told\n"
    assert [found.split(" in ")[0] for piece in in_markdown("x.md", source) for found in words_in(piece)] == [
        "x.md:1: 'holds'",
        "x.md:7: 'told'",
    ]


def test_words_are_found_in_schemas_and_comments() -> None:
    """In titles and descriptions at any depth, and behind a `#`."""
    schema = '{\n"title": "a twin", "anyOf": [{\n"description": "spelt"}],\n"const": "mend"}'
    pieces = [*in_schema("x.json", schema), *in_comments("Makefile", "gate:  ## a gate\n\tgate\n")]
    assert [found.split(" in ")[0] for piece in pieces for found in words_in(piece)] == [
        "x.json:2: 'twin'",
        "x.json:3: 'spelt'",
        "Makefile:1: 'gate'",
    ]

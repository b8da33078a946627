"""Four schema engines give the same verdict: the package's validator, python-jsonschema, jsonschema-rs, and ajv 8 in strict mode.

An engine validates values, not texts, and does not read JSON inside a string. `DIVERGENCES` lists everything that other engines
therefore accept although the contract forbids it; a test shows that each of them occurs.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema_rs
import pytest
from corpus_rules import BEYOND_DOUBLE_PRECISION, EMBEDDED_TEXT, INTEGRAL_FLOAT
from jsonschema import Draft202012Validator
from payloads import BAD, GOOD
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from pushcodec import jsontext
from pushcodec.jsontext import Readings
from pushcodec.schemafiles import NAMES, schema
from pushcodec.validation import violations_of

ENGINES = Path(__file__).parent / "engines"


class Divergence(NamedTuple):
    reason: str
    engines: frozenset[str]
    """The engines that accept such a document."""


DIVERGENCES = {
    INTEGRAL_FLOAT: Divergence(
        "1.0 is an `integer` of JSON Schema; an integer of the contract is written without a fraction",
        frozenset({"python-jsonschema", "jsonschema-rs", "ajv"}),
    ),
    EMBEDDED_TEXT: Divergence(
        "`contentSchema` is an annotation: no engine reads the JSON text inside a string",
        frozenset({"python-jsonschema", "jsonschema-rs", "ajv"}),
    ),
    BEYOND_DOUBLE_PRECISION: Divergence(
        "JavaScript reads every number as a double, and 2^63 - 1 as 2^63",
        frozenset({"ajv"}),
    ),
}

CASES: tuple[tuple[str, Any], ...] = (
    *((good.kind, good.document) for good in GOOD),
    *((bad.kind, bad.document) for bad in BAD),
)


def _expected(engine: str) -> list[bool]:
    """The expected verdicts of an engine on the corpus."""
    return [True] * len(GOOD) + [_accepts(engine, bad.divergence) for bad in BAD]


def _accepts(engine: str, divergence: str | None) -> bool:
    return divergence is not None and engine in DIVERGENCES[divergence].engines


def _ours() -> list[bool]:
    return [not list(violations_of(jsontext.read(json.dumps(document)), Readings(), kind=kind)) for kind, document in CASES]


def _python_jsonschema() -> list[bool]:
    empty: Registry[Any] = Registry()
    registry = empty.with_resources((f"{name}.json", DRAFT202012.create_resource(schema(name))) for name in NAMES)
    validators = {name: Draft202012Validator({"$ref": f"{name}.json"}, registry=registry) for name in NAMES}
    return [validators[kind].is_valid(document) for kind, document in CASES]


def _jsonschema_rs() -> list[bool]:
    # jsonschema-rs needs absolute addresses, hence this base; nothing is fetched from it.
    base = "json-schema:///"
    registry = jsonschema_rs.Registry([(f"{base}{name}.json", schema(name)) for name in NAMES])
    references = {name: {"$ref": f"{base}{name}.json"} for name in NAMES}
    validators = {name: jsonschema_rs.Draft202012Validator(references[name], registry=registry) for name in NAMES}
    return [validators[kind].is_valid(document) for kind, document in CASES]


def _ajv(*, bundle: bool = False) -> list[bool]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    if not (ENGINES / "node_modules" / "ajv").is_dir():
        pytest.skip("ajv is not installed: run `make engines`")
    schemas = {name: schema(name, bundle=bundle) for name in NAMES}
    request = json.dumps({"schemas": schemas, "bundled": bundle, "cases": CASES})
    answer = subprocess.run([node, ENGINES / "ajv_verdicts.mjs"], input=request, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == ""  # strict mode prints warnings there
    verdicts: list[bool] = json.loads(answer.stdout)
    return verdicts


_RUN = {"pushcodec": _ours, "python-jsonschema": _python_jsonschema, "jsonschema-rs": _jsonschema_rs, "ajv": _ajv}
# The same with a bundle alone, without a registry.
_RUN_BUNDLED: dict[str, Callable[[], list[bool]]] = {
    "python-jsonschema": lambda: _bundled(lambda bundle: Draft202012Validator(bundle, registry=Registry()).is_valid),
    "jsonschema-rs": lambda: _bundled(lambda bundle: jsonschema_rs.Draft202012Validator(bundle).is_valid),
    "ajv": lambda: _ajv(bundle=True),
}


def _bundled(compiled: Callable[[dict[str, Any]], Callable[[Any], bool]]) -> list[bool]:
    validators = {name: compiled(schema(name, bundle=True)) for name in NAMES}
    return [validators[kind](document) for kind, document in CASES]


every_engine = pytest.mark.parametrize("engine", _RUN)


@cache
def _verdicts(engine: str) -> list[bool]:
    return _RUN[engine]()


@every_engine
def test_engine_gives_the_expected_verdicts(engine: str, report_figure: Callable[[str], None]) -> None:
    """Every engine accepts every good document and refuses every bad one, except for the divergences above."""
    cases = zip(CASES, _verdicts(engine), _expected(engine), strict=True)
    assert [case for case, verdict, expected in cases if verdict is not expected] == []
    report_figure(f"schema engines: {engine} gives the expected verdict on {len(CASES)} documents")


@pytest.mark.parametrize("engine", _RUN_BUNDLED)
def test_a_bundle_gives_the_verdicts_of_its_files(engine: str, report_figure: Callable[[str], None]) -> None:
    """Each engine gives the same verdicts by the bundle alone as by the files together."""
    verdicts = _RUN_BUNDLED[engine]()
    assert [case for case, bundled, split in zip(CASES, verdicts, _verdicts(engine), strict=True) if bundled is not split] == []
    report_figure(f"schema engines: {engine} gives the same verdict on {len(CASES)} documents by the bundled schema")


@every_engine
@pytest.mark.parametrize("name", DIVERGENCES)
def test_each_divergence_occurs(engine: str, name: str) -> None:
    """The corpus has documents with the divergence; exactly the named engines accept them."""
    verdicts = [verdict for bad, verdict in zip(BAD, _verdicts(engine)[len(GOOD) :], strict=True) if bad.divergence == name]
    assert verdicts
    assert set(verdicts) == {engine in DIVERGENCES[name].engines}


def test_a_fault_in_an_embedded_text_is_a_divergence() -> None:
    """Exactly the documents whose fault is in an embedded text are marked with this divergence."""
    for bad in BAD:
        assert (bad.divergence == EMBEDDED_TEXT) is (len(bad.pointers) > 1), str(bad)


def test_lock_file_names_no_registry() -> None:
    """The lock file pins ajv and its dependencies by hash; the configuration of npm names the registry."""
    lock = json.loads((ENGINES / "package-lock.json").read_text("utf-8"))
    manifest = json.loads((ENGINES / "package.json").read_text("utf-8"))
    installed = {path: package for path, package in lock["packages"].items() if path}
    assert manifest["private"] is True
    assert installed["node_modules/ajv"]["version"] == manifest["dependencies"]["ajv"]
    for package in installed.values():
        assert "resolved" not in package
        assert package["integrity"].startswith("sha512-")

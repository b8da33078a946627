"""The schemas as data: one JSON Schema (2020-12) per payload, shipped with the package.

They are written by hand in `schemas/` and are, with the text rules of `docs/contract.md`, the contract of what is valid. References
between them are relative and there is no `$id`, so no tool ever fetches anything. A bundle is one of them with all that it refers
to; its `$id` is a `urn:`, which no tool fetches either.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pushcodec.errors import printable

NAMES = (
    "account-binding",
    "apns-config",
    "c2c-entity",
    "call-entity",
    "chat-entity",
    "entity",
    "ext",
    "group-entity",
    "group-signaling-content",
    "notification",
    "offline-push-info",
    "signaling-content",
    "signaling-data",
)
"""The names of all schemas: `schema("ext")` is the file `ext.json`."""


VERSION = 1
"""The version in the `$id` of bundles; it changes when a schema refuses what it accepted, or accepts what it refused."""


def schema(name: str, *, bundle: bool = False) -> dict[str, Any]:
    """The schema of a payload, as a value of the caller's own: changing it changes nothing here.

    With `bundle` it is self-contained: `$defs` has every schema that it refers to, each reference leads there, and `$id` is
    `urn:pushcodec:schemas:1:NAME`. Without, references name the files of `schemas/`. Raises ValueError for an unknown name,
    TypeError for what is no name at all.
    """
    if not isinstance(name, str):
        raise TypeError(f"expected the name of a schema, got {type(name).__name__}")
    if bundle:
        return _bundled(name)
    loaded: dict[str, Any] = json.loads(schema_text(name))
    return loaded


@cache
def schema_text(name: str) -> str:
    """The schema of a payload, as the text of its file. Raises ValueError for a name that is not in `NAMES`."""
    if name not in NAMES:
        raise ValueError(f"no schema is named {printable(name)!r}, expected one of {', '.join(NAMES)}")
    return _folder().joinpath(f"{name}.json").read_text("utf-8")


def _bundled(name: str) -> dict[str, Any]:
    schemas: dict[str, Any] = {}
    pending = [name]
    while pending:
        each = pending.pop()
        if each not in schemas:
            schemas[each] = _inside(name, schema(each), pending)
    root = schemas.pop(name)
    for definition in schemas.values():
        del definition["$schema"]  # inside another schema it would need an `$id` beside it
    head = {"$schema": root["$schema"], "$id": f"urn:pushcodec:schemas:{VERSION}:{name}"}
    definitions = {"$defs": dict(sorted(schemas.items()))} if schemas else {}
    return {**head, **root, **definitions}


def _inside(bundle: str, rule: Any, referred: list[str]) -> Any:
    """A schema whose references lead to places in a bundle; the names that it refers to are added to `referred`."""
    if isinstance(rule, list):
        return [_inside(bundle, part, referred) for part in rule]
    if not isinstance(rule, dict):
        return rule
    found = {key: part if key in _DATA else _inside(bundle, part, referred) for key, part in rule.items()}
    if "$ref" in rule:
        file, _, pointer = rule["$ref"].partition("#")
        name = file.removesuffix(".json")
        referred.append(name)
        found["$ref"] = f"#{pointer}" if name == bundle else f"#/$defs/{name}{pointer}"
    return found


_DATA = frozenset({"const", "enum", "examples"})  # what stands there is no schema


def _folder() -> Traversable:
    shipped = files("pushcodec").joinpath("schemas")
    if shipped.is_dir():
        return shipped
    return Path(__file__).parents[2] / "schemas"  # an editable install: the checkout's own

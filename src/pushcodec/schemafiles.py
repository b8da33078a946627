"""The schemas as data: one JSON Schema (2020-12) per payload and per form of document, in the package.

The files of `schemas/` are written by hand. With the text rules of `docs/contract.md` they are the contract of what is valid. Their
references are relative and they have no `$id`, so that no tool fetches anything. A bundle is a schema together with those that it
refers to; its `$id` is a `urn:`, which no tool fetches either.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from pushcodec.errors import printable

PAYLOADS: Final = (
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
"""The schemas of payloads. The field table (`contract`) is made from these alone."""

FORMS: Final = (
    "atomicx-push-info",
    "c-api-message",
    "c-api-push-config",
    "callkit-options",
    "callkit-push-info",
    "click-callback",
    "click-intent",
    "flutter-options",
    "flutter-push-info",
    "oppo-bundle",
    "react-native-click",
    "rest-android-info",
    "rest-apns-info",
    "rest-batchsendmsg",
    "rest-harmony-info",
    "rest-im-push",
    "rest-msg-body",
    "rest-push-info",
    "rest-request",
    "rest-robot-call",
    "rest-send-group-msg",
    "rest-sendmsg",
    "sdk-dump",
    "sdk-dump-message",
    "timpush-batch",
    "timpush-push",
    "timpush-revoke",
    "timpush-webpush",
    "tpns-push",
    "uniapp-click",
    "v2tim-push-info",
    "vendor-log",
    "vendor-params",
    "web-options",
    "web-push-info",
    "webim-push-info",
    "xiaomi-bundle",
)
"""The schemas of the documents that contain an ext, or of parts of them."""

NAMES: Final = tuple(sorted(PAYLOADS + FORMS))
"""The names of all schemas: `schema("ext")` is the file `ext.json`."""

VERSION = 1
"""The version in the `$id` of bundles; it changes if a schema refuses a value that it accepted, or accepts one that it refused."""


def schema(name: str, *, bundle: bool = False) -> dict[str, Any]:
    """The schema of a payload or of a form, a new value for each call.

    With `bundle` it is self-contained: `$defs` has every schema that it refers to, every reference leads there, and `$id` is
    `urn:pushcodec:schemas:1:NAME`. Without `bundle`, references name the files of `schemas/`. Raises ValueError for an unknown
    name, TypeError unless the name is a `str`.
    """
    if not isinstance(name, str):
        raise TypeError(f"expected the name of a schema, got {type(name).__name__}")
    if bundle:
        return _bundled(name)
    loaded: dict[str, Any] = json.loads(schema_text(name))
    return loaded


def target(reference: str) -> Any:
    """What a reference in a schema leads to: a schema, `ext.json`, or a part of one, `timpush-push.json#/properties/Condition`."""
    name, _, path = reference.partition(".json")
    found: Any = schema(name)
    for key in path.removeprefix("#").split("/")[1:]:
        found = found[key]
    return found


@cache
def schema_text(name: str) -> str:
    """The text of a schema's file. Raises ValueError for a name that is not in `NAMES`."""
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
        del definition["$schema"]  # in a part of a schema it is allowed only beside an `$id`
    head = {"$schema": root["$schema"], "$id": f"urn:pushcodec:schemas:{VERSION}:{name}"}
    definitions = {"$defs": dict(sorted(schemas.items()))} if schemas else {}
    return {**head, **root, **definitions}


def _inside(bundle: str, rule: Any, referred: list[str]) -> Any:
    """A schema with references into a bundle; the names of the schemas that it refers to are appended to `referred`."""
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


_DATA = frozenset({"const", "enum", "examples"})  # their values are no schemas


def _folder() -> Traversable:
    shipped = files("pushcodec").joinpath("schemas")
    if shipped.is_dir():
        return shipped
    return Path(__file__).parents[2] / "schemas"  # an editable install uses the files of the checkout

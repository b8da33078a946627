"""The schemas as data: one JSON Schema (2020-12) per payload, shipped with the package.

They are written by hand in `schemas/` and are, with the text rules of `docs/contract.md`, the contract of what is valid. References
between them are relative and there is no `$id`, so no tool ever fetches anything.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

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


def schema(name: str) -> dict[str, Any]:
    """The schema of a payload, as a value of your own. Raises KeyError for a name that is not in `NAMES`."""
    loaded: dict[str, Any] = json.loads(schema_text(name))
    return loaded


@cache
def schema_text(name: str) -> str:
    """The schema of a payload, as the text of its file. Raises KeyError for a name that is not in `NAMES`."""
    if name not in NAMES:
        raise KeyError(name)
    return _folder().joinpath(f"{name}.json").read_text("utf-8")


def _folder() -> Traversable:
    shipped = files("pushcodec").joinpath("schemas")
    if shipped.is_dir():
        return shipped
    return Path(__file__).parents[2] / "schemas"  # an editable install: the checkout's own

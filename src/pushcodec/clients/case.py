"""One NDJSON case: what an outside tool wants to know the outcome of."""

from __future__ import annotations

from typing import Any

from pushcodec.jsontext.values import json_type


class CaseError(ValueError):
    """A line that is not a case; the message says why."""


class Case:
    """The JSON object of a case: `{"id", …}`. Keys that a client does not ask for are ignored."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def require(self, *keys: str) -> None:
        """Raises CaseError for the first key that is absent."""
        for key in keys:
            if key not in self.values:
                raise CaseError(f"expected the key '{key}'")

    def get(self, key: str, default: Any = None) -> Any:
        """The value under a key, of any type; `default` where the key is absent."""
        return self.values.get(key, default)

    def flag(self, key: str) -> bool:
        """A boolean; true where the key is absent. Raises CaseError for another type."""
        value = self.values.get(key, True)
        if not isinstance(value, bool):
            raise CaseError(f"expected '{key}' to be true or false")
        return value

    def seconds(self, key: str) -> int:
        """Unix seconds under a key that is present. Raises CaseError for another type."""
        value = self.values[key]
        if type(value) is not int:
            raise CaseError(f"expected '{key}' to be an integer of unix seconds, got {json_type(value)}")
        return value

    def text(self, key: str) -> str | None:
        """A string or null under a key that is present. Raises CaseError for another type."""
        value = self.values[key]
        if not isinstance(value, str | None):
            raise CaseError(f"expected '{key}' to be a string or null, got {json_type(value)}")
        return value

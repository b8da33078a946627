"""How much a finding matters."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error breaks the contract or the client, a warning is likely wrong, an info is a note."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

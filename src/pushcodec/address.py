"""The project's address on the web, from which all of its own addresses are built.

Until the project has an address it is a reserved name (RFC 2606), which cannot be registered.
"""

from __future__ import annotations

from typing import Final

BASE: Final = "https://pushcodec.example"


def rule_page(code: str) -> str:
    """The address of a rule's page: `https://pushcodec.example/rules/PC304`."""
    return f"{BASE}/rules/{code}"

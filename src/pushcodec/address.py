"""The project's address on the web: the one constant from which each of its own addresses is built.

It is a reserved name until the project has an address (RFC 2606), so no one can register it and put another page there.
"""

from __future__ import annotations

from typing import Final

BASE: Final = "https://pushcodec.example"


def rule_page(code: str) -> str:
    """The address of a rule's page: `https://pushcodec.example/rules/PC304`."""
    return f"{BASE}/rules/{code}"

"""Placeholders in help texts for names whose definitions take longer to load than linting a file takes."""

from __future__ import annotations

from typing import Final

CLIENT_NAMES: Final = "{clients}"
"""The names of all clients."""

CARRIER_NAMES: Final = "{carriers}"
"""The names of all forms of documents."""

FAMILY_NAMES: Final = "{families}"
"""The names of the families of forms that are no names of forms."""

KIND_NAMES: Final = "{kinds}"
"""The names of all forms of documents, of families of forms, and of schemas."""


def with_names(text: str) -> str:
    """A help text with the names in the place of the placeholders."""
    if CLIENT_NAMES in text:
        from pushcodec.clients.table import CLIENTS

        text = text.replace(CLIENT_NAMES, ", ".join(CLIENTS))
    if CARRIER_NAMES in text:
        from pushcodec.documents import Carrier

        text = text.replace(CARRIER_NAMES, ", ".join(Carrier))
    if FAMILY_NAMES in text:
        from pushcodec.cli.origins import FAMILIES

        text = text.replace(FAMILY_NAMES, ", ".join(FAMILIES))
    if KIND_NAMES in text:
        from pushcodec.inspection import KINDS

        text = text.replace(KIND_NAMES, ", ".join(KINDS))
    return text

"""The documents that the linter makes of a text, for tests of its parts."""

from __future__ import annotations

from pushcodec.jsontext import DEFAULT_LIMITS, Limits
from pushcodec.lint.document import Document, Texts, documents_of


def documents(text: str | bytes, *, kind: str | None = None, limits: Limits = DEFAULT_LIMITS) -> list[Document]:
    """One for each ext of each form in a text; none for a text of no known form."""
    return documents_of(Texts(text, limits), kind=kind)

"""The codes of the linter's rules."""

from __future__ import annotations

from typing import Final

from pushcodec.errors import Code

CODES: Final[tuple[Code, ...]] = tuple(code for code in Code if code not in (Code.NOT_ENCODABLE, Code.SEVERAL_EXTS, Code.NO_TARGET))
"""The codes that have a rule. The others are about values to encode and messages to send, not about texts."""

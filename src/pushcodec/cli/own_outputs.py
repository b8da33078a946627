"""Recognition of the files that pushcodec itself writes, which lie beside the payloads and are none."""

from __future__ import annotations

import re
from typing import Final

_BEGINNINGS: Final = (
    ("a baseline", rb'\{\s*"version":\s*\d+,\s*"findings":\s*\[\s*(?:\{\s*"code":\s*"PC\d{3}"|\])'),
    ("a report of the linter", rb"(?:error|warning|info)\[PC\d{3}\] [a-z0-9-]+: "),  # text
    ("a report of the linter", rb"[^\n]*:\d+:\d+: PC\d{3} [a-z0-9-]+: "),  # concise
    ("a report of the linter", rb"::(?:error|warning|notice) file=[^\n]*title=PC\d{3} "),  # github
    ("a report of the linter", rb'(?:\[\s*)?\{\s*"file": "[^\n]*"[^\n]*"code": "PC\d{3}", "name": "'),  # json, json-lines
    ("a report of the linter", rb'<\?xml [^\n]*\?>\s*<testsuites name="pushcodec"'),  # junit
    (
        "a report of the linter",
        rb'\{\s*"\$schema":\s*"[^"]*/sarif-[^"]*"[^{}]*\{\s*"tool":\s*\{\s*"driver":\s*\{\s*"name":\s*"pushcodec"',
    ),
    ("a diff", rb"--- [^\n]*\n\+\+\+ [^\n]*\n@@ "),
    ("a diff", rb"diff --git "),
)
_LONGEST: Final = 4096


def describe_output(data: bytes) -> str | None:
    """What a file of pushcodec is, by its first bytes: `a baseline`, `a report of the linter`, `a diff`; None for any other."""
    beginning = data[:_LONGEST].lstrip()
    return next((what for what, pattern in _BEGINNINGS if re.match(pattern, beginning)), None)

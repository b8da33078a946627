"""The linter: what is wrong with a sample payload, where, why it matters and how to fix it.

for diagnostic in pushcodec.lint.lint_text(data, filename="chat.json"):
    print(diagnostic.start.line, diagnostic.code, diagnostic.message)
"""

from pushcodec.lint.config import DEFAULT_CONFIG, Config
from pushcodec.lint.diagnostics import Diagnostic, Edit, Fix, Frame, Report, Severity
from pushcodec.lint.linter import lint_lines, lint_text

__all__ = [
    "DEFAULT_CONFIG",
    "Config",
    "Diagnostic",
    "Edit",
    "Fix",
    "Frame",
    "Report",
    "Severity",
    "lint_lines",
    "lint_text",
]

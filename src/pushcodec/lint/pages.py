"""The page of each rule: why it matters, a payload that breaks it and one that does not.

`pushcodec rule` prints these, docs/rules/ is written from them, and the tests lint every example. The name and the summary of a
rule are in the catalogue of codes. Whether it is fixed comes from linting its example.
"""

from __future__ import annotations

import json
from typing import Final

from pushcodec.errors import Code
from pushcodec.lint.catalogue import CODES
from pushcodec.lint.config import Config
from pushcodec.lint.linter import lint_text
from pushcodec.lint.rules import rule
from pushcodec.lint.rules.rule import Page

SEVERITIES: Final = {code: rule(code).severity for code in CODES}
"""The rules, and the severity of each."""

PAGES: Final = {code: rule(code).page() for code in CODES}
"""The rules, and the page of each."""


def page(code: Code) -> str:
    """The page of a rule, as Markdown."""
    found = PAGES[code]
    parts = [
        f"# {code} {code.rule}",
        f"{code.summary[0].upper()}{code.summary[1:]}.",
        f"Severity: {SEVERITIES[code]}. Fixed: {_fixed(code)}.{_options(found)}",
        f"## Why is this bad?\n\n{found.why}",
        f"## Example\n\n{_block(found.bad)}",
        f"Use instead:\n\n{_block(found.good)}",
    ]
    return "\n\n".join(parts) + "\n"


def _fixed(code: Code) -> str:
    """Whether the linter fixes the example, and with which options."""
    found = lint_text(PAGES[code].bad, config=Config(**PAGES[code].options))
    fixes = [each.fix for each in found if each.code is code and each.fix]
    if not fixes:
        return "no"
    return "by `--fix`" if fixes[0].safe else "by `--fix --unsafe-fixes`"


def _options(found: Page) -> str:
    """A sentence about the options of the examples."""
    options = ", ".join(f"`{name} = {json.dumps(value)}`" for name, value in found.options.items())
    return f" The example is linted with {options}." if options else ""


_SHOWN = 600  # characters of an example


def _block(text: str | bytes) -> str:
    shown = text if isinstance(text, str) else text.decode("utf-8", "backslashreplace")
    shown = shown.replace("\ufeff", "\\ufeff")
    cut = "" if len(shown) <= _SHOWN else f"... ({len(shown)} characters)"
    return f"```json\n{shown[:_SHOWN]}{cut}\n```"

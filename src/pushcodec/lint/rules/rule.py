"""The form of a rule: its code, severity, page and check, together in one module that is named after the rule.

A rule is a module of this package that defines `RULE`. The rule `wrong-type` (`Code.WRONG_TYPE`) is in `wrong_type.py`. An analysis
that several rules need is a function of the document, which they pass to `Document.once`, so that it runs once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pushcodec.errors import Code
from pushcodec.lint.findings import Change as Change
from pushcodec.lint.findings import Check as Check
from pushcodec.lint.findings import Finding as Finding
from pushcodec.lint.findings import ProposedFix as ProposedFix
from pushcodec.lint.findings import at_key as at_key
from pushcodec.lint.findings import at_value as at_value
from pushcodec.lint.severity import Severity


class Page(NamedTuple):
    """The documentation of a rule: why it matters, an example that breaks it, one that does not, and the options of both.

    `why` is Markdown. `options` are the arguments of the `Config` with which the examples are linted.
    """

    why: str
    bad: str | bytes
    good: str
    options: Mapping[str, Any] = {}


class Rule(NamedTuple):
    """A rule of the linter.

    - `code`: its code in the catalogue, which also has its name and its summary
    - `severity`: how much a finding matters
    - `page`: returns its page; a function, because most runs need no page
    - `check`: returns its findings in a document
    """

    code: Code
    severity: Severity
    page: Callable[[], Page]
    check: Check

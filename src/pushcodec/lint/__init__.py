"""The linter: what is wrong with sample payloads, where, why it matters and how to mend it."""

from pushcodec.lint.config import DEFAULT_CONFIG, Config
from pushcodec.lint.diagnostics import Diagnostic, Edit, Fix, Frame, Report, Severity

__all__ = ["DEFAULT_CONFIG", "Config", "Diagnostic", "Edit", "Fix", "Frame", "Report", "Severity"]

"""Baselines: findings that are known and not reported again, whatever line or file they move to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from pushcodec.lint.diagnostics import Diagnostic

_VERSION = 1


class BaselineError(ValueError):
    """The text is no baseline."""


class Baseline:
    """How often each finding is known, by its fingerprint: rule, pointers and what is marked."""

    def __init__(self, known: Counter[str]) -> None:
        self._left = known

    @classmethod
    def read(cls, text: str) -> Baseline:
        """Reads `{"version": 1, "findings": [{"code", "pointers", "fingerprint", "count"}]}`; raises BaselineError for others."""
        try:
            value = json.loads(text)
            if value["version"] != _VERSION:
                raise BaselineError(f"expected a baseline of version {_VERSION}")
            return cls(Counter({str(each["fingerprint"]): int(each["count"]) for each in value["findings"]}))
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            raise error if isinstance(error, BaselineError) else BaselineError("expected what --write-baseline writes") from None

    def new(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The diagnostics that are not known; each known one counts once."""
        for each in diagnostics:
            if self._left[each.fingerprint] > 0:
                self._left[each.fingerprint] -= 1
            else:
                yield each


def write_baseline(diagnostics: Iterable[Diagnostic]) -> str:
    """The text of a baseline that knows these, in an order that keeps diffs small."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for each in diagnostics:
        counts[each.code, " -> ".join((each.pointer, *each.embedded)), each.fingerprint] += 1
    findings = [
        {"code": code, "pointers": pointers, "fingerprint": fingerprint, "count": count}
        for (code, pointers, fingerprint), count in sorted(counts.items())
    ]
    return json.dumps({"version": _VERSION, "findings": findings}, indent=1) + "\n"

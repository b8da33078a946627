"""Baselines: known findings, which are not reported again, even if they move to another line or file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pushcodec.errors import printable
from pushcodec.lint.diagnostics import Diagnostic

_VERSION = 1


class BaselineError(ValueError):
    """The text is not a baseline."""


class Entry(NamedTuple):
    """A finding in a baseline: its rule, its pointers as one text, and how often it occurs."""

    code: str
    pointers: str
    times: int

    @property
    def in_words(self) -> str:
        """`PC301 at /entity/action, 2 times`, in printable ASCII."""
        times = f", {self.times} times" if self.times > 1 else ""
        return f"{printable(self.code, 20)} at {printable(self.pointers, 200) or '(document)'}{times}"


class Baseline:
    """The number of times that each finding is known, by fingerprint."""

    def __init__(self, known: Mapping[str, Entry]) -> None:
        self._known = known
        self._left = Counter({fingerprint: entry.times for fingerprint, entry in known.items()})

    @classmethod
    def read(cls, text: str) -> Baseline:
        """Reads `{"version": 1, "findings": [{"code", "pointers", "fingerprint", "count"}]}`.

        Raises BaselineError for any other text.
        """
        try:
            value = json.loads(text)
            if value["version"] != _VERSION:
                raise BaselineError(f"expected a baseline of version {_VERSION}")
            return cls({str(each["fingerprint"]): _entry(each) for each in value["findings"]})
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError) as error:
            raise error if isinstance(error, BaselineError) else BaselineError("expected what --write-baseline writes") from None

    def new(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The diagnostics that are not known. A finding that is known twice is left out twice."""
        for each in diagnostics:
            if self._left[each.fingerprint] > 0:
                self._left[each.fingerprint] -= 1
            else:
                yield each

    @property
    def unused(self) -> list[Entry]:
        """The entries that matched no finding so far, each with the number of times that it did not."""
        return [entry._replace(times=left) for fingerprint, entry in self._known.items() if (left := self._left[fingerprint]) > 0]


def _entry(finding: dict[str, Any]) -> Entry:
    return Entry(str(finding.get("code", "")), str(finding.get("pointers", "")), int(finding["count"]))


def write_baseline(diagnostics: Iterable[Diagnostic]) -> str:
    """The text of a baseline of these diagnostics, sorted so that diffs are small."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for each in diagnostics:
        counts[each.code, " -> ".join((each.pointer, *each.embedded)), each.fingerprint] += 1
    findings = [
        {"code": code, "pointers": pointers, "fingerprint": fingerprint, "count": count}
        for (code, pointers, fingerprint), count in sorted(counts.items())
    ]
    return json.dumps({"version": _VERSION, "findings": findings}, indent=1) + "\n"

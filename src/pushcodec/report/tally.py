"""The counts of a report, over columns of texts of any length, in constant memory."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pushcodec.arrow import decode_array
from pushcodec.arrow.decoding import Texts
from pushcodec.errors import Code
from pushcodec.jsontext import DEFAULT_LIMITS
from pushcodec.lint import document as linted
from pushcodec.lint.analyses.sizes import EXT_ADVISED, PUSH_INFO_ADVISED, TPNS_LIMIT
from pushcodec.lint.config import DEFAULT_CONFIG
from pushcodec.lint.rules import check

STEP: Final = 128
"""The width of a bin of sizes in bytes."""

OPEN_BIN: Final = 40
"""The number of the last bin, which contains all sizes from 5,120 bytes on."""

_CODES: Final = frozenset(code for code in Code if code[:3] in ("PC1", "PC3", "PC4", "PC6"))
"""The rules of the contract and of senders, which are counted."""


class SizeLimit(NamedTuple):
    """A limit in bytes, and what it applies to."""

    size: int
    name: str


LIMITS: Final = (
    SizeLimit(EXT_ADVISED, "advised for an ext"),
    SizeLimit(PUSH_INFO_ADVISED, "advised for title, desc and ext together"),
    SizeLimit(TPNS_LIMIT, "of a whole notification"),
    SizeLimit(DEFAULT_LIMITS.max_bytes, "that pushcodec reads"),
)
"""The limits that sizes are compared with."""


class Tally:
    """Counts of payloads so far.

    - `rows`, `nulls`, `valid`, `refused`: all rows, those without a text, and texts that are valid payloads or not
    - `outcomes`: texts by what the client does; `reasons`: by outcome and reason, or the step of a crash
    - `violations`, `faults`: texts by code, of the contract and of senders (`PC6xx`); one text counts for each code that it has
    - `sizes`: texts by `bytes // STEP`, from `OPEN_BIN` on together; `over`: texts over each of `LIMITS`
    - `largest`, `bytes`: of the largest text, and of all
    """

    def __init__(self) -> None:
        self.rows = self.nulls = self.valid = self.refused = 0
        self.outcomes: Counter[str] = Counter()
        self.reasons: Counter[tuple[str, str]] = Counter()
        self.violations: Counter[Code] = Counter()
        self.faults: Counter[Code] = Counter()
        self.sizes: Counter[int] = Counter()
        self.over: Counter[SizeLimit] = Counter()
        self.largest = self.bytes = 0

    @property
    def texts(self) -> int:
        """How many rows have a text."""
        return self.rows - self.nulls

    def add(self, texts: Texts, *, now: int) -> None:
        """Counts the texts of exts, with the client's clock at `now`."""
        decoded = decode_array(texts, now=now).drop_null()
        self.rows += len(texts)
        self.nulls += len(texts) - len(decoded)
        if len(decoded):
            present = texts.drop_null().cast(pa.large_binary())
            self._add_verdicts(decoded)
            self._add_sizes(pc.binary_length(present))
            for text in present.to_pylist():
                self._add_codes(text)

    def _add_verdicts(self, decoded: pa.StructArray) -> None:
        valid = decoded.field("valid")
        self.valid += valid.true_count
        self.refused += valid.false_count
        self.outcomes.update(_counts(decoded.field("outcome")))
        why = pc.coalesce(decoded.field("reason"), decoded.field("crash_step"))
        pairs = pc.binary_join_element_wise(decoded.field("outcome"), why, " ")
        for pair, count in _counts(pairs).items():
            outcome, _, reason = pair.partition(" ")
            self.reasons[outcome, reason] += count

    def _add_sizes(self, sizes: pa.Array) -> None:
        self.bytes += pc.sum(sizes).as_py()
        self.largest = max(self.largest, pc.max(sizes).as_py())
        self.sizes.update(_counts(pc.min_element_wise(pc.divide(sizes, STEP), OPEN_BIN)))
        for limit in LIMITS:
            self.over[limit] += pc.sum(pc.greater(sizes, limit.size)).as_py()

    def _add_codes(self, text: bytes) -> None:
        (document,) = linted.documents_of(linted.Texts(text), kind="ext")
        for code in {found.code for found in check(document, DEFAULT_CONFIG, _CODES)}:
            counted = self.faults if code.startswith("PC6") else self.violations
            counted[code] += 1


def _counts(values: pa.Array) -> Counter[Any]:
    """How often each value occurs in an array; nulls are not counted."""
    counted = pc.value_counts(values.drop_null())
    return Counter(dict(zip(counted.field("values").to_pylist(), counted.field("counts").to_pylist(), strict=True)))

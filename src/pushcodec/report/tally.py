"""The counts of a report, over columns of documents of any number, in constant memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pushcodec.arrow import AUTO, KINDS, decode_array
from pushcodec.arrow.decoding import Texts
from pushcodec.documents import Carrier, carried
from pushcodec.errors import Code
from pushcodec.jsontext import DEFAULT_LIMITS
from pushcodec.lint import document as linted
from pushcodec.lint.analyses.sizes import EXT_ADVISED, PUSH_INFO_ADVISED, TPNS_LIMIT
from pushcodec.lint.config import DEFAULT_CONFIG
from pushcodec.lint.rules import Found, check, check_unknown, rule
from pushcodec.lint.severity import Severity

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
    """Counts of the texts in a column, and of the payloads in them, so far.

    - `rows`, `nulls`: all rows, and those without a text; `without`: texts that contain no payload, `unknown`: those of them that
      have no known form, `invalid`: texts that violate the contract
    - `forms`: texts by the titles of their forms; one text counts for each of its forms
    - `violations`, `faults`: texts by code, of the contract and of senders (`PC6xx`); one text counts for each code that it has
    - `payloads`, `valid`, `refused`: the exts in the texts, of which one text can have several
    - `outcomes`: payloads by what the client does; `reasons`: by outcome and reason, or the step of a crash
    - `sizes`: payloads by `bytes // STEP`, from `OPEN_BIN` on together; `over`: payloads over each of `LIMITS`
    - `largest`, `bytes`: of the largest payload, and of all
    """

    def __init__(self, kind: str = "ext") -> None:
        """`kind` is what each text is, one of `arrow.KINDS`: an ext, a document of a form, or with `auto` any document."""
        if kind not in KINDS:
            raise ValueError(f"unknown kind {kind!r}, expected one of {', '.join(KINDS)}")
        self._kind = None if kind == AUTO else kind
        self.rows = self.nulls = self.without = self.unknown = self.invalid = 0
        self.payloads = self.valid = self.refused = 0
        self.forms: Counter[str] = Counter()
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
        """Counts texts, with the client's clock at `now`. Raises TypeError for a column of another type."""
        decode_array(texts.slice(0, 0), now=now)  # checks the arguments
        present = texts.drop_null().cast(pa.large_binary()).to_pylist()
        self.rows += len(texts)
        self.nulls += len(texts) - len(present)
        exts = [ext for text in present for ext in self._exts(text)]
        if exts:
            payloads = pa.array(exts, pa.large_binary())
            self.payloads += len(exts)
            self._add_verdicts(decode_array(payloads, now=now))
            self._add_sizes(pc.binary_length(payloads))

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

    def _exts(self, text: bytes) -> list[bytes]:
        """The exts in a text, whose forms and codes are counted."""
        texts = linted.Texts(text)
        documents = linted.documents_of(texts, kind=self._kind)
        found = [each for document in documents for each in check(document, DEFAULT_CONFIG, _CODES)]
        self._add_codes(found if documents else check_unknown(texts, _CODES))
        self.forms.update({document.form.title for document in documents})
        exts = _exts_in(texts, documents)
        self.without += not exts
        self.unknown += not documents
        return exts

    def _add_codes(self, found: Iterable[Found]) -> None:
        codes = {each.code for each in found}
        self.invalid += any(map(_is_error, codes))
        for code in codes:
            counted = self.faults if code.startswith("PC6") else self.violations
            counted[code] += 1


@cache
def _is_error(code: Code) -> bool:
    """Whether a code is a violation of the contract, and not only probably a fault."""
    return not code.startswith("PC6") and rule(code).severity is Severity.ERROR


def _exts_in(texts: linted.Texts, documents: list[linted.Document]) -> list[bytes]:
    """The exts of some documents in a text. A document that is an ext, or counts as one, is as it was given."""
    if [(document.form.name, document.found.paths) for document in documents] == [(Carrier.EXT, ((),))]:
        assert isinstance(texts.text, bytes)
        return [texts.text]
    exts = [each for document in documents if document.is_first for each in carried(document.found, texts.reading, texts.readings)]
    # A text in a text may have half of a surrogate pair, for which no UTF-8 exists. The decoder refuses these bytes.
    return [each.ext.encode("utf-8", "surrogatepass") for each in exts]


def _counts(values: pa.Array) -> Counter[Any]:
    """How often each value occurs in an array; nulls are not counted."""
    counted = pc.value_counts(values.drop_null())
    return Counter(dict(zip(counted.field("values").to_pylist(), counted.field("counts").to_pylist(), strict=True)))

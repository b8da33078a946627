"""The figures to reach, each with its measured value."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

from cases import LINES, MIXED, REJECTED, TOLERANT, TRUSTED_ROUTE_LINES
from contenders import BY_HAND, DECODE_EXT, DEFAULT_DECODE, DEFAULT_ROUTE, JSONSCHEMA, PYDANTIC, TRUSTED_ROUTE
from corpus import COMPACT, ESCAPED, PRETTY, WRAPPED

Ratios: TypeAlias = dict[tuple[str, str, str], float]

_AT_MOST = {
    TRUSTED_ROUTE: {COMPACT: 1.25, PRETTY: 1.25, ESCAPED: 1.6, WRAPPED: 1.9},
    DEFAULT_ROUTE: {COMPACT: 2.3, PRETTY: 2.3, ESCAPED: 2.6, WRAPPED: 3.2},
}
_TIMES_AS_FAST = {PYDANTIC: 3, BY_HAND: 1.4, JSONSCHEMA: 60}


class Figure(NamedTuple):
    """A measured value and its bound. A binding figure over its bound fails the run: noise cannot move it that far."""

    name: str
    measured: float
    bound: float
    at_least: bool = False
    binding: bool = False

    @property
    def reached(self) -> bool:
        """Whether the measured value is within the bound."""
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound

    def to_dict(self) -> dict[str, Any]:
        """The figure in the results: `{"figure", "measured", "at_least" or "at_most", "reached"}`."""
        bound = "at_least" if self.at_least else "at_most"
        return {"figure": self.name, "measured": round(self.measured, 2), bound: self.bound, "reached": self.reached}

    def __str__(self) -> str:
        sign = ">=" if self.at_least else "<="
        return f"{'reached' if self.reached else 'NOT REACHED':12} {self.name:62} {self.measured:8.2f} {sign} {self.bound:g}"


def figures(ratios: Ratios, growth_mib: float) -> list[Figure]:
    """Every figure, in the order in which they are printed."""
    trusted = ratios[COMPACT, MIXED, TRUSTED_ROUTE]
    by_form = [
        Figure(f"{contender}, {form}", ratios[form, MIXED, contender], bound)
        for contender, bounds in _AT_MOST.items()
        for form, bound in bounds.items()
    ]
    compared = [
        Figure(f"{TRUSTED_ROUTE}: times as fast as {slower}", ratios[COMPACT, MIXED, slower] / trusted, bound, at_least=True)
        for slower, bound in _TIMES_AS_FAST.items()
    ]
    return [
        *by_form,
        Figure(f"{TRUSTED_ROUTE_LINES}, per line", ratios[LINES, MIXED, TRUSTED_ROUTE_LINES], 0.9),
        *compared,
        Figure("a row that only the mirror routes", ratios[TOLERANT, MIXED, DEFAULT_ROUTE], 60),
        Figure("a rejected row, explained", ratios[REJECTED, MIXED, DEFAULT_DECODE], 400),
        Figure("MiB that 1,000,000 lines grow the process", growth_mib, 64, binding=True),
        Figure(f"{DECODE_EXT}, compact", ratios[COMPACT, MIXED, DECODE_EXT], 20, binding=True),
    ]

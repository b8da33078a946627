"""Strict JSON text: reading under limits, every fault with its position, and writing.

`parse` returns a value or raises; `read` returns a `Reading`, which has the value and the faults. `Readings` keeps the readings of
the texts inside a document.
"""

from pushcodec.jsontext.limits import DEFAULT_LIMITS, MOST_DEPTH, Limits, check_limits
from pushcodec.jsontext.reading import Reading, certain_value, check_surrogate_escapes, explain, parse, read, read_embedded
from pushcodec.jsontext.readings import Readings
from pushcodec.jsontext.values import ABSENT, MAX_INT, MIN_INT, Absent, Fault, JSONValue, Maybe, pointer
from pushcodec.jsontext.writing import ascii_only, dump, dump_built, dump_deep

__all__ = [
    "ABSENT",
    "DEFAULT_LIMITS",
    "MAX_INT",
    "MIN_INT",
    "MOST_DEPTH",
    "Absent",
    "Fault",
    "JSONValue",
    "Limits",
    "Maybe",
    "Reading",
    "Readings",
    "ascii_only",
    "certain_value",
    "check_limits",
    "check_surrogate_escapes",
    "dump",
    "dump_built",
    "dump_deep",
    "explain",
    "parse",
    "pointer",
    "read",
    "read_embedded",
]

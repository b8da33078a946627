"""Strict JSON text: reading with limits, every fault with its position, writing.

`parse` returns a value or raises, `read` returns a value with its faults.
"""

from pushcodec.jsontext.limits import DEFAULT_LIMITS, MOST_DEPTH, Limits, check_limits
from pushcodec.jsontext.reading import (
    Reading,
    check_surrogate_escapes,
    located_message,
    parse,
    read,
    read_embedded,
    stand_in,
    violations,
)
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
    "check_limits",
    "check_surrogate_escapes",
    "dump",
    "dump_built",
    "dump_deep",
    "located_message",
    "parse",
    "pointer",
    "read",
    "read_embedded",
    "stand_in",
    "violations",
]

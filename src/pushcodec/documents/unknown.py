"""What to say about a document of no known form, and whether a text that cannot be read was meant as a payload."""

from __future__ import annotations

import re
from typing import Final

from pushcodec import jsontext
from pushcodec.documents.marks import OUTERMOST_KEYS, QUOTED, STRONG_KEYS, UNQUOTED_KEYS, Near, closest
from pushcodec.documents.recognition import recognise
from pushcodec.errors import Code, Violation
from pushcodec.jsontext import ABSENT, DEFAULT_LIMITS, Fault, JSONValue, Limits, Reading, Readings


def unknown_document(value: JSONValue) -> Violation:
    """`PC402` for a document: the two forms that are closest, and the marks that are missing."""
    near = "; ".join(map(_words, closest(value)))
    return Violation(Code.UNKNOWN_DOCUMENT, "", f"no known form: closest are {near}")


def limit_faults(reading: Reading) -> list[Fault]:
    """The limits that ended the reading of a document early, so that what is in it may be a known form."""
    return [fault for fault in reading.faults if fault.code in _LIMITS]


_LIMITS: Final = frozenset({Code.TOO_DEEP, Code.TOO_LARGE, Code.TOO_MANY_ITEMS})


def _words(near: Near) -> str:
    return f"{near.form.name} ({near.form.title}), which needs {' and '.join(near.missing)}"


def contains_payload(document: str | bytes, limits: Limits = DEFAULT_LIMITS, *, certainly: bool = False) -> bool:
    """Whether a document contains a form, by its marks; or, unless `certainly`, is no JSON text and mentions one."""
    from pushcodec.documents.prefilter import may_contain_payload  # loaded only for documents that may have no form

    if not may_contain_payload(document):
        return False
    reading = jsontext.read(document, limits)
    if certainly and reading.value is ABSENT:
        return False
    return is_payload(reading, Readings(limits))


def is_payload(reading: Reading, readings: Readings) -> bool:
    """Whether a document that has been read certainly contains a form, or has no value and mentions one."""
    if reading.value is ABSENT:
        return mentions_payload(reading.text, reading.limits)
    return any(found.is_certain for found in recognise(reading.value, readings.embedded))


def mentions_payload(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> bool:
    """Whether a text that cannot be read as JSON was probably meant as a payload: it has a key that marks one, quoted or not.

    Of a text beyond the limits only the outermost keys count, because a large document of another product may use any key
    somewhere. Bytes can have any encoding that extends ASCII, or UTF-16.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(data) <= limits.max_bytes:
        data = data.replace(b"\0", b"")  # of UTF-16
        return re.search(_MARK, data) is not None or len(set(re.findall(_SIGNALING_MARK, data))) > 1
    keys = _outermost_keys(data[: limits.max_bytes])
    return not OUTERMOST_KEYS.isdisjoint(keys) or len(_SIGNALING_KEYS & keys) > 1


_SIGNALING_KEYS: Final = frozenset({"call_id", "call_type", "invited_list", "room_id"})

# Patterns are compiled when they are used, because most documents need none.
_ALTERNATIVES = "|".join(re.escape(key) + ("[a-z_]*+" if key.endswith("_") else "") for key in sorted(STRONG_KEYS))
_MARK = (QUOTED % _ALTERNATIVES + rf"|[{{,]\s*(?:{'|'.join(UNQUOTED_KEYS)})\s*:" + r"""|["']aps\\*["']\s*:\s*\{""").encode()
_SIGNALING_MARK = (QUOTED % "|".join(sorted(_SIGNALING_KEYS))).encode()
_TOKEN = rb'(?s)"((?:[^"\\]++|\\.)*+)(?:"(\s*+:)?|\Z)|[\[{]|[\]}]'


def _outermost_keys(data: bytes) -> set[str]:
    """The keys of the outermost object of a text that may be cut or broken."""
    keys: set[str] = set()
    depth = 0
    for token in re.finditer(_TOKEN, data):
        if token[2] and depth == 1:
            keys.add(token[1].decode("utf-8", "replace"))
        elif token[0] in (b"{", b"["):
            depth += 1
        elif token[0] in (b"}", b"]"):
            depth -= 1
    return keys

"""The kinds of outputs, recognised by their first bytes, and whether an existing file contains a payload. Names do not count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from pushcodec.cli.streams import OutputError
from pushcodec.jsontext import DEFAULT_LIMITS
from pushcodec.ndjson import lines_within

if TYPE_CHECKING:
    import pyarrow as pa

_HEAD = 64 * 1024
"""The bytes at the beginning of a file that are compared with the kinds."""

_MOST = 256 * 2**20
"""The bytes of a file that are searched for a payload."""

_MOST_ROWS = 1000


class Kind(NamedTuple):
    """A kind of output: its title in messages, and whether a file that begins with some bytes has this kind."""

    title: str
    begins: Callable[[bytes], bool]


def _matching(pattern: bytes) -> Callable[[bytes], bool]:
    begins = re.compile(rb"(?:\xef\xbb\xbf)?(?:" + pattern + rb")", re.IGNORECASE)
    return lambda head: begins.match(head) is not None


_XML = rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"

PARQUET: Final = Kind("a Parquet file", lambda head: head.startswith(b"PAR1"))
PAGE: Final = Kind("an HTML page", _matching(_XML + rb"<(?:!doctype\s+html|html)\b"))
PICTURE: Final = Kind("an SVG picture", _matching(_XML + rb"(?:<!doctype\s+svg[^>]*>\s*)?<svg\b"))
BASELINE: Final = Kind(
    "a baseline", _matching(rb'\s*\{\s*"version"\s*:\s*\d+\s*,\s*"findings"\s*:\s*\[\s*(?:\{\s*"code"\s*:\s*"PC\d{3}"|\])')
)
FINDINGS: Final = Kind(
    "the findings of an earlier run",
    _matching(
        rb"(?:error|warning|info)\[PC\d{3}\] [a-z-]+: "  # text
        rb"|All checks passed|Found (?:\d|no )|No (?:file|finding|payload)|\d+ files? contains? no payload"  # its summary
        rb"|[^\n]*:\d+:\d+: PC\d{3} [a-z-]+: "  # concise
        rb"| *\d+  PC\d{3}  [a-z-]+\r?\n"  # --statistics
        rb'|(?:\[\s*)?\{"file": "[^\n]*", "code": "PC\d{3}", "name": "'  # json, json-lines
        rb"|\[\]\s*\Z"
        rb'|\{"\$schema": "[^"\n]*sarif[^"\n]*"[^\n]{0,200}"name": "pushcodec"'
        rb"|::(?:error|warning|notice) file=[^\n]*title=PC\d{3} "  # github
        rb'|<\?xml[^>]*>\s*<testsuites name="pushcodec"'  # junit
    ),
)

_STRING = rb'"(?:[^"\\\n]|\\.)*+"'
DECODED: Final = Kind(
    "the output of decode --json",
    _matching(rb'\s*\{"file": %b, "form": "[a-z0-9-]++", "pointers": \[(?:%b,? ?)*+\], "ext": \{' % (_STRING, _STRING)),
)
CONVERTED: Final = Kind("a converted push", lambda _: False)
"""What `convert` writes has no mark of its own. Like any payload it is never overwritten."""


def own_output(document: bytes) -> Kind | None:
    """The kind of output of pushcodec that a document is, or begins as.

    None for any other document, for a payload that quotes such an output, and for an empty array, which may be anything.
    """
    kind = next((kind for kind in (BASELINE, FINDINGS, DECODED) if kind.begins(document[:_HEAD])), None)
    if kind is None or kind is DECODED:
        return kind
    from pushcodec import jsontext
    from pushcodec.documents import contains_payload

    is_empty = jsontext.read(document).value == []
    return None if is_empty or contains_payload(document, certainly=True) else kind


class Look(NamedTuple):
    """Whether a file has the kind that is asked for, and whether it contains a payload."""

    is_of_kind: bool
    has_payload: bool


def look_into(name: str, kind: Kind) -> Look:
    """Looks into an existing file. Raises OutputError if it can't be read."""
    try:
        with open(name, "rb") as file:
            head = file.read(_HEAD)
            file.seek(0)
            is_of_kind = kind.begins(head)
            if PARQUET.begins(head):
                return Look(is_of_kind, _table_has_payload(file))
            return Look(is_of_kind, not is_of_kind and any(map(_is_payload, _documents(file, head))))
    except OSError as error:
        raise OutputError(name, error) from None


def _documents(file: IO[bytes], head: bytes) -> Iterator[bytes]:
    """The texts that may be documents: the whole file up to the limit, and each line that begins as an object does."""
    import gzip
    import zlib

    source: gzip.GzipFile | IO[bytes] = gzip.GzipFile(fileobj=file) if head.startswith(b"\x1f\x8b") else file
    most = DEFAULT_LIMITS.max_bytes
    try:
        yield source.read(most + 1)
        source.seek(0)
        for line in lines_within(source, most):
            if line.text.lstrip().startswith(b"{"):
                yield line.text
            if line.offset > _MOST:
                return
    except (EOFError, zlib.error, gzip.BadGzipFile):  # not a whole gzip file: the rest can't be read
        return


def _is_payload(document: bytes) -> bool:
    from pushcodec.documents import contains_payload

    return contains_payload(document)


def _table_has_payload(file: IO[bytes]) -> bool:
    """Whether the first rows of a Parquet file contain a payload. False for a file with a decoded column, which is an output."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        return False
    from pushcodec.arrow.schema import is_decoded

    try:
        table = pq.ParquetFile(file)
        if any(map(is_decoded, table.schema_arrow)):
            return False
        names = [field.name for field in table.schema_arrow if _has_texts(field.type)]
        batch = next(table.iter_batches(_MOST_ROWS, columns=names, use_threads=False), None)
    except (pa.ArrowException, OSError):  # not a whole Parquet file
        return False
    texts = [text for column in batch.columns for text in column.to_pylist()] if batch is not None else []
    return any(_is_payload(text if isinstance(text, bytes) else text.encode()) for text in texts if text is not None)


def _has_texts(column: pa.DataType) -> bool:
    from pyarrow import types

    texts = (types.is_string, types.is_large_string, types.is_string_view)
    return any(check(column) for check in (*texts, types.is_binary, types.is_large_binary, types.is_binary_view))

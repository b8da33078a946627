"""Writes the seeds of `corpus/`: our samples, the tests' payloads and mutants of them. What a finding left there stays."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "tests"))

from mutants import mutants, originals  # noqa: E402  # the tests are no package
from payloads import BAD, GOOD, compact  # noqa: E402

_SNIPPETS = (
    *(
        b"",
        b"{}",
        b"[]",
        b"[1,]",
        b'{"a":1,}',
        b'{"a":1,"\\u0061":2}',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b"\xef\xbb\xbf{}",
        b'{"a":"\xff"}',
    ),
    *(b"NaN", b"-Infinity", b"01", b"-0", b"1e400", b"1e-400", b"18446744073709551616", b"-9223372036854775809", b"'a'", b"tru"),
    *(
        b"[" * 20 + b"]" * 20,
        b"[" * 600,
        b'{"a":' * 17 + b"1" + b"}" * 17,
        b"[0,0,0,0]",
        b' \t\r\n{"a" : [true, false, null]} ',
        b"1 2",
    ),
)
_MUTANTS = 20
_EACH_GOOD, _EACH_BAD = 8, 60  # of the tests' documents, one in so many


def main() -> None:
    """Writes each target's seeds, named by their contents."""
    samples = [path.read_bytes() for path in sorted((ROOT / "samples").glob("*/*.json"))]
    documents = [compact(good.document).encode() for good in GOOD[::_EACH_GOOD]]
    documents += [compact(bad.document).encode() for bad in BAD[::_EACH_BAD]]
    contents = [text.encode() for text in map(_content, originals()) if text]
    payloads = [*samples, *originals(), *documents, *mutants(_MUTANTS, seed=7)]
    _write("gate", [*_SNIPPETS, *samples[:12], *mutants(_MUTANTS, seed=1)])
    _write("codec", [*payloads, *contents])
    _write("fast", payloads)
    _write("routing", [*payloads, *contents, *_SNIPPETS[:8]])
    _write("lint", [*payloads, *_SNIPPETS])


def _content(ext: bytes) -> str | None:
    content = json.loads(ext)["entity"].get("content")
    return content if isinstance(content, str) and content.startswith("{") else None


def _write(target: str, seeds: Iterable[bytes]) -> None:
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (folder / f"seed-{hashlib.sha256(seed).hexdigest()[:12]}").write_bytes(seed)


if __name__ == "__main__":
    main()

"""The corpus: a text a line in `corpus.ndjson`, as JSON strings; a byte that is not UTF-8 is a lone surrogate there.

One file serves all targets: each of them takes any bytes, and what is new to one of them is often new to another.

- `fuzz_corpus.py add FILE...` adds texts, such as what a finding left in `work/`.
- `fuzz_corpus.py minimize` keeps, of the corpus and of what runs have learnt in `work/`, a small set that covers as much.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
WORK = HERE / "work"
MAX_LEN = 8192  # a payload around a number of more than 4,300 digits, which is where CPython's `int` stops
_PACKED = HERE / "corpus.ndjson"


def read() -> list[bytes]:
    """The texts of the corpus."""
    return [json.loads(line).encode("utf-8", "surrogateescape") for line in _PACKED.read_bytes().splitlines()]


def write(texts: Iterable[bytes]) -> None:
    """Makes these texts the corpus, each once and the shortest first."""
    ordered = sorted(set(texts), key=lambda text: (len(text), text))
    lines = [json.dumps(text.decode("utf-8", "surrogateescape")) + "\n" for text in ordered]
    _PACKED.write_text("".join(lines), "utf-8")


def unpack(texts: Iterable[bytes], folder: Path) -> None:
    """Writes each text to a file of its own, as libFuzzer reads them."""
    folder.mkdir()
    for index, text in enumerate(texts):
        (folder / f"{index:06}").write_bytes(text)


def minimize(targets: Iterable[str]) -> None:
    """Keeps the texts that add coverage: for each target a small set beside what the targets before it keep."""
    learnt = [path.read_bytes() for path in sorted(WORK.glob("*/*"))]
    with tempfile.TemporaryDirectory() as name:
        kept, pool = Path(name, "kept"), Path(name, "pool")
        kept.mkdir()
        unpack(sorted({*read(), *(text for text in learnt if len(text) <= MAX_LEN)}), pool)
        for target in targets:
            options = ("-set_cover_merge=1", "-verbosity=0", f"-max_len={MAX_LEN}")
            subprocess.run((sys.executable, str(HERE / "fuzz_run.py"), target, *options, str(kept), str(pool)), check=True)
        write(path.read_bytes() for path in kept.iterdir())


def main() -> None:
    """Does what the first argument says."""
    match sys.argv[1:]:
        case ["add", *files]:
            write([*read(), *(Path(file).read_bytes() for file in files)])
        case ["minimize"]:
            from fuzz_targets import TARGETS

            minimize(TARGETS)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()

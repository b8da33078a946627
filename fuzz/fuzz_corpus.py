"""The corpus: `corpus.ndjson` has one text a line, as a JSON string; a byte that is not UTF-8 is a lone surrogate there.

All targets use the same file: each of them takes any bytes, and a text that is new to one of them is often new to another.

- `fuzz_corpus.py add FILE...` adds texts, such as a finding in `work/`.
- `fuzz_corpus.py minimize` selects a small set of texts from the corpus and from `work/` that covers as much as all of them.
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
MAX_LEN = 8192  # enough for a payload with a number of more than 4,300 digits, which CPython's `int` refuses
_PACKED = HERE / "corpus.ndjson"


def read() -> list[bytes]:
    """The texts of the corpus."""
    return [json.loads(line).encode("utf-8", "surrogateescape") for line in _PACKED.read_bytes().splitlines()]


def write(texts: Iterable[bytes]) -> None:
    """Replaces the corpus by these texts, each once, the shortest first."""
    ordered = sorted(set(texts), key=lambda text: (len(text), text))
    lines = [json.dumps(text.decode("utf-8", "surrogateescape")) + "\n" for text in ordered]
    _PACKED.write_text("".join(lines), "utf-8")


def unpack(texts: Iterable[bytes], folder: Path) -> None:
    """Writes each text to a file of its own, because libFuzzer reads one text from each file."""
    folder.mkdir()
    for index, text in enumerate(texts):
        (folder / f"{index:06}").write_bytes(text)


def minimize(targets: Iterable[str]) -> None:
    """Reduces the corpus to texts that add coverage: for each target those that it needs besides those of the targets before."""
    learned = [path.read_bytes() for path in sorted(WORK.glob("*/*"))]
    with tempfile.TemporaryDirectory() as name:
        kept, pool = Path(name, "kept"), Path(name, "pool")
        kept.mkdir()
        unpack(sorted({*read(), *(text for text in learned if len(text) <= MAX_LEN)}), pool)
        for target in targets:
            options = ("-set_cover_merge=1", "-verbosity=0", f"-max_len={MAX_LEN}")
            subprocess.run((sys.executable, str(HERE / "fuzz_run.py"), target, *options, str(kept), str(pool)), check=True)
        write(path.read_bytes() for path in kept.iterdir())


def main() -> None:
    """Runs the command that the first argument names."""
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

"""Writes what is made from the code: the pages of the rules and of the clients, and the hooks for pre-commit.

Usage: python tools/generate.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

from clients_page import clients_page

from pushcodec.lint.catalogue import SEVERITIES
from pushcodec.lint.pages import page

ROOT = Path(__file__).parents[1]

HOOKS = """\
# Made from the code by `make generate`.
- id: pushcodec-lint
  name: pushcodec lint
  description: Lint sample payloads of Tencent IM offline push
  entry: pushcodec lint --quiet --as-found
  language: python
  files: \\.(json|ndjson|jsonl)(\\.gz)?$
- id: pushcodec-fix
  name: pushcodec lint --fix
  description: Fix sample payloads without changing what the client does
  entry: pushcodec lint --quiet --as-found --fix
  language: python
  files: \\.(json|ndjson|jsonl)$
"""


def generated() -> dict[Path, str]:
    """Every file that is made from the code, and its text."""
    folder = ROOT / "docs" / "rules"
    rows = [
        f"| [{code}]({code}.md) | `{code.rule}` | {severity} | {code.summary} |" for code, severity in sorted(SEVERITIES.items())
    ]
    head = ["# Rules", "", "Made from the code by `make generate`.", "", "| code | name | severity | finds |", "|---|---|---|---|"]
    pages = {folder / f"{code}.md": page(code) for code in SEVERITIES}
    listed = "\n".join([*head, *rows]) + "\n"
    clients = ROOT / "docs" / "clients.md"
    return {**pages, folder / "README.md": listed, clients: clients_page(), ROOT / ".pre-commit-hooks.yaml": HOOKS}


def main() -> int:
    """Writes the files, or says which are not as the code has them."""
    stale = [file for file, text in generated().items() if not file.is_file() or file.read_text("utf-8") != text]
    for file in stale:
        if "--check" in sys.argv:
            sys.stdout.write(f"not as the code has it, run make generate: {file.relative_to(ROOT)}\n")
        else:
            file.parent.mkdir(exist_ok=True)
            file.write_text(generated()[file], "utf-8")
    return int("--check" in sys.argv and bool(stale))


if __name__ == "__main__":
    sys.exit(main())

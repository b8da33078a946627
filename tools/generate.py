"""Writes the generated files: from the schemas the field table and parts of `fast`, from the code pages, pictures and hooks.

With `--check` it writes nothing, and exits 1 if a file is out of date.

Usage: python tools/generate.py [--check]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import architecture
import contract
import fast_code
import forms_page
from clients_page import clients_page
from pictures import explain_picture, lint_picture, words
from table_writers import python_module

import pushcodec
from pushcodec.lint.pages import SEVERITIES, page

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "pushcodec"
PACKAGE = SOURCE if SOURCE.is_dir() else Path(pushcodec.__file__).parent  # the tests of a wheel have no `src`

HOOKS = """\
# Generated from the code by `make generate`.
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
    """Every generated file, and its text."""
    table = contract.table_of(contract.load_schemas(ROOT / "schemas"))
    folder = ROOT / "docs" / "rules"
    rows = [
        f"| [{code}]({code}.md) | `{code.rule}` | {severity} | {code.summary} |" for code, severity in sorted(SEVERITIES.items())
    ]
    head = [
        "# Rules",
        "",
        "Generated from the code by `make generate`.",
        "",
        "| code | name | severity | finds |",
        "|---|---|---|---|",
    ]
    pages = {folder / f"{code}.md": page(code) for code in SEVERITIES}
    listed = "\n".join([*head, *rows]) + "\n"
    clients, structure = ROOT / "docs" / "clients.md", ROOT / "docs" / "architecture.md"
    forms = ROOT / forms_page.PAGE
    fast = {PACKAGE / "fast" / name: regions for name, regions in fast_code.modules(table).items()}
    return {
        PACKAGE / "contract.py": python_module(table),
        **{module: fast_code.fill(module.read_text("utf-8"), regions) for module, regions in fast.items()},
        **pages,
        folder / "README.md": listed,
        clients: clients_page(),
        forms: forms_page.page(forms.read_text("utf-8")),
        structure: architecture.page(structure.read_text("utf-8")),
        ROOT / "docs" / "explain.svg": explain_picture(),
        ROOT / "docs" / "lint.svg": lint_picture(),
        ROOT / ".pre-commit-hooks.yaml": HOOKS,
    }


def is_current(file: Path, text: str) -> bool:
    """True if the file has this text; of a picture, if it has these words."""
    if not file.is_file():
        return False
    written = file.read_text("utf-8")
    return words(written) == words(text) if file.suffix == ".svg" else written == text


def main() -> int:
    """Writes the files that are out of date, or only prints their names."""
    texts = generated()
    stale = [file for file, text in texts.items() if not is_current(file, text)]
    for file in stale:
        if "--check" in sys.argv:
            sys.stdout.write(f"out of date, run make generate: {os.path.relpath(file, ROOT)}\n")
        else:
            file.parent.mkdir(exist_ok=True)
            file.write_text(texts[file], "utf-8")
    return int("--check" in sys.argv and bool(stale))


if __name__ == "__main__":
    sys.exit(main())

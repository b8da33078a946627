"""Optional data that the project does not copy: in the folder `shared` beside the checkout, or in `$PUSHCODEC_SHARED`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("PUSHCODEC_SHARED") or Path(__file__).parents[2] / "shared")


def shared_folder(name: str) -> Path:
    """The folder with that name in the shared data; skips the test if there is none."""
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}: set PUSHCODEC_SHARED to the folder that contains {name}")
    return folder

"""The optional dependencies, and the error when a module is imported whose extra is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

PACKAGES: Final = {"arrow": "pyarrow", "cli": "rich", "fit": "regex", "hypothesis": "hypothesis", "spark": "pyspark"}
"""The extras that modules need, and the package that each of them installs."""


class MissingExtraError(ModuleNotFoundError):
    """The package of an extra is not installed; the message says how to install it."""


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """A context for imports that need an extra. If its package is missing, MissingExtraError is raised instead.

    Any other error passes unchanged: then the extra is installed, but its package is broken or too old.
    """
    package = PACKAGES[extra]
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != package:
            raise
        raise MissingExtraError(f"{package} is not installed: pip install 'pushcodec[{extra}]'", name=package) from None

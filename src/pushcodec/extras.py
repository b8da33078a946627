"""The optional dependencies: what the import of a module says when its extra is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

PACKAGES: Final = {"arrow": "pyarrow", "cli": "rich", "hypothesis": "hypothesis", "spark": "pyspark"}
"""The extras that modules need, and the package that each of them installs."""


class MissingExtraError(ModuleNotFoundError):
    """The package of an extra is not installed; the message says how to install it."""


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """A block of imports that need an extra. Raises MissingExtraError in place of the error that its package is missing.

    Any other error passes: of a package that is broken or too old, the extra is installed.
    """
    package = PACKAGES[extra]
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != package:
            raise
        raise MissingExtraError(f"{package} is not installed: pip install 'pushcodec[{extra}]'", name=package) from None

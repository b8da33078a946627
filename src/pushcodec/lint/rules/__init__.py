"""All rules: what is checked in a document, room by room."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.rules import client, contract, senders, sizes, surroundings
from pushcodec.lint.rules.findings import Finding

Check = Callable[[Document, Config], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    contract.check_contract,
    *client.CHECKS,
    *senders.CHECKS,
    *sizes.CHECKS,
    *surroundings.CHECKS,
)

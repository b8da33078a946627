"""The rules, one module each, and the function that runs them on a document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from importlib import import_module
from typing import Final, NamedTuple

from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.rules import client, contract, findings, senders, sizes, surroundings
from pushcodec.lint.rules.rule import Change, Finding, ProposedFix, Rule

CONVERTED: Final = (
    Code.SEND_TIME_IN_MILLISECONDS,
    Code.TIMEOUT_IN_MILLISECONDS,
    Code.INVALID_FACE_URL,
    Code.GROUP_ID_AS_USER_ID,
    Code.USER_ID_AS_GROUP_ID,
)
"""The rules that have a module of their own."""


class Found(NamedTuple):
    """A finding and the code of its rule."""

    code: Code
    finding: Finding


def rule(code: Code) -> Rule:
    """The rule with a code, from its module."""
    module = import_module(f"pushcodec.lint.rules.{code.rule.replace('-', '_')}")
    found: Rule = module.RULE
    return found


def check(document: Document, config: Config, codes: Collection[Code]) -> Iterator[Found]:
    """The findings of the rules with these codes in a document."""
    for old_check in CHECKS:
        for old in old_check(document, config):
            if old.code in codes:
                yield Found(old.code, Finding(old.message, old.place, old.mend and _as_fix(old.mend)))
    for code in CONVERTED:
        if code in codes:
            for finding in rule(code).check(document, config):
                yield Found(code, finding)


def _as_fix(mend: findings.Mend) -> ProposedFix:
    return ProposedFix(mend.message, mend.safe, tuple(Change(*change) for change in mend.changes))


Check = Callable[[Document, Config], Iterator[findings.Finding]]

CHECKS: tuple[Check, ...] = (
    contract.check_contract,
    *client.CHECKS,
    *senders.CHECKS,
    *sizes.CHECKS,
    *surroundings.CHECKS,
)

"""The rules, one module each, and the function that runs them on a document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import Final, NamedTuple

from pushcodec import documents
from pushcodec.errors import Code
from pushcodec.jsontext import Absent
from pushcodec.jsontext.values import Span
from pushcodec.lint.catalogue import CODES
from pushcodec.lint.clear import is_clear, is_clear_but_for_keys
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document, Texts
from pushcodec.lint.findings import Finding
from pushcodec.lint.marks import Mark
from pushcodec.lint.rules.rule import Rule

OF_VALID_PAYLOADS: Final = frozenset(
    {
        Code.INTEGER_BEYOND_53_BITS,
        Code.SEND_TIME_IN_MILLISECONDS,
        Code.USER_ID_AS_GROUP_ID,
        Code.INVALID_FACE_URL,
        Code.OVERSIZED_NOTIFICATION,
        Code.OVERSIZED_EXT,
        Code.PRETTY_PRINTING,
        Code.NEEDLESS_ESCAPES,
        Code.GROUP_ID_AS_USER_ID,
    }
)
"""The rules that may find something in a valid payload. Most runs load only these."""

OF_VALID_CALLS: Final = OF_VALID_PAYLOADS | {
    Code.EXPIRED_ON_ARRIVAL,
    Code.ZERO_TIMEOUT,
    Code.FUTURE_SEND_TIME,
    Code.SILENT_C2C_CALL,
    Code.C2C_CALL_WITHOUT_GROUP_ID,
    Code.C2C_CALL_WITH_GROUP_ID,
    Code.SIGNALING_VERSION_ABOVE_4,
    Code.C2C_CALL_AS_GROUP_CALL,
    Code.CALL_TYPE_AS_CHAT_TYPE,
    Code.TIMEOUT_IN_MILLISECONDS,
}
"""The rules that may find something in a valid payload of a call."""

OF_VALID_FORMS: Final = frozenset(
    {
        Code.OVERSIZED_PUSH_INFO,
        Code.TITLE_OR_DESC_CUT,
        Code.CUSTOM_MESSAGE_WITHOUT_DESC,
        Code.PUSH_SWITCHED_OFF,
        Code.ELEMENT_SETTINGS_IGNORED,
        Code.NO_OPPO_CHANNEL,
    }
)
"""The rules that may find something in the settings of a push, however valid the payload and the form are."""

_WITHOUT_SETTINGS: Final = frozenset({documents.Carrier.EXT, documents.Carrier.TPNS})
_OF_THE_CONTRACT: Final = frozenset(code for code in CODES if code[:3] in ("PC1", "PC3", "PC4"))
_OTHERS: Final = frozenset(CODES) - _OF_THE_CONTRACT | {Code.MISSPELLED_KEY}


class Found(NamedTuple):
    """A finding, and the code of its rule."""

    code: Code
    finding: Finding


def rule(code: Code) -> Rule:
    """The rule with a code. Its module is loaded when it is needed, because most runs need few of them."""
    found: Rule = import_module(f"{__name__}.{code.rule.replace('-', '_')}").RULE
    return found


@lru_cache(maxsize=64)
def _rules(codes: frozenset[Code]) -> tuple[Rule, ...]:
    return tuple(rule(code) for code in CODES if code in codes)


def _possible(document: Document, codes: frozenset[Code]) -> frozenset[Code]:
    """The rules with these codes that may find something in a document: of those of the contract the ones that it violates."""
    is_call, has_settings = document.content is not None, document.form.name not in _WITHOUT_SETTINGS
    if document.once(is_clear):
        return _of_valid(codes, is_call=is_call, has_settings=has_settings)
    if document.once(is_clear_but_for_keys):
        return _of_valid(codes, is_call=is_call, has_settings=has_settings, has_unknown_keys=True)
    if not codes & _OF_THE_CONTRACT:
        return codes
    from pushcodec.lint.analyses.violations import violations  # loaded only for documents that may have some

    return codes & (_OTHERS | document.once(violations).keys())


@lru_cache(maxsize=64)
def _of_valid(codes: frozenset[Code], *, is_call: bool, has_settings: bool, has_unknown_keys: bool = False) -> frozenset[Code]:
    """The rules with these codes that may find something in a valid document. The same set each time, which knows its hash."""
    valid = OF_VALID_CALLS if is_call else OF_VALID_PAYLOADS
    settings = OF_VALID_FORMS if has_settings else frozenset()
    keys = {Code.MISSPELLED_KEY} if has_unknown_keys else frozenset()
    return codes & (valid | settings | keys)


def check_unknown(texts: Texts, codes: frozenset[Code]) -> Iterator[Found]:
    """The finding in a document of no known form, its only one: `PC402`, or the limits that ended its reading early."""
    value = texts.reading.value
    assert not isinstance(value, Absent)  # a text without a value counts as an ext
    limits = documents.limit_faults(texts.reading)
    if not limits and Code.UNKNOWN_DOCUMENT in codes:
        yield Found(Code.UNKNOWN_DOCUMENT, Finding(documents.unknown_document(value).message, Mark(((),))))
    for fault in limits:
        if fault.code in codes:
            yield Found(fault.code, Finding(fault.message, Mark((fault.path,), characters=Span(fault.offset, fault.end))))


def check(document: Document, config: Config, codes: frozenset[Code]) -> Iterator[Found]:
    """The findings in a document of the rules with these codes."""
    if config.has_own_router:
        yield from _check_without_clients(document, config, codes)
        return
    for each in _rules(_possible(document, codes)):
        for finding in each.check(document, config):
            yield Found(each.code, finding)


def _check_without_clients(document: Document, config: Config, codes: frozenset[Code]) -> Iterator[Found]:
    from pushcodec.lint.own_router import OF_THE_CLIENTS, is_left_out  # loaded only for apps with a router of their own

    for each in _rules(_possible(document, codes) - OF_THE_CLIENTS):
        for finding in each.check(document, config):
            if not is_left_out(each.code, document, finding.mark.paths):
                yield Found(each.code, finding)

"""PC803: a TPNS token with a business id."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import text
from pushcodec.lint.findings import Change, Finding, ProposedFix, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="A business id names an APNs certificate. With a TPNS token it must be 0, or no push arrives. Source: the guide, FAQ.",
        bad=text({"businessID": 21, "token": "eGluZ2U=", "isTPNSToken": True}),
        good=text({"businessID": 0, "token": "eGluZ2U=", "isTPNSToken": True}),
        options={"kind": "apns-config"},
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A business id other than 0 beside `isTPNSToken`."""
    root = document.root
    if document.kind != "apns-config" or root is None:
        return
    business_id, is_tpns = root.get("businessID"), root.get("isTPNSToken")
    if business_id and is_tpns and is_tpns.value is True and type(business_id.value) is int and business_id.value != 0:
        fix = ProposedFix("write business id 0", safe=False, changes=(Change(at_value(business_id), "0"),))
        message = "expected business id 0 with a TPNS token: any other is of an APNs certificate"
        yield Finding(message, at_value(business_id), fix)


RULE = Rule(Code.TPNS_TOKEN_WITH_BUSINESS_ID, Severity.WARNING, page, check)

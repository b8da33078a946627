"""Rules of what surrounds the payload: the push info that it travels in, and the registration of the device."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pushcodec.enums import Action
from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.rules.findings import Change, Finding, Mend, at_value


def check_push_info(document: Document, config: Config) -> Iterator[Finding]:
    """A custom message without desc. Calls are custom messages; of others only the configuration knows."""
    root = document.root
    if document.kind != "offline-push-info" or root is None or not isinstance(root.value, dict):
        return
    custom = config.custom_message or document.action == Action.CALL
    if custom and not root.value.get("desc"):
        message = "a custom message, such as a call, is pushed only when desc is set"
        yield Finding(Code.CUSTOM_MESSAGE_WITHOUT_DESC, message, at_value(root.get("desc") or root))


def check_apns_config(document: Document, _: Config) -> Iterator[Finding]:
    """A TPNS token with a business id other than 0."""
    root = document.root
    if document.kind != "apns-config" or root is None:
        return
    business_id, is_tpns = root.get("businessID"), root.get("isTPNSToken")
    if business_id and is_tpns and is_tpns.value is True and type(business_id.value) is int and business_id.value != 0:
        mend = Mend("write business id 0", safe=False, changes=(Change(at_value(business_id), "0"),))
        message = "a TPNS token goes with business id 0: another one is of an APNs certificate"
        yield Finding(Code.TPNS_TOKEN_WITH_BUSINESS_ID, message, at_value(business_id), mend)


CHECKS: tuple[Callable[[Document, Config], Iterator[Finding]], ...] = (check_push_info, check_apns_config)

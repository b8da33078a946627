"""What an app registers: the token of the device, and the account."""

from __future__ import annotations

import base64
from types import NoneType
from typing import Any

from pushcodec.arguments import check_type
from pushcodec.compose.building import dump, refuse
from pushcodec.compose.keywords import named
from pushcodec.errors import Code, EncodeError, Violation
from pushcodec.inspection import iter_violations


@named
def apns_config(
    *,
    tpns_token: str | None = None,
    apns_token: bytes | None = None,
    business_id: int = 0,
    off: bool = False,
) -> dict[str, Any] | None:
    """The argument of `setAPNS`: `{"businessID": 0, "token": "<base64>", "isTPNSToken": true}`, or None, which switches push off.

    Pass exactly one of three: `tpns_token`, the text that TPNS registered, which is sent as its UTF-8 bytes with business id 0;
    `apns_token`, the bytes of the device token, with the `business_id` of the certificate in the IM console; or `off=True` (since
    5.6.1200). Raises ValueError for none or several of them, EncodeError for values that no client accepts. Source:
    TIMSDK@6.0.1975 V2TIMAPNSConfig.
    """
    check_type("tpns_token", tpns_token, (str, NoneType), "a str")
    check_type("apns_token", apns_token, (bytes, NoneType), "bytes")
    check_type("off", off, bool, "a bool")
    if (tpns_token is not None) + (apns_token is not None) + off != 1:
        raise ValueError("expected exactly one of tpns_token, apns_token and off=True")
    if off:
        return None
    token = apns_token if apns_token is not None else _utf8(tpns_token or "")
    config = {
        "businessID": business_id,
        "token": base64.b64encode(token).decode(),
        "isTPNSToken": tpns_token is not None,
    }
    refuse([*iter_violations(dump(config), kind="apns-config")])
    return config


@named
def account_binding(user_id: str | None) -> dict[str, str] | list[int]:
    """The account to bind to the TPNS token: after login `{"0": <user id>}` sets it, after logout (None) the list `[0]` deletes it.

    If it is not deleted, a logged-out user still gets pushes. Raises EncodeError for an empty user id.
    """
    if user_id is None:
        return [0]
    binding = {"0": user_id}
    refuse([*iter_violations(dump(binding), kind="account-binding")])
    return binding


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise EncodeError([Violation(Code.LONE_SURROGATE, "/token", "expected text that UTF-8 can represent")]) from None

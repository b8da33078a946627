"""Whether a text is a URL from which a phone can load a picture."""

from __future__ import annotations

import re
from typing import Final

_NO_PART_OF_A_URL: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
_URL: Final = re.compile(r"https?://(?P<authority>[^/?#]*)", re.IGNORECASE)
_NAME: Final = re.compile(r"[^\[\]<>\"\\^`{|}:]+")
_LETTER_OR_DIGIT: Final = re.compile(r"\w")
_IPV6: Final = re.compile(r"\[(?P<address>[0-9A-Fa-f:.]*)\]")
_LARGEST_PORT: Final = 65_535
_LONGEST_ADDRESS: Final = 45  # characters: eight groups, the last two as IPv4


def is_web_url(text: str) -> bool:
    """Whether a text is an absolute http or https URL with a host.

    It contains no white space and no control characters, and the host is a name or an address. Non-ASCII characters are allowed,
    because some clients escape them. The path after the host is not checked.
    """
    found = _URL.match(text)
    if found is None or _NO_PART_OF_A_URL.search(text):
        return False
    host, colon, port = found["authority"].rpartition("@")[2].rpartition(":")
    if not colon or "]" in port:  # no port: the last part is the host, or a part of an IPv6 address
        host, port = host + colon + port, ""
    return _is_port(port) and (_is_ipv6(host) if host.startswith("[") else _is_name(host))


def _is_name(host: str) -> bool:
    return _NAME.fullmatch(host) is not None and _LETTER_OR_DIGIT.search(host) is not None


def _is_port(text: str) -> bool:
    """Whether a text is a port, or empty: a host may end with a colon."""
    digits = text.lstrip("0")
    return not text or (text.isascii() and text.isdigit() and len(digits) <= 5 and int(digits or "0") <= _LARGEST_PORT)


def _is_ipv6(host: str) -> bool:
    from ipaddress import IPv6Address  # loaded only if there is such an address

    found = _IPV6.fullmatch(host)
    if found is None or len(found["address"]) > _LONGEST_ADDRESS:
        return False
    try:
        IPv6Address(found["address"])
    except ValueError:
        return False
    return True

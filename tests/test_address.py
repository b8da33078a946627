"""The web addresses of the project: all are built from one constant."""

from __future__ import annotations

import re
from pathlib import Path

import pushcodec
from pushcodec import address

PACKAGE = Path(pushcodec.__file__).parent
TEXTS = {".py", ".json", ".pyi", ".toml", ".md", ".txt"}
ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s\"'`<>)]+", re.IGNORECASE)

FOREIGN = re.compile(
    r"https://json-schema\.org/draft/2020-12/schema"
    r"|https://json\.schemastore\.org/sarif-2\.1\.0\.json"
    r"|https?://[a-z.]*example\.(com|org)/.*"  # in example payloads
    r"|(intent|xgscheme)://.*"  # links of clicks
    r"|https://(trtc\.io/document|(intl\.)?cloud\.tencent\.com/document/product)/[0-9/]+\.?"  # sources of the vendor
)


def test_every_address_in_the_package_is_known() -> None:
    """Addresses of the project are in `address` only; others belong to standards or to example payloads."""
    found = [
        (file.relative_to(PACKAGE).as_posix(), url)
        for file in sorted(PACKAGE.rglob("*"))
        if file.suffix in TEXTS and "__pycache__" not in file.parts
        for url in ADDRESS.findall(file.read_text("utf-8"))
    ]
    assert ("address.py", address.BASE) in found
    unknown = [(file, url) for file, url in found if not FOREIGN.fullmatch(url) and file != "address.py"]
    assert unknown == []


def test_the_address_is_reserved() -> None:
    """RFC 2606: no one can register a name under `.example`."""
    assert address.BASE == "https://pushcodec.example"
    assert address.rule_page("PC304") == "https://pushcodec.example/rules/PC304"

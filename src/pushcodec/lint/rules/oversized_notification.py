"""PC701: a notification over the limit of its carrier."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec import jsontext
from pushcodec.documents import Carrier
from pushcodec.errors import Code
from pushcodec.lint.analyses.sizes import APNS_LIMIT, TPNS_LIMIT, VOIP_LIMIT, ext_node, ext_text, is_counted, over, size
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CHAT, LONG, chat, ext, text
from pushcodec.lint.findings import Finding
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="APNs and TPNS accept 4,096 bytes, a VoIP push 5,120. A larger notification is refused, or cut. The bytes are those "
        "of the whole notification in UTF-8; of a bare ext, those of the smallest TPNS notification that contains it. Sources: "
        "Apple, Generating a remote notification; TPNS push API.",
        bad=text({"aps": {"alert": "Lunch?"}, "custom": ext(chat(content=LONG * 4))}),
        good=text({"aps": {"alert": "Lunch?"}, "custom": CHAT}),
    )


def check(document: Document, config: Config) -> Iterator[Finding]:
    """The notification itself, or the smallest one that contains the ext."""
    if not is_counted(document):
        return
    if document.kind == "notification" and document.root and document.is_whole:
        limit = VOIP_LIMIT if config.voip else TPNS_LIMIT if document.form.name == Carrier.TPNS else APNS_LIMIT
        if (size_of_it := size(document.texts.text)) > limit:
            yield over("the notification has", size_of_it, limit, marked=document.root, weighed=document.root)
        return
    ext = ext_text(document)
    limit = VOIP_LIMIT if config.voip else TPNS_LIMIT
    if ext is not None and (smallest := size(_smallest_notification(ext, document))) > limit:
        subject = "the smallest TPNS notification that carries this ext has"
        yield over(subject, smallest, limit, marked=ext_node(document), weighed=document.ext)


def _smallest_notification(ext: str, document: Document) -> str:
    """The text of the notification, with title and desc of a push info."""
    info = document.root.value if document.kind == "offline-push-info" and document.root else None
    texts = (("title", info.get("title")), ("body", info.get("desc"))) if isinstance(info, dict) else ()
    alert = {key: text for key, text in texts if isinstance(text, str) and text}
    notification = {"custom": ext}
    return jsontext.dump({"aps": {"alert": alert}, **notification} if alert else notification)


RULE = Rule(Code.OVERSIZED_NOTIFICATION, Severity.WARNING, page, check)

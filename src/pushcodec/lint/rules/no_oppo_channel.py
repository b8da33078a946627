"""PC807: a push without an OPPO channel."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.documents import exts_of
from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document, Node
from pushcodec.lint.examples import push_info
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="OPPO phones show no notification without a channel that the app has registered. The key depends on the form: "
        "`OPPOChannelID` in the REST API, `AndroidOPPOChannelID` in the SDK, `androidOPPOChannelID` in wrappers, `oppo_ch_id` in "
        "TPNS.",
        bad=push_info(AndroidOPPOChannelID=""),
        good=push_info(),
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A form with a title, a desc or an ext, and without an OPPO channel where it can have one."""
    form = document.form
    if not document.is_first or not form.oppo_channels or not _has_text(document):
        return
    phones = next(document.nodes_at(form.phones), None)
    if phones is None or not isinstance(phones.value, dict):
        return
    channels = [node for path in form.oppo_channels for node in document.nodes_at(path)]
    if not any(node.value for node in channels):
        around, key = form.oppo_channels[0].rpartition("/")[::2]
        marked = channels[0] if channels else _innermost(document, around)
        yield Finding(f"{key} is absent or empty, so OPPO phones show nothing", at_value(marked))


def _innermost(document: Document, path: str) -> Node:
    """The object at a path of the form's row, or the innermost one around it that the document has."""
    node = document.top
    for key in path.split("/"):
        inner = node.get(key)
        if inner is None or not isinstance(inner.value, dict):
            break
        node = inner
    return node


def _has_text(document: Document) -> bool:
    """Whether the push has an ext, a title or a desc that is not empty."""
    if any(ext.text or ext.is_object for ext in exts_of(document.found)):
        return True
    texts = (node for path in (*document.form.titles, *document.form.texts) for node in document.nodes_at(path))
    return any(isinstance(node.value, str) and node.value for node in texts)


RULE = Rule(Code.NO_OPPO_CHANNEL, Severity.INFO, page, check)

"""The titles and the texts of a push, in any form: those that are sent, and those that phones show."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from pushcodec.documents import Form, value_at
from pushcodec.lint.document import Document, Node

_ANDROID: Final = "offline_push_config_android_config/android_offline_push_config_title"
_MORE: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "rest": (("MultiLanguageContent/*/Title",), ("MultiLanguageContent/*/Desc",)),
    "sdk-dump": (("androidConfig/title",), ("androidConfig/description",)),
}
"""Where the settings of a push can have more titles and texts for phones of Android's vendors, by the family of the form."""


@cache
def _shown(form: Form) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paths of all titles and of all texts that a phone of Android's vendors may show."""
    titles, texts = _MORE.get(form.family, ((), ()))
    inside = f"{form.settings}/" if form.settings else ""
    if form.family == "c-api":
        titles = tuple(title.replace("offline_push_config_title", _ANDROID) for title in form.titles)
    else:
        titles, texts = (tuple(inside + path for path in paths) for paths in (titles, texts))
    return (*form.titles, *titles), (*form.texts, *texts)


def shown_titles(document: Document) -> Iterator[Node]:
    """Every title that a phone of Android's vendors may show."""
    for path in _shown(document.form)[0]:
        yield from document.nodes_at(path)


def shown_descs(document: Document) -> Iterator[Node]:
    """Every text that a phone of Android's vendors may show."""
    for path in _shown(document.form)[1]:
        yield from document.nodes_at(path)
    if _takes_element_settings(document):
        yield from element_descs(document)


def _takes_element_settings(document: Document) -> bool:
    """Whether the settings of custom elements count: in a REST body without an OfflinePushInfo."""
    return document.form.settings == "OfflinePushInfo" and document.top.get("OfflinePushInfo") is None


def element_descs(document: Document) -> Iterator[Node]:
    """The texts of custom elements, which count where a body has no OfflinePushInfo."""
    for element in document.nodes_at("MsgBody/*"):
        content = element.get("MsgContent")
        desc = content and content.get("Desc")
        if desc and value_at(element.value, "MsgType") == "TIMCustomElem":
            yield desc


class Sent(NamedTuple):
    """The title and the text that travel with an ext; None for what is absent or no string."""

    title: str | None
    desc: str | None


def sent_texts(document: Document) -> Sent:
    """The texts that travel with the ext of a document; of several places those beside the ext."""
    descs = [node for path in document.form.texts for node in document.nodes_at(path)]
    if not descs and _takes_element_settings(document):
        descs = list(element_descs(document))
    return Sent(*(_beside(document, nodes) for nodes in (_titles(document), descs)))


def _titles(document: Document) -> list[Node]:
    return [node for path in document.form.titles for node in document.nodes_at(path)]


def _beside(document: Document, nodes: list[Node]) -> str | None:
    """The text of the node in the same object as the ext, or else of the first one."""
    around = document.place.paths[-1][:-1] if document.place else None
    texts = [(node.paths[-1][:-1] != around, node.value) for node in nodes if isinstance(node.value, str)]
    return min(texts, key=lambda each: each[0])[1] if texts else None

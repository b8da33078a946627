"""The value in a document at which a step of a client decided."""

from __future__ import annotations

from collections.abc import Callable

from pushcodec.clients.steps import EXT_TEXT, Step
from pushcodec.jsontext import JSONValue, dump_deep
from pushcodec.jsontext.values import Path
from pushcodec.lint.document import Document, Node


def decided_at(document: Document, step: Step) -> Node:
    """The field that a step reads, or the innermost value around it that the document has.

    Of several fields it is the innermost value around all of them. Of an object that the step binds it is the first member that the
    step does not accept.
    """
    bound = _find(document, step.binds.path) if step.binds else None
    if step.binds and bound and (misfit := _misfit(bound, step.binds.accepts)):
        return misfit
    around, *others = [_way_to(document, path) for path in step.reads] or [[document.top]]
    return [node for node in around if all(node in other for other in others)][-1]


def _way_to(document: Document, path: Path) -> list[Node]:
    """The values from the outermost one to the one at a path, as far as the document has them."""
    found = (_find(document, path[:length]) for length in range(len(path) + 1))
    return [document.top, *(node for node in found if node)]


def _find(document: Document, path: Path) -> Node | None:
    """The value at a path of a step (see `Step.reads`), None where there is none. Of content it is the value of its text."""
    if not path:
        return document.ext
    if path == EXT_TEXT:
        return document.ext_text or document.entity
    if path == ("entity",):
        return document.entity
    if path == ("entity", "content"):
        return document.content or document.content_text
    around = _find(document, path[:-1])
    return around and around.get(str(path[-1]))


def _misfit(node: Node, accepts: Callable[[str], bool]) -> Node | None:
    """The first member of an object that the step does not accept; the value itself where it is not an object."""
    if not isinstance(node.value, dict):
        return node
    return next((node.child(key) for key, value in node.value.items() if not _is_accepted({key: value}, accepts)), None)


def _is_accepted(value: JSONValue, accepts: Callable[[str], bool]) -> bool:
    try:
        return accepts(dump_deep(value))
    except ValueError:  # a number without a JSON text
        return False

"""The value in a document at which a step of a client decided."""

from __future__ import annotations

from pushcodec.clients.steps import EXT_TEXT, Binding, Step, Unreadable
from pushcodec.jsontext.values import Path
from pushcodec.lint.document import Document, Node


def decided_at(document: Document, step: Step) -> Node:
    """The field that a step reads, or the innermost value around it that the document has.

    Of several fields it is the innermost value around all of them. Of a text that the step reads into fields it is the value that
    does not fit its field.
    """
    if step.binds and (misfit := _misfit(document, step.binds)):
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


def _misfit(document: Document, binding: Binding) -> Node | None:
    """The value that does not fit its field, None if the text has another fault.

    The client's reader has read the text already, so `Readings` has what it found.
    """
    of_ext = binding.text == EXT_TEXT
    text = document.text_as_sent if of_ext else document.content_text and document.content_text.value
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")  # as a client does that gets a text
    if not isinstance(text, str):
        return None
    found = document.readings.by(binding.read, text)
    entered = found.path if isinstance(found, Unreadable) else ()
    path = entered if of_ext else (*binding.text, *entered)
    if path[: len(binding.path)] != binding.path:
        return None
    node = _find(document, path)
    # An object in the place of the object is one, so its text has the fault.
    return None if path == binding.path and node and isinstance(node.value, dict) else node

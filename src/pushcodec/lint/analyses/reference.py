"""How the reference client loses a document: it crashes, or ignores the payload."""

from __future__ import annotations

from pushcodec.clients.effects import LastStep
from pushcodec.clients.ios.after_routing import follow_up
from pushcodec.clients.ios.outcomes import ClientCrash, JoinGroupCall, OpenC2CChat, OpenGroupChat, UnreadableCall, UnroutedChat
from pushcodec.clients.outcomes import Ignored
from pushcodec.clients.steps import EXT_TEXT
from pushcodec.clients.table import REFERENCE
from pushcodec.errors import Code
from pushcodec.lint.analyses.decisions import decided_at
from pushcodec.lint.document import Document
from pushcodec.lint.findings import Finding, at_value


def losses(document: Document) -> dict[Code, list[Finding]]:
    """The crash or the ignored payload, at the value that decides it, by the code of its rule; at most one.

    A text that the client's reader refuses is ignored, too. The rules of the text report it.
    """
    taken = document.route_on_arrival
    step = None if taken is None else REFERENCE.step_of(taken)
    if step is None:
        return {}
    code, message = Code.IGNORED_PAYLOAD, None
    match taken:
        case ClientCrash():
            code, message = REFERENCE.crash_code, f"the app crashes: {REFERENCE.words(taken)}"
        case Ignored(reason=reason) | UnroutedChat(reason=reason) if step.reads != (EXT_TEXT,):
            message = f"nothing happens on a tap: {REFERENCE.reason(reason)}"
        case UnreadableCall() if document.entity and document.content_text is None:
            message = "nothing rings: content is absent"
        case UnreadableCall() if document.content:
            message = "nothing rings: content is not the text of an object"
        case OpenC2CChat() | OpenGroupChat() | JoinGroupCall():
            last = LastStep()
            end = follow_up(taken, trace=last)
            step = REFERENCE.steps[last.name]
            if end == "crash":
                code, message = REFERENCE.crash_code, f"the app crashes after routing: {step.why}"
            elif end == "noop":
                message = f"nothing happens on a tap: {step.why}"
    return {code: [Finding(message, at_value(decided_at(document, step)))]} if message else {}

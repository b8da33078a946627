"""The times of a group call, as the reference client compares them."""

from __future__ import annotations

from pushcodec.clients.ios.outcomes import ClientCrash, JoinGroupCall
from pushcodec.errors import Code
from pushcodec.lint.document import Document
from pushcodec.lint.findings import at_value
from pushcodec.lint.marks import Mark


def is_in_time(document: Document) -> bool:
    """Whether the reference client compares the times of the call in the second of sending, and goes on."""
    taken = document.route_on_arrival
    if not isinstance(taken, ClientCrash):
        return isinstance(taken, JoinGroupCall)
    from pushcodec.clients.table import REFERENCE  # loaded only where the payload is not valid

    steps = list(REFERENCE.steps.values())
    (compares,) = (at for at, step in enumerate(steps) if step.rule is Code.EXPIRED_ON_ARRIVAL)
    return REFERENCE.step_of(taken) in steps[compares + 1 :]


def at_send_time(document: Document) -> Mark:
    """The mark of `sendTime`, or of the entity where it is absent."""
    return at_value((document.entity and document.entity.get("sendTime")) or document.entity or document.top)

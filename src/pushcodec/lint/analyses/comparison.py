"""The effects of the configured clients on a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pushcodec.clients.comparison import Comparison, compare
from pushcodec.clients.table import CLIENTS, REFERENCE
from pushcodec.errors import Code
from pushcodec.lint.analyses.decisions import decided_at
from pushcodec.lint.analyses.reference import losses
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.findings import Finding, at_value


def comparison(document: Document, config: Config) -> Comparison | None:
    """The effects on the configured clients when the ext arrives in the second of sending; None for what no client gets."""
    sent = document.text_as_sent
    if sent is None or not config.clients:
        return None
    by_clients = document.once(_comparisons)
    if config.clients not in by_clients:
        by_clients[config.clients] = compare(sent, now=document.arrival, clients=config.clients, readings=document.readings)
    return by_clients[config.clients]


def _comparisons(_: Document) -> dict[tuple[str, ...], Comparison]:
    return {}


def crashes(document: Document, config: Config, code: Code) -> Iterator[Finding]:
    """The crash of the configured clients whose crashes have a code, the first of them by name and step.

    Where the reference client crashes, `losses` has that, and the rest of its family is left out.
    """
    found = comparison(document, config)
    if found is None or not found.crashes:
        return
    known = REFERENCE.family if REFERENCE.crash_code in document.once(losses) else None
    clients = [CLIENTS[name] for name in found.crashes]
    crashing = [client for client in clients if client.crash_code is code and client.family != known]
    if crashing:
        step = crashing[0].steps[found.effects[crashing[0].name].step]
        names = titles(client.name for client in crashing)
        yield Finding(f"the app crashes on {names}: {step.why}", at_value(decided_at(document, step)))


def titles(names: Iterable[str]) -> str:
    """The titles of clients: "iOS 6.0, Android 6.0"."""
    return ", ".join(CLIENTS[name].title for name in names)

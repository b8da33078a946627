"""`pushcodec route`: what a client does when the notification is tapped, for each ext or for each case of an NDJSON file."""

from __future__ import annotations

from argparse import ArgumentParser

from pushcodec.cli.arguments import ClientOptions, add_client, clock, file_name
from pushcodec.cli.files import Answer, Files, for_each, json_line
from pushcodec.cli.inputs.sources import SourceError
from pushcodec.cli.status import BAD, GOOD
from pushcodec.cli.streams import write_machine
from pushcodec.cli.taps import MAX_FILE, TappedExt, files_of, for_each_ext, to_brackets, to_record
from pushcodec.clients import vectors
from pushcodec.clients.table import client_named
from pushcodec.display import readable, shown_name


class Options(ClientOptions, frozen=True, kw_only=True):
    """The options of `route`."""

    cases: str | None


def add_options(parser: ArgumentParser) -> None:
    """The destinations of `Options`."""
    add_client(parser)
    text = 'answer NDJSON cases such as {"id":1,"user_info":{"custom":"..."},"now":0} instead, one answer a line; see docs/cases.md'
    parser.add_argument("--cases", type=file_name, metavar="FILE", help=text)


def run(options: Options) -> int:
    """Routes each ext, or answers each case; returns the exit status, 1 if the client crashes or opens nothing."""
    if options.cases is not None:
        return _answer_cases(options.cases, options.client)
    now = clock(options.now)
    client = client_named(options.client)

    def route(name: str, ext: TappedExt) -> Answer:
        note = ext.note(client, ios10=not options.ios9)
        taken = ext.outcome(client, now=now, logged_in=not options.logged_out, ios10=not options.ios9)
        status = BAD if client.is_lost(taken) else GOOD
        if options.json:
            record = {"file": readable(name), **ext.origin, **to_record(taken, client, note)}
            return Answer(status, json_line(record), write_machine)
        return Answer(status, f"{shown_name(name)}: {ext.way}: {client.describe(taken)}{to_brackets(note)}\n")

    return for_each_ext(options, files_of(options), route)


def _answer_cases(name: str, client: str) -> int:
    """Writes the answer to each case. A line that is no case is reported with its number, and the others are answered."""

    def answer(_: str, data: bytes) -> Answer:
        try:
            return Answer(GOOD, vectors.answer(data.decode(), client) + "\n", write_machine)
        except UnicodeDecodeError:
            raise SourceError("expected UTF-8") from None
        except vectors.CaseError as error:
            raise SourceError(str(error)) from None

    return for_each(Files([name], is_expanded=True), answer, most=MAX_FILE, has_lines=True)

"""`pushcodec explain`: how a client comes to its decision on each ext, as a tree of steps, and as a picture of the trees."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from importlib.util import find_spec

from pushcodec.cli.arguments import ClientOptions, add_client, add_force, clock, file_name
from pushcodec.cli.commands.explain.tree import Explanation, explain, plain_tree
from pushcodec.cli.files import Answer, json_line
from pushcodec.cli.outputs.checks import check_output
from pushcodec.cli.outputs.kinds import PICTURE
from pushcodec.cli.outputs.sinks import descriptor_of, write_output
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, write_message
from pushcodec.cli.streams import wants_color, write_machine
from pushcodec.cli.taps import TappedExt, files_of, for_each_ext, to_brackets, to_record
from pushcodec.clients.table import client_named
from pushcodec.display import readable, shown_name

_MOST_DRAWN = 1000  # trees in a picture


class Options(ClientOptions, frozen=True, kw_only=True):
    """The options of `explain`."""

    svg: str | None
    force: bool


def add_options(parser: ArgumentParser) -> None:
    """The destinations of `Options`."""
    add_client(parser)
    text = "draw the picture there, too; - draws it on standard output instead"
    parser.add_argument("--svg", type=file_name, metavar="FILE", help=text)
    add_force(parser)


def run(options: Options) -> int:
    """Explains the decision on each ext; returns the exit status, 1 if the client crashes or opens nothing."""
    now = clock(options.now)
    client = client_named(options.client)
    has_rich = find_spec("rich") is not None
    if options.svg and not has_rich:
        write_message("--svg draws with rich, which is not installed: pip install 'pushcodec[cli]'")
        return COULD_NOT_RUN
    files = files_of(options)
    if options.svg:
        check_output(options.svg, PICTURE, files.names, force=options.force)
    is_drawn_only = options.svg and descriptor_of(options.svg) == 1
    explained: list[tuple[str, Explanation]] = []

    def explain_one(name: str, ext: TappedExt) -> Answer:
        found = explain(ext, client=client, now=now, logged_in=not options.logged_out, ios10=not options.ios9)
        note = ext.note(client, ios10=not options.ios9)
        title = f"{shown_name(name)}: {found.way}{to_brackets(note)}"
        if options.svg and len(explained) <= _MOST_DRAWN:
            explained.append((title, found))
        status = BAD if client.is_lost(found.outcome) else GOOD
        if is_drawn_only:
            return Answer(status, "")
        if options.json:
            origin = {"file": readable(name), "way": found.way, **ext.origin}
            record = {**origin, "steps": [taken.to_dict() for taken in found.steps], **to_record(found.outcome, client, note)}
            return Answer(status, json_line(record), write_machine)
        if has_rich and wants_color("auto"):
            from pushcodec.cli.commands.explain.pictures import draw_tree  # rich is loaded only where it is used

            return Answer(status, draw_tree(title, found))
        return Answer(status, "".join(f"{line}\n" for line in plain_tree(title, found)))

    status = for_each_ext(options, files, explain_one)
    if options.svg:
        _draw(options.svg, explained)
    return status


def _draw(file: str, explained: Sequence[tuple[str, Explanation]]) -> None:
    from pushcodec.cli.commands.explain.pictures import draw_svg

    if len(explained) > _MOST_DRAWN:
        write_message(f"only the first {_MOST_DRAWN} exts are drawn")
    write_output(file, draw_svg(explained[:_MOST_DRAWN]).encode("utf-8", "backslashreplace"))

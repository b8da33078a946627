"""`pushcodec lint --show-files` and `--show-settings`: the files that a run would read, and its configuration."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pushcodec.cli.commands.lint.settings import Settings
from pushcodec.cli.inputs.sources import SourceError, open_source
from pushcodec.cli.outputs.kinds import own_output
from pushcodec.cli.status import COULD_NOT_RUN, GOOD
from pushcodec.cli.streams import write_text
from pushcodec.display import shown_name
from pushcodec.jsontext import DEFAULT_LIMITS
from pushcodec.lint.config import TABLES, Config, config_keys
from pushcodec.lint.linter import has_payload

if TYPE_CHECKING:
    from pushcodec.cli.commands.lint.runs import Run


def show_files(run: Run) -> int:
    """Writes the name of each file that would be read, and marks those without a payload. Nothing is linted."""
    for name in run.files:
        title = run.display_name(name)
        try:
            mark = "" if _contains_payload(run, name) else " (no payload)"
        except SourceError as error:
            run.report_problem(title, str(error))
        else:
            write_text(f"{shown_name(title)}{mark}\n")
    return COULD_NOT_RUN if run.failed else GOOD


def _contains_payload(run: Run, name: str) -> bool:
    config = run.config_for(name)
    with open_source(name, run.display_name(name)) as source:
        return any(
            has_payload(document.data, config) and own_output(document.data) is None
            for document in source.documents(DEFAULT_LIMITS.max_bytes)
        )


def show_settings(settings: Settings) -> int:
    """Writes the configuration as a `pushcodec.toml`, with the source of each value as a comment."""
    write_text("".join(_lines(settings)))
    return GOOD


def _lines(settings: Settings) -> Iterator[str]:
    file = shown_name(settings.file) if settings.file else None
    yield f"# configuration file: {file or 'none'}\n"
    yield f"# globs are matched against paths in: {shown_name(os.path.abspath(settings.folder))}\n"
    default = Config()
    for key, name in config_keys().items():
        value = getattr(settings.config, name)
        origin = "command line"
        if value == getattr(settings.in_file, name):
            origin = file or "default"
        if value == getattr(default, name):
            origin = "default"
        text = "{}" if name in TABLES and not value else _toml(value)
        yield f"# {key} is not set\n" if value is None else f"{key} = {text}  # {origin}\n"
    if settings.exclude:
        yield f"# command line, in the current folder: exclude = {shown_name(_toml(settings.exclude))}\n"


def _toml(value: object) -> str:
    """A value as TOML. A tuple of pairs is a table."""
    if isinstance(value, tuple) and any(isinstance(each, tuple) for each in value):
        return "{ " + ", ".join(f"{_toml(key)} = {_toml(some)}" for key, some in value) + " }"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # TOML's strings are JSON's, but for DEL

"""The configuration of a project: `pushcodec.toml`, or the table `[tool.pushcodec]` of `pyproject.toml`, the nearest upwards."""

from __future__ import annotations

import argparse
import os
from typing import Any

from msgspec.structs import replace

from pushcodec.lint.config import Config, config_from

_NAMES = ("pushcodec.toml", "pyproject.toml")


class SettingsError(Exception):
    """A configuration can't be read, or says what it can't; says which and why."""


def settings(arguments: argparse.Namespace) -> Config:
    """What the configuration says, with what the command line says on top. Raises SettingsError."""
    config = Config() if arguments.isolated else _from_file(arguments.config)
    try:
        return replace(config, **_from_arguments(arguments, config))
    except ValueError as error:
        raise SettingsError(str(error)) from None


def _from_arguments(arguments: argparse.Namespace, config: Config) -> dict[str, Any]:
    given: dict[str, Any] = {
        "extend_select": (*config.extend_select, *_flat(arguments.extend_select)),
        "ignore": (*config.ignore, *_flat(arguments.ignore)),
        "exclude": (*config.exclude, *_flat(arguments.exclude)),
        "voip": arguments.voip or config.voip,
        "custom_message": arguments.custom_message or config.custom_message,
    }
    if arguments.select is not None:
        given["select"] = _flat(arguments.select)
    for name in ("kind", "now", "clients"):
        if getattr(arguments, name) is not None:
            given[name] = getattr(arguments, name)
    return given


def _flat(lists: list[list[str]]) -> tuple[str, ...]:
    return tuple(each for some in lists for each in some)


def _from_file(name: str | None) -> Config:
    if name is not None:
        return _read(name) or Config()
    folder = os.getcwd()
    while True:
        for each in _NAMES:
            file = os.path.join(folder, each)
            if os.path.isfile(file) and (found := _read(file)):
                return found
        if os.path.dirname(folder) == folder:
            return Config()
        folder = os.path.dirname(folder)


def _read(file: str) -> Config | None:
    """What a file says; None for a pyproject.toml without a word for us."""
    is_ours = os.path.basename(file) != "pyproject.toml"
    try:
        with open(file, encoding="utf-8") as source:
            text = source.read()
        if not is_ours and "tool.pushcodec" not in text:
            return None
        import tomllib  # loaded only where there is a configuration

        table = tomllib.loads(text)
        found = table if is_ours else table.get("tool", {}).get("pushcodec")
        return None if found is None else config_from(found)
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror}") from None
    except (ValueError, AttributeError) as error:
        raise SettingsError(f"{file}: {error}") from None

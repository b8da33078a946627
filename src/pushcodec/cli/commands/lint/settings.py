"""The configuration of a project: `pushcodec.toml`, or the table `[tool.pushcodec]` of `pyproject.toml`.

The file in the current folder counts, or the one in the nearest folder above it. The globs of a configuration file are matched
against paths relative to its folder, those of the command line against paths relative to the current folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from msgspec.structs import asdict, replace

from pushcodec.cli.commands.lint.options import Options
from pushcodec.cli.inputs.sources import SourceError, read_file
from pushcodec.cli.inputs.walk import is_below
from pushcodec.lint.config import Config, config_from, matches

_NAMES = ("pushcodec.toml", "pyproject.toml")


class SettingsError(Exception):
    """A configuration can't be read or is not valid; the message names it and the reason."""


class Settings(NamedTuple):
    """The configuration of a run, and the folders that its globs are relative to."""

    config: Config
    in_file: Config
    """The configuration of the file alone."""
    file: str | None = None
    """The configuration file, None without one."""
    folder: str = "."
    """The folder of the configuration file, or the current one without a file."""
    exclude: tuple[str, ...] = ()
    """The globs of the command line."""

    def for_file(self, name: str, *, walked: bool) -> Config:
        """The configuration for one file. `walked`: the file was found, not named."""
        globs = [glob for glob, _ in (*self.config.per_file_ignores, *self.config.kinds)]
        fits = filter(_fitting(name, self.folder), globs) if globs else ()
        return _applied(self.config, frozenset(fits), walked)

    def excludes(self, name: str) -> bool:
        """Whether a walk passes over a file or a folder."""
        return _fits_any(name, self.folder, self.config.exclude) or _fits_any(name, ".", self.exclude)


@lru_cache(maxsize=64)
def _applied(config: Config, globs: frozenset[str], walked: bool) -> Config:
    """The configuration for the files that match these globs of it, and no others."""
    found = replace(config, only_payloads=True) if walked else config
    return found.for_file("", lambda _, glob: glob in globs)


def _fits_any(name: str, folder: str, globs: tuple[str, ...]) -> bool:
    return bool(globs) and any(map(_fitting(name, folder), globs))


def _fitting(name: str, folder: str) -> Callable[[str], bool]:
    """A function that returns whether a file matches a glob, which is relative to a folder or absolute."""
    path, absolute = relative_path(name, folder), os.path.abspath(name).replace(os.sep, "/")
    return lambda glob: matches(absolute if os.path.isabs(glob) else path, glob)


def relative_path(name: str, folder: str) -> str:
    """The path of a file relative to a folder, with `/`. Symbolic links are resolved only if its name is not below the folder."""
    path, base = os.path.abspath(name), os.path.abspath(folder)
    if path != base and not is_below(path, base):
        parent, last = os.path.split(path)
        real = os.path.join(os.path.realpath(parent), last)
        if is_below(real, os.path.realpath(base)):
            path, base = real, os.path.realpath(base)
    return os.path.relpath(path, base).replace(os.sep, "/")


# From the command line


def settings(options: Options) -> Settings:
    """The configuration of the file, with the options of the command line applied to it. Raises SettingsError."""
    found = Settings(Config(), Config()) if options.isolated else _from_file(options.config)
    try:
        # A new object, because `replace` of msgspec before 0.21 does not call __post_init__.
        config = Config(**(asdict(found.config) | _from_options(options, found.config)))
    except ValueError as error:
        raise SettingsError(str(error)) from None
    return found._replace(config=config, exclude=tuple(options.exclude))


def _from_options(options: Options, config: Config) -> dict[str, Any]:
    given: dict[str, Any] = {
        "extend_select": (*config.extend_select, *tuple(options.extend_select)),
        "ignore": (*config.ignore, *tuple(options.ignore)),
        "respect_gitignore": config.respect_gitignore and not options.no_respect_gitignore,
        "voip": options.voip or config.voip,
        "custom_message": options.custom_message or config.custom_message,
    }
    if options.own_router:
        given["router"] = "own"
    if options.select is not None:
        given["select"] = tuple(options.select)
    for name in ("kind", "now", "clients"):
        if getattr(options, name) is not None:
            given[name] = getattr(options, name)
    return given


def _from_file(name: str | None) -> Settings:
    if name is not None:
        config = _read(name) or Config()
        return Settings(config, config, name, os.path.dirname(name) or ".")
    try:
        folder = os.getcwd()
    except OSError as error:
        raise SettingsError(f"the current folder: {error.strerror}") from None
    while True:
        for each in _NAMES:
            file = os.path.join(folder, each)
            if os.path.isfile(file) and (found := _read(file)):
                return Settings(found, found, file, folder)
        if os.path.dirname(folder) == folder:
            return Settings(Config(), Config())
        folder = os.path.dirname(folder)


_MOST = 1024 * 1024
"""The most bytes of a configuration file."""


def _read(file: str) -> Config | None:
    """The configuration in a file, None for a pyproject.toml without a table for pushcodec. Raises SettingsError."""
    try:
        return _config_in(read_file(file, _MOST), is_ours=os.path.basename(file) != "pyproject.toml")
    except SourceError as error:
        raise SettingsError(f"{file}: {error}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{file}: not UTF-8") from None
    except RecursionError:
        raise SettingsError(f"{file}: too many levels") from None
    except ValueError as error:
        raise SettingsError(f"{file}: {error}") from None


def _config_in(data: bytes, *, is_ours: bool) -> Config | None:
    """The configuration in the bytes of a TOML file. Raises ValueError."""
    if not is_ours and b"pushcodec" not in data:
        return None
    import tomllib  # loaded only where there is a configuration

    found: Any = tomllib.loads(data.decode())
    for key in () if is_ours else ("tool", "pushcodec"):
        found = found.get(key, {} if key == "tool" else None)
        if found is None:
            return None
        if not isinstance(found, dict):
            raise ValueError(f"{key}: expected a table")
    return config_from(found)

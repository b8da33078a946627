"""The configuration of the linter: which rules it applies, and what is known of the payloads."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import lru_cache
from types import NoneType
from typing import Any, Final, TypeAlias

from msgspec import Struct, structs

from pushcodec.arguments import check_type
from pushcodec.errors import Code
from pushcodec.lint.catalogue import CODES
from pushcodec.suggest import did_you_mean

Selectors: TypeAlias = "tuple[str, ...]"
"""Codes (`PC301`), prefixes of codes (`PC3`), names (`wrong-type`) or `ALL`."""


_SELECTORS: Final = ("ALL", *CODES, *(code.rule for code in CODES))
_CLIENTS: Final = ("ios-6.0", "android-6.0")

ROUTERS: Final = ("tuikit", "own")
"""Who may read the ext on the phone."""


class Config(Struct, frozen=True):
    """Which rules the linter applies, and what is known of the payloads.

    - `select`, `extend_select`, `ignore`: selectors of rules. For each rule the longest selector that matches it decides; of two of
      the same length that in `ignore`
    - `per_file_ignores`: pairs of a glob for file names and of selectors
    - `kinds`: pairs of a glob for file names and of a kind
    - `pointer_ignores`: pairs of a glob for pointers, `/custom -> /entity/content -> /timeout`, and of selectors
    - `exclude`: globs of files and folders that are skipped when folders are searched
    - `respect_gitignore`: whether files that git ignores are skipped when folders are searched
    - `kind`: the kind of each document, the name of a schema; None to recognize it
    - `now`: the phone's clock in unix seconds, for calls sent ahead of it; None if it is unknown
    - `voip`: whether notifications are VoIP pushes, which may have 5,120 bytes
    - `clients`: the clients that get the payloads, by their names in `CLIENTS`; they should agree, and not crash
    - `custom_message`: whether push infos belong to custom messages, which are pushed only with a desc
    - `router`: who reads the ext on the phone: `tuikit`, or `own` for the app itself. Then no rule of the entity and of the clients
      applies, while those of texts, of the document around the ext and of sizes do
    - `only_payloads`: whether documents without the marks of a payload have no findings, unless `kinds` names the file. It is not a
      key of configuration files: the command line sets it for files that it found in a folder

    Raises ValueError for a selector that matches no rule, for an unknown client, kind or router, and for a negative clock,
    TypeError for values of another type. A list becomes a tuple.
    """

    select: Selectors = ("ALL",)
    extend_select: Selectors = ()
    ignore: Selectors = ()
    per_file_ignores: tuple[tuple[str, Selectors], ...] = ()
    pointer_ignores: tuple[tuple[str, Selectors], ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    kind: str | None = None
    now: int | None = None
    clients: tuple[str, ...] = _CLIENTS
    voip: bool = False
    custom_message: bool = False
    router: str = "tuikit"
    only_payloads: bool = False

    def __post_init__(self) -> None:
        for name, check in _ARGUMENTS.items():
            structs.force_setattr(self, name, check(name, getattr(self, name)))
        ignored = (selectors for _, selectors in (*self.per_file_ignores, *self.pointer_ignores))
        for selector in (*self.select, *self.extend_select, *self.ignore, *(each for some in ignored for each in some)):
            if not any(_fit(selector, code) is not None for code in CODES):
                expected = "expected a code, the beginning of one, a rule's name, or ALL"
                raise ValueError(f"no rule is {selector!a}: {expected}{did_you_mean(selector, _SELECTORS)}")

        if self.clients != _CLIENTS:
            _check_clients(self.clients)

    @property
    def has_own_router(self) -> bool:
        """Whether the app itself reads the ext, and not TUIKit."""
        return self.router == "own"

    @property
    def selected(self) -> frozenset[Code]:
        """The codes of the rules that are applied."""
        return _selected((*self.select, *self.extend_select), self.ignore)

    def for_file(self, name: str, fits: Callable[[str, str], bool] | None = None) -> Config:
        """The configuration for one file: with its ignored rules and its kind. For the result, `for_file` returns it unchanged.

        `fits` returns whether a name matches a glob; `matches` by default.
        """
        fits = fits or matches
        if not (self.per_file_ignores or self.kinds):
            return self
        ignored = tuple(each for glob, some in self.per_file_ignores if fits(name, glob) for each in some)
        kind = next((kind for glob, kind in self.kinds if fits(name, glob)), None)
        return structs.replace(
            self,
            ignore=(*self.ignore, *ignored),
            kind=self.kind or kind,
            only_payloads=self.only_payloads and kind is None,
            per_file_ignores=(),
            kinds=(),
        )

    def ignores(self, code: Code, pointers: tuple[str, ...]) -> bool:
        """Whether a finding of a rule is ignored at these pointers."""
        location = " -> ".join(pointers)
        return any(code in _selected(some, ()) for glob, some in self.pointer_ignores if fnmatchcase(location, glob))


@lru_cache(maxsize=64)
def _selected(select: Selectors, ignore: Selectors) -> frozenset[Code]:
    return frozenset(code for code in CODES if _best(select, code) > _best(ignore, code))


def _best(selectors: Selectors, code: Code) -> int:
    """The length of the longest selector that matches a code, as `_fit` has it; -1 if none does."""
    return max((fit for selector in selectors if (fit := _fit(selector, code)) is not None), default=-1)


def _fit(selector: str, code: Code) -> int | None:
    """The length of a selector that matches a code, None if it does not. `ALL` has 0, a name as many as a whole code."""
    if selector == "ALL":
        return 0
    if selector == code.rule:
        return len(code)
    return len(selector) if selector.startswith("PC") and code.startswith(selector) else None


def matches(name: str, glob: str) -> bool:
    """Whether the name of a file matches a glob. A glob without `/` matches any part of the path, any other the path or its end.

    `**/` matches any number of folders, also none.
    """
    name = name.removeprefix("./")
    if "/" not in glob.rstrip("/"):
        return any(fnmatchcase(part, glob.rstrip("/")) for part in name.split("/"))
    if "**/" in glob and matches(name, glob.replace("**/", "", 1)):
        return True
    glob = glob.removeprefix("./").rstrip("/")
    return any(fnmatchcase(name, each) for each in (glob, f"*/{glob}", f"{glob}/*", f"*/{glob}/*"))


# The arguments


def _texts(name: str, value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise TypeError(f"{name} must be a tuple of str")


def _pairs_with_selectors(name: str, value: object) -> tuple[tuple[str, Selectors], ...]:
    return tuple((_text(name, glob), _texts(name, selectors)) for glob, selectors in _pairs(name, value, "selectors"))


def _pairs_with_kind(name: str, value: object) -> tuple[tuple[str, str], ...]:
    return tuple((_text(name, glob), _kind(name, _text(name, kind))) for glob, kind in _pairs(name, value, "a kind"))


def _pairs(name: str, value: object, second: str) -> tuple[tuple[Any, Any], ...]:
    if isinstance(value, list | tuple) and all(isinstance(each, tuple) and len(each) == 2 for each in value):
        return tuple(value)
    raise TypeError(f"{name} must be a tuple of pairs of a glob and {second}")


def _text(name: str, value: object) -> str:
    return _texts(name, (value,))[0]


def _kind_or_none(name: str, value: Any) -> str | None:
    check_type(name, value, (str, NoneType), "a str or None")
    return None if value is None else _kind(name, value)


def _router(name: str, value: Any) -> str:
    text = _text(name, value)
    if text not in ROUTERS:
        raise ValueError(f"{name}: expected one of {', '.join(ROUTERS)}")
    return text


def _clock_or_none(_: str, value: Any) -> int | None:
    if value is not None:
        from pushcodec.clients.clock import check_now  # loaded only if a clock is given

        check_now(value)
    return value  # type: ignore[no-any-return]


def _bool(name: str, value: Any) -> Any:
    check_type(name, value, bool, "a bool")
    return value


_ARGUMENTS: Final[dict[str, Callable[[str, Any], Any]]] = {
    **dict.fromkeys(("select", "extend_select", "ignore", "exclude", "clients"), _texts),
    **dict.fromkeys(("per_file_ignores", "pointer_ignores"), _pairs_with_selectors),
    "kinds": _pairs_with_kind,
    "kind": _kind_or_none,
    "now": _clock_or_none,
    "router": _router,
    **dict.fromkeys(("respect_gitignore", "voip", "custom_message", "only_payloads"), _bool),
}

DEFAULT_CONFIG: Final = Config()


# From a table of a configuration file


def config_keys() -> dict[str, str]:
    """The keys of a configuration file, each with its attribute."""
    return {name.replace("_", "-"): name for name in Config.__struct_fields__ if name in _READERS}


def config_from(table: dict[str, Any]) -> Config:
    """The configuration in a table `[tool.pushcodec]`. Its keys are the attributes with `-` for `_`.

    Raises ValueError for an unknown key or a value of another type.
    """
    known = config_keys()
    values = {}
    for key, value in table.items():
        if key not in known:
            raise ValueError(f"unknown key {key!a}, expected one of {', '.join(known)}{did_you_mean(key, known)}")
        values[known[key]] = _READERS[known[key]](key, value)
    return Config(**values)


def _strings(key: str, value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise ValueError(f"{key}: expected an array of strings")


def _pairs_of_strings(key: str, value: object) -> tuple[tuple[str, Selectors], ...]:
    if isinstance(value, dict):
        return tuple((glob, _strings(f"{key}.{glob!a}", some)) for glob, some in value.items())
    raise ValueError(f"{key}: expected a table of globs with arrays of strings")


def _kinds(key: str, value: object) -> tuple[tuple[str, str], ...]:
    if isinstance(value, dict):
        return tuple((glob, _kind(f"{key}.{glob!a}", kind)) for glob, kind in value.items())
    raise ValueError(f"{key}: expected a table of globs with kinds")


def _kind(key: str, value: object) -> str:
    from pushcodec.inspection import KINDS  # loaded only if a kind is given

    if isinstance(value, str) and value in KINDS:
        return value
    raise ValueError(f"{key}: expected one of {', '.join(KINDS)}")


def _check_clients(names: tuple[str, ...]) -> None:
    from pushcodec.clients.table import client_named  # loaded only if clients are named

    for name in names:
        client_named(name)


def _seconds(key: str, value: object) -> int:
    if type(value) is int and value >= 0:
        return value
    raise ValueError(f"{key}: expected unix seconds, a non-negative integer")


def _flag(key: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(f"{key}: expected true or false")


def _named_router(key: str, value: object) -> str:
    if isinstance(value, str):
        return _router(key, value)
    raise ValueError(f"{key}: expected one of {', '.join(ROUTERS)}")


_READERS: Final[dict[str, Any]] = {
    "select": _strings,
    "extend_select": _strings,
    "ignore": _strings,
    "per_file_ignores": _pairs_of_strings,
    "pointer_ignores": _pairs_of_strings,
    "kinds": _kinds,
    "exclude": _strings,
    "respect_gitignore": _flag,
    "kind": _kind,
    "clients": _strings,
    "now": _seconds,
    "voip": _flag,
    "custom_message": _flag,
    "router": _named_router,
}
TABLES: Final = frozenset({"per_file_ignores", "pointer_ignores", "kinds"})
"""The attributes that are tables in a configuration file."""

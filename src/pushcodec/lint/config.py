"""What a run of the linter is asked to look for."""

from __future__ import annotations

from dataclasses import dataclass

from pushcodec.errors import Code


@dataclass(frozen=True, slots=True)
class Config:
    """What to look for, and what is known of the payloads.

    - `select`, `extend_select`, `ignore`: codes (`PC301`), prefixes of codes (`PC3`), names (`wrong-type`) or `ALL`
    - `kind`: what each document holds, a schema's name; None to find it by looking
    - `now`: the phone's clock in unix seconds, for calls sent ahead of it; None when it is not known
    - `voip`: notifications are VoIP pushes, which may have 5,120 bytes
    - `custom_message`: push infos belong to custom messages, which are pushed only with a desc
    """

    select: tuple[str, ...] = ("ALL",)
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    kind: str | None = None
    now: int | None = None
    voip: bool = False
    custom_message: bool = False

    @property
    def selected(self) -> frozenset[Code]:
        """The codes that are looked for."""
        return frozenset(Code)


DEFAULT_CONFIG = Config()

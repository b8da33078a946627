"""pushcodec: the codec, the fast path and the mirror."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pushcodec as pc
from contenders import NOW, Facts, Loop, Ready
from pushcodec import fast, jsontext


def decode_ext() -> Ready:
    """The codec answers the model."""

    def loop(texts: Sequence[bytes]) -> list[Any]:
        read = pc.decode_ext
        return [read(text) for text in texts]

    return Ready(loop, common=lambda ext: Facts.of_object(ext.entity))


def decode() -> Ready:
    """The fast path answers its entity."""
    return _decoding(fast.Decoder())


def decode_trusted() -> Ready:
    """A trusted decoder answers its entity."""
    return _decoding(fast.Decoder(trusted=True))


def route() -> Ready:
    """The fast path answers the Route."""
    return _routing(fast.Decoder())


def route_trusted() -> Ready:
    """A trusted decoder answers the Route."""
    return _routing(fast.Decoder(trusted=True))


def mirror() -> Ready:
    """The mirror answers the Route of an ext's text, or of a notification that the strict reader read."""

    def loop(texts: Sequence[bytes]) -> list[Any]:
        receive = pc.receive
        return [receive({"custom": text.decode()}, now=NOW) for text in texts]

    def wrapped(texts: Sequence[bytes]) -> list[Any]:
        receive, parse = pc.receive, jsontext.parse
        return [receive(parse(text), now=NOW) for text in texts]

    return Ready(loop, wrapped=wrapped)


def route_lines(decoder: fast.Decoder) -> Loop:
    """A blob of NDJSON to Routes."""
    return lambda blob: list(decoder.route_lines(blob, now=NOW))


def decode_lines(decoder: fast.Decoder) -> Loop:
    """A blob of NDJSON to entities, and bad lines."""
    return lambda blob: list(decoder.decode_lines(blob))


def _decoding(decoder: fast.Decoder) -> Ready:
    def loop(texts: Sequence[bytes]) -> list[Any]:
        read = decoder.decode
        return [read(text) for text in texts]

    return Ready(loop, common=Facts.of_object)


def _routing(decoder: fast.Decoder) -> Ready:
    def loop(texts: Sequence[bytes]) -> list[Any]:
        take = decoder.route
        return [take(text, now=NOW) for text in texts]

    def wrapped(texts: Sequence[bytes]) -> list[Any]:
        take = decoder.receive
        return [take(text, now=NOW) for text in texts]

    return Ready(loop, wrapped=wrapped)

"""The fast path: the codec's and the mirror's answers, for workers that drain a queue.

`Decoder` takes bytes and gives what `decode_ext` and `receive` would give, for less. It is a sieve: what msgspec can
vouch for is answered at once, every other text goes to the codec or to the mirror, so no answer differs. The fast path decides,
the codec explains.

    decoder = pushcodec.fast.Decoder()
    decoder.decode(raw)                        # ChatEntity | CallEntity, or DecodeError
    decoder.route(raw, now=now)                # a Route, for the text of an ext
    decoder.receive(raw, now=now)              # a Route, for the text of a whole notification
    for result in decoder.decode_lines(file)   # NDJSON, in constant memory
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pushcodec.fast.decoder import TRUSTED_DIFFERENCES, BadLine, Decoder
    from pushcodec.fast.payloads import CallEntity, ChatEntity, Entity, SignalingContent

# Names are resolved on first use: the linter needs the structs of the payloads only, not the decoders.
_HOMES = {
    **dict.fromkeys(("TRUSTED_DIFFERENCES", "BadLine", "Decoder"), "decoder"),
    **dict.fromkeys(("CallEntity", "ChatEntity", "Entity", "SignalingContent"), "payloads"),
}

__all__ = ["TRUSTED_DIFFERENCES", "BadLine", "CallEntity", "ChatEntity", "Decoder", "Entity", "SignalingContent"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'pushcodec.fast' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"pushcodec.fast.{_HOMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

"""The fast path: the answers of the codec and of the client's mirror, for workers that drain a queue.

`Decoder` takes bytes and returns what `decode_ext` and `receive` return, in less time. It answers at once if msgspec's result is
certainly right; every other text goes to the codec or to the mirror. So no answer differs, and the codec explains each refusal.

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

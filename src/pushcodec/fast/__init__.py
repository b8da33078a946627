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

from pushcodec.fast.decoder import TRUSTED_DIFFERENCES, BadLine, Decoder
from pushcodec.fast.payloads import CallEntity, ChatEntity, Entity, SignalingContent

__all__ = ["TRUSTED_DIFFERENCES", "BadLine", "CallEntity", "ChatEntity", "Decoder", "Entity", "SignalingContent"]

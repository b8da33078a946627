"""The documents that hold an ext: their forms, and where the ext is in each."""

from pushcodec.documents.carriers import TEXT_KEYS, Carried, Carrier, find_ext, look, look_kind
from pushcodec.documents.recognition import contains_payload, mentions_payload

__all__ = ["TEXT_KEYS", "Carried", "Carrier", "contains_payload", "find_ext", "look", "look_kind", "mentions_payload"]

"""The documents that contain an ext: their forms, which form a document has, and the text of the ext in it."""

from pushcodec.documents.carriers import Carried, Contents, contents_of, find_ext
from pushcodec.documents.forms import TEXT_KEYS, Carrier, text_key
from pushcodec.documents.recognition import contains_payload, look, look_kind, mentions_payload

__all__ = [
    "TEXT_KEYS",
    "Carried",
    "Carrier",
    "Contents",
    "contains_payload",
    "contents_of",
    "find_ext",
    "look",
    "look_kind",
    "mentions_payload",
    "text_key",
]

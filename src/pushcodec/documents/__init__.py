"""The documents that contain an ext: their forms, which forms a document contains, and the texts of the exts in it."""

from pushcodec.documents.carriers import Carried, carried, ext_text, find_ext, find_exts, no_ext, text_around
from pushcodec.documents.forms import Carrier, Form, Storage, value_at, values_at
from pushcodec.documents.places import Ext, SchemaTarget, exts_of, link_parameter, places_of, targets_of
from pushcodec.documents.recognition import Found, Paths, is_link, recognise
from pushcodec.documents.table import FORMS
from pushcodec.documents.unknown import contains_payload, is_payload, limit_faults, mentions_payload, unknown_document

__all__ = [
    "FORMS",
    "Carried",
    "Carrier",
    "Ext",
    "Form",
    "Found",
    "Paths",
    "SchemaTarget",
    "Storage",
    "carried",
    "contains_payload",
    "ext_text",
    "exts_of",
    "find_ext",
    "find_exts",
    "is_link",
    "is_payload",
    "limit_faults",
    "link_parameter",
    "mentions_payload",
    "no_ext",
    "places_of",
    "recognise",
    "targets_of",
    "text_around",
    "unknown_document",
    "value_at",
    "values_at",
]

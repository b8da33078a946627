"""The same push in another form of document: its settings are read from one form and written in the keys of another."""

from pushcodec.conversion.converting import SOURCES, Converted, convert, convert_all
from pushcodec.conversion.push import Loss
from pushcodec.conversion.sources import Target

__all__ = ["SOURCES", "Converted", "Loss", "Target", "convert", "convert_all"]

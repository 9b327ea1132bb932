"""Reading: sources → bytes → text → repaired Document.

``read_sources`` is the door for files, folders and patterns; ``read_text`` for a text at hand;
``repair_text`` undoes scraping damage without the rest.
"""

from kg.errors import ReadError
from kg.read.reader import ReadFailure, Unchanged, read_changed, read_file, read_sources, read_text
from kg.read.repair import Repaired, repair_text, reproduce

__all__ = [
    "ReadError",
    "ReadFailure",
    "Repaired",
    "Unchanged",
    "read_changed",
    "read_file",
    "read_sources",
    "read_text",
    "repair_text",
    "reproduce",
]

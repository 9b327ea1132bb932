"""IRIs of documents, entities and facts: readable, safe, the same in every build.

Every IRI ends in a hash of what it was made from, so that no two names share an IRI however alike they look;
the readable part before it is for people. The base is a parameter: another publisher uses their own.
"""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache

from kg.resolve.divisions import Division

#: Where the ids of this project's graphs live unless a build is told otherwise.
DEFAULT_BASE = "https://w3id.org/health-industry-kg/id/"
_READABLE = 40


def digest(*parts: str, length: int = 12) -> str:
    """The first ``length`` hexadecimal digits of the SHA-256 of the parts; parts cannot run into each other."""
    text = "\x1f".join([f"{len(part)}:{part}" for part in parts])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def slug(name: str) -> str:
    """Letters and digits of a name (Chinese ones too), anything else as one hyphen; at most 40 characters."""
    folded = unicodedata.normalize("NFKC", name)
    if folded.isalnum() and folded.isprintable():  # most names; the rest of this is slow
        return folded[:_READABLE]
    kept = "".join(c if c.isalnum() and c.isprintable() else " " for c in folded)
    return "-".join(kept.split())[:_READABLE].strip("-") or "x"


@lru_cache(maxsize=1 << 17)
def document_iri(base: str, key: str) -> str:
    """IRI of a document, which names its graph too."""
    return f"{base}document/{slug(key)}-{digest('document', key)}"


def entity_iri(base: str, kind: str, name: str, *discriminator: str) -> str:
    """IRI of an entity: its type, its normalised name and whatever else tells it from its namesakes."""
    return f"{base}{kind.lower()}/{slug(name)}-{digest(kind, name, *discriminator)}"


def division_iri(base: str, division: Division) -> str:
    """IRI of an administrative division or country: a Place known by its code."""
    return f"{base}place/{slug(division.name)}-{division.code}"


def agreement_iri(base: str, document: str, act: str) -> str:
    """IRI of an agreement as one document reports it.

    It begins with the act (kg.resolve.agreements.acts_of) and ends in a hash of the document, so reports of the same
    act begin alike and can be merged by dropping the end.
    """
    return f"{base}agreement/{act}-{digest(document, length=8)}"

"""One entity across documents: ``resolve`` gives every document's entities their IRIs."""

from kg.resolve.iris import DEFAULT_BASE
from kg.resolve.resolution import document_key, resolve
from kg.resolve.types import GroupLink, Resolution, ResolvedEntity, UncertainPair

__all__ = [
    "DEFAULT_BASE",
    "GroupLink",
    "Resolution",
    "ResolvedEntity",
    "UncertainPair",
    "document_key",
    "resolve",
]

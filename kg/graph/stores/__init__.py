"""Stores: a folder (Oxigraph, the default), ``memory:``, or the address of a SPARQL 1.1 server."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.stores.base import Answer, Solutions, Store, Term
from kg.graph.stores.endpoint import EndpointStore
from kg.graph.stores.oxigraph import FolderStore, OxigraphStore

__all__ = [
    "Answer",
    "EndpointStore",
    "FolderStore",
    "OxigraphStore",
    "Solutions",
    "Store",
    "Term",
    "open_store",
]


def open_store(name: str | Path, *, create: bool = False) -> Store:
    """Open a store by its name.

    name: a folder, ``memory:`` (a new empty store), or an http(s) address of a SPARQL 1.1 server.
    create: a folder that does not exist yet will be made by the first write; without it that is an error.
    Raises StoreError when the folder is missing, is not a store, or cannot be read.
    """
    text = str(name)
    if text == "memory:":
        return OxigraphStore(text, ox.Store())
    if not text.strip():
        raise StoreError(
            "the name of the store is empty; name a folder, memory: or the address of a SPARQL server"
        )
    if text.startswith(("http://", "https://")):
        return EndpointStore(text)
    return FolderStore(Path(text), create=create)

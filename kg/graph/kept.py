"""Derived graphs brought up to date by what has changed since they were last written.

The portions that they were made of are kept beside the store, and the graphs bear a mark (owl:versionInfo): a hash of
the portions and of the code that turns them into quads. Where the mark is that of the kept portions, only the quads of
portions that differ are made; else the graphs are read and compared quad by quad.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg import resources
from kg.graph.derived import PORTIONED, Portions, changes, describe, header_quads, portion_quads
from kg.graph.fingerprint import hash_of_files
from kg.graph.stores.base import Solutions, Store
from kg.graph.terms import KG, OWL, text
from kg.model import Annotation
from kg.resolve.types import Resolution

_PACKAGE = Path(__file__).resolve().parent.parent


class KeptPortions:
    """What derived graphs were made of when they were last written.

    kept: as the last write gave it in ``made``, or None; ``made`` stays None where that is the same.
    """

    def __init__(self, kept: bytes | None = None) -> None:
        self.kept = kept
        self.made: bytes | None = None


def write_derived(
    store: Store,
    annotations: Iterable[tuple[str, Annotation]],
    resolution: Resolution,
    *,
    others: Iterable[Quad],
    portions: KeptPortions,
) -> None:
    """Make the store's derived graphs those of these documents. others: quads of derived graphs without portions.

    Raises StoreError where the store cannot be written, KeyError where the resolution does not cover a document.
    """
    base = resolution.base
    graphs = {NamedNode(base + name) for name in PORTIONED}
    present = _graphs_of(store)
    now = describe(annotations, resolution)
    made = _written(now)
    portions.made = made if made != portions.kept else None
    mark = _mark(base, made)
    marked = {Quad(graph, OWL.versionInfo, text(mark), graph) for graph in graphs}
    rest = _by_graph(others)
    kept = portions.kept
    if kept is not None and {present.get(graph) for graph in graphs} == {before := _mark(base, kept)}:
        if mark != before:
            old, new = (set(portion_quads(base, p)) for p in changes(json.loads(kept), now))
            old |= {Quad(graph, OWL.versionInfo, text(before), graph) for graph in graphs}
            new |= marked
            store.discard(old - new)
            store.extend(new - old)
    else:
        rest |= _by_graph((*header_quads(base), *marked, *portion_quads(base, now)))
    for graph in sorted(present.keys() - rest.keys() - graphs, key=lambda node: node.value):
        store.drop_graph(graph)
    for graph, quads in rest.items():
        held = set(store.quads(graph)) if graph in present else set()
        store.discard(held - quads)
        store.extend(quads - held)


def _by_graph(quads: Iterable[Quad]) -> dict[NamedNode, set[Quad]]:
    graphs: dict[NamedNode, set[Quad]] = {}
    for quad in quads:
        if not isinstance(quad.graph_name, NamedNode):
            raise TypeError(f"a quad without a named graph: {quad}")
        graphs.setdefault(quad.graph_name, set()).add(quad)
    return graphs


def _graphs_of(store: Store) -> dict[NamedNode, str | None]:
    """Derived graphs and the mark that each bears."""
    answer = store.query(
        f"SELECT ?g ?v WHERE {{ GRAPH ?g {{ ?g a {KG.DerivedGraph} OPTIONAL {{ ?g {OWL.versionInfo} ?v }} }} }}"
    )
    rows = answer.rows if isinstance(answer, Solutions) else []
    return {
        graph: mark.value if isinstance(mark, Literal) else None
        for graph, mark in rows
        if isinstance(graph, NamedNode)
    }


def _written(portions: Portions) -> bytes:
    told = json.dumps(portions, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return told.encode("utf-8", "surrogatepass")


def _mark(base: str, content: bytes) -> str:
    return hashlib.sha256(f"{_code()} {base} ".encode() + content).hexdigest()[:32]


@cache
def _code() -> str:
    """Hash of the code and the tables by which portions become quads."""
    return hash_of_files(_follow())


def _follow() -> Iterator[Path]:
    for name in ("derived", "kept", "literals", "sectors", "terms"):
        yield _PACKAGE / "graph" / f"{name}.py"
    for name in ("divisions", "iris", "regions"):
        yield _PACKAGE / "resolve" / f"{name}.py"
    for name in ("regions", "sectors"):
        yield resources.data(f"{name}.tsv")

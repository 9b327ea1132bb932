"""Chooses a part of a graph: around one node, of some types, of a region, since a date."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable

from kg.errors import QueryError
from kg.view.model import Source, Tie, ViewGraph

_SINCE = re.compile(r"\d{4}(-\d{2}){0,2}")
_SHOWN_CANDIDATES = 5


def select(
    graph: ViewGraph,
    *,
    focus: str | None = None,
    hops: int = 1,
    types: Collection[str] = (),
    region: str | None = None,
    since: str | None = None,
    min_confidence: float = 0.0,
) -> ViewGraph:
    """The part of ``graph`` that meets every condition given.

    focus: a node's id, name or alias; what lies within ``hops`` ties of it.
    types: node types; a tie stays where all its members stay. The focus stays whatever its type.
    region: part of the name of a region or park; its nodes, and whoever has an agreement with one of them.
    since: YYYY, YYYY-MM or YYYY-MM-DD; ties whose date, or else the latest publication that states
    them, is not before it; nodes left without a tie go.
    min_confidence: ties stated with less go (a tie that states none stays).
    Raises QueryError for an unknown or ambiguous focus, an unknown region, or a malformed date.
    """
    centre = find(graph, focus) if focus else None
    words: list[str] = []
    keep = {node.id for node in graph.nodes}
    ties = [tie for tie in graph.ties if tie.confidence is None or tie.confidence >= min_confidence]
    if min_confidence > 0:
        words.append(f"≥{min_confidence:g}")
    if types:
        keep = {node.id for node in graph.nodes if node.type in types or node.id == centre}
        words.append("+".join(types))
    if region:
        keep &= _region(graph, region, ties)
        words.append(region)
    ties = _within(ties, keep)
    if since:
        ties = _since(graph, ties, since)
        keep &= {member for tie in ties for member in tie.members} | ({centre} if centre else set())
        words.append(f"{since}–")
    if centre:
        keep &= neighbourhood(ties, centre, hops)
        ties = _within(ties, keep)
        words.insert(0, f"{graph.node(centre).label} · {hops}")
    return graph.restricted(keep, ties, choice=" · ".join(words))


def find(graph: ViewGraph, name: str) -> str:
    """Id of the node that a person means by ``name``: its id, name, alias, or the only name that contains it.

    Raises QueryError that lists candidates where there are several and none is exact.
    """
    if name in graph.index:
        return name
    wanted = _plain(name)
    if not wanted:
        raise QueryError("The name to focus on is empty; give a name, an alias or an IRI.")
    exact = [node for node in graph.nodes if _plain(node.label) == wanted]
    if not exact:
        exact = [node for node in graph.nodes if wanted in map(_plain, node.aliases)]
    found = exact or [
        node for node in graph.nodes if any(wanted in _plain(each) for each in (node.label, *node.aliases))
    ]
    if len(found) == 1:
        return found[0].id
    if not found:
        raise QueryError(f"No entity is called {name!r}; `kg query organisations` lists the names.")
    shown = "; ".join(f"{node.label} ({node.type}) <{node.id}>" for node in found[:_SHOWN_CANDIDATES])
    more = f"; and {len(found) - _SHOWN_CANDIDATES} more" if len(found) > _SHOWN_CANDIDATES else ""
    raise QueryError(f"{name!r} may mean {len(found)} entities: {shown}{more}. Give the full name or IRI.")


def neighbourhood(ties: Iterable[Tie], centre: str, hops: int) -> set[str]:
    """Ids within ``hops`` ties of ``centre``, itself included."""
    partners: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        for member in tie.members:
            partners[member].update(tie.members)
    reached, frontier = {centre}, {centre}
    for _ in range(hops):
        frontier = {other for here in frontier for other in partners[here]} - reached
        reached |= frontier
    return reached


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _within(ties: Iterable[Tie], keep: Collection[str]) -> list[Tie]:
    return [tie for tie in ties if all(member in keep for member in tie.members)]


def _region(graph: ViewGraph, region: str, ties: Iterable[Tie]) -> set[str]:
    inside = {
        node.id for node in graph.nodes if any(region in (name or "") for name in (node.region, node.park))
    }
    if not inside:
        raise QueryError(f"No entity lies in a region or park called {region!r}.")
    partners = {
        member
        for tie in ties
        if tie.family == "agreement" and not inside.isdisjoint(tie.members)
        for member in tie.members
    }
    return inside | partners


def _since(graph: ViewGraph, ties: Iterable[Tie], since: str) -> list[Tie]:
    if not _SINCE.fullmatch(since):
        raise QueryError(f"{since!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD.")
    sources = {source.id: source for source in graph.sources}
    kept = []
    for tie in ties:
        date = _date_of(tie, sources)
        # A partial date reaches to the end of its period, so "2025" is not before "2025-03".
        if date is not None and date + "~" >= since:
            kept.append(tie)
    return kept


def _date_of(tie: Tie, sources: dict[str, Source]) -> str | None:
    if tie.date and not tie.date.startswith("--"):
        return tie.date
    published = [sources[fact.source].published for fact in tie.facts if fact.source in sources]
    return max((date for date in published if date and not date.startswith("--")), default=None)

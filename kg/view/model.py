"""What a page shows: nodes, ties between them, figures and the sources that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from kg.model import AGREEMENT_TYPES, Amount

Family = Literal["agreement", "relation"]

#: An agreement says more about who works with whom than a relation does; size and layout follow this.
AGREEMENT_WEIGHT = 3.0
RELATION_WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Source:
    """A page that states facts. ``published`` is an ISO 8601 date, possibly partial."""

    id: str
    title: str
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of a source: the sentence and where it stands (source characters)."""

    source: str
    quote: str
    start: int | None = None
    end: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity of a node in base units (m2, an ISO 4217 code, count, percent)."""

    property: str
    value: float
    unit: str
    date: str | None = None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """An entity; ``region`` names the city, or the nearest place, it belongs to, ``park`` the park."""

    id: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    region: str | None = None
    park: str | None = None
    figures: tuple[Figure, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """An agreement between its parties, or a relation from its first to its second member.

    ``members`` are node ids: all parties of an agreement (one or more), subject and object of a relation.
    """

    id: str
    kind: str
    members: tuple[str, ...]
    status: str | None = None
    date: str | None = None
    amount: Amount | None = None
    event: str | None = None
    title: str | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def family(self) -> Family:
        """Whether this is an agreement or a relation."""
        return "agreement" if self.kind in AGREEMENT_TYPES and self.status is not None else "relation"

    @property
    def confidence(self) -> float | None:
        """The best confidence among the facts; None where none is stated."""
        return max((fact.confidence for fact in self.facts if fact.confidence is not None), default=None)

    @property
    def weight(self) -> float:
        """Pull between two members."""
        return AGREEMENT_WEIGHT if self.family == "agreement" else RELATION_WEIGHT


@dataclass(frozen=True)
class ViewGraph:
    """Nodes, ties and sources of one page; every id that a tie or fact names is among them."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    sources: tuple[Source, ...] = ()
    #: What was chosen, in words, for the page's subtitle; empty for a whole store.
    choice: str = field(default="")

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of each node id in ``nodes``."""
        return {node.id: position for position, node in enumerate(self.nodes)}

    def node(self, node_id: str) -> Node:
        """The node with this id; KeyError if there is none."""
        return self.nodes[self.index[node_id]]

    def restricted(self, keep: Iterable[str], ties: Iterable[Tie], *, choice: str) -> ViewGraph:
        """The part with these nodes, these ties, and the sources that they need."""
        kept = set(keep)
        nodes = tuple(node for node in self.nodes if node.id in kept)
        chosen = tuple(ties)
        used = {fact.source for fact in _facts(nodes, chosen)} | {
            name for node in nodes for name in node.sources
        }
        sources = tuple(source for source in self.sources if source.id in used)
        return ViewGraph(nodes, chosen, sources, choice)


def _facts(nodes: Iterable[Node], ties: Iterable[Tie]) -> Iterator[Fact]:
    for tie in ties:
        yield from tie.facts
    for node in nodes:
        for figure in node.figures:
            yield from figure.facts

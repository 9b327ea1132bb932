"""Where a node belongs: the park and the place that its relations lead to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.view.model import Node, Tie

#: Relations that say where a thing is, the surest first.
_PLACING = ("locatedIn", "settledIn", "partOf")
_CITY = ("市", "州", "盟")
#: Hosts of hosts are followed this far.
_MAX_CHAIN = 6


def placed(nodes: Iterable[Node], ties: Iterable[Tie], *, regions: bool) -> Iterator[Node]:
    """The nodes with the nearest park, and, with ``regions``, the region that they lie in.

    The region is the nearest city among the places that they lie in, or else the nearest place; a store knows
    regions better, from its table of divisions.
    """
    by_id = {node.id: node for node in nodes}
    found: dict[str, dict[str, list[str]]] = {kind: defaultdict(list) for kind in _PLACING}
    for tie in ties:
        if tie.kind in found:
            found[tie.kind][tie.members[0]].append(tie.members[1])
    for node in by_id.values():
        places, parks = _hosts(node, by_id, found)
        region = node.region
        if regions:
            region = next((name for name in places if name.endswith(_CITY)), places[0] if places else None)
        yield replace(node, region=region, park=parks[0] if parks else None)


def _hosts(
    node: Node, by_id: dict[str, Node], found: dict[str, dict[str, list[str]]]
) -> tuple[list[str], list[str]]:
    """Names of the places and of the parks that a node is or lies in, the nearest first."""
    names: dict[str, list[str]] = {"Place": [], "Park": []}
    reached, frontier = {node.id}, [node.id]
    for _ in range(_MAX_CHAIN):
        for here in frontier:
            if by_id[here].type in names:
                names[by_id[here].type].append(by_id[here].label)
        hosts = [host for here in frontier for kind in _PLACING for host in found[kind].get(here, ())]
        frontier = [host for host in dict.fromkeys(hosts) if host not in reached]
        reached.update(frontier)
    return names["Place"], names["Park"]

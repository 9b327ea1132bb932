"""The signing network: who signed with whom, as a networkx graph, and what an economist measures on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from kg.graph.stores import Store
from kg.query.records import Act, EntityRecord, Level, read_acts, read_entities, regions_within

#: Region of an organisation whose home is not known.
UNKNOWN_REGION = "?"
_SEED = 7


def signing_network(
    store: Store, *, statuses: Collection[str] = ("signed",), level: Level = "city"
) -> nx.MultiGraph:
    """Parties as nodes, one edge an agreement and pair of its parties, parallel agreements kept apart.

    statuses: agreements that count (signed, intent, planned, terminated). level: of the regions.
    Nodes (entity IRIs) carry label, type and region; edges (keyed by the act's id) carry type, status, date,
    amount, currency, parties (how many) and documents (IRIs, sorted). Agreements with one named party make
    the party a node, without an edge. The graph's attribute ``within`` holds pairs of regions of which the
    first lies in the second: an organisation known only by its province is not across a border from one in a
    city of it. Raises StoreError when the store cannot answer.
    """
    network = network_of(read_acts(store), read_entities(store, level=level), statuses=statuses)
    network.graph["within"] = frozenset(regions_within(store, level=level))
    return network


def network_of(
    acts: Collection[Act], entities: Collection[EntityRecord], *, statuses: Collection[str] = ("signed",)
) -> nx.MultiGraph:
    """The same from records; parties that no entity describes are named by their IRI."""
    known = {entity.iri: entity for entity in entities}
    network = nx.MultiGraph()
    chosen = [act for act in acts if act.status in statuses]
    for party in sorted({party for act in chosen for party in act.parties}):
        entity = known.get(party)
        network.add_node(
            party,
            label=entity.label if entity else party,
            type=entity.type if entity else "Organization",
            region=(entity.region if entity else None) or UNKNOWN_REGION,
        )
    for act in chosen:
        for one, other in combinations(act.parties, 2):
            network.add_edge(
                one,
                other,
                key=act.id,
                type=act.type,
                status=act.status,
                date=act.date,
                amount=act.amount,
                currency=act.currency,
                parties=len(act.parties),
                documents=tuple(sorted({report.document for report in act.reports})),
            )
    return network


def simple(network: nx.MultiGraph) -> nx.Graph:
    """The network with one edge a pair, its ``weight`` the number of agreements."""
    plain = nx.Graph()
    plain.add_nodes_from(network.nodes(data=True))
    for (one, other), count in Counter(tuple(sorted(pair)) for pair in network.edges()).items():
        plain.add_edge(one, other, weight=count)
    return plain


@dataclass(frozen=True, slots=True)
class Standing:
    """How a party stands in the network.

    agreements: number of agreements with others; partners: number of different others; betweenness: share of
    the shortest paths between others that lead through it (Brandes 2001, normalised); community: number of
    its community, the largest being 0.
    """

    node: str
    label: str
    type: str
    region: str
    agreements: int
    partners: int
    betweenness: float
    community: int


def standings(network: nx.MultiGraph) -> list[Standing]:
    """Every party's standing, most partners first, then betweenness, then label."""
    plain = simple(network)
    between = nx.betweenness_centrality(plain)
    community = {node: number for number, part in enumerate(communities(network)) for node in part}
    acts: dict[str, set[str]] = defaultdict(set)
    for one, other, key in network.edges(keys=True):
        acts[one].add(key)
        acts[other].add(key)
    found = [
        Standing(
            node,
            data["label"],
            data["type"],
            data["region"],
            agreements=len(acts[node]),
            partners=plain.degree(node),
            betweenness=between[node],
            community=community[node],
        )
        for node, data in network.nodes(data=True)
    ]
    return sorted(found, key=lambda each: (-each.partners, -each.betweenness, each.label))


def communities(network: nx.MultiGraph) -> list[list[str]]:
    """Louvain communities (Blondel and others 2008; seeded, so always the same), the largest first."""
    plain = simple(network)
    # Sets of text come in another order in every process; numbers do not.
    names = sorted(plain)
    numbered = nx.relabel_nodes(plain, {name: number for number, name in enumerate(names)})
    ordered = nx.Graph()
    ordered.add_nodes_from(range(len(names)))
    ordered.add_weighted_edges_from(
        sorted((min(a, b), max(a, b), weight) for a, b, weight in numbered.edges(data="weight"))
    )
    parts = nx.community.louvain_communities(ordered, seed=_SEED)
    return sorted(
        ([names[number] for number in sorted(part)] for part in parts), key=lambda p: (-len(p), p[0])
    )


@dataclass(frozen=True, slots=True)
class Broker:
    """A party that ties regions together; ``regions``: agreements with parties of each region but its own."""

    node: str
    label: str
    type: str
    region: str
    regions: Mapping[str, int]

    @property
    def agreements(self) -> int:
        """Agreements across its region's border."""
        return sum(self.regions.values())


def brokers(network: nx.MultiGraph) -> list[Broker]:
    """Parties with agreements outside their own region, those that reach most regions first.

    Parties whose region is not known neither are brokers nor count as another region.
    """
    found = []
    for node, data in network.nodes(data=True):
        home = data["region"]
        reached: Counter[str] = Counter()
        for _, other in network.edges(node):
            region = network.nodes[other]["region"]
            if UNKNOWN_REGION not in {home, region} and len(_sides(network, home, region)) == 2:
                reached[region] += 1
        if reached:
            found.append(Broker(node, data["label"], data["type"], home, dict(sorted(reached.items()))))
    return sorted(found, key=lambda each: (-len(each.regions), -each.agreements, each.label))


def region_matrix(network: nx.MultiGraph) -> tuple[list[str], list[list[int]]]:
    """Regions and how many agreements join each two of them; the diagonal holds those inside one region.

    An agreement of several parties counts once for each pair of regions that it joins; one between a city
    and its own province lies inside the province. Regions are ordered
    by their number of agreements; the unknown one, if there is any, comes last.
    """
    cells: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, other, act in network.edges(keys=True):
        sides = _sides(network, network.nodes[one]["region"], network.nodes[other]["region"])
        cells[min(sides), max(sides)].add(act)
    total: Counter[str] = Counter()
    for (one, other), acts in cells.items():
        for region in {one, other}:
            total[region] += len(acts)
    regions = sorted(total, key=lambda region: (region == UNKNOWN_REGION, -total[region], region))
    matrix = [[len(cells.get((min(a, b), max(a, b)), ())) for b in regions] for a in regions]
    return regions, matrix


def _sides(network: nx.MultiGraph, one: str, other: str) -> set[str]:
    """The two regions; only the larger where the other lies in it."""
    within: Collection[tuple[str, str]] = network.graph.get("within", ())
    if (one, other) in within:
        return {other}
    return {one} if (other, one) in within else {one, other}

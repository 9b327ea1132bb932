"""Seeds joined to clusters: best evidence first, never across a conflict, and always as a person decided.

A conflict is: two registered names of different legal persons (other region, other brand, other legal form), two
different unified social credit codes, two stated regions of which neither lies in the other, two entities of one
document, or a person's word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.errors import DecisionError
from kg.resolve.candidates import Pair
from kg.resolve.divisions import Divisions
from kg.resolve.evidence import Match
from kg.resolve.parts import Legal
from kg.resolve.profile import Seed
from kg.resolve.seeds import SeedNode

#: Odds within which two names that fit equally well leave the choice open.
_MARGIN = 1.0
Registration = tuple[str, str | None, bool, Legal]


@dataclass(slots=True)
class Cluster:
    """Seeds taken for one thing and what must agree among them.

    regions: {code: whether the stem that goes with it tells by itself}.
    """

    seeds: set[Seed]
    documents: set[str]
    registered: set[Registration]
    regions: dict[str, bool]
    codes: set[str]
    apart: set[Seed] = field(default_factory=set)


class Clusters:
    """A union-find over seeds."""

    def __init__(self, seeds: Mapping[Seed, SeedNode], table: Divisions) -> None:
        self._table = table
        self._nodes = seeds
        self._parent: dict[Seed, Seed] = {seed: seed for seed in seeds}
        self._clusters = {seed: _alone(node) for seed, node in seeds.items()}

    def decide(self, *, must: Iterable[Pair], cannot: Iterable[Pair]) -> None:
        """Join what a person says is one, and keep apart what they say is two; before anything else is joined.

        Raises DecisionError where the two contradict each other.
        """
        for one, other in must:
            self.join(one, other)
        for one, other in cannot:
            if self.root(one) == self.root(other):
                names = " and ".join(f"{self._nodes[s].name or s[-1]} ({s[0]})" for s in (one, other))
                raise DecisionError(
                    f"{names} are decided to be one and to be two, directly or by way of others; take one decision back"
                )
            self._clusters[self.root(one)].apart.add(other)
            self._clusters[self.root(other)].apart.add(one)

    def join_best(self, matches: Mapping[Pair, Match]) -> None:
        """Join pairs with more than even odds, best first, where nothing conflicts."""
        for pair, found in sorted(matches.items(), key=lambda item: (-item[1].odds, item[0])):
            if found.odds > 0 and not self.conflict(*pair, found):
                self.join(*pair, found)

    def conflict(self, one: Seed, other: Seed, found: Match | None = None) -> str | None:
        """What keeps the clusters of two seeds apart, in a word; None where nothing does.

        A name that a document declares to be another's alias brings no region of its own into the other
        (岳阳医院 is in Shanghai).
        """
        a, b = self._clusters[self.root(one)], self._clusters[self.root(other)]
        if a is b:
            return None
        if not a.seeds.isdisjoint(b.apart) or not b.seeds.isdisjoint(a.apart):
            return "decision"
        if a.codes and b.codes and a.codes.isdisjoint(b.codes):
            return "credit code"
        if found is not None and "credit_code" in found.reasons:
            return None
        if any(_other_person(x, y) for x in a.registered for y in b.registered):
            return "registered name"
        same_name = found is not None and "canonical" in found.reasons
        if not a.documents.isdisjoint(b.documents) and not same_name:
            return "document"
        if found is None or not found.declared:
            firm = bool(a.registered or b.registered)
            if any(
                self._elsewhere(x, y, strict=firm or not (a.regions[x] and b.regions[y]))
                for x in a.regions
                for y in b.regions
            ):
                return "region"
        return None

    def join(self, one: Seed, other: Seed, found: Match | None = None) -> None:
        """Put the clusters of two seeds together, whatever speaks against it."""
        kept, gone = sorted((self.root(one), self.root(other)))
        if kept == gone:
            return
        self._parent[gone] = kept
        a, b = self._clusters[kept], self._clusters.pop(gone)
        if found is not None and found.declared and a.regions and b.regions:
            # the longer name is the one whose region counts
            longer = max((a, b), key=lambda c: max(len(seed[1]) for seed in c.seeds))
            a.regions = dict(longer.regions)
        else:
            a.regions |= b.regions
        a.seeds |= b.seeds
        a.documents |= b.documents
        a.registered |= b.registered
        a.codes |= b.codes
        a.apart |= b.apart

    def root(self, seed: Seed) -> Seed:
        """The seed that stands for its cluster: the least of it."""
        parent = self._parent
        while parent[seed] != seed:
            parent[seed] = parent[parent[seed]]
            seed = parent[seed]
        return seed

    def documents(self, seed: Seed) -> set[str]:
        """Documents of a seed's cluster."""
        return self._clusters[self.root(seed)].documents

    def __iter__(self) -> Iterator[Cluster]:
        """The clusters, in the order of their least seeds."""
        yield from (self._clusters[root] for root in sorted(self._clusters))

    def _elsewhere(self, one: str, other: str, *, strict: bool) -> bool:
        """Whether two stated regions are two: strictly, or so that neither lies in the other."""
        if one == other:
            return False
        return strict or not (self._table.within(one, other) or self._table.within(other, one))


def without_ambiguous(
    matches: Mapping[Pair, Match], clusters: Clusters, seeds: Mapping[Seed, SeedNode]
) -> dict[Pair, Match]:
    """Matches in which a short name fits several things that are not one: the best by a margin stays, else none."""
    by_seed: dict[Seed, list[Pair]] = {}
    for pair, found in matches.items():
        if found.odds > 0 and clusters.root(pair[0]) != clusters.root(pair[1]):
            for seed in pair:
                if not seeds[seed].registered:
                    by_seed.setdefault(seed, []).append(pair)
    doubtful: set[Pair] = set()
    for seed, fitting in sorted(by_seed.items()):
        fitting.sort(key=lambda pair: (-matches[pair].odds, pair))
        best = fitting[0]
        rivals = [
            p for p in fitting[1:] if clusters.conflict(_partner(best, seed), _partner(p, seed)) is not None
        ]
        if rivals and matches[best].odds - matches[rivals[0]].odds < _MARGIN:
            doubtful.add(best)
        doubtful.update(rivals)
    return {pair: found.doubted() if pair in doubtful else found for pair, found in matches.items()}


def _partner(pair: Pair, seed: Seed) -> Seed:
    return pair[1] if pair[0] == seed else pair[0]


def _alone(node: SeedNode) -> Cluster:
    parts = node.parts
    registered: set[Registration] = set()
    if parts.legal:
        registered.add((parts.stem, parts.region, parts.group, parts.legal))
    return Cluster(
        {node.seed},
        set(node.documents),
        registered,
        dict.fromkeys(node.regions, parts.distinctive and node.type not in ("Firm", "Investor")),
        set(node.codes),
    )


def _other_person(one: Registration, other: Registration) -> bool:
    """Whether two registered names are of two legal persons; one may leave out its region."""
    stems = one[0] != other[0]
    regions = one[1] != other[1] and one[1] is not None and other[1] is not None
    return stems or regions or one[2:] != other[2:]

"""Which IRI an entity bears: that of its fullest name, or the one that it bore in an earlier build.

The older IRI stays. Where two entities of an earlier build turn out to be one, the oldest of their IRIs is kept
and the others are recorded as replaced by it; where one turns out to be two, the part that holds the name the
IRI was made from keeps it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import count


def keep_iris(
    clusters: Mapping[str, Collection[str]], earlier: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The IRI of each cluster, and earlier IRIs that another stands for now.

    clusters: {IRI made anew: name keys of the cluster}; keys are disjoint. earlier: {name key: IRI borne in an
    earlier build}, the oldest first. Returns ({IRI made anew: IRI borne}, {earlier IRI: IRI that replaced it}).
    No two clusters bear one IRI.
    """
    age = {iri: place for place, iri in reversed(list(enumerate(earlier.values())))}
    claims: dict[str, list[str]] = {}
    for new, keys in clusters.items():
        for iri in {earlier[key] for key in keys if key in earlier}:
            claims.setdefault(iri, []).append(new)
    holder = {iri: _rightful(iri, claimants, clusters) for iri, claimants in claims.items()}
    held: dict[str, list[str]] = {}
    for iri, new in holder.items():
        held.setdefault(new, []).append(iri)
    borne = {new: min(iris, key=lambda iri: age[iri]) for new, iris in held.items()}
    taken = set(borne.values())
    for new, keys in clusters.items():
        if new not in borne:  # its own IRI, unless an older entity bears that: then one of its other keys
            borne[new] = next(iri for iri in _own(new, keys) if iri not in taken)
            taken.add(borne[new])
    replaced = {iri: borne[new] for new, iris in held.items() for iri in iris if iri != borne[new]}
    return borne, {iri: now for iri, now in replaced.items() if iri not in taken}


def _rightful(iri: str, claimants: list[str], clusters: Mapping[str, Collection[str]]) -> str:
    """The cluster that keeps a contested IRI: the one with the name it was made from, else the largest."""
    return max(claimants, key=lambda new: (iri in clusters[new], iri == new, len(clusters[new]), new))


def _own(new: str, keys: Collection[str]) -> Iterator[str]:
    yield new
    yield from sorted(keys)
    yield from (f"{new}-{number}" for number in count(2))

"""Of which park another is a part, by its name: 青禾药谷二期, 青禾药谷起步区."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.phrases import phrase

_CONFIDENCE = 0.9  # 122 of 125 such names of the annotated pages
_SHORTEST = 2  # characters of the whole's name


def with_park_parts(entities: Sequence[DocumentEntity], facts: Sequence[Fact]) -> list[Fact]:
    """Add partOf for a park whose name is that of one other with a phase or an area behind it.

    The whole may be named in full elsewhere: 药谷二期 is of 青禾药谷.
    """
    parks = {k: (e.name, *e.aliases) for k, e in enumerate(entities) if e.type == "Park"}
    stated = {(f.subject, f.object) for f in facts if f.label == "partOf"}
    added = []
    for part, forms in parks.items():
        wholes = {name[:at] for name in forms for at in _ends_of_whole(name)}
        found = [
            k
            for k, names in parks.items()
            if k != part and any(name.endswith(whole) for name in names for whole in wholes)
        ]
        if len(found) == 1 and not {(part, found[0]), (found[0], part)} & stated:
            added.append(Fact("partOf", part, found[0], _CONFIDENCE, *entities[part].mentions[0]))
    return [*facts, *added]


def _ends_of_whole(name: str) -> list[int]:
    """Where a park's name may end in another's, and a phase or an area begin."""
    return [at for at in range(_SHORTEST, len(name)) if phrase("park_part").fullmatch(name, at)]

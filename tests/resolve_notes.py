"""Small annotations for the tests of resolution, and whether two of them speak of one thing."""

from kg.model import Annotation, Entity, Relation
from kg.resolve import Resolution, resolve


def note(*entities: tuple[str, ...], relations: tuple[tuple[str, int, int], ...] = ()) -> Annotation:
    """An annotation of entities (type, name, alias, …) and relations (type, index, index)."""
    return Annotation(
        doc="x",
        entities=tuple(
            Entity(id=f"e{i}", type=kind, name=name, aliases=tuple(aliases))  # type: ignore[arg-type]
            for i, (kind, name, *aliases) in enumerate(entities)
        ),
        relations=tuple(
            Relation(type=kind, subject=f"e{s}", object=f"e{o}", title="职务" if kind == "hasRole" else None)  # type: ignore[arg-type]
            for kind, s, o in relations
        ),
    )


def same(one: Annotation, other: Annotation, *, ids: tuple[str, str] = ("e0", "e0")) -> bool:
    found = resolve([("one", one), ("other", other)])
    return found.iri("one", ids[0]) == found.iri("other", ids[1])


def resolved(*notes: Annotation) -> Resolution:
    """Resolution of notes as documents a, b, c …"""
    return resolve(zip("abcdefghijkl", notes, strict=False))


def named(resolution: Resolution, name: str) -> tuple[str, ...]:
    """Names of the one entity that bears a name."""
    (entity,) = (e for e in resolution.entities.values() if name in e.names)
    return entity.names

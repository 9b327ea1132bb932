"""A page's content straight from annotations, without a store: for one story, for gold data, for tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.model import Annotation, Evidence, Quantity
from kg.view.model import Fact, Figure, Node, Source, Tie, ViewGraph
from kg.view.places import placed


def view_of_annotations(
    annotations: Iterable[Annotation], *, sources: Mapping[str, Source] | None = None
) -> ViewGraph:
    """One graph of all annotations; entities of equal type and name are one node.

    ``sources`` gives titles and links by the annotation's ``doc``; without it the name stands for the title.
    """
    known = dict(sources or {})
    nodes: dict[str, Node] = {}
    ties: list[Tie] = []
    for annotation in annotations:
        source = known.setdefault(
            annotation.doc, Source(annotation.doc, annotation.doc, published=annotation.published)
        )
        ids = {entity.id: f"{entity.type}/{entity.name}" for entity in annotation.entities}
        figures = _figures(annotation.quantities, source)
        for entity in annotation.entities:
            node = nodes.get(ids[entity.id], Node(ids[entity.id], entity.type, entity.name))
            nodes[node.id] = replace(
                node,
                aliases=tuple(dict.fromkeys((*node.aliases, *entity.aliases))),
                figures=node.figures + tuple(figures.get(entity.id, ())),
                sources=(*node.sources, source.id),
            )
        ties.extend(_ties(annotation, source, ids))
    merged = _merged(ties)
    return ViewGraph(
        tuple(placed(nodes.values(), merged, regions=True)), tuple(merged), tuple(known.values())
    )


def _fact(source: Source, evidence: Evidence | None, confidence: float | None) -> Fact:
    if evidence is None:
        return Fact(source.id, "", confidence=confidence)
    return Fact(source.id, evidence.quote, evidence.start, evidence.end, confidence)


def _figures(quantities: Iterable[Quantity], source: Source) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = defaultdict(list)
    for item in quantities:
        facts = (_fact(source, item.evidence, item.confidence),)
        found[item.subject].append(Figure(item.property, item.value, item.unit, item.date, facts))
    return found


def _ties(annotation: Annotation, source: Source, ids: Mapping[str, str]) -> Iterable[Tie]:
    for item in annotation.agreements:
        yield Tie(
            id=f"{annotation.doc}#{item.id}",
            kind=item.type,
            members=tuple(ids[party] for party in item.parties),
            status=item.status,
            date=item.date,
            amount=item.amount,
            event=ids[item.event] if item.event else None,
            facts=(_fact(source, item.evidence, item.confidence),),
        )
    for relation in annotation.relations:
        members = (ids[relation.subject], ids[relation.object])
        yield Tie(
            id="|".join((relation.type, *members)),
            kind=relation.type,
            members=members,
            title=relation.title,
            facts=(_fact(source, relation.evidence, relation.confidence),),
        )


def _merged(ties: Iterable[Tie]) -> list[Tie]:
    """A relation that several pages state is one tie with several facts; agreements stay as they are."""
    by_id: dict[str, Tie] = {}
    for tie in ties:
        seen = by_id.get(tie.id)
        if seen is None:
            by_id[tie.id] = tie
            continue
        titles = dict.fromkeys(title for title in (seen.title, tie.title) if title)
        by_id[tie.id] = replace(seen, title="、".join(titles) or None, facts=seen.facts + tie.facts)
    return list(by_id.values())

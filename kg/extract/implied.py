"""Relations that the guidelines tie to the form of a page: not scored, but read off other findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.agreements import AgreementFact
from kg.extract.entities import DocumentEntity
from kg.extract.facts import Fact
from kg.extract.name_parts import region_names, split_name
from kg.extract.nested import juxtaposed_places
from kg.model import FIRM_TYPES, LOCAL_TYPES

_HEAD_OF_PROJECT = 0.8  # confidence of 某某制药项目 being carried out by the firm
_BRAND = 2  # characters
_SAID_BY_SIGNING = frozenset({"establishes", "operates", "settledIn", "plansToSettleIn"})
_SIDE_BY_SIDE = 0.9  # confidence of 厦门市海沧区 saying that the second lies in the first: 240 of 241


def with_juxtaposed_places(
    text: str,
    entities: Sequence[DocumentEntity],
    facts: Sequence[Fact],
    *,
    blocked: Sequence[tuple[int, int]] = (),
) -> list[Fact]:
    """Add locatedIn for places that stand side by side, where it is not stated in either direction."""
    places = {k: (e.name, *e.aliases) for k, e in enumerate(entities) if e.type == "Place"}
    stated = {(f.subject, f.object) for f in facts if f.label == "locatedIn"}
    added = [
        Fact("locatedIn", inner, outer, _SIDE_BY_SIDE, start, end)
        for (inner, outer), (start, end) in juxtaposed_places(text, places, blocked=blocked).items()
        if (inner, outer) not in stated and (outer, inner) not in stated
    ]
    return [*facts, *added]


def with_signatories(facts: Sequence[Fact], agreements: Sequence[AgreementFact]) -> list[Fact]:
    """Add participatesIn for the parties of an agreement at the event where it was signed."""
    stated = {(f.subject, f.object) for f in facts if f.label in ("participatesIn", "organizes")}
    added: dict[tuple[int, int], Fact] = {}
    for a in agreements:
        for party in a.parties:
            if a.event is not None and (party, a.event) not in stated:
                added.setdefault(
                    (party, a.event), Fact("participatesIn", party, a.event, a.score, a.start, a.end)
                )
    return [*facts, *added.values()]


def without_repeated(facts: Sequence[Fact], agreements: Sequence[AgreementFact]) -> list[Fact]:
    """Drop what an agreement between the same two already says (annotation.md: parties are not repeated).

    A financing keeps investsIn, which says in which direction the money goes.
    """
    parties = [set(a.parties) for a in agreements]
    return [
        f
        for f in facts
        if f.label not in _SAID_BY_SIGNING or not any({f.subject, f.object} <= p for p in parties)
    ]


def with_project_firms(entities: Sequence[DocumentEntity], facts: Sequence[Fact]) -> list[Fact]:
    """Add implements for the firm whose name opens the project's name, or else the one whose brand does."""
    stated = {(f.subject, f.object) for f in facts if f.label == "implements"}
    added: dict[tuple[int, int], Fact] = {}
    for k, project in enumerate(entities):
        if project.type != "Project":
            continue
        for n, firm in enumerate(entities):
            heads = {start for start, _ in project.mentions} & {start for start, _ in firm.mentions}
            if firm.type in FIRM_TYPES and heads and (n, k) not in stated:
                start, end = next(m for m in project.mentions if m[0] in heads)
                added[n, k] = Fact("implements", n, k, _HEAD_OF_PROJECT, start, end)
    carried_out = {project for _, project in stated | set(added)}
    brands = _brands(entities)
    for k, project in enumerate(entities):
        firms = brands.get(project.name[:_BRAND], ())
        if project.type == "Project" and k not in carried_out and len(firms) == 1:
            added[firms[0], k] = Fact("implements", firms[0], k, _HEAD_OF_PROJECT, *project.mentions[0])
    return [*facts, *added.values()]


def _brands(entities: Sequence[DocumentEntity]) -> dict[str, list[int]]:
    """{first characters of a firm's brand: firms}; none that open the name of a place, park or body too.

    Of 53 projects of the annotated pages that share them with one firm alone, 48 are carried out by it.
    """
    local = {
        form[:_BRAND] for e in entities if e.type in LOCAL_TYPES for form in (e.name, *e.aliases)
    } | region_names()
    firms: dict[str, list[int]] = {}
    for k, e in enumerate(entities):
        if e.type in FIRM_TYPES:
            for brand in sorted({split_name(form).core[:_BRAND] for form in (e.name, *e.aliases)} - local):
                firms.setdefault(brand, []).append(k)
    return firms


def signed_by_firms(agreements: Sequence[AgreementFact], facts: Sequence[Fact]) -> list[AgreementFact]:
    """Put the organisation that implements a signed project in the project's place among the parties."""
    firms: dict[int, Fact] = {}
    for f in facts:
        if f.label == "implements" and (f.object not in firms or f.score > firms[f.object].score):
            firms[f.object] = f
    result: dict[tuple[object, ...], AgreementFact] = {}
    for a in agreements:
        parties = tuple(sorted({firms[p].subject if p in firms else p for p in a.parties}))
        if len(parties) > 1 or parties == a.parties:
            key = (parties, a.start, a.type)
            if key not in result or a.score > result[key].score:
                result[key] = replace(a, parties=parties)
    return list(result.values())

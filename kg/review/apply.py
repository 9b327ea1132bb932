"""Decisions put to work: rejected facts leave, pairs are joined or kept apart, and what no longer applies is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.errors import DecisionError
from kg.model import Annotation
from kg.resolve.iris import document_iri
from kg.resolve.resolution import document_key
from kg.resolve.statements import statements_of
from kg.resolve.types import Resolution
from kg.review.decisions import Decision
from kg.review.words import facts_in_words

_PAGE_GONE = "its page is gone"
_SAID_NO_MORE = "its page no longer says so"


@dataclass(frozen=True, slots=True)
class Judged:
    """Annotations without the facts that people rejected.

    says: the statements that decisions are about, in words, by decision; stale: decisions whose statement is gone.
    about: the statement that each decision is of now: of a reprint, that of the page that leads.
    """

    annotations: dict[str, Annotation]
    about: dict[Decision, str] = field(default_factory=dict)
    says: dict[Decision, str] = field(default_factory=dict)
    stale: list[tuple[Decision, str]] = field(default_factory=list)


def judge_facts(
    annotations: Mapping[str, Annotation],
    decisions: Iterable[Decision],
    *,
    copies: Mapping[str, str],
    base: str,
    known: Mapping[str, str],
) -> Judged:
    """Take the facts out that people said are wrong.

    annotations: by document key, without those of reprints; copies: {key of a reprint: key of its leading page};
    known: IRIs of documents (among others) that some build of this store has met.
    Raises DecisionError, naming the row, for a statement of a document that was never met.
    """
    judged = Judged(dict(annotations))
    about_facts = [d for d in decisions if d.other is None]
    if not about_facts:
        return judged
    pages = _Pages(annotations, copies=copies, base=base, known=known)
    wrong: dict[str, set[str]] = {}
    for decision in about_facts:
        found = pages.find(decision, decision.one)
        if found is None:
            judged.stale.append((decision, _PAGE_GONE))
            continue
        key, statement = found
        says = facts_in_words(annotations[key], key=key, base=base).get(statement)
        if says is None:
            judged.stale.append((decision, _SAID_NO_MORE))
            continue
        judged.about[decision], judged.says[decision] = statement, says
        if decision.verdict == "wrong":
            wrong.setdefault(key, set()).add(statement)
    for key, statements in wrong.items():
        judged.annotations[key] = _without(annotations[key], statements, key=key, base=base)
    return judged


def _without(annotation: Annotation, wrong: set[str], *, key: str, base: str) -> Annotation:
    """The annotation without some statements; what is said of a rejected entity goes with it."""
    told = statements_of(annotation, key=key, base=base)
    gone = {entity for entity, mention in told.mentions.items() if mention in wrong}
    agreements = []
    for fact, statement in zip(annotation.agreements, told.agreements, strict=True):
        parties = tuple(party for party in fact.parties if party not in gone)
        if statement not in wrong and parties:
            event = None if fact.event in gone else fact.event
            agreements.append(fact.model_copy(update={"parties": parties, "event": event}))
    return annotation.model_copy(
        update={
            "entities": tuple(e for e in annotation.entities if e.id not in gone),
            "agreements": tuple(agreements),
            "relations": tuple(
                fact
                for fact, statement in zip(annotation.relations, told.relations, strict=True)
                if statement not in wrong and gone.isdisjoint((fact.subject, fact.object))
            ),
            "quantities": tuple(
                fact
                for fact, statement in zip(annotation.quantities, told.quantities, strict=True)
                if statement not in wrong and fact.subject not in gone
            ),
        }
    )


class _Pages:
    """Finds the page that tells what a statement or a mention is about."""

    def __init__(
        self,
        annotations: Mapping[str, Annotation],
        *,
        copies: Mapping[str, str],
        base: str,
        known: Mapping[str, str],
    ) -> None:
        self._key_of = {document_iri(base, key): key for key in (*annotations, *copies)}
        self._copies = copies
        self._base = base
        self._known = known

    def find(self, decision: Decision, iri: str) -> tuple[str, str] | None:
        """Key of the page, and the IRI there: of a reprint, both of its leading page. None where the page is gone.

        Raises DecisionError, naming the row, for a page that was never met.
        """
        page, _, mark = iri.rpartition("#")
        if page not in self._key_of:
            if page not in self._known:
                raise DecisionError(
                    f"{decision.where}: unknown IRI: no document {page} was ever part of this store"
                )
            return None
        key = self._copies.get(self._key_of[page], self._key_of[page])
        return key, f"{document_iri(self._base, key)}#{mark}"


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of name keys for kg.resolve.resolve, from what was decided of entities."""

    pairs: dict[Decision, tuple[str, str]]

    @property
    def must(self) -> list[tuple[str, str]]:
        """Pairs that are one."""
        return [pair for decision, pair in self.pairs.items() if decision.verdict == "same"]

    @property
    def cannot(self) -> list[tuple[str, str]]:
        """Pairs that are two."""
        return [pair for decision, pair in self.pairs.items() if decision.verdict == "different"]


def links_of(
    decisions: Iterable[Decision],
    annotations: Mapping[str, Annotation],
    *,
    copies: Mapping[str, str],
    base: str,
    known: Mapping[str, str],
) -> tuple[Links, list[tuple[Decision, str]]]:
    """The pairs that were decided, and decisions that no longer apply, with the reason.

    An entity goes by the name key that its IRI is, a mention by the key of its name in its page. The other arguments
    are those of judge_facts.
    """
    pages = _Pages(annotations, copies=copies, base=base, known=known)
    pairs: dict[Decision, tuple[str, str]] = {}
    stale: list[tuple[Decision, str]] = []
    for decision in decisions:
        if decision.other is None:
            continue
        ends: list[str] = []
        for iri in (decision.one, decision.other):
            if "#" not in iri:
                ends.append(iri)
            elif (found := pages.find(decision, iri)) is None:
                stale.append((decision, _PAGE_GONE))
            elif (name := _named_by(annotations[found[0]], found[1], key=found[0], base=base)) is None:
                stale.append((decision, _SAID_NO_MORE))
            else:
                ends.append(name)
        if len(ends) == 2:
            pairs[decision] = (ends[0], ends[1])
    return Links(pairs), stale


def _named_by(annotation: Annotation, mention: str, *, key: str, base: str) -> str | None:
    """The key of the name of a mentioned entity as its page uses it."""
    told = statements_of(annotation, key=key, base=base).mentions
    named = (e for e in annotation.entities if told[e.id] == mention)
    return next((document_key(base, e.type, e.name, key) for e in named), None)


def settle(
    links: Links, resolution: Resolution, known: Mapping[str, str]
) -> tuple[Links, list[tuple[Decision, str]]]:
    """Look at the pairs in the light of a resolution that was made with them.

    Gives the pairs that hold, and decisions that no longer apply with the reason. An entity whose own name is gone from
    the pages goes by the oldest other name that bore its IRI: where that changes a pair, the resolution has to be made
    again with the pairs given back. known: {name key: IRI} of earlier builds, the oldest first.
    Raises DecisionError, naming the row, for an IRI that no build of this store has met.
    """
    met = {*known, *known.values()}
    stand_in: dict[str, str] = {}
    for key, iri in known.items():
        if key in resolution.keys:
            stand_in.setdefault(iri, key)
    pairs: dict[Decision, tuple[str, str]] = {}
    stale: list[tuple[Decision, str]] = []
    for decision, given in links.pairs.items():
        found: list[str] = []
        for iri in given:
            if iri in resolution.keys:
                found.append(iri)
            elif iri in stand_in:
                found.append(stand_in[iri])
            elif iri not in met:
                raise DecisionError(f"{decision.where}: unknown IRI: {iri} was never part of this store")
        if len(found) < 2:
            stale.append((decision, "one of the two is in no page any more"))
        elif found[0] == found[1]:
            stale.append((decision, "the two are told apart by nothing that a page says"))
        else:
            pairs[decision] = (found[0], found[1])
    return Links(pairs), stale


def unmet(links: Links, resolution: Resolution) -> list[tuple[Decision, str]]:
    """Decisions that a resolution made with them does not follow after all."""
    return [
        (decision, "the entities could not be " + ("joined" if decision.verdict == "same" else "kept apart"))
        for decision, (one, other) in links.pairs.items()
        if (resolution.keys[one] == resolution.keys[other]) is not (decision.verdict == "same")
    ]


def in_words(links: Links) -> dict[Decision, str]:
    """What each pair of entities is, in words: the readable parts of their IRIs."""
    sign = {"same": "=", "different": "≠"}
    return {
        d: f"{_readable(one)} {sign[d.verdict]} {_readable(other)}" for d, (one, other) in links.pairs.items()
    }


def _readable(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition("-")[0]

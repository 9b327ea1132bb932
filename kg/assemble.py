"""From pages to one resolved whole: reprints found, people's decisions put to work, entities resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kg.graph.decided import Decided
from kg.graph.fingerprint import digest_of
from kg.model import Annotation, Document
from kg.pages import Page
from kg.profiles import ProfileCache
from kg.reprints import Candidate, find_copies
from kg.resolve import resolve
from kg.resolve.iris import document_iri
from kg.resolve.types import Resolution
from kg.review.apply import in_words, judge_facts, links_of, settle, unmet
from kg.review.decisions import Decision


@dataclass(frozen=True, slots=True)
class Assembly:
    """Everything that a graph is written from.

    items: documents with what they say, reprints and facts that people rejected left out; copies: {key of a reprint:
    key of its leading page}; digests: of what each document that is no reprint says (kg.graph.fingerprint.digest_of);
    decided: decisions as they were applied; stale: decisions that no longer apply, with the reason.
    """

    items: list[tuple[Document, Annotation]]
    copies: dict[str, str]
    digests: dict[str, str]
    resolution: Resolution
    decided: dict[Decision, Decided]
    stale: list[tuple[Decision, str]]

    def known(self) -> dict[str, str]:
        """What the next build should know of identity: the IRI of each name key and of each document."""
        documents = (document_iri(self.resolution.base, document.key) for document, _ in self.items)
        return {**self.resolution.keys, **{iri: iri for iri in documents}}


def assemble(
    pages: Sequence[Page],
    *,
    base: str,
    decisions: Iterable[Decision] = (),
    earlier: Mapping[str, str] | None = None,
    profiles: ProfileCache | None = None,
) -> Assembly:
    """Resolve pages, in any order, in the light of decisions and of earlier builds.

    pages: each with a key of its own. earlier: what earlier builds knew (Assembly.known, the oldest first).
    profiles: what earlier builds made of each document.
    Raises DecisionError, naming the row, for a decision of something that was never part of the store.
    """
    decisions = list(decisions)
    known = dict(earlier or {})
    copies = find_copies(
        Candidate(p.document.key, p.signature, p.annotation, p.document.published) for p in pages
    )
    leading = {p.document.key: p.annotation for p in pages if p.document.key not in copies}
    for iri in (document_iri(base, page.document.key) for page in pages) if decisions else ():
        known.setdefault(iri, iri)
    judged = judge_facts(leading, decisions, copies=copies, base=base, known=known)
    told = judged.annotations
    digests = {
        p.document.key: p.digest
        if told[p.document.key] is p.annotation
        else digest_of(p.document, told[p.document.key])
        for p in pages
        if p.document.key in told
    }
    profiles_of = None if profiles is None else partial(profiles.profiles, digests=digests)

    links, gone = links_of(decisions, told, copies=copies, base=base, known=known)
    resolve_with = partial(resolve, base=base, earlier=known, profiles_of=profiles_of)
    resolution = resolve_with(told.items(), must_link=links.must, cannot_link=links.cannot)
    settled, stale = settle(links, resolution, known)
    if settled.pairs != {d: links.pairs[d] for d in settled.pairs}:
        resolution = resolve_with(told.items(), must_link=settled.must, cannot_link=settled.cannot)
    failed = unmet(settled, resolution)
    says = {**judged.says, **in_words(settled)}
    not_applied = {decision for decision, _ in failed}
    decided = {
        d: Decided(
            d.verdict,
            (judged.about[d],) if d.other is None else (d.one, d.other),
            text,
            d.who,
            d.when,
            d.note,
        )
        for d, text in says.items()
        if d not in not_applied
    }
    return Assembly(
        items=[(p.document, told.get(p.document.key, p.annotation)) for p in pages],
        copies=copies,
        digests=digests,
        resolution=resolution,
        decided=decided,
        stale=sorted((*judged.stale, *gone, *stale, *failed), key=lambda found: found[0].row),
    )

"""The spaCy pipeline: names → entities → scores → facts, each component leaving its result on the Doc.

``doc._.document`` is the Document that is read; ``doc.spans["names"]`` the mentions; ``doc._.entities``,
``doc._.candidates``, ``doc._.scores``, ``doc._.relations``, ``doc._.agreements`` and ``doc._.quantities`` follow.
"""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.agreements import agreement_facts
from kg.extract.candidates import find_candidates
from kg.extract.entities import DocumentEntity, group_mentions
from kg.extract.facts import relation_facts
from kg.extract.implied import with_juxtaposed_places, with_signatories
from kg.extract.mentions import clean_mentions
from kg.extract.nested import with_nested_places
from kg.extract.pair_scorer import default_scorer
from kg.extract.quantities import quantity_facts
from kg.extract.structure import Mention
from kg.extract.tagger import TaggedSpan, default_tagger
from kg.extract.tokens import CharacterTokenizer
from kg.model import Document

COMPONENTS = ("kg_names", "kg_entities", "kg_scores", "kg_relations", "kg_agreements", "kg_quantities")

for _name in ("document", "entities", "candidates", "scores", "relations", "agreements", "quantities"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)
if not Span.has_extension("score"):
    Span.set_extension("score", default=None)


@Language.component("kg_names")
def names(doc: Doc) -> Doc:
    """Mentions of named things, from the tagger, made consistent over the document."""
    document: Document = doc._.document
    spans = []
    tagged = with_nested_places(document.text, default_tagger().tag(document.text))
    for found in clean_mentions(document.text, tagged, blocked=document.blocked):
        span = Span(doc, found.start, found.end, label=found.type)
        span._.score = found.score
        spans.append(span)
    doc.spans["names"] = spans
    return doc


@Language.component("kg_entities")
def entities(doc: Doc) -> Doc:
    """Entities of the document: coreferent mentions together."""
    spans = [TaggedSpan(s.start, s.end, s.label_, s._.score) for s in doc.spans["names"]]
    doc._.entities = group_mentions(doc._.document.text, spans)
    return doc


@Language.component("kg_scores")
def scores(doc: Doc) -> Doc:
    """Candidate pairs of entities, figures and dates, with the scorer's probabilities."""
    document: Document = doc._.document
    found: list[DocumentEntity] = doc._.entities
    mentions = [Mention(s, e, entity.type, k) for k, entity in enumerate(found) for s, e in entity.mentions]
    doc._.candidates = find_candidates(
        document.text,
        mentions,
        entity_types=[e.type for e in found],
        published=document.published,
        blocked=document.blocked,
    )
    doc._.scores = default_scorer().score(document.text, doc._.candidates)
    return doc


@Language.component("kg_relations")
def relations(doc: Doc) -> Doc:
    """Relations above their thresholds."""
    stated = relation_facts(doc._.candidates, doc._.scores)
    doc._.relations = with_juxtaposed_places(doc._.document.text, doc._.entities, stated)
    return doc


@Language.component("kg_agreements")
def agreements(doc: Doc) -> Doc:
    """Agreements with parties, type, status, date, event, amount; who signs at an event takes part in it."""
    joined = [f for f in doc._.relations if f.label == "participatesIn"]
    doc._.agreements = agreement_facts(doc._.candidates, doc._.scores, joined)
    doc._.relations = with_signatories(doc._.relations, doc._.agreements)
    return doc


@Language.component("kg_quantities")
def quantities(doc: Doc) -> Doc:
    """Figures of entities."""
    doc._.quantities = quantity_facts(doc._.candidates, doc._.scores)
    return doc


@cache
def pipeline() -> Language:
    """The pipeline with all components; made once a process."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp

"""The spaCy pipeline: names → entities → scores → facts, each component leaving its result on the Doc.

``doc._.document`` is the Document that is read; ``doc.spans["names"]`` the mentions; ``doc._.entities``,
``doc._.candidates``, ``doc._.scores``, ``doc._.relations``, ``doc._.agreements`` and ``doc._.quantities`` follow.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.agreements import agreement_facts
from kg.extract.candidates import find_candidates
from kg.extract.departments import without_departments
from kg.extract.entities import DocumentEntity, group_mentions
from kg.extract.facts import relation_facts
from kg.extract.implied import (
    signed_by_firms,
    with_hosts,
    with_juxtaposed_places,
    with_project_firms,
    with_signatories,
)
from kg.extract.mentions import clean_mentions
from kg.extract.names import tagged_names
from kg.extract.nested_firms import nested_firms
from kg.extract.pair_scorer import default_scorer
from kg.extract.quantities import quantity_facts
from kg.extract.quoted import with_whole_brackets, with_whole_titles
from kg.extract.structure import Mention
from kg.extract.tagger import TaggedSpan, default_tagger
from kg.extract.tokens import CharacterTokenizer
from kg.model import Document

#: In order.
COMPONENTS: tuple[str, ...] = (
    "kg_names",
    "kg_titles",
    "kg_departments",
    "kg_repeats",
    "kg_project_firms",
    "kg_entities",
    "kg_candidates",
    "kg_scores",
    "kg_relations",
    "kg_side_by_side",
    "kg_hosts",
    "kg_agreements",
    "kg_signed_by_firms",
    "kg_signatories",
    "kg_quantities",
)
#: Components without which the others still run.
OPTIONAL: tuple[str, ...] = (
    "kg_titles",
    "kg_departments",
    "kg_repeats",
    "kg_project_firms",
    "kg_side_by_side",
    "kg_hosts",
    "kg_signed_by_firms",
    "kg_signatories",
)

for _name in ("document", "entities", "candidates", "scores", "relations", "agreements", "quantities"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)
if not Span.has_extension("score"):
    Span.set_extension("score", default=None)


def _set_names(doc: Doc, found: Iterable[TaggedSpan]) -> Doc:
    spans = []
    for name in sorted(found, key=lambda s: (s.start, s.end)):
        span = Span(doc, name.start, name.end, label=name.type)
        span._.score = name.score
        spans.append(span)
    doc.spans["names"] = spans
    return doc


def _names(doc: Doc) -> list[TaggedSpan]:
    return [TaggedSpan(s.start, s.end, s.label_, s._.score) for s in doc.spans["names"]]


@Language.component("kg_names")
def names(doc: Doc) -> Doc:
    """Mentions of named things, from the tagger."""
    document: Document = doc._.document
    return _set_names(doc, tagged_names(document, default_tagger()))


@Language.component("kg_titles")
def titles(doc: Doc) -> Doc:
    """Policies in 《》 and names cut by a bracket as the brackets have them."""
    text = doc._.document.text
    return _set_names(doc, with_whole_brackets(text, with_whole_titles(text, _names(doc))))


@Language.component("kg_departments")
def departments(doc: Doc) -> Doc:
    """Departments cut down to the organisation that they belong to."""
    return _set_names(doc, without_departments(doc._.document.text, _names(doc)))


@Language.component("kg_repeats")
def repeats(doc: Doc) -> Doc:
    """No bare nouns, one type for one form, every repetition of a name."""
    document: Document = doc._.document
    return _set_names(doc, clean_mentions(document.text, _names(doc), blocked=document.blocked))


@Language.component("kg_project_firms")
def project_firms(doc: Doc) -> Doc:
    """Firms at the head of project names."""
    kept = _names(doc)
    found = nested_firms(doc._.document.text, [(s.start, s.end, s.type) for s in kept])
    return _set_names(doc, [*kept, *found])


@Language.component("kg_entities")
def entities(doc: Doc) -> Doc:
    """Entities of the document: coreferent mentions together."""
    doc._.entities = group_mentions(doc._.document.text, _names(doc))
    return doc


@Language.component("kg_candidates")
def candidates(doc: Doc) -> Doc:
    """Candidate pairs of entities, figures and dates."""
    document: Document = doc._.document
    found: list[DocumentEntity] = doc._.entities
    doc._.candidates = find_candidates(
        document.text,
        [Mention(s, e, entity.type, k) for k, entity in enumerate(found) for s, e in entity.mentions],
        entity_types=[e.type for e in found],
        published=document.published,
        blocked=document.blocked,
    )
    return doc


@Language.component("kg_scores")
def scores(doc: Doc) -> Doc:
    """The scorer's calibrated probabilities for the candidates."""
    doc._.scores = default_scorer().score(doc._.document.text, doc._.candidates)
    return doc


@Language.component("kg_relations")
def relations(doc: Doc) -> Doc:
    """Relations above their thresholds."""
    doc._.relations = relation_facts(doc._.candidates, doc._.scores)
    return doc


@Language.component("kg_side_by_side")
def side_by_side(doc: Doc) -> Doc:
    """厦门市海沧区: the second place lies in the first. 某某制药项目: the firm carries the project out."""
    stated = with_juxtaposed_places(doc._.document.text, doc._.entities, doc._.relations)
    doc._.relations = with_project_firms(doc._.entities, stated)
    return doc


@Language.component("kg_hosts")
def hosts(doc: Doc) -> Doc:
    """Of 某区…推介会 the district is the organiser."""
    doc._.relations = with_hosts(doc._.entities, doc._.relations)
    return doc


@Language.component("kg_agreements")
def agreements(doc: Doc) -> Doc:
    """Agreements with parties, type, status, date, event, amount."""
    joined = [f for f in doc._.relations if f.label == "participatesIn"]
    doc._.agreements = agreement_facts(doc._.candidates, doc._.scores, joined)
    return doc


@Language.component("kg_signed_by_firms")
def firms_sign(doc: Doc) -> Doc:
    """The firm that implements a signed project is the party."""
    doc._.agreements = signed_by_firms(doc._.agreements, doc._.relations)
    return doc


@Language.component("kg_signatories")
def signatories(doc: Doc) -> Doc:
    """Who signs at an event takes part in it."""
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

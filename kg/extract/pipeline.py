"""The spaCy pipeline: names → entities → scores → facts, each component leaving its result on the Doc.

``doc._.document`` is the Document that is read; ``doc._.names`` the mentions, once they are settled also as
``doc.spans["names"]``; ``doc._.entities``, ``doc._.candidates``, ``doc._.scores``, ``doc._.relations``,
``doc._.agreements``, ``doc._.quantities`` and ``doc._.kept`` (indices of the entities that are given out) follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.advisers import without_advisers
from kg.extract.agreements import agreement_facts
from kg.extract.candidates import find_candidates
from kg.extract.entities import DocumentEntity, entity_mentions, group_mentions
from kg.extract.event_hosts import with_hosts
from kg.extract.facts import relation_facts
from kg.extract.figure_scores import figure_scores
from kg.extract.home_countries import with_home_countries
from kg.extract.implied import (
    signed_by_firms,
    with_juxtaposed_places,
    with_project_firms,
    with_signatories,
    without_repeated,
)
from kg.extract.leaders import at_one_government, with_colleagues, with_leaders
from kg.extract.local_leaders import with_local_leaders
from kg.extract.modality import settled
from kg.extract.names import NAME_STEPS, NameStep, tagged_names
from kg.extract.one_event import at_one_event
from kg.extract.pair_scorer import default_scorer
from kg.extract.park_parts import with_park_parts
from kg.extract.quantities import quantity_facts
from kg.extract.record_facts import with_record_figures, with_record_relations
from kg.extract.signing_totals import told_of_whom
from kg.extract.tagger import TaggedSpan, default_tagger
from kg.extract.tokens import CharacterTokenizer
from kg.extract.unused import facts_among, kept_entities
from kg.model import Document

#: In order.
COMPONENTS: tuple[str, ...] = (
    "kg_names",
    *NAME_STEPS,
    "kg_entities",
    "kg_candidates",
    "kg_scores",
    "kg_modality",
    "kg_relations",
    "kg_record_relations",
    "kg_side_by_side",
    "kg_park_parts",
    "kg_project_heads",
    "kg_hosts",
    "kg_home_countries",
    "kg_leaders",
    "kg_one_event",
    "kg_agreements",
    "kg_advisers",
    "kg_signed_by_firms",
    "kg_signatories",
    "kg_not_repeated",
    "kg_figures",
    "kg_quantities",
    "kg_record_figures",
    "kg_signing_totals",
    "kg_unused",
)
#: Components without which the others still run.
OPTIONAL: tuple[str, ...] = (
    *NAME_STEPS,
    "kg_modality",
    "kg_record_relations",
    "kg_side_by_side",
    "kg_park_parts",
    "kg_project_heads",
    "kg_hosts",
    "kg_home_countries",
    "kg_leaders",
    "kg_one_event",
    "kg_advisers",
    "kg_signed_by_firms",
    "kg_signatories",
    "kg_not_repeated",
    "kg_figures",
    "kg_record_figures",
    "kg_signing_totals",
    "kg_unused",
)

#: What the components leave on a Doc, beside the document itself.
_LEFT = "names entities candidates scores relations agreements quantities kept"
for _name in ("document", *_LEFT.split()):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)
if not Span.has_extension("score"):
    Span.set_extension("score", default=None)


def _in_order(found: Iterable[TaggedSpan]) -> list[TaggedSpan]:
    return sorted(found, key=lambda s: (s.start, s.end))


def _as_span(doc: Doc, name: TaggedSpan) -> Span:
    span = Span(doc, name.start, name.end, label=name.type)
    span._.score = name.score
    return span


@Language.component("kg_names")
def names(doc: Doc) -> Doc:
    """Mentions of named things, from the tagger."""
    document: Document = doc._.document
    doc._.names = _in_order(tagged_names(document, default_tagger()))
    return doc


def _name_component(step: NameStep) -> Callable[[Doc], Doc]:
    def component(doc: Doc) -> Doc:
        doc._.names = _in_order(step(doc._.document, doc._.names))
        return doc

    return component


for _name, _step in NAME_STEPS.items():
    Language.component(_name, func=_name_component(_step))


@Language.component("kg_entities")
def entities(doc: Doc) -> Doc:
    """Entities of the document: coreferent mentions together."""
    doc.spans["names"] = [_as_span(doc, name) for name in doc._.names]
    doc._.entities = group_mentions(doc._.document.text, doc._.names)
    return doc


@Language.component("kg_candidates")
def candidates(doc: Doc) -> Doc:
    """Candidate pairs of entities, figures and dates."""
    document: Document = doc._.document
    found: list[DocumentEntity] = doc._.entities
    doc._.candidates = find_candidates(
        document.text,
        entity_mentions(found),
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


@Language.component("kg_modality")
def modality(doc: Doc) -> Doc:
    """Settled or about to settle, as the words beside the names say."""
    doc._.scores = settled(doc._.candidates, doc._.scores)
    return doc


@Language.component("kg_relations")
def relations(doc: Doc) -> Doc:
    """Relations above their thresholds."""
    doc._.relations = relation_facts(doc._.candidates, doc._.scores)
    return doc


@Language.component("kg_record_relations")
def record_relations(doc: Doc) -> Doc:
    """Who stands beside a project in a table carries it out."""
    text: str = doc._.document.text
    doc._.relations = with_record_relations(text, doc._.entities, doc._.relations)
    return doc


@Language.component("kg_side_by_side")
def side_by_side(doc: Doc) -> Doc:
    """厦门市海沧区: the second place lies in the first."""
    document: Document = doc._.document
    doc._.relations = with_juxtaposed_places(
        document.text, doc._.entities, doc._.relations, blocked=document.blocked
    )
    return doc


@Language.component("kg_park_parts")
def park_parts(doc: Doc) -> Doc:
    """青禾药谷二期: part of 青禾药谷."""
    doc._.relations = with_park_parts(doc._.entities, doc._.relations)
    return doc


@Language.component("kg_project_heads")
def project_heads(doc: Doc) -> Doc:
    """某某制药项目: the firm carries the project out."""
    doc._.relations = with_project_firms(doc._.entities, doc._.relations)
    return doc


@Language.component("kg_hosts")
def hosts(doc: Doc) -> Doc:
    """Of 某区…推介会 the district is the organiser."""
    text: str = doc._.document.text
    doc._.entities, doc._.relations = with_hosts(text, doc._.entities, doc._.relations)
    return doc


@Language.component("kg_home_countries")
def home_countries(doc: Doc) -> Doc:
    """德国某某集团 lies in 德国."""
    text: str = doc._.document.text
    doc._.entities, doc._.relations = with_home_countries(text, doc._.entities, doc._.relations)
    return doc


@Language.component("kg_leaders")
def leaders(doc: Doc) -> Doc:
    """Who is mayor beside a Party post leads the government or the place; posts without a body are colleagues'."""
    text: str = doc._.document.text
    led = with_leaders(text, doc._.entities, doc._.relations)
    led = with_local_leaders(text, doc._.entities, led)
    doc._.relations = at_one_government(doc._.entities, with_colleagues(text, doc._.entities, led))
    return doc


@Language.component("kg_one_event")
def one_event(doc: Doc) -> Doc:
    """Who seems to be at two events is at the likelier one."""
    doc._.relations = at_one_event(doc._.entities, doc._.relations)
    return doc


@Language.component("kg_agreements")
def agreements(doc: Doc) -> Doc:
    """Agreements with parties, type, status, date, event, amount."""
    document: Document = doc._.document
    doc._.agreements = agreement_facts(
        doc._.candidates, doc._.scores, doc._.relations, published=document.published
    )
    return doc


@Language.component("kg_advisers")
def advisers(doc: Doc) -> Doc:
    """Who advises in a financing is no party to it."""
    text: str = doc._.document.text
    doc._.agreements = without_advisers(text, doc._.entities, doc._.agreements)
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


@Language.component("kg_not_repeated")
def not_repeated(doc: Doc) -> Doc:
    """What two say by signing is no relation of theirs beside."""
    doc._.relations = without_repeated(doc._.relations, doc._.agreements)
    return doc


@Language.component("kg_figures")
def figures(doc: Doc) -> Doc:
    """What is said of figures, revised by their units, by whom their words speak of and by their neighbours."""
    doc._.scores = figure_scores(doc._.candidates, doc._.scores)
    return doc


@Language.component("kg_quantities")
def quantities(doc: Doc) -> Doc:
    """Figures of entities."""
    doc._.quantities = quantity_facts(doc._.candidates, doc._.scores)
    return doc


@Language.component("kg_record_figures")
def record_figures(doc: Doc) -> Doc:
    """Figures of a row are those of its project."""
    text: str = doc._.document.text
    doc._.quantities = with_record_figures(text, doc._.entities, doc._.quantities)
    return doc


@Language.component("kg_signing_totals")
def signing_totals(doc: Doc) -> Doc:
    """Totals of a signing belong to the event or to the one district told of."""
    doc._.quantities = told_of_whom(doc._.candidates.structure, doc._.entities, doc._.quantities)
    return doc


@Language.component("kg_unused")
def unused(doc: Doc) -> Doc:
    """Uncertain names that no fact uses are left out, with what is doubtfully said of them."""
    doc._.kept = kept_entities(doc._.entities, doc._.relations, doc._.agreements, doc._.quantities)
    doc._.relations = facts_among(doc._.kept, doc._.relations)
    return doc


@cache
def pipeline() -> Language:
    """The pipeline with all components; made once a process."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp

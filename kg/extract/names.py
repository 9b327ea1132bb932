"""Names of a document: what the tagger finds, put right by the shape of names, made consistent over the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.extract.departments import without_departments
from kg.extract.governments import with_governments
from kg.extract.listed_firms import with_listed_firms
from kg.extract.listed_places import with_listed_places
from kg.extract.mentions import clean_mentions
from kg.extract.nested import with_nested_places
from kg.extract.nested_firms import nested_firms
from kg.extract.one_event import without_bare_events
from kg.extract.quoted import with_quoted_parks, with_whole_brackets, with_whole_quotes, with_whole_titles
from kg.extract.record_facts import with_record_names
from kg.extract.spans import touches
from kg.extract.tagger import TaggedSpan, Tagger
from kg.extract.whole_places import with_whole_places
from kg.extract.zones import with_zones
from kg.model import Document

#: Gives the names to keep, of a document and the names found so far.
NameStep = Callable[[Document, list[TaggedSpan]], list[TaggedSpan]]


def tagged_names(document: Document, tagger: Tagger) -> list[TaggedSpan]:
    """What the tagger finds outside blocked text, with composite places apart."""
    found = with_nested_places(document.text, tagger.tag(document.text))
    return [s for s in found if not touches(s.start, s.end, document.blocked)]


def _titles(document: Document, names: list[TaggedSpan]) -> list[TaggedSpan]:
    """Policies in 《》 and names cut by a bracket or a quotation mark as those have them."""
    text = document.text
    return with_whole_quotes(text, with_whole_brackets(text, with_whole_titles(text, names)))


def _quoted_parks(document: Document, names: list[TaggedSpan]) -> list[TaggedSpan]:
    """Parks in quotation marks."""
    return with_quoted_parks(document.text, names)


def _departments(document: Document, names: list[TaggedSpan]) -> list[TaggedSpan]:
    """Departments cut down to the organisation that they belong to."""
    return without_departments(document.text, names)


def _records(document: Document, names: list[TaggedSpan]) -> list[TaggedSpan]:
    """Names in tables of projects."""
    return with_record_names(document.text, names)


def _repeats(document: Document, names: list[TaggedSpan]) -> list[TaggedSpan]:
    """No bare nouns, one type for one form, every repetition of a name."""
    return clean_mentions(document.text, names, blocked=document.blocked)


def _zones(document: Document, names: list[TaggedSpan]) -> list[TaggedSpan]:
    """Zones whose committee is named."""
    return with_zones(document.text, names)


def _events(document: Document, names: list[TaggedSpan]) -> list[TaggedSpan]:
    """No 签约仪式 beside an event with a name of its own."""
    return without_bare_events(document.text, names)


def _listed_places(document: Document, names: list[TaggedSpan]) -> list[TaggedSpan]:
    """Divisions in lists of places."""
    return with_listed_places(document.text, names)


def _listed_firms(document: Document, names: list[TaggedSpan]) -> list[TaggedSpan]:
    """Firms in lists of firms."""
    return with_listed_firms(document.text, names)


def _governments(document: Document, names: list[TaggedSpan]) -> list[TaggedSpan]:
    """Governments that no name covers."""
    return with_governments(document.text, names)


def _whole_places(document: Document, names: list[TaggedSpan]) -> list[TaggedSpan]:
    """The division that figures of 全市 are told of."""
    return with_whole_places(document.text, names)


def _project_firms(document: Document, names: list[TaggedSpan]) -> list[TaggedSpan]:
    """Firms at the head of project names."""
    return [*names, *nested_firms(document.text, [(s.start, s.end, s.type) for s in names])]


#: What follows the tagger, in order, by the name of the pipeline's component.
NAME_STEPS: Mapping[str, NameStep] = {
    "kg_titles": _titles,
    "kg_quoted_parks": _quoted_parks,
    "kg_departments": _departments,
    "kg_record_names": _records,
    "kg_listed_places": _listed_places,
    "kg_listed_firms": _listed_firms,
    "kg_governments": _governments,
    "kg_repeats": _repeats,
    "kg_zones": _zones,
    "kg_events": _events,
    "kg_whole_places": _whole_places,
    "kg_project_firms": _project_firms,
}


def find_names(document: Document, tagger: Tagger) -> list[TaggedSpan]:
    """Mentions of named things, as the pipeline's first components give them, for a tagger that is being trained."""
    names = tagged_names(document, tagger)
    for step in NAME_STEPS.values():
        names = step(document, names)
    return sorted(names, key=lambda s: (s.start, s.end))

"""Names of a document: what the tagger finds, put right by the shape of names, made consistent over the page."""

from __future__ import annotations

from kg.extract.departments import without_departments
from kg.extract.mentions import clean_mentions
from kg.extract.nested import with_nested_places
from kg.extract.nested_firms import nested_firms
from kg.extract.quoted import with_whole_brackets, with_whole_titles
from kg.extract.tagger import TaggedSpan, Tagger
from kg.model import Document


def tagged_names(document: Document, tagger: Tagger) -> list[TaggedSpan]:
    """What the tagger finds outside blocked text, with composite places apart."""
    found = with_nested_places(document.text, tagger.tag(document.text))
    return [s for s in found if not any(a < s.end and s.start < b for a, b in document.blocked)]


def find_names(document: Document, tagger: Tagger) -> list[TaggedSpan]:
    """Mentions of named things, as the pipeline's first components give them, for a tagger that is being trained."""
    text = document.text
    tagged = with_whole_brackets(text, with_whole_titles(text, tagged_names(document, tagger)))
    kept = clean_mentions(text, without_departments(text, tagged), blocked=document.blocked)
    kept += nested_firms(text, [(s.start, s.end, s.type) for s in kept])
    return sorted(kept, key=lambda s: (s.start, s.end))

"""Phrases that the tagger takes for names: cut or dropped by the words that they begin or end with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from kg import resources
from kg.extract.name_parts import region_names
from kg.extract.phrases import phrase
from kg.extract.tagger import TaggedSpan
from kg.model import ACTING_TYPES

_ORGANISATIONS = ACTING_TYPES | {"Place", "Project"}
_SHORTEST, _SHORTEST_BEHIND_VERB = 2, 3


@cache
def _words(of: str, edge: str, effect: str) -> tuple[str, ...]:
    rows = resources.read_tsv(resources.data("lexicon", "name_edges.tsv"))
    wanted = (of, edge, effect)
    return tuple(
        w for row in rows if (row["of"], row["edge"], row["effect"]) == wanted for w in row["words"].split()
    )


def within_edges(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Names without the adverbs and verbs that stand at their edges; slogans and other phrases go."""
    return [kept for span in spans if (kept := _within(text, span)) is not None]


def _within(text: str, span: TaggedSpan) -> TaggedSpan | None:
    if span.type != "Person":
        span = _without_clause(text, span)
    start, end = span.start, span.end
    if span.type != "Person" and span.type not in _ORGANISATIONS:
        return span
    of = "person" if span.type == "Person" else "organisation"
    if end - 1 - start >= _SHORTEST and text.startswith(_words(of, "ending", "inside"), end - 1):
        end -= 1
    if of == "person":
        return replace(span, end=end)
    least = _SHORTEST
    for effect in ("cut", "verb", "cut"):
        behind = _behind_words(text, start, _words("organisation", "opening", effect))
        if behind != start and effect == "verb":
            least = _SHORTEST_BEHIND_VERB
        start = behind
    if span.type == "Project":  # may well end in 生产 or 研发
        return replace(span, start=start) if end - start >= least else None
    while word := next(
        (w for w in _words("organisation", "ending", "cut") if text.endswith(w, start, end)), ""
    ):
        end -= len(word)
    if end - start < least or text.endswith(_words("organisation", "ending", "drop"), start, end):
        return None
    return replace(span, start=start, end=end)


def _without_clause(text: str, span: TaggedSpan) -> TaggedSpan:
    """A name without a figure, an owner or a verb before it and without the verb that it runs on into.

    What is left of 南县聚焦医美仪器 is a place, whatever the whole was taken for.
    """
    figure = phrase("figure_before_name").match(text, span.start, span.end)
    start = figure.end() if figure else span.start
    owner = phrase("owner_of_project").match(text, start, span.end) if span.type == "Project" else None
    start = _behind_words(text, owner.end() if owner else start, _words("any", "opening", "verb"))
    if span.end - start < _SHORTEST_BEHIND_VERB:
        return span
    on = None if span.type == "Policy" else phrase("runs_on").search(text, start + _SHORTEST, span.end)
    end = on.start() if on else span.end
    place = on is not None and text[start:end] in region_names()
    return replace(span, start=start, end=end, type="Place" if place else span.type)


@cache
def _by_character(words: tuple[str, ...]) -> Mapping[str, Sequence[tuple[str, int]]]:
    """Words by each of their characters, with how many stand before it."""
    places: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for word in words:
        for before, character in enumerate(word):
            places[character].append((word, before))
    return places


def _behind_words(text: str, start: int, words: tuple[str, ...]) -> int:
    """Where the words end, one after another, of which the first begins at ``start`` or reaches over it."""
    places = _by_character(words)
    found = True
    while found:
        found = False
        for word, before in places.get(text[start : start + 1], ()):
            if before <= start and text.startswith(word, start - before):
                start, found = start - before + len(word), True
                break
    return start

"""Entity mentions of a document: what the tagger finds, made consistent over the document."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg import resources
from kg.extract.classes import without_classes
from kg.extract.name_edges import within_edges
from kg.extract.persons import with_persons
from kg.extract.spans import touches
from kg.extract.tagger import TaggedSpan

_SHORTEST_REPEAT = 3


@cache
def _never() -> re.Pattern[str]:
    rows = resources.read_tsv(resources.data("lexicon", "not_names.tsv"))
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows))


@cache
def _endings() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = resources.read_tsv(resources.data("lexicon", "type_endings.tsv"))
    return tuple((re.compile(f".(?:{row['pattern']})$"), row["type"]) for row in rows)


def _type_by_ending(name: str) -> str | None:
    return next((kind for pattern, kind in _endings() if pattern.search(name)), None)


def clean_mentions(
    text: str, spans: Sequence[TaggedSpan], *, blocked: Sequence[tuple[int, int]]
) -> list[TaggedSpan]:
    """Names to keep: none in blocked text, no bare nouns, one type for one form, every repetition found.

    A form has the type that its ending settles (data/lexicon/type_endings.tsv), else, where the tagger types it in two
    ways, that with more probability behind it (of all forms of the annotated pages one is two things); a form of three
    characters or more that was found once is a mention wherever it stands again.
    """
    spans = with_persons(text, within_edges(text, [_without_marks(text, s) for s in spans]))
    spans = without_classes(text, spans)
    kept = [
        s
        for s in spans
        if not touches(s.start, s.end, blocked) and not _never().fullmatch(text[s.start : s.end])
    ]
    kept = _one_type_a_form(text, kept)
    return sorted(kept + _repetitions(text, kept, blocked), key=lambda s: s.start)


def _without_marks(text: str, span: TaggedSpan) -> TaggedSpan:
    """A span without the marks of a caption or list before it (△, ●, ★ …)."""
    start = span.start
    while (
        start < span.end - 1
        and unicodedata.category(text[start]) in ("So", "Po", "Zs")
        and text[start] not in "“"
    ):
        start += 1
    return replace(span, start=start) if start != span.start else span


def _one_type_a_form(text: str, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for span in spans:
        votes[text[span.start : span.end]][span.type] += span.score
    result = []
    for span in spans:
        name = text[span.start : span.end]
        kind = _type_by_ending(name) or max(sorted(votes[name]), key=lambda t: votes[name][t])
        result.append(TaggedSpan(span.start, span.end, kind, span.score))
    return result


def _repetitions(
    text: str, spans: Sequence[TaggedSpan], blocked: Sequence[tuple[int, int]]
) -> list[TaggedSpan]:
    taken = bytearray(len(text))
    for start, end in [(s.start, s.end) for s in spans] + list(blocked):
        taken[start:end] = b"\1" * (end - start)
    forms: dict[str, TaggedSpan] = {}
    for span in spans:
        form = text[span.start : span.end]
        if form not in forms or span.score > forms[form].score:
            forms[form] = span
    found = []
    for form, span in sorted(forms.items(), key=lambda item: -len(item[0])):
        if len(form) < _SHORTEST_REPEAT or span.score < 0.5:
            continue
        at = text.find(form)
        while at >= 0:
            end = at + len(form)
            if not any(taken[at:end]):
                taken[at:end] = b"\1" * len(form)
                found.append(TaggedSpan(at, end, span.type, span.score))
            at = text.find(form, end)
    return found
